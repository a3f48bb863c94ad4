"""A number between two ends."""

from __future__ import annotations

from model.declared import InvalidDeclaration, Table, text
from model.survey import Option, Question, Tally
from participation.question import Example, QuestionType, Wrong, choose

LOWEST, HIGHEST = 0, 10
CHART = "_chart=bar&_group=valor&_measure=sum:personas&_sort=valor"


def options(entry: Table, where: str) -> tuple[Option, ...]:
    """The points from `low` (1) to `high` (5); `low_label` and `high_label` name them. Raises InvalidDeclaration."""
    low, high = (_point(entry.get(name, default), where) for name, default in (("low", 1), ("high", 5)))
    if high <= low:
        raise InvalidDeclaration(f"En {where}, «high» debe ser mayor que «low».")
    names = {low: entry.get("low_label"), high: entry.get("high_label")}
    return tuple(_option(point, names.get(point), where) for point in range(low, high + 1))


def check(question: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    """The one point; Wrong for more than one, or outside of the scale."""
    asked = question.asked()
    if len(given) > 1 or any(value not in {option.id for option in asked} for value in given):
        raise Wrong(f"Elija un número del {asked[0].id} al {asked[-1].id}.")
    return choose(question, given)


def summary(tally: Tally) -> str:
    """The mean of the points."""
    total = sum(count for _, count in tally.counts)
    if not total:
        return ""
    mean = sum(int(option.id) * count for option, count in tally.counts) / total
    ends = tally.question.asked() or tally.question.options
    return f"Promedio: {mean:.1f}, en una escala del {ends[0].id} al {ends[-1].id}."


def example() -> Example:
    question = Question(
        "facil", "scale", "¿Qué tan fácil fue?", options=options({"low_label": "nada", "high_label": "mucho"}, "x")
    )
    refused = (("-1",), ("0",), ("6",), ("1", "2"), ("3.5",), ("",), ("01",), ("٣",))
    return Example(question, ("4",), refused, {"4": 1, "5": 1}, "Promedio: 4.5, en una escala del 1 al 5.")


def _point(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not LOWEST <= value <= HIGHEST:
        raise InvalidDeclaration(f"Los extremos de {where} deben ser enteros de {LOWEST} a {HIGHEST}.")
    return value


def _option(point: int, name: object, where: str) -> Option:
    return Option(str(point), f"{point} · {text(name, f'un extremo de {where}')}" if name is not None else str(point))


TYPE = QuestionType(
    name="scale",
    label="Escala",
    control="radio",
    order=30,
    words=("low", "high", "low_label", "high_label"),
    options=options,
    check=check,
    summary=summary,
    chart=lambda _: CHART,
    example=example,
)
