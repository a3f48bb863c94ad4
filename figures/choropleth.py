"""A map of classes, for the page (values by key) and for still images (outlines in pixels)."""

from __future__ import annotations

from dataclasses import replace

from figures import theme, vega_marks
from figures.drawing import Axis, Category, Drawing, Legend, Size, Spec
from figures.geography import Sheet, corners, feature_key, fit, flatten
from figures.text import shorten, width, wrap
from figures.ticks import write
from figures.vega_frame import Box, Mark, compose, letters, patch, text
from figures.vega_plot import cartesian
from figures.words import say
from model.territory import state_name

SIDE = 266.0  # the column of a wide map's legend
FIRST = 5  # places listed beside a wide map
FALLBACK = 20
COARSE = 0.7  # pixels: points nearer than this to the last are left out of crowded maps
CROWDED = 20_000


def payload(drawing: Drawing) -> Spec:
    """A choropleth as plain JSON: `values` by key with value, label, rank and words; `classes` with their limits."""
    territory, lang = drawing.territory, drawing.lang
    series = drawing.series[0]
    total = territory.total
    return {
        "kind": "choropleth",
        "level": territory.level,
        "title": drawing.title,
        "subtitle": drawing.subtitle,
        "within": territory.within,
        "measure": drawing.y.named,
        "unit": drawing.y.unit,
        "values": {
            key: {
                "v": value,
                "label": label,
                "rank": territory.ranks.get(key),
                "text": words.split("\n"),
                "color": color,
            }
            for key, value, label, words, color in zip(
                series.keys, series.y, series.labels, series.texts, series.colors, strict=True
            )
        },
        "names": dict(territory.names),
        "classes": [{"from": c.low, "to": c.high, "color": c.color, "label": c.label} for c in drawing.classes],
        "nodata": {"color": theme.NO_DATA, "label": say("null", lang)},
        "ranked": len(territory.ranks),
        "total": None if total is None else {"v": total, "text": total_words(drawing)},
        "unmatched": territory.unmatched,
        "highlight": list(drawing.highlight),
        "stressed": theme.ACCENT,
        "notes": list(drawing.notes),
    }


def total_words(drawing: Drawing) -> str:
    """The figure of all places together in words; "" without one."""
    territory = drawing.territory
    if territory.total is None:
        return ""
    words = "total" if territory.summed else "whole"
    place = state_name(territory.within) or ""
    value = write(territory.total, drawing.y, drawing.lang)
    return say(f"{words}_of" if place else words, drawing.lang, place=place, v=value)


