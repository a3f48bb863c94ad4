"""How many rows there are in all pages: known beforehand, counted along with the page, or asked for apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.query import Query
from model.table import Cell, Column, ColumnType
from model.version import ColumnProfile
from model.view import Filter
from query.source import Source
from query.values import bind

TOTAL = Column("total", ColumnType.INTEGER)
MISSING = Column("missing_population", ColumnType.INTEGER)
KEPT_CELLS = 8_000_000  # what a statement may keep in memory in order to count it and to page through it


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page without what was only asked to count them.

    `truncated`: there are more rows after them. `total` is None where it has to be asked for (`Compiled.total`);
    `missing` counts the rows, of all pages, whose rate lacks a population.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    truncated: bool
    total: int | None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Compiled:
    """A view's two statements.

    `rows` gives up to `size` + 1 rows of the asked page: the last one only says that there are more. Its last columns
    may be those named in `extra`: `total` and `missing_population`, the same in every row, and `_population`, the
    denominators of a rate. `total` gives one row: how many rows there are in all pages and, with a rate, in how many of
    them the population is missing; `known` is that number where the version's profile tells it.
    """

    rows: Query
    total: Query
    size: int
    page: int = 1
    extra: tuple[str, ...] = ()
    known: int | None = None

    def read(self, rows: tuple[tuple[Cell, ...], ...]) -> Page:
        """What the rows of `self.rows` say."""
        kept, truncated = rows[: self.size], len(rows) > self.size
        width = len(self.rows.columns) - len(self.extra)
        counts = dict(zip(self.extra, rows[0][width:], strict=True)) if rows else {}
        skipped = (self.page - 1) * self.size
        total = self.known
        if total is None and TOTAL.name in counts:
            total = int(str(counts[TOTAL.name]))
        elif total is None and not truncated and (kept or not skipped):
            total = skipped + len(kept)
        missing = int(str(counts.get(MISSING.name, 0)))
        return Page(self.rows.columns[:width], tuple(row[:width] for row in kept), truncated, total, missing)


def known_total(source: Source) -> int | None:
    """How many rows a view without groups has, where the profile tells it exactly; else None."""
    view = source.view
    if view.bbox or len(view.filters) > 1:
        return None
    if not view.filters:
        return source.profile.rows
    (only,) = view.filters
    found = source.profile.profile(only.column)
    return _counted(only, found, source.profile.rows) if found else None


def is_small(source: Source, width: int) -> bool:
    """Whether the rows that the filters leave, `width` cells each, are probably few enough to be kept in memory."""
    view = source.view
    share = 1.0
    for one in view.filters:
        share *= _share(one, source.profile.profile(one.column), source.profile.rows)
    return bool(view.filters) and share * source.profile.rows * width <= KEPT_CELLS


def _counted(only: Filter, found: ColumnProfile, rows: int) -> int | None:
    if only.operator == "isnull":
        return found.nulls if not only.values else rows - found.nulls
    counts = dict(found.top)
    exact = found.column.type is ColumnType.TEXT and only.operator in ("eq", "in")
    return sum(counts[v] for v in only.values) if exact and all(v in counts for v in only.values) else None


def _share(only: Filter, found: ColumnProfile | None, rows: int) -> float:
    """The part of the rows that a filter leaves, about; 1 where nothing is known of it."""
    if found is None or not rows:
        return 1.0
    counted = _counted(only, found, rows)
    if counted is not None:
        return counted / rows
    if only.operator in ("eq", "in"):
        return min(1.0, len(only.values) / max(found.distinct, 1))
    low, high = _place(found.minimum), _place(found.maximum)
    limit = _place(bind(only.values[0], found.column.type)) if only.values else None
    if only.operator not in ("gt", "gte", "lt", "lte") or low is None or high is None or limit is None or high <= low:
        return 1.0
    below = min(max((limit - low) / (high - low), 0.0), 1.0)
    return below if only.operator in ("lt", "lte") else 1 - below


def _place(cell: Cell) -> float | None:
    """Where a value stands among others of its column."""
    if isinstance(cell, date):
        return float(cell.toordinal())
    return None if isinstance(cell, (str, bool)) or cell is None else float(cell)
