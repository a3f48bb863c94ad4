"""The chosen place among all others, in a sentence and in a table: what a map says to who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.messages import gettext as _
from components.table import column, table
from figures.formats import number
from portal.ranking import Ranking
from portal.tools import ToolPage

MOST_ROWS = 40


def place_chosen(shown: ToolPage) -> str:
    """The name of the place that the reader chose, the smallest one; "" for the whole country."""
    names = [
        choice.label
        for control in shown.tool.controls
        if control.kind in ("municipality", "state")
        for choice in shown.options[control.name]
        if choice.value and choice.value == shown.chosen[control.name]
    ]
    return names[-1] if names else ""


def standing(ranked: Ranking, places: Mapping[str, str]) -> Component | None:
    """«Chihuahua: 75.46. Lugar 1 de 32.»; None where no place was chosen."""
    key = places.get(ranked.place, "")
    if not key:
        return None
    found = ranked.of(key)
    if found is None:
        return html.P(_("El lugar que eligió no tiene dato en esta vista."), className="standing")
    value = f"{number(found.value)} {_unit(ranked)}".strip()
    rank = _("lugar %(rank)s de %(n)s, de mayor a menor", rank=found.rank, n=number(len(ranked.standings)))
    return html.P(
        [html.Strong(f"{found.name}: {value}"), f" · {ranked.measure} · {rank}"],
        className="standing",
    )


def ranking_table(ranked: Ranking, places: Mapping[str, str], title: str) -> Component:
    """Rank, place and figure, the highest first; the chosen place stands in it wherever it ranks."""
    key = places.get(ranked.place, "")
    shown = [s for i, s in enumerate(ranked.standings) if i < MOST_ROWS or s.key == key]
    mine = _("su elección")
    rows = [[f"{s.name} ({mine})" if s.key == key else s.name, number(s.value), number(s.rank)] for s in shown]
    columns = [
        column("place", _("Lugar")),
        column(
            "value",
            ranked.measure,
            numeric=True,
            unit="" if ranked.unit.casefold() in ranked.measure.casefold() else ranked.unit,
        ),
        column("rank", _("Posición"), numeric=True),
    ]
    left = len(ranked.standings) - len(shown)
    more = html.P(_("y %(n)s lugares más.", n=number(left)), className="small muted") if left else None
    return folded(table(columns, rows, caption=title), more)


def folded(rows: Component, more: Component | None) -> Component:
    """The figures of a drawing as a table, closed until asked for."""
    return html.Details([html.Summary(_("Las cifras en una tabla")), rows, more], className="fold")


def _unit(ranked: Ranking) -> str:
    """The unit, unless the name of the figure says it already."""
    return "" if ranked.unit.casefold() in ranked.measure.casefold() else ranked.unit