def still(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification of the map, its legend beside it, or above it where the image is narrow."""
    territory = drawing.territory
    if not territory.features:
        return cartesian(as_bars(drawing), size, vega_marks.BARS)
    plain = replace(drawing, legend=Legend())
    wanted = (size.width * 0.36, size.width * 0.62) if not size.narrow else (size.width * 0.9, size.width * 1.0)
    return compose(plain, size, wanted, lambda box: _body(drawing, size, box))


def as_bars(drawing: Drawing) -> Drawing:
    """The highest places as lying bars, where there is nothing to colour."""
    series, names = drawing.series[0], drawing.territory.names
    keys = series.keys[:FALLBACK]
    values = [v for v in series.y[:FALLBACK] if v is not None]
    bars = replace(
        series,
        **{name: getattr(series, name)[:FALLBACK] for name in ("x", "y", "keys", "labels", "colors", "texts")},
    )
    return replace(
        drawing,
        x=replace(drawing.y, domain=(min(0.0, *values, 0.0), max(0.0, *values, 0.0) or 1.0)),
        y=Axis("", "category", (-0.5, max(len(keys), 1) - 0.5), tuple(Category(k, names.get(k, k)) for k in keys)),
        series=(replace(bars, colors=()),),
        horizontal=True,
        legend=Legend(),
    )


def _body(drawing: Drawing, size: Size, box: Box) -> list[Mark]:
    territory = drawing.territory
    if size.narrow:
        used, marks = _steps(drawing, size, box)
        sheet_box = Box(box.x, box.y + used, box.width, box.height - used)
    else:
        marks = _side(drawing, size, box)
        sheet_box = Box(box.x + SIDE, box.y, box.width - SIDE, box.height)
    sheet = fit(corners(territory.features), sheet_box.width, sheet_box.height - 4)
    return [*marks, shapes(drawing, size, sheet_box, sheet)]


def shapes(drawing: Drawing, size: Size, box: Box, sheet: Sheet) -> Mark:
    """The coloured outlines, borders over them, stressed places last."""
    territory = drawing.territory
    series, look = drawing.series[0], theme.tones(size.dark)
    values, colors = dict(zip(series.keys, series.y, strict=True)), dict(zip(series.keys, series.colors, strict=True))
    crowded = sum(1 for _ in corners(territory.features)) > CROWDED
    rows = []
    for feature in territory.features:
        key = feature_key(feature)
        flat = flatten(feature, sheet, COARSE if crowded else 0.0)
        if flat:
            fill = colors.get(key, theme.NO_DATA)
            rows.append({"type": "Feature", "key": key, "value": values.get(key), "fill": fill, "geometry": flat})
    edge = 0.25 if crowded else 0.7
    marks = [
        geoshapes(rows, {"fill": {"field": "fill"}, "stroke": {"value": look.edge}, "strokeWidth": {"value": edge}})
    ]
    if territory.borders:
        lines = [
            {"type": "Feature", "geometry": flat}
            for feature in territory.borders["features"]
            if (flat := flatten(feature, sheet, COARSE))
        ]
        marks.append(geoshapes(lines, {"stroke": {"value": look.ink}, "strokeWidth": {"value": 0.6}}))
    stressed = [r for r in rows if territory.names.get(str(r["key"])) in drawing.highlight]
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


def _side(drawing: Drawing, size: Size, box: Box) -> list[Mark]:
    """The legend as a column, the highest places and the national figure under it."""
    type_, look = letters(size), theme.tones(size.dark)
    leading = type_.label * 1.55
    y = box.y + type_.label
    lines = wrap(drawing.y.named, SIDE - 20, type_.label, bold=True, lines=3)
    marks = [text(box.x, y, lines, type_.label, look.ink, bold=True)]
    y += type_.label * 1.25 * (len(lines) - 1) + 8
    for entry in drawing.legend.entries:
        marks.append(patch(box.x, y, 26, leading - 5, entry.color))
        marks.append(text(box.x + 34, y + leading / 2 + 2, (entry.label,), type_.label, look.ink))
        y += leading
    return marks + _first(drawing, size, Box(box.x, y + 14, SIDE - 22, box.y + box.height - y - 14))


def _first(drawing: Drawing, size: Size, box: Box) -> list[Mark]:
    type_, look = letters(size), theme.tones(size.dark)
    leading = type_.label * 1.5
    series, names = drawing.series[0], drawing.territory.names
    room = int((box.height - leading) / leading)
    total = total_words(drawing)
    y = box.y + type_.label
    marks: list[Mark] = []
    for rank, (key, label) in enumerate(zip(series.keys, series.labels, strict=True), 1):
        if rank > min(FIRST, room - (1 if total else 0)) or series.y[rank - 1] is None:
            break
        name = shorten(
            f"{rank}. {names.get(key, key)}", box.width - width(label, type_.label, bold=True) - 8, type_.label
        )
        marks.append(text(box.x, y, (name,), type_.label, look.ink))
        marks.append(text(box.x + box.width, y, (label,), type_.label, look.ink, bold=True, align="right"))
        y += leading
    if total and room > 0:
        lines = wrap(total, box.width, type_.label, lines=2)
        marks.append(text(box.x, y + 4, lines, type_.label, look.soft))
    return marks


def _steps(drawing: Drawing, size: Size, box: Box) -> tuple[float, list[Mark]]:
    """The legend as a row of steps with the limits under them: (height, marks)."""
    type_, look = letters(size), theme.tones(size.dark)
    lines = wrap(drawing.y.named, box.width, type_.label, bold=True, lines=2)
    marks = [text(box.x, box.y + type_.label, lines, type_.label, look.ink, bold=True)]
    y = box.y + type_.label * 1.25 * len(lines) + 5
    empty = len(drawing.legend.entries) > len(drawing.classes)
    wide = (box.width - (70 if empty else 0)) / max(len(drawing.classes), 1)
    limits = [c.low for c in drawing.classes] + [c.high for c in drawing.classes[-1:]]
    for i, one in enumerate(drawing.classes):
        marks.append(patch(box.x + i * wide, y, wide - 1, 11, one.color))
    axis = replace(drawing.y, unit="")
    for i, limit in enumerate(limits):
        words = write(limit, axis, drawing.lang)
        align = "left" if i == 0 else "right" if i == len(limits) - 1 else "center"
        if width(words, type_.small) < wide - 4 or i in (0, len(limits) - 1):
            marks.append(text(box.x + i * wide, y + 12 + type_.small, (words,), type_.small, look.soft, align=align))
    if empty:
        x = box.x + box.width - 60
        marks.append(patch(x, y, 60, 11, theme.NO_DATA))
        marks.append(text(x, y + 12 + type_.small, (say("null", drawing.lang),), type_.small, look.soft))
    used = y - box.y + 11 + type_.small * 1.6 + 6
    return used, marks
