"""One answer among several."""

from __future__ import annotations

from model.survey import Option, Question
from participation.question import Example, QuestionType, Wrong, choose, declared_options, leader

CHART = "_chart=bar&_group=respuesta&_measure=sum:personas&_sort=-sum:personas"


def check(question: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    """The one option id; Wrong for more than one or an unknown one."""
    if len(given) > 1:
        raise Wrong("Elija una sola respuesta.")
    return choose(question, given)


def example() -> Example:
    question = Question(
        "uso", "single", "¿Para qué usa los datos?", options=(Option("a", "Escuela"), Option("b", "Otro"))
    )
    refused = (("a", "b"), ("c",), ("-1",), ("",), ("a", "a"))
    return Example(question, ("b",), refused, {"a": 1, "b": 3}, "Lo más respondido: «Otro», 75 %.")


TYPE = QuestionType(
    name="single",
    label="Una respuesta",
    control="radio",
    order=10,
    words=("options",),
    options=declared_options,
    check=check,
    summary=leader,
    chart=lambda _: CHART,
    example=example,
)
