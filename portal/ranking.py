"""Where each place stands in a view of places: what a map shows, as text and rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from figures.formats import finite
from model.view import PLACES
from portal.answer import Question
from portal.asking import CHART_ROWS, answer
from portal.portal import Portal
from portal.territory import names_for


@dataclass(frozen=True, slots=True)
class Standing:
    """One place: its INEGI key, its name, its figure, and its rank from 1 (equal figures share one)."""

    key: str
    name: str
    value: float
    rank: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The places of a view that have a figure, the highest first. `place` is `_entidad` or `_municipio`."""

    place: str
    measure: str
    unit: str
    standings: tuple[Standing, ...]

    def of(self, key: str) -> Standing | None:
        """Where the place with this key stands; None where it has no figure."""
        return next((s for s in self.standings if s.key == key), None)


def ranking(portal: Portal, question: Question) -> Ranking | None:
    """The ranking of a view of one figure by state or municipality; None for any other. Raises the errors of `ask`."""
    view = question.view
    if len(view.groups) != 1 or view.groups[0].column not in PLACES or len(view.measures) != 1:
        return None
    place = view.groups[0].column
    table = answer(portal, question, rows=CHART_ROWS).table
    measure = table.columns[-1]
    names = names_for(question, portal.settings.territories).get(place, {})
    found = (
        (str(key), finite(value)) for key, value in zip(table.values(place), table.values(measure.name), strict=True)
    )
    ranked = _ranked((key, value) for key, value in found if value is not None and key in names)
    standings = tuple(Standing(key, names[key], value, rank) for key, value, rank in ranked)
    return Ranking(place, measure.title, measure.unit, standings)


def _ranked(figures: Iterable[tuple[str, float]]) -> list[tuple[str, float, int]]:
    ordered = sorted(figures, key=lambda figure: (-figure[1], figure[0]))
    first: dict[float, int] = {}
    return [(key, value, first.setdefault(value, i)) for i, (key, value) in enumerate(ordered, 1)]
