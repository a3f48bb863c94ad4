"""Lines over time, for the chart of lines and for what cannot be stacked."""

from __future__ import annotations

from dataclasses import replace

from figures import theme
from figures.assemble import drawing, hover, legend
from figures.drawing import Axis, Caption, Drawing, Form, Series
from figures.limits import connected, within
from figures.reading import Reading, cell_key, position, read
from figures.split import Split, split
from figures.ticks import nice, write
from figures.timeline import Timeline, timeline
from figures.words import say
from model.table import Table
from model.view import View

MOST_DIRECT = 6
FLAT = 0.35  # a range under this share of the highest value may leave zero out


def draw_lines(form: Form, view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of lines for the chart `form`; BadRequest without a first axis or a figure."""
    reading = read(view, table, caption)
    figures = reading.figures()
    parts = by_last_value(within(connected(split(reading), reading), reading))
    line = timeline(reading, parts)
    stressed = reading.stressed(tuple(s.key for s in parts.series), tuple(s.label for s in parts.series))
    series = _series(parts, line, stressed, reading.axis(figures, (0.0, 1.0)), reading)
    values = [v for s in series for v in s.y if v is not None]
    axis = reading.axis(figures, value_domain(values))
    lit = [s for s in series if not s.muted]
    direct = len({s.key for s in lit}) <= MOST_DIRECT and len(parts.panels) == 1
    lone = len(parts.series) == 1
    notes = [*parts.notes]
    if axis.domain[0] > 0 or axis.domain[1] < 0:
        notes.append(say("not_zero", reading.lang))
    if not stressed and len(lit) < len(series):
        names = {s.key for s in series}
        notes.append(say("stressed", reading.lang, n=len({s.key for s in lit}), total=len(names)))
    return replace(
        drawing(reading, form, line.axis, axis, series, parts.drawn_panels(), notes),
        legend=legend(reading, series, direct and not lone),
        highlight=tuple(s.label for s in parts.series if s.key in stressed),
    )


def by_last_value(parts: Split) -> Split:
    """Series from the highest last value to the lowest, as the eye finds them at the right edge."""

    def last(key: str) -> float:
        points = [p for panel in parts.panels for p in parts.points.get((panel.key, key), ()) if p.value is not None]
        latest = max(points, key=lambda p: (position(p.x) or 0.0, cell_key(p.x)), default=None)
        return latest.value or 0.0 if latest else float("-inf")

    return replace(parts, series=tuple(sorted(parts.series, key=lambda s: -last(s.key))))


def value_domain(values: list[float]) -> tuple[float, float]:
    """From zero, unless all values lie close together far from it."""
    if not values:
        return (0.0, 1.0)
    low, high = min(values), max(values)
    far = max(abs(low), abs(high))
    if low * high > 0 and high - low < FLAT * far and high > low:
        return nice(low, high)
    return nice(min(low, 0.0), max(high, 0.0))


def _series(
    parts: Split, line: Timeline, stressed: tuple[str, ...], axis: Axis, reading: Reading
) -> tuple[Series, ...]:
    tints = theme.assign([s.key for s in parts.series], stressed)
    lone = len(parts.series) == 1
    out = []
    for p, panel in enumerate(parts.panels):
        for one in parts.series:
            xs, ys = line.gapped(parts.points.get((panel.key, one.key), ()))
            color, muted = tints[one.key]
            name = "" if lone else one.label
            out.append(
                Series(
                    key=one.key,
                    label=one.label,
                    color=color,
                    x=xs,
                    y=ys,
                    panel=p,
                    muted=muted,
                    labels=tuple(write(y, replace(axis, unit=""), reading.lang) for y in ys) if lone else (),
                    texts=tuple(
                        hover(name, write(x, line.axis, reading.lang), write(y, axis, reading.lang))
                        for x, y in zip(xs, ys, strict=True)
                    ),
                )
            )
    return tuple(out)
