"""A drawing outside the explorer: the server's picture, which the explorer's own plotly or leaflet replaces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.chart import face_bytes, graph_config, picture
from components.elements import marks
from components.map import map_schema, outline_urls
from components.messages import gettext as _
from components.shell import link_button
from components.words import stage_words
from model.chart import MAPPED
from portal.answer import Question
from portal.exploring import live
from portal.portal import Portal, charts
from portal.static import static_files
from query.address import address


def stage(portal: Portal) -> dict[str, Any]:
    """The marks of an element around drawings: what `assets/steps.js` needs to bring them to life."""
    given = {
        "plotly": {"url": static_files(portal.settings)["plotly"].url, "config": graph_config()},
        "leaflet": map_schema(outline_urls(portal.settings)),
        "labels": stage_words(),
    }
    return marks({"data-stage": json.dumps(given, ensure_ascii=False)})


def drawn(portal: Portal, name: str, question: Question, places: Mapping[str, str]) -> list[Component]:
    """The description and the figure of a question. `places`: keys that the reader chose, by place column.

    Raises the errors of `ask`.
    """
    words = face_bytes(portal, question, ".txt").decode()
    wide, narrow = (face_bytes(portal, question, ".svg", width) for width in (0, 360))
    image = picture(question.view, words, wide, narrow, name=name)
    facts = {
        "data-step": name,
        "data-face": address(question.view, ".figure.json"),
        "data-draws": charts()[question.view.chart].mode,
        "data-picked": _picked(question, places),
    }
    return [
        html.P(words, className="description"),
        html.Figure(
            [
                html.Div(image, id=f"lamina-{name}"),
                html.Div(id=f"lienzo-{name}", hidden=True),
                html.P(id=f"fallo-{name}", role="alert", className="failed"),
                _buttons(question, alive=_can_live(portal, question)),
            ],
            className="sheet",
            **(marks(facts) if _can_live(portal, question) else {}),
        ),
    ]


def _can_live(portal: Portal, question: Question) -> bool:
    """Whether the page can draw it: of a map without outlines there is only the picture."""
    if not _has_areas(question):
        return True
    return not question.view.facet and (question.view.level or "entidad") in outline_urls(portal.settings)


def _has_areas(question: Question) -> bool:
    """Whether places are coloured, on a level that can be chosen."""
    return "level" in charts()[question.view.chart].options


def _picked(question: Question, places: Mapping[str, str]) -> str:
    """The chosen place among those of the map."""
    level = f"_{question.view.level or 'entidad'}"
    return places.get(level, "") if _has_areas(question) else ""


def _buttons(question: Question, alive: bool) -> Component:
    wake = _("Explorar el mapa") if charts()[question.view.chart].mode == MAPPED else _("Explorar la gráfica")
    return html.Div(
        [
            html.Button(wake, type="button", className="btn strong wake", **marks({"data-alive": ""}))
            if alive
            else None,
            html.Button(_("Pantalla completa"), type="button", className="btn", **marks({"data-fullscreen": "figure"})),
            link_button(_("Abrir en el explorador"), live(question)),
        ],
        className="row sheet-row",
    )
