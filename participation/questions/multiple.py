"""As many answers as fit."""

from __future__ import annotations

from model.survey import Option, Question
from participation.question import Example, QuestionType, Wrong, choose, declared_options, leader
from participation.questions.single import CHART


def check(question: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    """The option ids, each once; Wrong for an unknown or repeated one."""
    if len(set(given)) < len(given):
        raise Wrong("Cada respuesta se elige una sola vez.")
    return choose(question, given)


def example() -> Example:
    options = (Option("mapa", "Mapas"), Option("tabla", "Tablas"), Option("csv", "Descargas"))
    question = Question("gusta", "multiple", "¿Qué le sirve?", options=options)
    refused = (("mapa", "mapa"), ("mapa", "otro"), ("",), ("mapa",) * 4)
    return Example(
        question, ("tabla", "mapa"), refused, {"mapa": 2, "tabla": 2, "csv": 1},
        "Hay empate entre 2 respuestas, con 50 % cada una.",
    )  # fmt: skip


TYPE = QuestionType(
    name="multiple",
    label="Varias respuestas",
    control="checkbox",
    order=20,
    words=("options",),
    options=declared_options,
    check=check,
    summary=leader,
    chart=lambda _: CHART,
    example=example,
)
