"""Histogram: how many rows fall into each interval of a number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from figures import examples, plotly_traces, theme, vega_marks
from figures.assemble import drawing, hover, legend
from figures.drawing import Axis, Caption, Chart, Drawing, Form, Series, Size, Spec
from figures.formats import number
from figures.plotly_figure import figure
from figures.reading import Field, Reading, measure_axis, plain_axis, position, read
from figures.split import Split, split
from figures.ticks import interval, nice
from figures.vega_plot import cartesian
from figures.words import say
from model.chart import Choices, Suggestion
from model.errors import BadRequest
from model.table import Table
from model.view import Group, Measure, View

FORM = Form("histogram", "Histograma", "Histogram")
BINS = "bin20"
MOST_ROWS = 5000
LEAST_VALUES = 10
COUNT = Measure("count")


def complete(view: View, choose: Choices) -> View:
    """A number in intervals, and how many rows each has; BadRequest without a number."""
    binned = next((g for g in choose.groups(view) if g.by.startswith("bin")), None)
    if binned:
        done = view.groups if set(view.groups) == {binned, *choose.facets(view)} else (binned, *choose.facets(view))
        return replace(view, groups=done, measures=view.measures or (COUNT,))
    measured = (m.column for m in view.measures if m.column)
    candidates = (view.x, *(g.column for g in view.groups), *measured, *(p.column.name for p in choose.numbers()))
    name = next((n for n in candidates if choose.is_number(n)), None)
    if name is None:
        raise BadRequest("Para un histograma hace falta una columna de números, y esta tabla no la tiene.")
    groups = (Group(name, BINS), *choose.facets(view))
    return replace(view, groups=groups, measures=(COUNT,), sort=(), x="", y="")


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """The best number, where it has many values."""
    numbers = choose.numbers()
    return (Suggestion(50, bare),) if numbers and numbers[0].distinct >= LEAST_VALUES else ()


def question(view: View) -> View:
    """Counts by interval (20 unless the view says otherwise), of each facet."""
    binned = next((g for g in view.groups if g.by.startswith("bin")), None)
    column = view.x or (view.groups[0].column if view.groups else view.measures[0].column if view.measures else "")
    if binned is None and not column:
        return replace(view, page=1, size=MOST_ROWS)
    facet = tuple(g for g in view.groups if g is not binned and view.facet and g.column == view.facet)
    first = binned or Group(column, BINS)
    measures = tuple(m for m in view.measures if m.function == "count") or (Measure("count"),)
    return replace(view, groups=(first, *facet), measures=measures, x="", y="", sort=(), page=1, size=MOST_ROWS)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of counted intervals; BadRequest where the answer is not in intervals."""
    view = question(view)
    reading = read(view, table, caption)
    x = next((g for g in reading.groups if g.by.startswith("bin")), None)
    if x is None:
        raise BadRequest("El histograma necesita una columna de números en intervalos: agrupe por «columna:bin20».")
    parts = split(replace(reading, view=replace(view, x=x.name)))
    edges = _edges(x, table, caption.edges)
    axis = plain_axis(x, (edges[0], edges[-1]))
    noun = caption.rows or say("row_noun", caption.lang)
    count = replace(measure_axis(reading.figures(), (0.0, 1.0)), title=noun.capitalize(), unit=noun)
    series, nulls = _series(parts, edges, axis, count, reading)
    tallest = max((y for s in series for y in s.y if y is not None), default=0.0)
    missing = (say("nulls", caption.lang, n=number(nulls)),) if nulls else ()
    return replace(
        drawing(reading, FORM, axis, count, series, parts.drawn_panels(), (*parts.notes, *missing)),
        y=replace(count, domain=nice(0.0, max(tallest, 1.0))),
        legend=legend(reading, series),
    )


def _edges(x: Field, table: Table, given: Sequence[float]) -> tuple[float, ...]:
    """The edges of all intervals, the empty ones too."""
    if len(given) > 1:
        return tuple(given)
    lower = sorted({v for row in table.rows if (v := position(row[x.index])) is not None})
    if not lower:
        return (0.0, 1.0)
    steps = [b - a for a, b in itertools.pairwise(lower) if b - a > abs(b) * 1e-12]
    step = min(steps, default=1.0)
    many = round((lower[-1] - lower[0]) / step) + 1
    return tuple(float(f"{lower[0] + i * step:.12g}") for i in range(many + 1))


def _series(
    parts: Split, edges: tuple[float, ...], axis: Axis, count: Axis, reading: Reading
) -> tuple[tuple[Series, ...], float]:
    nulls = 0.0
    out = []
    one = parts.series[0]
    for p, panel in enumerate(parts.panels):
        heights = [0.0] * (len(edges) - 1)
        for point in parts.points.get((panel.key, one.key), ()):
            at = position(point.x)
            if at is None:
                nulls += point.value or 0.0
            else:
                nearest = min(range(len(heights)), key=lambda i: abs(edges[i] - at))
                heights[nearest] += point.value or 0.0
        drawn = tuple(heights) if reading.table.rows else (None,) * len(heights)
        texts = (
            hover(interval(a, b, axis, reading.lang), f"{count.title}: {number(h)}")
            for (a, b), h in zip(itertools.pairwise(edges), heights, strict=True)
        )
        out.append(Series(one.key, one.label, theme.MAIN, edges[:-1], drawn, p, x2=edges[1:], texts=tuple(texts)))
    return tuple(out), nulls


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return figure(drawing, plotly_traces.bins)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return cartesian(drawing, size, vega_marks.BINS)


def example() -> tuple[View, Table, Caption]:
    """Prices of fuel at the stations."""
    return examples.bins(View("gasolinas", "precios", chart=FORM.name))


CHART = Chart(
    name=FORM.name,
    label="Histograma",
    order=50,
    icon="M3 20v-4h4.500v-6H12V5h4.500v9H21v6z",
    headings={"es": "Distribución de {binned}", "en": "Distribution of {binned}"},
    keeps=(),
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
