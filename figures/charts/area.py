"""Stacked areas: how a total and its parts move over time."""

from __future__ import annotations

from dataclasses import replace

from figures import examples, plotly_traces, theme, vega_marks
from figures.assemble import drawing, hover, legend
from figures.charts import line
from figures.drawing import Axis, Caption, Chart, Drawing, Series, Size, Spec
from figures.plotly_figure import figure
from figures.reading import Reading, measure_axis, read
from figures.split import OTHERS, Split, merge_small, split
from figures.ticks import nice, write
from figures.timeline import Timeline, time_question, timeline
from figures.vega_plot import cartesian
from figures.words import say
from model.table import Table
from model.view import View

MOST_LAYERS = 7
MOST_DIRECT = 6


def question(view: View) -> View:
    """All periods, in order."""
    return time_question(view)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; what cannot be added up becomes lines. BadRequest without axis or figure."""
    reading = read(view, table, caption)
    measure = reading.figures()[0]
    parts = merge_small(split(reading), reading, measure, MOST_LAYERS)
    negative = any((p.value or 0) < 0 for p in parts.all_points())
    if len(parts.series) > 1 and (not measure.additive or negative):
        words = replace(caption, notes=(*caption.notes, say("not_stacked", caption.lang)))
        return replace(line.draw(view, table, words), chart="area")
    ruler = timeline(reading, parts)
    stressed = reading.stressed(tuple(s.key for s in parts.series), tuple(s.label for s in parts.series))
    series = _series(parts, ruler, stressed, measure_axis((measure,), (0.0, 1.0)), reading)
    tops = [b + (y or 0.0) for s in series for b, y in zip(s.base, s.y, strict=True)]
    axis = measure_axis(reading.figures(), nice(min(0.0, 0.0, *tops), max(0.0, 0.0, *tops)))
    direct = len(parts.series) <= MOST_DIRECT and len(parts.panels) == 1
    return replace(
        drawing(reading, "area", ruler.axis, axis, series, parts.drawn_panels(), parts.notes),
        legend=legend(reading, series, direct),
        highlight=tuple(s.label for s in parts.series if s.key in stressed),
    )


def _series(
    parts: Split, ruler: Timeline, stressed: tuple[str, ...], axis: Axis, reading: Reading
) -> tuple[Series, ...]:
    tints = theme.assign([s.key for s in parts.series if s.key != OTHERS], stressed)
    tints[OTHERS] = (theme.OTHERS, True)
    alone = len(parts.series) == 1
    out = []
    for p, panel in enumerate(parts.panels):
        layers = {one.key: ruler.gapped(parts.points.get((panel.key, one.key), ())) for one in parts.series}
        xs = tuple(sorted({x for layer in layers.values() for x in layer[0] if x is not None}))
        heap = [0.0] * len(xs)
        for one in parts.series:
            ys = _at(xs, layers[one.key])
            color, muted = tints[one.key]
            texts = (
                hover("" if alone else one.label, write(x, ruler.axis, reading.lang), write(y, axis, reading.lang))
                for x, y in zip(xs, ys, strict=True)
            )
            out.append(Series(one.key, one.label, color, xs, ys, p, muted, base=tuple(heap), texts=tuple(texts)))
            heap = [h + (y or 0.0) for h, y in zip(heap, ys, strict=True)]
    return tuple(out)


def _at(
    xs: tuple[float, ...], layer: tuple[tuple[float | None, ...], tuple[float | None, ...]]
) -> tuple[float | None, ...]:
    """The layer's values at `xs`, those of the same place added up; None where it has none."""
    found: dict[float, float | None] = {}
    for x, y in zip(*layer, strict=True):
        if x is not None:
            old = found.get(x)
            found[x] = y if old is None else old + (y or 0.0)
    return tuple(found.get(x) for x in xs)


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return figure(drawing, plotly_traces.areas)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return cartesian(drawing, size, vega_marks.AREAS)


def example() -> tuple[View, Table, Caption]:
    """Monthly homicides of four states, one on another."""
    return examples.months(View("homicidios", "por-mes", chart="area"))


CHART = Chart("area", "Áreas", 30, question, draw, plotly, vega, example)
