"""Bars: figures by category, lying where names are many or long; always from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from figures import examples, plotly_traces, theme, vega_marks
from figures.assemble import axis_of_categories, drawing, hover, legend, sorted_question, written
from figures.drawing import Axis, Caption, Category, Chart, Drawing, Form, Series, Size, Spec
from figures.formats import compact, number, percent
from figures.limits import within
from figures.plotly_figure import figure
from figures.reading import Field, Reading, cell_key, read
from figures.split import MOST_IN_PANELS, OTHERS, Split, categories, in_order, merge_small, split
from figures.ticks import nice, write
from figures.vega_plot import cartesian
from figures.words import say
from model.chart import FEW_CATEGORIES, Choices, Suggestion
from model.errors import BadRequest
from model.table import Table
from model.view import PLACES, Sort, View

FORM = Form("bar", "Gráfica de barras", "Bar chart")
MOST_BARS = 40
MOST_COLUMNS = 400  # of an ordered axis: years, months, bins
SIDE_BY_SIDE = 3
MOST_STACKED = 8
FEW_BARS = 20
LARGE = 1e9  # from here on bars bear «6.3 billones» instead of every digit


@dataclass(frozen=True, slots=True)
class Layers:
    """How the series of a bar chart share a category."""

    stacked: bool
    count: int

    def slot(self, index: int) -> tuple[float, float]:
        """(offset, width) of the bars of the series `index`, in categories."""
        if self.stacked or self.count == 1:
            return (-0.38, 0.76)
        each = 0.8 / self.count
        return (-0.4 + index * each, each * 0.92)


def complete(view: View, choose: Choices) -> View:
    """A category (or a time) and a figure, the largest first; BadRequest without either."""
    facets = choose.facets(view)
    time = choose.time()
    free = (g for g in (*choose.categories()[:2], *((time,) if time else ())) if g not in facets)
    groups = choose.groups(view) or tuple(free)[:1]
    if not groups:
        raise BadRequest("Para una gráfica de barras hace falta una columna de categorías, y esta tabla no la tiene.")
    done = choose.measured(view, (*groups, *facets))
    if done.sort or choose.is_ordered(groups[0]):
        return done
    return replace(done, sort=(Sort(written(done.measures[0]), descending=True),))


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """The best category; of many values the first twenty."""
    groups = choose.categories()
    if not groups:
        return ()
    size = choose.size_of(groups[0])
    score = 70 if size <= FEW_CATEGORIES else 55 if groups[0].column == PLACES[0] else 40
    view = replace(choose.recent(bare), groups=groups[:1], size=FEW_BARS if size > FEW_CATEGORIES else 0)
    return (Suggestion(score, replace(view, measures=(choose.measure(),))),)


def question(view: View) -> View:
    """All groups, largest first; groups with an order of their own are put in it by `draw`."""
    return sorted_question(view, 2000)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; BadRequest without a category or a figure."""
    view = question(view)
    reading = read(view, table, caption)
    x, figures = reading.x(), reading.figures()
    parts = split(reading)
    kept, notes = _kept(reading, x, parts)
    parts = within(merge_small(parts, reading, figures[0], MOST_STACKED), reading, len(kept))
    stacked = len(parts.series) > SIDE_BY_SIDE and figures[0].additive and not _negative(parts)
    layers = Layers(stacked, len(parts.series))
    keys, labels = tuple(c.key for c in kept), tuple(c.label for c in kept)
    by_category = len(parts.series) == 1
    stressed = reading.stressed(keys, labels) if by_category else _stressed_series(reading, parts)
    axis = reading.axis(figures, (0.0, 1.0))
    series = _series(parts, kept, layers, stressed, axis, reading)
    values = [b + (y or 0) for s in series for y, b in zip(s.y, s.base or (0.0,) * len(s.y), strict=True)]
    lying = not x.ordered and _lies(kept)
    low, high = min(0.0, 0.0, *values), max(0.0, 0.0, *values)
    bare = lying and by_category and len(parts.panels) == 1 and low == 0 < high  # the bars carry their values
    axis = replace(axis, domain=(low, high) if bare else nice(low, high))
    series = series if bare else tuple(replace(one, labels=()) for one in series)
    named = axis_of_categories(x, kept)
    return replace(
        drawing(reading, FORM, named, axis, series, parts.drawn_panels(), (*parts.notes, *notes)),
        x=axis if lying else named,
        y=named if lying else axis,
        horizontal=lying,
        legend=legend(reading, series),
        highlight=tuple(c.label for c in (kept if by_category else parts.series) if c.key in stressed),
    )


