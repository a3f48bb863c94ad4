"""Outlines in the pixels of a still image: coloured places, the borders over them, the stressed ones last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from figures import theme
from figures.drawing import Drawing, Series, Size, Spec, Territory
from figures.geography import Sheet, corners, feature_key, flatten
from figures.vega_frame import Box, Mark

COARSE = 0.7  # pixels: points nearer than this to the last are left out of crowded maps
CROWDED = 20_000
SMALL = 480.0  # pixels across, under which the edges of municipalities would hide them


@dataclass(frozen=True, slots=True)
class Flat:
    """A territory's outlines in pixels: by key, and the borders over them."""

    places: Mapping[str, Spec]
    borders: tuple[Spec, ...]
    crowded: bool


def flat(territory: Territory, sheet: Sheet) -> Flat:
    """The outlines on a sheet; for small multiples they are made once (2,475 municipalities take half a second)."""
    crowded = sum(1 for _ in corners(territory.features)) > CROWDED
    coarse = COARSE if crowded else 0.0
    found = ((feature_key(f), flatten(f, sheet, coarse)) for f in territory.features)
    borders = territory.borders["features"] if territory.borders else ()
    lines = (flatten(f, sheet, COARSE) for f in borders)
    return Flat({key: shape for key, shape in found if shape}, tuple(line for line in lines if line), crowded)


def shapes(drawing: Drawing, series: Series, size: Size, box: Box, outlines: Flat) -> Mark:
    """The coloured outlines of one series, borders over them, stressed places last."""
    look, names = theme.tones(size.dark), drawing.territory.names
    values, colors = dict(zip(series.keys, series.y, strict=True)), dict(zip(series.keys, series.colors, strict=True))
    rows: list[Spec] = [
        {"type": "Feature", "key": k, "value": values.get(k), "fill": colors.get(k, theme.NO_DATA), "geometry": shape}
        for k, shape in outlines.places.items()
    ]
    small = box.width < SMALL
    edge = (0.06 if small else 0.25) if outlines.crowded else 0.7
    marks = [
        geoshapes(rows, {"fill": {"field": "fill"}, "stroke": {"value": look.edge}, "strokeWidth": {"value": edge}})
    ]
    if outlines.borders:
        lines: list[Spec] = [{"type": "Feature", "geometry": line} for line in outlines.borders]
        width = 0.35 if small else 0.6
        marks.append(geoshapes(lines, {"stroke": {"value": look.ink}, "strokeWidth": {"value": width}}))
    stressed = [r for r in rows if names.get(str(r["key"])) in drawing.highlight]
    if stressed:
        marks.append(geoshapes(stressed, {"stroke": {"value": theme.ACCENT}, "strokeWidth": {"value": 2.2}}))
    return {
        "type": "group",
        "aria": False,
        "encode": {"enter": {"x": {"value": round(box.x, 1)}, "y": {"value": round(box.y, 1)}}},
        "projections": [{"name": "flat", "type": "identity", "scale": 1, "translate": [0, 0]}],
        "marks": marks,
    }


def geoshapes(rows: list[Spec], enter: Spec) -> Mark:
    """Features whose coordinates are pixels already."""
    return {
        "type": "group",
        "aria": False,
        "data": [{"name": "places", "values": rows}],
        "marks": [
            {
                "type": "shape",
                "aria": False,
                "from": {"data": "places"},
                "encode": {"enter": {**enter, "strokeJoin": {"value": "round"}}},
                "transform": [{"type": "geoshape", "projection": "flat"}],
            }
        ],
    }
