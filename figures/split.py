"""The rows of an answer, told apart into panels, series and categories, in the order they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from figures.drawing import Category, Panel
from figures.formats import finite
from figures.reading import Field, Reading, cell_key
from figures.words import say
from model.table import Cell

MOST_PANELS = 12
MOST_IN_PANELS = 12  # lying categories of each of several panels
OTHERS = "\0others"  # the key of what was put together; no cell holds a null character


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: the cell on the first axis and the value, None where it is null or not a number."""

    x: Cell
    value: float | None
    row: int


@dataclass(frozen=True, slots=True)
class Split:
    """Points by (panel key, series key); keys in drawing order. `notes` say what was left out."""

    panels: tuple[Category, ...]
    series: tuple[Category, ...]
    points: dict[tuple[str, str], tuple[Point, ...]]
    notes: tuple[str, ...] = ()

    def drawn_panels(self) -> tuple[Panel, ...]:
        return tuple(Panel(p.key, p.label) for p in self.panels)

    def all_points(self) -> Iterable[Point]:
        """The points of the panels that are drawn."""
        return (p for panel in self.panels for s in self.series for p in self.points.get((panel.key, s.key), ()))


@dataclass(frozen=True, slots=True)
class Panels:
    """The small multiples of an answer, as many as are drawn; one without a label where there is no facet."""

    kept: tuple[Category, ...]
    field: Field | None
    notes: tuple[str, ...] = ()

    def most(self, alone: int) -> int:
        """How many lying categories a panel shows, `alone` where it is the only one."""
        return alone if len(self.kept) == 1 else min(alone, MOST_IN_PANELS)

    def drawn(self) -> tuple[Panel, ...]:
        """The panels in drawing order."""
        return tuple(Panel(p.key, p.label) for p in self.kept)

    def of(self, row: Sequence[Cell]) -> int | None:
        """The panel that a row belongs to; None where it is not drawn."""
        if self.field is None:
            return 0
        key = cell_key(row[self.field.index])
        return next((i for i, panel in enumerate(self.kept) if panel.key == key), None)


def panels(reading: Reading, weight: Callable[[Sequence[Cell]], float], most: int = MOST_PANELS) -> Panels:
    """The values of the facet by their own order, else by falling weight of their rows; at most `most`."""
    field = reading.facet()
    if field is None:
        return Panels((Category("", ""),), None)
    found: dict[str, tuple[str, Cell, float]] = {}
    for row in reading.table.rows:
        cell = row[field.index]
        _add(found, cell_key(cell), reading.label(field, cell), row, field, weight(row))
    order = _order(found, field, natural=False)
    return Panels(tuple(order[:most]) or (Category("", ""),), field, _cut(reading, field, len(order), most))


def _cut(reading: Reading, field: Field | None, total: int, most: int = MOST_PANELS) -> tuple[str, ...]:
    """What is said of the panels that are too many."""
    if field is None or total <= most:
        return ()
    return (say("panels", reading.lang, n=most, total=total, m=total - most, by=field.title),)


def split(reading: Reading, natural: bool = False) -> Split:
    """Panels by facet; series by colour column, or one for each measure; series by falling total unless `natural`.

    Raises BadRequest where there is no first axis or no figure.
    """
    x, figures, facet = reading.x(), reading.figures(), reading.facet()
    color = reading.color()
    lead = figures[0] if color else None
    found: dict[tuple[str, str], list[Point]] = {}
    multiples: dict[str, tuple[str, Cell, float]] = {}
    series: dict[str, tuple[str, Cell, float]] = {}
    for number, row in enumerate(reading.table.rows):
        panel_key = cell_key(row[facet.index]) if facet else ""
        for measure in (lead,) if lead else figures:
            value = finite(row[measure.index])
            name = cell_key(row[color.index]) if color else measure.name
            label = reading.label(color, row[color.index]) if color else measure.title
            weight = abs(value or 0.0)
            _add(multiples, panel_key, reading.label(facet, row[facet.index]) if facet else "", row, facet, weight)
            _add(series, name, label, row, color, weight)
            found.setdefault((panel_key, name), []).append(Point(row[x.index], value, number))
    if not color:
        series = {f.name: series.get(f.name, (f.title, None, 0.0)) for f in figures}
    keep = _order(multiples, facet, natural=False)
    return Split(
        tuple(keep[:MOST_PANELS]) or (Category("", ""),),
        tuple(_order(series, color, natural)),
        {key: tuple(points) for key, points in found.items()},
        _cut(reading, facet, len(keep)),
    )


def categories(reading: Reading, field: Field, points: Iterable[Point]) -> list[tuple[Category, float, Cell]]:
    """The distinct cells on the first axis with the sum of their values, in order of appearance."""
    seen: dict[str, tuple[Category, float, Cell]] = {}
    for point in points:
        key = cell_key(point.x)
        old = seen.get(key)
        total = (old[1] if old else 0.0) + (point.value or 0.0)
        seen[key] = (old[0] if old else Category(key, reading.label(field, point.x)), total, point.x)
    return list(seen.values())


def in_order(found: Sequence[tuple[Category, float, Cell]], ordered: bool, descending: bool = True) -> list[Category]:
    """Categories by their own order (`ordered`) or by their totals; null last."""
    if ordered:
        return [c for c, _, _ in sorted(found, key=lambda item: (item[2] is None, _rank(item[2])))]
    sign = -1 if descending else 1
    return [c for c, _, _ in sorted(found, key=lambda item: (item[2] is None, sign * item[1]))]


def merge_small(parts: Split, reading: Reading, measure: Field, most: int) -> Split:
    """The smallest series as one, where there are more than `most` and adding them up means something."""
    if len(parts.series) <= most or not measure.additive or reading.view.highlight:
        return parts
    rest = parts.series[most - 1 :]
    points = dict(parts.points)
    for panel in parts.panels:
        points[panel.key, OTHERS] = tuple(p for s in rest for p in parts.points.get((panel.key, s.key), ()))
    others = Category(OTHERS, say("others", reading.lang, n=len(rest)))
    return replace(parts, series=(*parts.series[: most - 1], others), points=points)


def _add(
    into: dict[str, tuple[str, Cell, float]],
    key: str,
    label: str,
    row: tuple[Cell, ...],
    field: Field | None,
    weight: float,
) -> None:
    old = into.get(key)
    into[key] = (label, row[field.index] if field else None, (old[2] if old else 0.0) + weight)


def _order(items: dict[str, tuple[str, Cell, float]], field: Field | None, natural: bool) -> list[Category]:
    entries = list(items.items())
    if field is not None and field.ordered:
        entries.sort(key=lambda e: (e[1][1] is None, _rank(e[1][1])))
    elif field is not None and not natural:
        entries.sort(key=lambda e: (e[1][1] is None, -e[1][2]))
    return [Category(key, label) for key, (label, _, _) in entries]


def _rank(cell: Cell) -> tuple[float, str]:
    amount = finite(cell)
    return (amount, "") if amount is not None else (0.0, cell_key(cell))
