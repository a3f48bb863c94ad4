"""Points along a time axis: in order, with a gap where a period is missing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from types import MappingProxyType

from figures import formats
from figures.assemble import axis_of_categories, written_group
from figures.drawing import Axis
from figures.reading import Field, Reading, cell_key, plain_axis, position
from figures.split import Point, Split, categories, in_order
from figures.ticks import DAY
from model.chart import Choices
from model.errors import BadRequest
from model.view import Sort, View

MOST_POINTS = 20_000
LOOSE = 4.5  # without a stated period, a hole this many usual steps wide is a gap
_CALENDAR = MappingProxyType({"month": 31 * DAY, "quarter": 92 * DAY, "year": 366 * DAY, "week": 7 * DAY})


@dataclass(frozen=True, slots=True)
class Timeline:
    """An axis and the positions that cells have on it. `hole` is the widest step that is not a gap (0: none is)."""

    axis: Axis
    field: Field
    hole: float

    def placed(self, points: Sequence[Point]) -> list[tuple[float, float | None]]:
        """(x, y) in order of x, without the points that stand nowhere on the axis."""
        places = {c.key: float(i) for i, c in enumerate(self.axis.categories)}
        located = [(places.get(cell_key(p.x)) if places else position(p.x), p.value) for p in points]
        return sorted(((x, y) for x, y in located if x is not None), key=lambda pair: pair[0])

    def gapped(self, points: Sequence[Point]) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
        """(x, y) in order of x, with a null between points that are further apart than they should be."""
        xs: list[float | None] = []
        ys: list[float | None] = []
        last: float | None = None
        for x, y in self.placed(points):
            if last is not None and self.hole and x - last > self.hole:
                xs.append((x + last) / 2)
                ys.append(None)
            xs.append(x)
            ys.append(y)
            last = x
        return tuple(xs), tuple(ys)


def timeline(reading: Reading, parts: Split) -> Timeline:
    """The axis of the first column: time or numbers as they lie, names as categories in order."""
    field = reading.x()
    if not field.ordered:
        kept = in_order(categories(reading, field, parts.all_points()), ordered=True)
        return Timeline(axis_of_categories(field, kept), field, 0.0)
    found = sorted({x for p in parts.all_points() if (x := position(p.x)) is not None})
    domain = (found[0], found[-1]) if found else (0.0, 1.0)
    if domain[0] == domain[1]:
        around = DAY if field.temporal else 1.0
        domain = (domain[0] - around, domain[1] + around)
    axis = plain_axis(field, domain)
    if field.temporal and not field.by:
        axis = replace(axis, format=_grain(found))
    return Timeline(axis, field, _hole(found, axis.format))


def time_question(view: View) -> View:
    """All rows, ordered by the first axis."""
    asked = replace(view, page=1, size=MOST_POINTS)
    if view.sort:
        return asked
    first = view.x or (group_name(view) if view.groups else "")
    return replace(asked, sort=(Sort(first),)) if first else asked


def complete_over_time(view: View, choose: Choices) -> View:
    """The view with a time before what it is grouped by; BadRequest where the table has none."""
    groups = choose.groups(view)
    facets = choose.facets(view)
    if not any(choose.is_ordered(g) for g in groups):
        time = choose.time()
        if time is None:
            raise BadRequest("Para una línea hace falta una columna de fechas o de años, y esta tabla no la tiene.")
        facets = choose.facets(view, time)
        groups = (time, *groups[:1])
    return choose.measured(view, (*groups, *facets))


def group_name(view: View) -> str:
    """The first group as its output column is named."""
    return written_group(view.groups[0])


def _hole(found: Sequence[float], grain: str) -> float:
    steps = [b - a for a, b in itertools.pairwise(found)]
    if len(steps) < 2:
        return 0.0
    smallest = max(min(steps), _CALENDAR.get(grain, 0.0) if grain != "year" or min(steps) > DAY else 0.0)
    if grain in _CALENDAR:
        return smallest * 1.5
    return float(median(steps)) * LOOSE


def _grain(found: Sequence[float]) -> str:
    moments = [formats.moment_of(x) for x in found[:2000]]
    if any((m.hour, m.minute, m.second) != (0, 0, 0) for m in moments):
        return "hour"
    if any(m.day != 1 for m in moments) or len(moments) < 2:
        return "day"
    return "year" if all(m.month == 1 for m in moments) else "month"
