"""The period of a rate that no group dates: its years, as SQL for the denominators and as bounds for the words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlglot import exp

from model.table import Cell
from model.version import TableProfile
from model.view import Filter, View
from query.operators import is_null
from query.rates import YEARS, is_year, year_column, year_group, year_of
from query.schema import Schema, find_column, find_column_profile
from query.source import Source, open_source
from query.syntax import Parameters, aliased
from query.values import bind

_STEP = timedelta(microseconds=1)


def years_of(source: Source, parameters: Parameters) -> exp.Select | None:
    """Every year that the data have within the filters of time; None for data without a year."""
    view, profile, schema = source.view, source.profile, source.schema
    reference = year_column(profile)
    if reference is None:
        return None
    bare = View(view.dataset, view.resource, view.table, filters=_of_time(view, profile, schema))
    timed = open_source(bare, schema)
    year = year_of(reference, timed.at(reference), profile, schema)
    if year is None:
        return None
    known = exp.Not(this=is_null(year))
    tree = timed.select(parameters).select(aliased(year, "year"), copy=False).where(known, copy=False)
    return tree.distinct(copy=False)


def beside(tree: exp.Select, years: exp.Select | None) -> exp.Select:
    """The statement with the table of the years that it reads."""
    return tree.with_(YEARS, as_=years, materialized=True, copy=False) if years is not None else tree


def period(view: View, profile: TableProfile, schema: Schema) -> tuple[int, int] | None:
    """The first and last year that the data can have within the filters; None where filters or data do not tell."""
    reference = year_column(profile)
    found = profile.profile(reference) if reference else None
    filters = _of_time(view, profile, schema)
    if found is None or found.minimum is None or found.maximum is None:
        return None
    if any(f.column != reference or f.operator not in _BOUNDS for f in filters):
        return None
    low, high = _year(found.minimum), _year(found.maximum)
    for one in filters:
        values = [bind(v, found.column.type) for v in one.values]
        if _BOUNDS[one.operator] != "high":
            low = max(low, min(_year(v, 1 if one.operator == "gt" else 0) for v in values))
        if _BOUNDS[one.operator] != "low":
            high = min(high, max(_year(v, -1 if one.operator == "lt" else 0) for v in values))
    return (low, high) if low <= high else None


def rate_phrase(view: View, profile: TableProfile, schema: Schema) -> tuple[str, str]:
    """The phrase that says of which years the people of a rate are, and those years: (`rate_mean`, «, 1994–2008»)."""
    if year_group(view, profile, schema) is not None:
        return "rate", ""
    if year_column(profile) is None:
        return "rate_latest", ""
    years = period(view, profile, schema)
    if years and years[0] == years[1]:
        return "rate", ""
    return "rate_mean", f", {years[0]}–{years[1]}" if years else ""


_BOUNDS = MappingProxyType({"eq": "both", "in": "both", "gt": "low", "gte": "low", "lt": "high", "lte": "high"})


def _year(cell: Cell, shift: int = 0) -> int:
    """The year of a date or of a whole number that is one; `shift` is −1 for just before it and 1 for just after."""
    if not isinstance(cell, date):
        return int(str(cell)) + shift
    if not shift or cell.year in (date.min.year, date.max.year):
        return cell.year
    step = _STEP if isinstance(cell, datetime) else timedelta(days=1)
    return (cell + shift * step).year


def _of_time(view: View, profile: TableProfile, schema: Schema) -> tuple[Filter, ...]:
    """The filters of the view that choose moments or years."""

    def timed(reference: str) -> bool:
        known = find_column(profile, schema.lookups, reference)
        return known.type.temporal or is_year(known, find_column_profile(profile, schema.lookups, reference))

    return tuple(f for f in view.filters if timed(f.column))
