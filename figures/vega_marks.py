"""What stands inside a panel in Vega: bars, intervals, dots, boxes, cells."""

from __future__ import annotations

from figures import theme
from figures.drawing import Drawing, Series, Size, Spec
from figures.text import width
from figures.vega_frame import Mark, letters, marked, text
from figures.vega_plot import Layer, Plot


def _bar_tail(drawing: Drawing, size: Size) -> float:
    if not drawing.labelled:
        return 10.0 if drawing.horizontal else 0.0
    return max((width(t, letters(size).label) for s in drawing.series for t in s.labels), default=0) + 8


def _bars(plot: Plot) -> list[Mark]:
    marks: list[Mark] = []
    along, across = ("y", "x") if plot.drawing.horizontal else ("x", "y")
    for series in plot.series:
        rows = [
            {
                "key": series.keys[i],
                "at": x + series.slot[0],
                "to": x + series.slot[0] + series.slot[1],
                "base": series.base[i] if series.base else 0.0,
                "end": (series.base[i] if series.base else 0.0) + y,
                "value": y,
                "fill": series.colors[i] if series.colors else series.color,
            }
            for i, (x, y) in enumerate(zip(series.x, series.y, strict=True))
            if x is not None and y is not None
        ]
        enter: Spec = {
            along: {"scale": along, "field": "at"},
            f"{along}2": {"scale": along, "field": "to"},
            across: {"scale": across, "field": "base"},
            f"{across}2": {"scale": across, "field": "end"},
            "fill": {"field": "fill"},
        }
        if series.base:
            enter |= {"stroke": {"value": plot.look.paper}, "strokeWidth": {"value": 0.7}}
        marks += marked("rect", rows, enter)
        if plot.drawing.labelled:
            marks += _bar_labels(plot, series)
    return marks


def _bar_labels(plot: Plot, series: Series) -> list[Mark]:
    label = plot.type.label
    marks = []
    for x, y, written in zip(series.x, series.y, series.labels, strict=True):
        if x is not None and y is not None:
            place = max(plot.across(y), plot.across(0)) + 5
            marks.append(text(place, plot.up(x) + label * 0.35, (written,), label, plot.look.ink))
    return marks


def _bins(plot: Plot) -> list[Mark]:
    marks: list[Mark] = []
    for series in plot.series:
        rows = [{"x": x, "x2": x2, "y": y, "value": y} for x, x2, y in zip(series.x, series.x2, series.y, strict=True)]
        enter: Spec = {
            "x": {"scale": "x", "field": "x", "offset": 0.5},
            "x2": {"scale": "x", "field": "x2", "offset": -0.5},
            "y": {"scale": "y", "field": "y"},
            "y2": {"scale": "y", "value": 0},
            "fill": {"value": series.color},
        }
        marks += marked("rect", rows, enter)
    return marks


def _scatter(plot: Plot) -> list[Mark]:
    many = sum(len(s.x) for s in plot.series)
    area = 90 if many <= 60 else 40 if many <= 600 else 16
    marks: list[Mark] = []
    for series in sorted(plot.series, key=lambda s: not s.muted):
        rows = [
            {"x": x, "y": y, "key": key, "fill": fill}
            for x, y, key, fill in zip(series.x, series.y, series.keys, _point_fills(series), strict=True)
        ]
        rows.sort(key=lambda row: row["fill"] == theme.ACCENT)
        enter: Spec = {
            "x": {"scale": "x", "field": "x"},
            "y": {"scale": "y", "field": "y"},
            "size": {"value": area},
            "fill": {"field": "fill"},
            "fillOpacity": {"value": 0.8 if many <= 600 else 0.5},
            "stroke": {"value": plot.look.paper},
            "strokeWidth": {"value": 0.6},
        }
        marks += marked("symbol", rows, enter)
        marks += _point_names(plot, series)
    return marks


def _point_fills(series: Series) -> tuple[str, ...]:
    return series.colors or (series.color,) * len(series.x)


