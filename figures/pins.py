"""A map of points, for the page (with their words) and for still images (over the states' outlines)."""

from __future__ import annotations

from figures import theme
from figures.drawing import Drawing, Size, Spec
from figures.geography import Sheet, corners, fit, flatten
from figures.outlines import geoshapes
from figures.vega_frame import Box, Mark, compose

FEW, MANY = 300, 3000


def payload(drawing: Drawing) -> Spec:
    """Points as plain JSON: `[latitude, longitude, group, name, words]`; `groups` have label and colour."""
    return {
        "kind": "points",
        "title": drawing.title,
        "subtitle": drawing.subtitle,
        "groups": [{"key": s.key, "label": s.label, "color": s.color, "muted": s.muted} for s in drawing.series],
        "points": [
            [y, x, number, name, words.split("\n")]
            for number, s in enumerate(drawing.series)
            for x, y, name, words in zip(s.x, s.y, s.labels, s.texts, strict=True)
        ],
        "dropped": drawing.territory.unmatched,
        "highlight": list(drawing.highlight),
        "notes": list(drawing.notes),
    }


def still(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification: the outlines in grey, one dot for each pixel that has points."""
    wanted = (size.width * 0.62, size.width * 1.0) if size.narrow else (size.width * 0.36, size.width * 0.62)
    return compose(drawing, size, wanted, lambda box: _body(drawing, size, box))


def _body(drawing: Drawing, size: Size, box: Box) -> list[Mark]:
    territory, look = drawing.territory, theme.tones(size.dark)
    places = [(x, y) for s in drawing.series for x, y in zip(s.x, s.y, strict=True) if x is not None and y is not None]
    around = list(corners(territory.features)) or places
    sheet = fit(around, box.width, box.height - 4)
    land = [
        {"type": "Feature", "geometry": flat} for f in territory.features if (flat := flatten(f, sheet)) is not None
    ]
    marks: list[Mark] = []
    if land:
        paper = theme.mix(look.grid, look.paper, 0.35)
        enter = {"fill": {"value": paper}, "stroke": {"value": look.axis}, "strokeWidth": {"value": 0.5}}
        marks.append(geoshapes(land, enter))
    marks += _dots(drawing, sheet, len(places), look.paper)
    return [
        {
            "type": "group",
            "aria": False,
            "encode": {"enter": {"x": {"value": round(box.x, 1)}, "y": {"value": round(box.y, 1)}}},
            "projections": [{"name": "flat", "type": "identity", "scale": 1, "translate": [0, 0]}],
            "marks": marks,
        }
    ]


def _dots(drawing: Drawing, sheet: Sheet, count: int, edge: str) -> list[Mark]:
    area = 40 if count <= FEW else 14 if count <= MANY else 6
    marks: list[Mark] = []
    for series in sorted(drawing.series, key=lambda s: not s.muted):
        seen = dict.fromkeys(
            tuple(round(v * 2) / 2 for v in sheet.pixel(x, y))
            for x, y in zip(series.x, series.y, strict=True)
            if x is not None and y is not None
        )
        rows = [{"x": x, "y": y} for x, y in seen]
        enter = {
            "x": {"field": "x"},
            "y": {"field": "y"},
            "size": {"value": area},
            "fill": {"value": series.color},
            "fillOpacity": {"value": 0.75},
        }
        if count <= FEW:
            enter |= {"stroke": {"value": edge}, "strokeWidth": {"value": 0.6}}
        symbol = {"type": "symbol", "aria": False, "from": {"data": "points"}, "encode": {"enter": enter}}
        marks.append({"type": "group", "aria": False, "data": [{"name": "points", "values": rows}], "marks": [symbol]})
    return marks