def _kept(reading: Reading, x: Field, parts: Split) -> tuple[list[Category], tuple[str, ...]]:
    found = categories(reading, x, parts.all_points())
    view = reading.view
    by_name = bool(view.sort) and view.sort[0].column == x.name
    descending = not (view.sort and not view.sort[0].descending and not by_name)
    order = [c for c, _, _ in found] if by_name and not x.ordered else in_order(found, x.ordered, descending)
    most = MOST_COLUMNS if x.ordered else MOST_BARS if len(parts.panels) == 1 else MOST_IN_PANELS
    if len(order) <= most:
        return order, ()
    shown = {"n": most, "total": number(len(order)), "m": number(len(order) - most)}
    return order[-most:] if x.ordered else order[:most], (say("top", reading.lang, **shown),)


def _negative(parts: Split) -> bool:
    return any((p.value or 0) < 0 for p in parts.all_points())


def _stressed_series(reading: Reading, parts: Split) -> tuple[str, ...]:
    return reading.stressed(tuple(s.key for s in parts.series), tuple(s.label for s in parts.series))


def _series(
    parts: Split, kept: list[Category], layers: Layers, stressed: tuple[str, ...], axis: Axis, reading: Reading
) -> tuple[Series, ...]:
    lone = len(parts.series) == 1
    tints = theme.assign([s.key for s in parts.series if s.key != OTHERS], () if lone else stressed)
    out = []
    for p, panel in enumerate(parts.panels):
        heap = [0.0] * len(kept)
        for n, one in enumerate(parts.series):
            sums = _sums(parts, panel.key, one.key)
            values = tuple(sums.get(c.key) for c in kept)
            found = [v for v in values if v is not None]
            base = tuple(heap) if layers.stacked else ()
            heap = [h + (v or 0.0) for h, v in zip(heap, values, strict=True)]
            color, muted = (theme.OTHERS, True) if one.key == OTHERS else tints[one.key]
            name = "" if lone else one.label
            large = max(map(abs, found), default=0) >= LARGE
            written = tuple(_label(v, axis, reading.lang, _digits(values), large=large) for v in values)
            out.append(
                Series(
                    key=one.key,
                    label=one.label,
                    color=color,
                    x=tuple(float(i) for i in range(len(kept))),
                    y=values,
                    panel=p,
                    muted=muted,
                    base=base,
                    texts=tuple(
                        hover(c.label, name, write(v, axis, reading.lang)) for c, v in zip(kept, values, strict=True)
                    ),
                    labels=written if lone else (),
                    keys=tuple(c.key for c in kept),
                    colors=_point_colors(kept, stressed, color) if lone else (),
                    slot=layers.slot(n),
                )
            )
    return tuple(out)


def _label(value: float | None, axis: Axis, lang: str, digits: int, *, large: bool) -> str:
    if value is None:
        return ""
    if large:
        return compact(value, lang)
    return percent(value, lang) if axis.format == "percent" else number(value, lang, digits)


def _digits(values: Sequence[float | None]) -> int:
    """The decimals at which all labels of a drawing are written: as many as its most exact one needs."""
    found = [v for v in values if v is not None]
    least = max((len(number(v).partition(".")[2]) for v in found), default=0)
    return min(least, 2) if max(map(abs, found), default=0) >= 1 else least


def _point_colors(kept: list[Category], stressed: tuple[str, ...], color: str) -> tuple[str, ...]:
    if not stressed:
        return tuple(theme.OTHERS if c.key == "" else color for c in kept)
    return tuple(theme.ACCENT if c.key in stressed else theme.MUTED for c in kept)


def _sums(parts: Split, panel: str, series: str) -> dict[str, float]:
    sums: dict[str, float] = {}
    for point in parts.points.get((panel, series), ()):
        if point.value is not None:
            key = cell_key(point.x)
            sums[key] = sums.get(key, 0.0) + point.value
    return sums


def _lies(kept: list[Category]) -> bool:
    return (
        len(kept) > 5
        or any(len(word) > 9 for c in kept for word in c.label.split())
        or any(len(c.label) > 24 for c in kept)
    )


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return figure(drawing, plotly_traces.bars)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return cartesian(drawing, size, vega_marks.BARS)


def example() -> tuple[View, Table, Caption]:
    """Homicides by state, one stressed."""
    return examples.states(View("homicidios", "por-entidad", chart=FORM.name, highlight=("11",)))


CHART = Chart(
    name=FORM.name,
    label="Barras",
    order=10,
    icon="M4 20V10h4v10M10 20V4h4v16M16 20v-7h4v7",
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
