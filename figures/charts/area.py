"""Stacked areas: how a total and its parts move over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from figures import examples, plotly_traces, theme, vega_lines
from figures.assemble import drawing, hover, legend
from figures.drawing import Axis, Caption, Chart, Drawing, Form, Series, Size, Spec
from figures.limits import connected, within
from figures.lines import draw_lines
from figures.plotly_figure import figure
from figures.reading import ADDITIVE, Field, Reading, measure_axis, read
from figures.split import OTHERS, Point, Split, merge_small, split
from figures.ticks import nice, write
from figures.timeline import Timeline, complete_over_time, time_question, timeline
from figures.vega_plot import cartesian
from figures.words import say
from model.chart import Choices, Suggestion
from model.table import Table
from model.view import View

FORM = Form("area", "Gráfica de áreas", "Area chart")
MOST_LAYERS = 7
MOST_DIRECT = 6
FEW_LAYERS = 8


def complete(view: View, choose: Choices) -> View:
    """A time and, beside it, what was there; BadRequest without a time."""
    return complete_over_time(view, choose)


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """Six periods or more of a total and its few parts."""
    groups = tuple(g for g in choose.categories() if choose.size_of(g) <= FEW_LAYERS)
    time, measure = choose.time(), choose.measure()
    if time is None or not groups or choose.periods() < 6 or measure.function not in ADDITIVE:
        return ()
    return (Suggestion(38, replace(bare, groups=(time, groups[0]), measures=(measure,))),)


def question(view: View) -> View:
    """All periods, in order."""
    return time_question(view)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; what cannot be added up becomes lines. BadRequest without axis or figure."""
    view = question(view)
    reading = read(view, table, caption)
    measure = reading.figures()[0]
    parts = merge_small(split(reading), reading, measure, MOST_LAYERS)
    negative = any((p.value or 0) < 0 for p in parts.all_points())
    if len(parts.series) > 1 and (not measure.additive or negative):
        words = replace(caption, notes=(*caption.notes, say("not_stacked", caption.lang)))
        return draw_lines(FORM, view, table, words)
    parts = within(connected(parts, reading), reading, stacked=True)
    ruler = timeline(reading, parts)
    stressed = reading.stressed(tuple(s.key for s in parts.series), tuple(s.label for s in parts.series))
    series = _series(parts, ruler, stressed, measure_axis((measure,), (0.0, 1.0)), reading)
    tops = [b + (y or 0.0) for s in series for b, y in zip(s.base, s.y, strict=True)]
    axis = reading.axis(reading.figures(), nice(min(0.0, 0.0, *tops), max(0.0, 0.0, *tops)))
    direct = len(parts.series) <= MOST_DIRECT and len(parts.panels) == 1
    return replace(
        drawing(reading, FORM, ruler.axis, axis, series, parts.drawn_panels(), parts.notes),
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
        layers = {one.key: _sums(ruler, parts.points.get((panel.key, one.key), ())) for one in parts.series}
        xs, heights = stack(layers, reading.figures()[0], ruler.hole)
        heap = [0.0] * len(xs)
        for one in parts.series:
            ys = heights[one.key]
            color, muted = tints[one.key]
            texts = (
                hover("" if alone else one.label, write(x, ruler.axis, reading.lang), write(y, axis, reading.lang))
                for x, y in zip(xs, ys, strict=True)
            )
            out.append(Series(one.key, one.label, color, xs, ys, p, muted, base=tuple(heap), texts=tuple(texts)))
            heap = [h + (y or 0.0) for h, y in zip(heap, ys, strict=True)]
    return tuple(out)


def stack(
    layers: Mapping[str, Mapping[float, float | None]], measure: Field, hole: float
) -> tuple[tuple[float, ...], dict[str, tuple[float | None, ...]]]:
    """The common positions, and each layer's heights at them.

    A layer has no height before its first and after its last value. In between, nothing counted is zero; any other
    missing part leaves the whole stack without a value there, since the total is not known.
    """
    xs = sorted({x for layer in layers.values() for x in layer})
    counted = measure.measure is not None and measure.measure.function == "count"
    heights: dict[str, list[float | None]] = {}
    for key, layer in layers.items():
        known = [x for x in xs if layer.get(x) is not None]
        span = (known[0], known[-1]) if known else (0.0, 0.0)
        heights[key] = [
            layer.get(x) if layer.get(x) is not None else 0.0 if counted or not span[0] < x < span[1] else None
            for x in xs
        ]
    unknown = [any(column[i] is None for column in heights.values()) for i in range(len(xs))]
    places = [*xs]
    for i in range(len(xs) - 1, 0, -1):
        if hole and xs[i] - xs[i - 1] > hole:
            places.insert(i, (xs[i] + xs[i - 1]) / 2)
    spots = {x: i for i, x in enumerate(xs)}
    drawn = {
        key: tuple(None if x not in spots or unknown[spots[x]] else column[spots[x]] for x in places)
        for key, column in heights.items()
    }
    return tuple(places), drawn


def _sums(ruler: Timeline, points: Sequence[Point]) -> dict[float, float | None]:
    """The layer's values by position, those of the same place added up."""
    found: dict[float, float | None] = {}
    for x, y in ruler.placed(points):
        old = found.get(x)
        found[x] = y if old is None else old + (y or 0.0)
    return found


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return figure(drawing, plotly_traces.areas)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return cartesian(drawing, size, vega_lines.AREAS)


def example() -> tuple[View, Table, Caption]:
    """Monthly homicides of four states, one on another."""
    return examples.months(View("homicidios", "por-mes", chart=FORM.name))


CHART = Chart(
    name=FORM.name,
    label="Áreas",
    order=30,
    icon="M3 20v-6l6-6 4 4 8-7v15z",
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
