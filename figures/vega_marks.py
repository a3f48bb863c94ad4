"""What stands inside a panel in Vega: bars, lines with their names, areas, dots, boxes, cells."""

from __future__ import annotations

from collections.abc import Sequence

from figures import theme
from figures.drawing import Drawing, Series, Size, Spec
from figures.ends import dodge, label_height, last_point, lone
from figures.text import width, wrap
from figures.vega_frame import Mark, letters, text
from figures.vega_plot import Layer, Plot

LONE_DOT = 34


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
        marks += _data("rect", rows, enter)
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


def _line_tail(drawing: Drawing, size: Size) -> float:
    type_ = letters(size)
    room = 92.0 if size.narrow else 170.0
    if drawing.legend.direct:
        names = [line for e in drawing.legend.entries for line in wrap(e.label, room, type_.label, bold=True, lines=3)]
        return max((width(n, type_.label, bold=True) for n in names), default=0) + 12
    if drawing.single:
        words = [_end_words(s) for s in drawing.series]
        return max((width(w, type_.label, bold=True) for w in words), default=0) + 12
    return 14.0


def _end_words(series: Series) -> str:
    last = last_point(series)
    return series.labels[last[2]] if last and series.labels else ""


def _lines(plot: Plot) -> list[Mark]:
    marks: list[Mark] = []
    ordered = [*(s for s in plot.series if s.muted), *(s for s in plot.series if not s.muted)]
    for series in ordered:
        thick = 1.2 if series.muted else (2.0 if plot.size.narrow else 2.6)
        rows = [
            {"x": x, "y": y if y is not None else None, "ok": y is not None}
            for x, y in zip(series.x, series.y, strict=True)
        ]
        enter: Spec = {
            "x": {"scale": "x", "field": "x"},
            "y": {"scale": "y", "field": "y"},
            "defined": {"field": "ok"},
            "stroke": {"value": series.color},
            "strokeWidth": {"value": thick},
            "strokeJoin": {"value": "round"},
            "strokeCap": {"value": "round"},
        }
        marks += _data("line", rows, enter)
        marks += _lone_points(series)
    if plot.drawing.single:
        marks += _last_value(plot)
    if plot.drawing.legend.direct:
        marks += _line_names(plot)
    return marks


def _lone_points(series: Series) -> list[Mark]:
    """Dots for values with a gap on both sides, which a line cannot show."""
    rows = [{"x": x, "y": y} for x, y, alone in zip(series.x, series.y, lone(series), strict=True) if alone]
    return _dots(series, rows, LONE_DOT) if rows else []


def _dots(series: Series, rows: Sequence[Spec], area: float) -> list[Mark]:
    enter: Spec = {
        "x": {"scale": "x", "field": "x"},
        "y": {"scale": "y", "field": "y"},
        "fill": {"value": series.color},
        "size": {"value": area},
    }
    return _data("symbol", rows, enter)


def _last_value(plot: Plot) -> list[Mark]:
    marks: list[Mark] = []
    for series in plot.series:
        last = last_point(series)
        if last:
            marks += _dots(series, [{"x": last[0], "y": last[1]}], 50)
            color = theme.legible(series.color, plot.look.paper)
            y = plot.up(last[1]) + plot.type.label * 0.35
            marks.append(text(plot.across(last[0]) + 8, y, (_end_words(series),), plot.type.label, color, bold=True))
    return marks


def _areas(plot: Plot) -> list[Mark]:
    if not all(s.base for s in plot.series):
        return _lines(plot)
    marks: list[Mark] = []
    for series in plot.series:
        rows = [
            {"x": x, "y": y, "base": base, "end": base + (y or 0.0), "ok": y is not None}
            for x, y, base in zip(series.x, series.y, series.base, strict=True)
        ]
        enter: Spec = {
            "x": {"scale": "x", "field": "x"},
            "y": {"scale": "y", "field": "end"},
            "y2": {"scale": "y", "field": "base"},
            "defined": {"field": "ok"},
            "fill": {"value": series.color},
            "fillOpacity": {"value": 0.92},
            "stroke": {"value": plot.look.paper},
            "strokeWidth": {"value": 0.8},
        }
        marks += _data("area", rows, enter)
    return [*marks, *(_line_names(plot) if plot.drawing.legend.direct else [])]


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
        marks += _data("rect", rows, enter)
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
        marks += _data("symbol", rows, enter)
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
        marks += _data("rule", rows, {**whisker, **ends, **stroke})
        marks += _data("rect", rows, {**body, **middle, "fill": {"field": "fill"}})
        paper = {"stroke": {"value": plot.look.paper}, "strokeWidth": {"value": 2.4}}
        marks += _data("rule", rows, {**body, **line, **paper})
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
        marks += _data("rect", rows, enter)
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


def _line_names(plot: Plot) -> list[Mark]:
    type_ = plot.type
    ends = []
    for series in plot.series:
        last = last_point(series)
        if last and not series.muted:
            lines = wrap(series.label, plot.tail - 8, type_.label, bold=True, lines=3)
            ends.append((series, lines, plot.up(label_height(series, last))))
    leading = type_.label * 1.15
    tops = dodge([y for _, _, y in ends], [len(n) * leading + 2 for _, n, _ in ends], 0.0, plot.height + 10)
    return [
        text(
            plot.width + 8,
            center - (len(lines) - 1) * leading / 2 + type_.label * 0.35,
            lines,
            type_.label,
            theme.legible(series.color, plot.look.paper),
            bold=True,
            leading=leading,
        )
        for (series, lines, _), center in zip(ends, tops, strict=True)
    ]


def _data(kind: str, rows: Sequence[Spec], enter: Spec) -> list[Mark]:
    """A mark with its own values; in a group, so that names never clash."""
    return [
        {
            "type": "group",
            "aria": False,
            "data": [{"name": "points", "values": list(rows)}],
            "marks": [{"type": kind, "aria": False, "from": {"data": "points"}, "encode": {"enter": enter}}],
        }
    ]


BARS = Layer(_bars, _bar_tail)
LINES = Layer(_lines, _line_tail)
AREAS = Layer(_areas, _line_tail)
BINS = Layer(_bins, lambda _drawing, _size: 8.0)
DOTS = Layer(_scatter, lambda _drawing, _size: 12.0)
BOXES = Layer(_boxes, lambda _drawing, _size: 12.0)
CELLS = Layer(_cells, lambda _drawing, _size: 2.0)
