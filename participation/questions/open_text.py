"""An answer in one's own words."""

from __future__ import annotations

from model.survey import Question
from participation.question import Example, QuestionType, Wrong
from participation.text import clean, unstorable

LONGEST = 500


def check(_: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    """The clean text, up to 500 characters; () where nothing is left of it. Wrong."""
    if len(given) > 1 or any(unstorable(value) for value in given):
        raise Wrong("Hay caracteres que no podemos guardar. Escriba el texto de nuevo.")
    raw = "".join(given)
    text = clean(raw) if len(raw) <= LONGEST * 20 else raw
    if len(text) > LONGEST:
        raise Wrong(f"Escriba como máximo {LONGEST} caracteres; ahora son {len(text):,}.")
    return (text,) if text else ()


def example() -> Example:
    question = Question("mejora", "text", "¿Qué mejoraría?", required=False)
    refused = (("x" * 501,), ("a", "b"), ("nul\0",), ("\ud800",), ("x" * 1_000_000,))
    return Example(question, ("Más mapas por municipio.",), refused, {}, "")


TYPE = QuestionType(
    name="text",
    label="Respuesta abierta",
    control="textarea",
    order=40,
    words=(),
    options=lambda _entry, _where: (),
    check=check,
    summary=lambda _: "",
    chart=lambda _: "",
    example=example,
)
