"""Panels with axes in Vega: one, or small multiples that share their scales."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

from figures import theme
from figures.drawing import Axis, Drawing, Series, Size, Spec
from figures.text import width, wrap
from figures.ticks import Tick, ticks
from figures.vega_frame import Box, Mark, Type, compose, letters, rule, text

GAP = 18.0
MOST_TICKS = 12
PANEL_LINES = 6  # the name of a panel is a value of the data: nothing of it may be cut


@dataclass(frozen=True, slots=True)
class Plot:
    """The inside of one panel: its series and its pixels. `tail` is the room right of it for labels."""

    drawing: Drawing
    series: tuple[Series, ...]
    width: float
    height: float
    tail: float
    size: Size

    @property
    def type(self) -> Type:
        return letters(self.size)

    @property
    def look(self) -> theme.Tones:
        return theme.tones(self.size.dark)

    def across(self, value: float) -> float:
        """The pixel of a value on the first axis."""
        low, high = self.drawing.x.domain
        return (value - low) / (high - low) * self.width

    def up(self, value: float) -> float:
        """The pixel of a value on the second axis; lying categories go downwards."""
        low, high = self.drawing.y.domain
        share = (value - low) / (high - low)
        return (share if self.drawing.y.type == "category" else 1 - share) * self.height


@dataclass(frozen=True, slots=True)
class Layer:
    """What a chart puts into a panel: `marks`, and `tail`, the room it needs right of it."""

    marks: Callable[[Plot], list[Mark]]
    tail: Callable[[Drawing, Size], float] = lambda _drawing, _size: 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Where panels stand: columns, and the rooms around each plot."""

    columns: int
    rows: int
    left: float
    foot: float
    head: float
    top: float
    tail: float


def cartesian(drawing: Drawing, size: Size, layer: Layer) -> Spec:
    """A specification with axes; panels in reading order."""
    grid = _grid(drawing, size, layer)
    low, high = _plot_heights(drawing, size, grid)
    around = grid.head + grid.foot
    wanted = (grid.rows * (low + around) + grid.top, grid.rows * (high + around) + grid.top)
    return compose(drawing, size, wanted, lambda box: _panels(drawing, size, layer, grid, box))


def many_columns(count: int) -> int:
    """How many panels stand beside each other on a wide image, so that the last row is not almost empty."""
    return 3 if count in (3, 5, 6, 9) else 4 if count > 4 else 2


def label_lines(axis: Axis, size: Size, room: float) -> tuple[tuple[str, ...], ...]:
    """The labels of a lying category axis, wrapped."""
    return tuple(wrap(c.label, room, letters(size).label, lines=3) for c in axis.categories)


def _label_room(drawing: Drawing, size: Size) -> float:
    longest = max((width(c.label, letters(size).label) for c in drawing.y.categories), default=0)
    return min(longest + 2, size.width * (0.36 if size.narrow else 0.28) / (1 if len(drawing.panels) == 1 else 1.3))


def _grid(drawing: Drawing, size: Size, layer: Layer) -> Grid:
    type_ = letters(size)
    count = len(drawing.panels)
    most = (
        (1 if drawing.y.type == "category" else 2)
        if size.narrow
        else (3 if count in (3, 5, 6, 9) else 4 if count > 4 else 2)
    )
    columns = max(1, min(count, most))
    left = 0.0
    if drawing.y.type == "category":
        left = _label_room(drawing, size) + 8
    elif not drawing.labelled:
        marks = ticks(drawing.y, 5, drawing.lang, short=size.narrow)
        left = max((width(t.text, type_.label) for t in marks), default=0) + 8
    labels = [p.label for p in drawing.panels if p.label]
    each = (size.width - 2 * type_.pad - left) / columns - GAP
    most_lines = max((len(wrap(t, each, type_.label, bold=True, lines=PANEL_LINES)) for t in labels), default=0)
    head = type_.label * 1.25 * most_lines + 12 if labels else 0.0
    foot = _foot(drawing, size)
    top = type_.label * 1.9 if drawing.y.titled and not drawing.horizontal else 4.0
    return Grid(columns, math.ceil(count / columns), left, foot, head, top, layer.tail(drawing, size))


