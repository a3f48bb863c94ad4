"""Bars as rows of a table: the words, the number and a length, readable without a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from figures.formats import number


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `href` links its words, `note` stands below them."""

    label: str
    times: int
    href: str = ""
    note: str = ""


def bars(rows: Sequence[Bar], *, caption: str, what: str, counted: str) -> Component:
    """The rows in the order given; `what` and `counted` head their words and numbers."""
    most = max((row.times for row in rows), default=0)
    return html.Table(
        [
            html.Caption(caption, className="sr"),
            html.Thead(html.Tr([html.Th(what, scope="col"), html.Th(counted, scope="col")]), className="sr"),
            html.Tbody([_row(row, most) for row in rows]),
        ],
        className="bars",
    )


def _row(row: Bar, most: int) -> Component:
    words = html.A(row.label, href=row.href) if row.href else html.Span(row.label)
    note = html.Span(row.note, className="small muted") if row.note else None
    length = 100 * row.times / most if most else 0
    return html.Tr(
        [html.Th([words, note], scope="row"), html.Td(number(row.times), className="num")],
        style={"--length": f"{length:.1f}%"},
    )
