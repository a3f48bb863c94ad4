"""The drawing: first the server's picture, then plotly's, with Mexico's numbers and dates."""

from __future__ import annotations

import re
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import ids
from components.messages import language
from figures.formats import MONTHS
from model.view import View
from portal.answer import Question
from portal.face import Context, render_face
from portal.portal import Portal
from query.address import address

NARROW = 360
PHONE = "(max-width: 40rem)"
_SIZE = re.compile(rb'<svg[^>]*?\bwidth="([0-9.]+)[^>]*?\bheight="([0-9.]+)')
_DAYS = ("domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado")


def picture(view: View, alt: str, wide: bytes, narrow: bytes, name: str = "") -> Component:
    """The server's SVG, wide or narrow by the screen, its room kept before it comes.

    `name` tells pictures of one page apart; the explorer's own has none.
    """
    at = address(view, ".svg")
    sizes = {"--wide": _ratio(wide), "--narrow": _ratio(narrow)}
    return html.Picture(
        [
            html.Source(id=f"{ids.PICTURE_NARROW}{name}", srcSet=f"{at}&_width={NARROW}", media=PHONE),
            html.Img(id=f"{ids.PICTURE}{name}", src=at, alt=alt, className="fitted"),
        ],
        style=sizes,
    )


def graph_config() -> dict[str, Any]:
    """plotly.js' settings: no logo, no editing, nothing sent to another host, and its words for dates."""
    return {
        "displaylogo": False,
        "showSendToCloud": False,  # else a button sends the chart to its maker's own host
        "plotlyServerURL": "",
        "responsive": True,
        "scrollZoom": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toggleSpikelines"],
        **(_spanish() if language() == "es" else {}),
    }


def _spanish() -> dict[str, Any]:
    months = [m.capitalize() for m in MONTHS["es"]]
    return {
        "locale": "es",
        "locales": {
            "es": {
                "dictionary": {
                    "Zoom": "Acercar",
                    "Pan": "Mover",
                    "Zoom in": "Acercar",
                    "Zoom out": "Alejar",
                    "Reset axes": "Ver todo",
                    "Download plot as a PNG": "Descargar imagen PNG",
                    "Double-click to zoom back out": "Doble clic para ver todo",
                },
                "format": {
                    "days": [d.capitalize() for d in _DAYS],
                    "shortDays": [d[:3] for d in _DAYS],
                    "months": months,
                    "shortMonths": [m[:3].lower() for m in months],
                    "date": "%d/%m/%Y",
                    "decimal": ".",
                    "thousands": ",",
                },
            }
        },
    }


def face_bytes(portal: Portal, question: Question, suffix: str, width: int = 0) -> bytes:
    """A face of the question, from the same cache that its address has; the errors of `ask`."""
    return render_face(question.view, suffix, Context(portal, width)).body


def _ratio(svg: bytes) -> str:
    """`width / height` as CSS writes an aspect ratio."""
    found = _SIZE.search(svg[:600])
    return f"{float(found[1]):.0f} / {float(found[2]):.0f}" if found else "960 / 560"
