"""A map of classes, for the page (values by key) and for still images (outlines in pixels)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from figures import theme, vega_marks
from figures.drawing import Axis, Category, Drawing, Legend, Series, Size, Spec
from figures.geography import corners, fit
from figures.map_legend import steps
from figures.map_panels import multiples
from figures.outlines import flat, shapes
from figures.text import shorten, width, wrap
from figures.ticks import write
from figures.vega_frame import Box, Mark, compose, letters, patch, text
from figures.vega_plot import cartesian
from figures.words import say
from model.territory import state_name

SIDE = 266.0  # the column of a wide map's legend
FIRST = 5  # places listed beside a wide map
FALLBACK = 20


def payload(drawing: Drawing) -> Spec:
    """A choropleth as plain JSON: `values` by key with value, label, rank and words; `classes` with their limits.

    Small multiples stand in `panels`, each with its own `values`; `still` says that the server's picture shows them.
    """
    territory, lang = drawing.territory, drawing.lang
    total = territory.total
    parts = [_values(drawing, series) for series in drawing.series]
    faceted = len(drawing.panels) > 1 or bool(drawing.panels[0].label)
    return {
        "kind": "choropleth",
        "level": territory.level,
        "title": drawing.title,
        "subtitle": drawing.subtitle,
        "within": territory.within,
        "measure": drawing.y.named,
        "unit": drawing.y.unit,
        "values": {} if faceted else parts[0],
        **(
            {
                "still": True,
                "panels": [
                    {"key": panel.key, "label": panel.label, "values": values}
                    for panel, values in zip(drawing.panels, parts, strict=True)
                ],
            }
            if faceted
            else {}
        ),
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


def _values(drawing: Drawing, series: Series) -> Spec:
    """The places of one panel by key."""
    return {
        key: {
            "v": value,
            "label": label,
            "rank": drawing.territory.ranks.get(key),
            "text": words.split("\n"),
            "color": color,
        }
        for key, value, label, words, color in zip(
            series.keys, series.y, series.labels, series.texts, series.colors, strict=True
        )
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
    if len(drawing.panels) > 1 or drawing.panels[0].label:
        return multiples(drawing, size)
    plain = replace(drawing, legend=Legend())
    wanted = (size.width * 0.36, size.width * 0.62) if not size.narrow else (size.width * 0.9, size.width * 1.0)
    return compose(plain, size, wanted, lambda box: _body(drawing, size, box))


def as_bars(drawing: Drawing) -> Drawing:
    """The highest places as lying bars, where there is nothing to colour."""
    names = drawing.territory.names
    highest: dict[str, float] = {}
    for series in drawing.series:
        for key, value in zip(series.keys, series.y, strict=True):
            highest[key] = highest.get(key, 0.0) + (value or 0.0)
    keys = sorted(highest, key=lambda k: -highest[k])[:FALLBACK]
    bars = tuple(_bars(series, keys) for series in drawing.series)
    values = [v for series in bars for v in series.y if v is not None]
    return replace(
        drawing,
        x=replace(drawing.y, domain=(min(0.0, *values, 0.0), max(0.0, *values, 0.0) or 1.0)),
        y=Axis("", "category", (-0.5, max(len(keys), 1) - 0.5), tuple(Category(k, names.get(k, k)) for k in keys)),
        series=bars,
        horizontal=True,
        legend=Legend(),
    )


def _bars(series: Series, keys: Sequence[str]) -> Series:
    """The places of a panel as bars, those of `keys` in their order."""
    at = {key: i for i, key in enumerate(series.keys)}
    kept = [at.get(key) for key in keys]
    return replace(
        series,
        x=tuple(float(i) for i in range(len(keys))),
        y=tuple(None if i is None else series.y[i] for i in kept),
        keys=tuple(keys),
        labels=tuple("" if i is None else series.labels[i] for i in kept),
        texts=tuple("" if i is None else series.texts[i] for i in kept),
        colors=(),
    )


def _body(drawing: Drawing, size: Size, box: Box) -> list[Mark]:
    territory = drawing.territory
    if size.narrow:
        used, marks = steps(drawing, size, box)
        sheet_box = Box(box.x, box.y + used, box.width, box.height - used)
    else:
        marks = _side(drawing, size, box)
        sheet_box = Box(box.x + SIDE, box.y, box.width - SIDE, box.height)
    sheet = fit(corners(territory.features), sheet_box.width, sheet_box.height - 4)
    return [*marks, shapes(drawing, drawing.series[0], size, sheet_box, flat(territory, sheet))]


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
