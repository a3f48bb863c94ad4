"""A treemap, for the page and for still images."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from figures import theme
from figures.drawing import Drawing, Legend, Series, Size, Spec
from figures.formats import compact, number
from figures.plotly_figure import safe
from figures.squarify import Tile, squarify
from figures.text import shorten, width, wrap
from figures.vega_frame import Box, Mark, compose, letters, text

HEAD = 20.0  # the strip with the name of a parent
HEIGHT = 460


def figure(drawing: Drawing) -> Spec:
    """A plotly treemap: parents (where there are two groups) hold their parts."""
    leaves = [leaf for number, series in enumerate(drawing.series) for leaf in _leaves(drawing, series, number)]
    ids, labels, parents, values, colors, texts, keys = (
        (list(part) for part in zip(*leaves, strict=True)) if leaves else ([] for _ in range(7))
    )
    trace: Spec = {
        "type": "treemap",
        "ids": ids,
        "labels": labels,
        "parents": parents,
        "values": values,
        "branchvalues": "total",
        "sort": False,
        "hovertext": texts,
        "hoverinfo": "text",
        "textinfo": "label+percent root",
        "customdata": keys,
        "marker": {
            "colors": colors,
            "line": {"width": 1, "color": theme.LIGHT.paper},
            "pad": {"t": 22, "l": 2, "r": 2, "b": 2},
        },
        "textfont": {"family": theme.FONT, "size": 13, "color": [theme.on(c) for c in colors]},
        "tiling": {"packing": "squarify"},
        "pathbar": {"visible": False},
        "root": {"color": "rgba(0,0,0,0)"},
    }
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    layout = {
        **theme.plotly_layout(),
        "height": HEIGHT,
        "margin": margin,
        "uniformtext": {"minsize": 11, "mode": "hide"},
    }
    return {"data": [trace], "layout": {**layout, "meta": {"dark": {"font.color": theme.DARK.ink}}}}


def _leaves(drawing: Drawing, series: Series, number: int) -> list[tuple[Any, ...]]:
    """(id, label, parent, value, colour, words, key) of a parent, where it has a name, and of its parts."""
    parent = f"p{number}" if series.label else ""
    out: list[tuple[Any, ...]] = []
    if parent:
        whole, name = sum(y for y in series.y if y is not None), safe(series.label)
        words = f"{name}<br>{compact(whole, drawing.lang)}"
        out.append((parent, name, "", whole, series.color, words, series.key))
    parts = zip(series.labels, series.y, series.colors, series.texts, series.keys, strict=True)
    for i, (label, value, color, words, key) in enumerate(parts):
        out.append((f"p{number}-{i}", safe(label), parent, value, color, safe(words), key))
    return out


def still(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification of the tiles."""
    wanted = (size.width * 0.8, size.width * 1.4) if size.narrow else (size.width * 0.34, size.width * 0.6)
    return compose(replace(drawing, legend=Legend()), size, wanted, lambda box: _body(drawing, size, box))


def _body(drawing: Drawing, size: Size, box: Box) -> list[Mark]:
    wholes = [sum(y for y in s.y if y is not None) for s in drawing.series]
    marks: list[Mark] = []
    for series, outer in zip(drawing.series, squarify(wholes, box.x, box.y, box.width, box.height), strict=True):
        head = HEAD if series.label and outer.height > 2.5 * HEAD and outer.width > 50 else 0.0
        if head:
            label = letters(size).label
            name = shorten(series.label, outer.width - 8, label, bold=True)
            marks.append(text(outer.x + 2, outer.y + label + 1, (name,), label, theme.tones(size.dark).ink, bold=True))
        values = [y or 0.0 for y in series.y]
        inner = squarify(values, outer.x, outer.y + head, outer.width, outer.height - head)
        marks += _tiles(drawing, series, inner, size)
    return marks


def _tiles(drawing: Drawing, series: Series, places: list[Tile], size: Size) -> list[Mark]:
    rows = [
        {
            "key": key,
            "value": value,
            "x": round(tile.x, 1),
            "y": round(tile.y, 1),
            "w": round(max(tile.width - 2, 0.5), 1),
            "h": round(max(tile.height - 2, 0.5), 1),
            "fill": color,
        }
        for key, value, color, tile in zip(series.keys, series.y, series.colors, places, strict=True)
    ]
    enter = {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "width": {"field": "w"},
        "height": {"field": "h"},
        "fill": {"field": "fill"},
    }
    mark = {"type": "rect", "aria": False, "from": {"data": "tiles"}, "encode": {"enter": enter}}
    marks: list[Mark] = [{"type": "group", "aria": False, "data": [{"name": "tiles", "values": rows}], "marks": [mark]}]
    label = letters(size).label
    for name, value, color, tile in zip(series.labels, series.y, series.colors, places, strict=True):
        room, lines = tile.width - 12, int((tile.height - 8) / (label * 1.25))
        if room > 34 and lines > 0:
            figure_ = number(value, drawing.lang)
            figure_ = figure_ if width(figure_, label) <= room else compact(value or 0.0, drawing.lang, short=True)
            shown = wrap(name, room, label)
            if len(shown) > lines or any(width(word, label) > room for word in name.split()):
                continue
            if lines > len(shown) and width(figure_, label) <= room:
                shown = (*shown, figure_)
            marks.append(text(tile.x + 5, tile.y + label + 4, shown, label, theme.on(color), leading=label * 1.25))
    return marks
