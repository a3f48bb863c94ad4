"""Lines and layers in Vega, with their names where they end."""

from __future__ import annotations

from collections.abc import Sequence

from figures import theme
from figures.drawing import Drawing, Series, Size, Spec
from figures.ends import dodge, label_height, last_point, lone
from figures.text import width, wrap
from figures.vega_frame import Mark, letters, marked, text
from figures.vega_plot import Layer, Plot

LONE_DOT = 34


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
            "strokeOpacity": {"value": theme.FAINT if series.muted else 1},
            "strokeJoin": {"value": "round"},
            "strokeCap": {"value": "round"},
        }
        marks += marked("line", rows, enter)
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
    return marked("symbol", rows, enter)


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
        marks += marked("area", rows, enter)
    return [*marks, *(_line_names(plot) if plot.drawing.legend.direct else [])]


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


LINES = Layer(_lines, _line_tail)
AREAS = Layer(_areas, _line_tail)
