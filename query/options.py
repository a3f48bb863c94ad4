"""What a chart may ask of a table: which columns suit it, and a view made to fit what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from model.table import Cell, Role
from model.version import ColumnProfile, TableProfile
from model.view import Filter, Group, Measure, View
from query.address import sort_filters
from query.choose import Chooser
from query.grammar import read_wish, split_lookup, write_group, write_measure
from query.measures import COUNT, quantile_of
from query.moments import grain
from query.resolve import asked_group, output_names
from query.traits import has_spells, sisters
from query.values import canonical


@dataclass(frozen=True, slots=True)
class Options(Chooser):
    """The answers to `model.chart.Choices`, over one table and its lookups."""

    def is_number(self, name: str) -> bool:
        """Whether `name` is a column of numbers of the table itself."""
        found = self.profile.column(name) if name else None
        return found is not None and found.type.numeric

    def is_ordered(self, group: Group) -> bool:
        """Whether the values of a group have an order of their own: times, intervals."""
        found = self.profile.column(group.column)
        return bool(group.by) or (found is not None and (found.type.temporal or found.role is Role.TIME))

    def has_spells(self) -> bool:
        """Whether rows are spells, with a beginning and an end."""
        return has_spells(self.profile)

    def sisters(self, most: int) -> tuple[ColumnProfile, ...]:
        """Columns that measure one thing in several places, up to `most`."""
        return sisters(self.numbers(), most)

    def groups(self, view: View) -> tuple[Group, ...]:
        """The view's groups but that of its facet, or those that its axes and its colour ask for."""
        facet = self._facet(view)
        asked = view.groups or tuple(g for name in (view.x, view.color) if (g := self._asked(name)))
        return tuple(dict.fromkeys(g for g in asked if g != facet))

    def facets(self, view: View, *taken: Group) -> tuple[Group, ...]:
        """The group of the small multiples, unless it is `taken`."""
        facet = self._facet(view)
        return (facet,) if facet and facet not in taken else ()

    def _facet(self, view: View) -> Group | None:
        if not view.grouped:
            return self._asked(view.facet)
        return next((g for g in view.groups if view.facet in (g.column, write_group(g))), None) if view.facet else None

    def _asked(self, name: str) -> Group | None:
        """The group that an axis, colour or facet names on a view that has no groups yet."""
        return asked_group(name, self.profile) if name else None

    def _asked_measure(self, view: View) -> Measure | None:
        found = self.profile.profile(view.y) if view.y else None
        if found:
            return self.figure(found) if found.column.type.numeric else COUNT
        wished = read_wish(view.y) if view.y else None
        return wished if isinstance(wished, Measure) else None

    def measured(self, view: View, groups: tuple[Group, ...]) -> View:
        """The view by these groups (in its own order, if they are its own), with a measure."""
        kept = view.groups if set(view.groups) == set(groups) else groups
        if view.measures and not _is_spread(view.measures):
            return consistent(replace(view, groups=kept), self.profile)
        asked = self._asked_measure(view)
        measure = asked or self.measure()
        done = replace(view, groups=kept, measures=(measure,), y=write_measure(asked) if asked else view.y)
        return consistent(done, self.profile)

    def as_rows(self, view: View, columns: tuple[str, ...], x: str, y: str) -> View:
        """The view as rows of `columns` and of what else it draws with."""
        asked = view.columns if not view.grouped else ()
        extra = (n for n in (view.color, view.facet) if n and self._has(n))
        kept = tuple(dict.fromkeys((*columns, *extra, *asked)))
        every = tuple(p.column.name for p in self.profile.columns)
        return replace(view, groups=(), measures=(), columns=() if kept == every else kept, x=x, y=y)

    def _has(self, name: str) -> bool:
        """Whether rows can be asked for a column of this name: the table's own, a lookup's or a place key."""
        return bool(self.profile.column(name) or split_lookup(name)[0] or name in self.profile.places)

    def recent(self, view: View) -> View:
        """The view over the latest whole year: a sum over all years of a stock, such as a population, means nothing."""
        group = self.time()
        found = self.profile.profile(group.column) if group else None
        if found is None or self.measure() == COUNT or self.has_spells():
            return view
        year = _latest_year(found)
        if not year:
            return view
        filters = canonical(Filter(found.column.name, "eq", (f"{year:04d}",)), found.column)
        return replace(view, filters=sort_filters((*view.filters, *filters)))


def consistent(view: View, profile: TableProfile) -> View:
    """The view without a sort, axis or colour by a column that its answer no longer has."""
    names = set(output_names(view, profile))
    if not view.grouped:
        names |= {c.column.name for c in profile.columns} | set(profile.places)
        asked = (view.x, view.y, view.color, view.facet, *(s.column for s in view.sort))
        names |= {name for name in asked if split_lookup(name)[0]}
    kept = {part: name if name in names else "" for part, name in _parts(view)}
    return replace(
        view,
        sort=tuple(s for s in view.sort if s.column in names),
        columns=() if view.grouped else view.columns,
        **kept,  # type: ignore[arg-type]
    )


def _parts(view: View) -> Iterable[tuple[str, str]]:
    return (("x", view.x), ("y", view.y), ("color", view.color), ("facet", view.facet))


def _is_spread(measures: tuple[Measure, ...]) -> bool:
    """Whether the measures are quantiles of one column, as a chart asks for them that draws how it spreads."""
    quantiles = sum(quantile_of(m.function) > 0 for m in measures)
    return quantiles > 1 and len({m.column for m in measures}) == 1


def _latest_year(found: ColumnProfile) -> int:
    """The latest year that the column covers whole; 0 where one year is all there is."""
    low, high = _year(found.minimum), _year(found.maximum)
    if low is None or high is None or low[0] == high[0]:
        return 0
    last = high[1] + {"year": 11, "quarter": 2}.get(grain(found), 0)
    return high[0] if last >= 12 or high[0] - 1 <= low[0] else high[0] - 1


def _year(cell: Cell) -> tuple[int, int] | None:
    """(year, last month that it certainly has) of a date or of a whole number that is a year."""
    if isinstance(cell, (date, datetime)):
        return cell.year, cell.month
    return (cell, 12) if isinstance(cell, int) and cell > 1000 else None
