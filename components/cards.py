"""Cards: a dataset, a tool, a view; the same wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from components.dates import day
from components.elements import Still
from components.messages import gettext as _
from components.messages import language
from editorial.tool import Tool
from model.dataset import Dataset
from model.view import View
from query.address import address

STILL_WIDTH = 420
SUMMARY = 220


def dataset_card(dataset: Dataset) -> Component:
    """A dataset in a list of results."""
    facts = [
        dataset.agency.acronym or dataset.agency.name,
        *(dataset.themes[:2]),
        _("actualizado el %(date)s", date=day(dataset.modified)) if dataset.modified else "",
    ]
    formats = sorted({r.format.upper() for r in dataset.resources if r.format})
    return html.Article(
        [
            html.H3(html.A(dataset.title, href=f"/datos/{dataset.slug}")),
            html.P(" · ".join(f for f in facts if f), className="small muted"),
            html.P(shorten(dataset.description)) if dataset.description else None,
            html.P([html.Span(f, className="tag") for f in formats], className="row") if formats else None,
        ],
        className="card stack-s",
    )


def tool_card(tool: Tool, picture: str = "", alt: str = "") -> Component:
    """A tool; `picture` is the address of its first drawing ("" where it cannot be drawn now)."""
    image = [Still(src=picture, alt=alt)] if picture else []
    return html.Article(
        [
            *image,
            html.Div(
                [
                    html.P(tool.theme, className="small muted"),
                    html.H3(html.A(tool.title, href=f"/herramientas/{tool.slug}")),
                    html.P(tool.summary),
                ],
                className="stack-s card-body",
            ),
        ],
        className="card pictured",
    )


def view_card(view: View, title: str, kind: str) -> Component:
    """A suggested view with its drawing; `kind` names the chart."""
    return html.Article(
        [
            Still(src=still_address(view), alt=""),
            html.Div(
                [
                    html.P(kind, className="small muted"),
                    html.H3(html.A(title, href=address(replace(view, version="", lang=language())))),
                ],
                className="card-body",
            ),
        ],
        className="card pictured",
    )


def still_address(view: View) -> str:
    """The address of a small drawing of the view."""
    at = address(replace(view, lang=language()), ".svg")
    return f"{at}{'&' if '?' in at else '?'}_width={STILL_WIDTH}"


def cards(items: Sequence[Component]) -> Component:
    """Cards in a list that takes as many columns as the screen has room for."""
    return html.Ul([html.Li(item) for item in items], className="cards plain")


def shorten(text: str, most: int = SUMMARY) -> str:
    """The first words of a text, cut at a space."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