def _foot(drawing: Drawing, size: Size) -> float:
    label = letters(size).label
    if drawing.horizontal and drawing.labelled:
        return 4.0
    lines = 3 if drawing.x.type == "category" and not drawing.horizontal else 2 if drawing.x.type == "time" else 1
    if drawing.x.type == "category" and all(len(c.label) < 6 for c in drawing.x.categories):
        lines = 1
    return label * 1.25 * lines + 9 + (label * 1.5 if drawing.x.titled else 0.0)


def _plot_heights(drawing: Drawing, size: Size, grid: Grid) -> tuple[float, float]:
    if drawing.y.type == "category":
        type_ = letters(size)
        lines = max((len(one) for one in label_lines(drawing.y, size, _label_room(drawing, size))), default=1)
        slots = len({s.slot for s in drawing.series}) or 1
        count = max(len(drawing.y.categories), 1)
        least = max(count * (lines * type_.label * 1.15 + 4), count * slots * 9.0, 30.0)
        return least, max(least, count * (30.0 + 12 * slots))
    if grid.rows > 1:
        return (110.0, 190.0)
    return (180.0, 2000.0)


def _panels(drawing: Drawing, size: Size, layer: Layer, grid: Grid, box: Box) -> list[Mark]:
    wide = (box.width - grid.left - GAP * (grid.columns - 1)) / grid.columns - grid.tail
    tall = (box.height - grid.top) / grid.rows - grid.head - grid.foot
    marks: list[Mark] = []
    if grid.top > 4:
        type_, look = letters(size), theme.tones(size.dark)
        (line,) = wrap(drawing.y.named, box.width, type_.label, lines=1)
        marks.append(text(box.x, box.y + type_.label, (line,), type_.label, look.soft))
    for index, panel in enumerate(drawing.panels):
        row, column = divmod(index, grid.columns)
        x = box.x + grid.left + column * (wide + grid.tail + GAP)
        y = box.y + grid.top + row * (grid.head + tall + grid.foot) + grid.head
        own = tuple(s for s in drawing.series if s.panel == index)
        plot = Plot(drawing, own, wide, tall, grid.tail, size)
        inside = [*_axes(plot, first=column == 0, last=index == len(drawing.panels) - 1), *layer.marks(plot)]
        if panel.label:
            lines = wrap(panel.label, wide + grid.tail, plot.type.label, bold=True, lines=PANEL_LINES)
            start = -8 - (len(lines) - 1) * plot.type.label * 1.25
            inside.append(text(0, start, lines, plot.type.label, plot.look.ink, bold=True))
        marks.append(_group(plot, x, y, inside))
    return marks


def _group(plot: Plot, x: float, y: float, marks: list[Mark]) -> Mark:
    wide, tall = round(plot.width, 1), round(plot.height, 1)
    flipped = plot.drawing.y.type == "category"
    return {
        "type": "group",
        "aria": False,
        "encode": {
            "enter": {
                "x": {"value": round(x, 1)},
                "y": {"value": round(y, 1)},
                "width": {"value": wide},
                "height": {"value": tall},
            }
        },
        "scales": [
            {"name": "x", "type": "linear", "domain": list(plot.drawing.x.domain), "range": [0, wide], "zero": False},
            {
                "name": "y",
                "type": "linear",
                "domain": list(plot.drawing.y.domain),
                "range": [0, tall] if flipped else [tall, 0],
                "zero": False,
            },
        ],
        "marks": marks,
    }


def _axes(plot: Plot, first: bool, last: bool) -> list[Mark]:
    hidden = plot.drawing.labelled
    marks = (
        _lying_axes(plot, first, hidden) if plot.drawing.y.type == "category" else _standing_axes(plot, first, hidden)
    )
    if plot.drawing.x.titled and not hidden and last:
        (line,) = wrap(plot.drawing.x.named, plot.width + plot.tail, plot.type.label, lines=1)
        marks.append(
            text(
                plot.width,
                plot.height + plot.type.label * 2.7 + 4,
                (line,),
                plot.type.label,
                plot.look.soft,
                align="right",
            )
        )
    return marks


