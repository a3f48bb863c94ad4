"""The explorer: one View as chart, map and table, with everything that changes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component

from components import ids
from components.chart import face_bytes, graph_config, picture
from components.controls import schema_for
from components.data_box import data_box
from components.dates import day
from components.elements import Chips, Controls, Modes, Pager, Problem, marks
from components.follows import follow_form
from components.map import map_schema, outline_urls
from components.messages import gettext as _
from components.share import share
from components.table import table
from components.threads import thread_list
from model.chart import DRAWN, MAPPED, PLAIN
from model.errors import PortalError
from portal.answer import Question
from portal.exploring import live
from portal.portal import Portal, charts
from portal.static import static_files
from portal.territory import place_names
from portal.usecases.replies import questions_about
from query.address import address
from query.complete import possible
from query.words import Words

TABLES = ("", PLAIN)


def explorer(portal: Portal, question: Question) -> Component:
    """The explorer of a canonical question, its first answer already in it."""
    view = question.view
    answer, problem = _first(portal, question)
    shown = {name: answer[name] for name in ("title", "description", "links")}
    return html.Div(
        [
            _head(question, answer),
            _aside(portal, question),
            html.Div(_column(portal, question, answer, problem), className="explorer-main stack"),
            html.Div([data_box(question), share()], className="explorer-foot"),
            follow_form(live(question)),
            thread_list(portal, questions_about(portal, view.dataset, view.resource)),
        ],
        id=ids.EXPLORER,
        className="explorer",
        **marks({"data-address": live(question), "data-answer": json.dumps(shown, ensure_ascii=False)}),
    )


def _first(portal: Portal, question: Question) -> tuple[Mapping[str, Any], str]:
    """What the first face says, and the problem in its place where it cannot be made."""
    suffix = ".table.json" if question.view.chart in TABLES else ".figure.json"
    try:
        return orjson.loads(face_bytes(portal, question, suffix)), ""
    except PortalError as error:
        links = {"page": address(question.view), "live": live(question)}
        return {"title": question.words.title, "description": "", "links": links}, error.message


def _head(question: Question, answer: Mapping[str, Any]) -> Component:
    words: Words = question.words
    trail: list[Component | str] = [
        html.A(_("Datos"), href="/datos"),
        " › ",
        html.A(question.dataset.title, href=f"/datos/{question.dataset.slug}"),
        " › ",
        question.resource.title,
    ]
    return html.Header(
        [
            html.P(trail, className="eyebrow"),
            html.H1(answer["title"], id=ids.TITLE),
            html.P(answer.get("subtitle", words.subtitle), id=ids.SUBTITLE, className="lead"),
        ],
        className="explorer-head stack-s",
    )


def _aside(portal: Portal, question: Question) -> Component:
    schema = portal.schema(question.manifest)
    names = place_names(portal.settings.territories)
    offered = schema_for(schema, question.profile, charts(), names)
    offered |= {
        "base": f"/explora/{question.view.dataset}/{question.view.resource}",
        "ids": ids.explorer(),
        "date": _dated(question),
        "plotly": graph_config(),
        "plotlyUrl": static_files(portal.settings)["plotly"].url,
        "leaflet": map_schema(outline_urls(portal.settings)),
    }
    return html.Details(
        [
            html.Summary(html.Span(_("Filtros y gráficas"), className="btn")),
            Controls(id=ids.CONTROLS, schema=offered, query=_query(question)),
        ],
        className="filters",
    )


def _query(question: Question) -> str:
    """The query string that stands in the reader's address: pinned only where the reader pinned it."""
    return live(question).partition("?")[2]


def _dated(question: Question) -> str:
    moment = question.release.published.date() if question.release else question.manifest.created.date()
    return _("Datos publicados el %(date)s", date=day(moment, long=True))


def _column(portal: Portal, question: Question, answer: Mapping[str, Any], problem: str) -> list[Component]:
    query = _query(question)
    modes = {"label": _("Formas de ver"), "items": _modes(portal, question)}
    return [
        html.Div(
            [Modes(id=ids.MODES, query=query, modes=modes), Chips(id=ids.CHIPS, query=query)], className="stack-s"
        ),
        html.P(id=ids.STATUS, className="sr", role="status"),
        Problem(id=ids.PROBLEM, message=problem),
        html.P(answer["description"], id=ids.DESCRIPTION, className="description", **marks({"aria-live": "polite"})),
        _drawing(portal, question, answer, drawn=not problem),
        _rows(question, answer, query),
    ]


def _modes(portal: Portal, question: Question) -> list[dict[str, str]]:
    """The ways that the table can be seen: of a list of places without figures there is no chart."""
    lookups = portal.schema(question.manifest).lookups
    offered = dict.fromkeys((*possible(question.profile, charts(), lookups), question.view.chart))
    modes = {name: _mode(name) for name in offered}
    ways = ((DRAWN, _("Gráfica")), (MAPPED, _("Mapa")), (PLAIN, _("Tabla")))
    return [{"name": way, "label": label} for way, label in ways if way in modes.values()]


def _mode(chart: str) -> str:
    """How the page shows a chart: by plotly, as a map, or as rows."""
    return charts()[chart].mode if chart in charts() else PLAIN


def _drawing(portal: Portal, question: Question, answer: Mapping[str, Any], drawn: bool) -> Component:
    is_table = question.view.chart in TABLES
    image = (
        None
        if is_table or not drawn
        else picture(
            question.view,
            answer["description"],
            face_bytes(portal, question, ".svg"),
            face_bytes(portal, question, ".svg", 360),
        )
    )
    button = html.Button(
        _("Explorar la gráfica"), type="button", className="btn wake", **marks({"data-action": "vivo"})
    )
    return html.Figure(
        [
            html.Div([image, button], id=ids.PICTURE_BOX, className="picture-box"),
            html.Div(id=ids.STAGE, hidden=True),
            html.Div(id=ids.ASK_SPOT, className="ask-spot"),
            html.Figcaption(" ".join(answer.get("notes", ())), id=ids.NOTES, className="small muted"),
        ],
        id=ids.DRAWING,
        className="sheet",
        hidden=is_table or not drawn,
    )


def _rows(question: Question, answer: Mapping[str, Any], query: str) -> Component:
    is_table = question.view.chart in TABLES and "rows" in answer
    order = question.view.sort[0] if question.view.sort else None
    columns = [
        {
            **c,
            "sort": ("descending" if order.descending else "ascending")
            if order and order.column == c["name"]
            else "none",
        }
        for c in answer.get("columns", ())
    ]
    more = html.Button(
        _("Ver los datos en una tabla"),
        id=ids.MORE,
        type="button",
        className="btn",
        hidden=is_table or _mode(question.view.chart) == MAPPED or "figure" not in answer,
        **marks({"data-action": "datos", "aria-expanded": "false", "aria-controls": ids.TABLE_BOX}),
    )
    asked = answer["links"]["page"]
    rows = table(columns, answer.get("rows", ()), caption=answer["title"], sortable=True, ask=asked, id=ids.TABLE)
    paging = {name: answer[name] for name in ("total", "page", "pages", "size")} if is_table else {}
    return html.Div(
        [
            more,
            html.Div(
                [rows, Pager(id=ids.PAGER, query=query, **paging)],
                id=ids.TABLE_BOX,
                className="stack-s",
                hidden=not is_table and _mode(question.view.chart) != MAPPED,
            ),
        ],
        className="stack",
    )
