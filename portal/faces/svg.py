"""`.svg`: the drawing as a picture with real text, drawn on the server."""

from __future__ import annotations

from figures.drawing import Size
from figures.render import svg
from model.errors import BadRequest
from portal.answer import Answer
from portal.face import Context, Face
from portal.portal import charts

WIDE = 820  # as wide as the sheet that it stands on, so that its letters keep their size


def render(answer: Answer, context: Context) -> bytes:
    """The chart as SVG; BadRequest where the view is a plain table."""
    if answer.drawing is None:
        raise BadRequest("Esta vista es una tabla: elija una gráfica para verla como imagen.")
    chart = charts()[answer.drawing.chart]
    width = context.width or WIDE
    return svg(chart.vega(answer.drawing, Size(width))).encode()


FACE = Face(".svg", "Imagen SVG", "image/svg+xml; charset=utf-8", render, drawn=True, rel="svg", picture=True)
