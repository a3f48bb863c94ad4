"""`.figure.json`: the drawing for the page's own chart or map, with its words."""

from __future__ import annotations

import orjson

from figures.describe import describe
from model.errors import BadRequest
from portal.answer import Answer
from portal.face import Context, Face
from portal.links import links
from portal.portal import charts


def render(answer: Answer, _: Context) -> bytes:
    """`{chart, figure, title, subtitle, description, notes, links}`; BadRequest for a plain table."""
    drawing = answer.drawing
    if drawing is None:
        raise BadRequest("Esta vista es una tabla: elija una gráfica.")
    return orjson.dumps(
        {
            "chart": drawing.chart,
            "figure": charts()[drawing.chart].plotly(drawing),
            "title": drawing.title,
            "subtitle": drawing.subtitle,
            "description": describe(drawing),
            "notes": list(drawing.notes),
            "links": links(answer),
        },
        option=orjson.OPT_NON_STR_KEYS,
    )


FACE = Face(".figure.json", "Figura", "application/json", render, drawn=True, picture=True)