def _lying_axes(plot: Plot, first: bool, hidden: bool) -> list[Mark]:
    drawing, look, label = plot.drawing, plot.look, plot.type.label
    marks: list[Mark] = []
    if drawing.x.type != "category" and not hidden:
        count = max(2, int(plot.width / 90))
        marks += _bottom(plot, ticks(drawing.x, count, drawing.lang, short=plot.width < 500), grid=True)
    elif drawing.x.type == "category":
        marks += _bottom(plot, _category_ticks(plot), grid=False)
    if first:
        room = _label_room(drawing, plot.size)
        for index, lines in enumerate(label_lines(drawing.y, plot.size, room)):
            start = plot.up(index) + label * 0.35 - (len(lines) - 1) * label * 0.575
            marks.append(text(-8, start, lines, label, look.ink, align="right", leading=label * 1.15))
    low, high = drawing.x.domain
    if drawing.x.type == "linear" and low <= 0 <= high:
        marks.append(rule(plot.across(0), 0, plot.across(0), plot.height, look.axis))
    return marks


def _standing_axes(plot: Plot, first: bool, hidden: bool) -> list[Mark]:
    drawing, look, label = plot.drawing, plot.look, plot.type.label
    marks: list[Mark] = []
    count = max(2, min(6, int(plot.height / 45)))
    for tick in () if hidden else ticks(drawing.y, count, drawing.lang, short=plot.size.narrow):
        y = plot.up(tick.value)
        marks.append(rule(0, y, plot.width, y, look.grid))
        if first:
            marks.append(text(-8, y + label * 0.35, (tick.text,), label, look.soft, align="right"))
    if drawing.x.type == "category":
        marks += _bottom(plot, _category_ticks(plot), grid=False)
    else:
        sample = ticks(drawing.x, 4, drawing.lang, short=plot.size.narrow)
        wide = max((width(line, label) for t in sample for line in t.lines), default=30)
        many = min(max(2, int(plot.width / (wide + 22))), MOST_TICKS)
        marks += _bottom(plot, _apart(plot, many), drawing.form.cloud)
    low, high = drawing.y.domain
    zero = plot.up(0.0) if low <= 0 <= high else plot.height
    marks.append(rule(0, zero, plot.width, zero, look.axis))
    return marks


def _apart(plot: Plot, many: int) -> tuple[Tick, ...]:
    """As many marks of the first axis, up to `many`, as do not touch."""
    axis, label = plot.drawing.x, plot.type.label
    found: tuple[Tick, ...] = ()
    for count in range(many, 1, -1):
        found = ticks(axis, count, plot.drawing.lang, short=plot.size.narrow)
        ends = [(plot.across(t.value), max(width(line, label) for line in t.lines) / 2) for t in found]
        if all(b - a > half + other + 8 for (a, half), (b, other) in itertools.pairwise(ends)):
            break
    return found


def _category_ticks(plot: Plot) -> tuple[Tick, ...]:
    axis, label = plot.drawing.x, plot.type.label
    slot = plot.width / max(len(axis.categories), 1)
    sample = ticks(axis, len(axis.categories), plot.drawing.lang)
    longest = max((width(word, label) for t in sample for line in t.lines for word in line.split()), default=0)
    marked = ticks(axis, max(1, int(plot.width / (min(longest, 60) + 8))), plot.drawing.lang)
    room = max(slot * len(axis.categories) / max(len(marked), 1) - 6, 24)
    return tuple(
        tick if len(tick.lines) > 1 else Tick(tick.value, wrap(tick.text, room, label, lines=3)) for tick in marked
    )


def _bottom(plot: Plot, marked: tuple[Tick, ...], grid: bool) -> list[Mark]:
    label, look = plot.type.label, plot.look
    marks: list[Mark] = []
    for tick in marked:
        x = plot.across(tick.value)
        if grid:
            marks.append(rule(x, 0, x, plot.height, look.grid))
        elif plot.drawing.x.type != "category":
            marks.append(rule(x, plot.height, x, plot.height + 4, look.axis))
        half = max(width(line, label) for line in tick.lines) / 2
        align = "left" if x < half - 30 else "center"
        place = min(x, plot.width + plot.tail + 6 - half) if align == "center" else x
        marks.append(
            text(place, plot.height + label + 6, tick.lines, label, look.soft, align=align, leading=label * 1.25)
        )
    return marks