def _point_names(plot: Plot, series: Series) -> list[Mark]:
    marks = []
    for x, y, name in zip(series.x, series.y, series.labels, strict=True):
        if name and x is not None and y is not None:
            at, wide = plot.across(x), width(name, plot.type.label, bold=True)
            left = at + 8 + wide > plot.width + plot.tail
            ink = theme.legible(theme.ACCENT, plot.look.paper)
            place, align = (at - 8, "right") if left else (at + 8, "left")
            marks.append(text(place, plot.up(y) + 4, (name,), plot.type.label, ink, bold=True, align=align))
    return marks


def _boxes(plot: Plot) -> list[Mark]:
    along, across = ("y", "x") if plot.drawing.horizontal else ("x", "y")
    marks: list[Mark] = []
    for series in plot.series:
        rows = [
            {
                "key": key,
                "at": at,
                "from": at - 0.3,
                "to": at + 0.3,
                **dict(zip(("q5", "q25", "q50", "q75", "q95"), spread, strict=True)),
                "fill": fill,
            }
            for at, spread, key, fill in zip(series.x, series.spread, series.keys, series.colors, strict=True)
            if at is not None and None not in spread
        ]
        stroke: Spec = {"stroke": {"field": "fill"}, "strokeWidth": {"value": 1.6}}
        whisker: Spec = {along: {"scale": along, "field": "at"}, f"{along}2": {"scale": along, "field": "at"}}
        ends = {across: {"scale": across, "field": "q5"}, f"{across}2": {"scale": across, "field": "q95"}}
        body: Spec = {along: {"scale": along, "field": "from"}, f"{along}2": {"scale": along, "field": "to"}}
        middle = {across: {"scale": across, "field": "q25"}, f"{across}2": {"scale": across, "field": "q75"}}
        line = {across: {"scale": across, "field": "q50"}, f"{across}2": {"scale": across, "field": "q50"}}
        marks += marked("rule", rows, {**whisker, **ends, **stroke})
        marks += marked("rect", rows, {**body, **middle, "fill": {"field": "fill"}})
        paper = {"stroke": {"value": plot.look.paper}, "strokeWidth": {"value": 2.4}}
        marks += marked("rule", rows, {**body, **line, **paper})
    return marks


def _cells(plot: Plot) -> list[Mark]:
    marks: list[Mark] = []
    wide = plot.width / max(len(plot.drawing.x.categories), 1)
    tall = plot.height / max(len(plot.drawing.y.categories), 1)
    gap = 0.5 if min(wide, tall) > 8 else 0.0
    for series in plot.series:
        rows = [
            {"x": x - 0.5, "x2": x + 0.5, "y": y - 0.5, "y2": y + 0.5, "value": z, "fill": fill}
            for x, y, z, fill in zip(series.x, series.y, series.z, series.colors, strict=True)
            if x is not None and y is not None
        ]
        enter: Spec = {
            "x": {"scale": "x", "field": "x", "offset": gap},
            "x2": {"scale": "x", "field": "x2", "offset": -gap},
            "y": {"scale": "y", "field": "y", "offset": gap},
            "y2": {"scale": "y", "field": "y2", "offset": -gap},
            "fill": {"field": "fill"},
        }
        marks += marked("rect", rows, enter)
        longest = max((width(label, plot.type.small) for label in series.labels), default=0)
        if longest + 6 <= wide and plot.type.small + 4 <= tall:
            marks += [
                text(
                    plot.across(x),
                    plot.up(y) + plot.type.small * 0.35,
                    (label,),
                    plot.type.small,
                    theme.on(fill),
                    align="center",
                )
                for x, y, label, fill in zip(series.x, series.y, series.labels, series.colors, strict=True)
                if x is not None and y is not None
            ]
    return marks


BARS = Layer(_bars, _bar_tail)
BINS = Layer(_bins, lambda _drawing, _size: 8.0)
DOTS = Layer(_scatter, lambda _drawing, _size: 12.0)
BOXES = Layer(_boxes, lambda _drawing, _size: 12.0)
CELLS = Layer(_cells, lambda _drawing, _size: 2.0)
