"""Periods of dates: the day on which each begins, grouped by a whole number.

Grouping by `date_trunc` itself takes five times as long: over 27.7 million rows 1.9 s against 0.35 s (DuckDB 1.5.5),
which groups small whole numbers whose range it knows without hashing.
"""

from __future__ import annotations

from types import MappingProxyType

from sqlglot import exp

from query.operators import call
from query.syntax import cast

_MONDAY = "0001-01-01"  # the first one there is: DATE_DIFF counts back from a later one wrongly
_MONTHS = MappingProxyType({"month": 12, "quarter": 4})


def period(by: str, at: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """(the period's first day, or the hour's first moment; what to group by) for a date or timestamp at `at`."""
    if by == "year":
        year = call("year", at)
        return call("make_date", year, _number(1), _number(1)), year
    if by in _MONTHS:
        return _part_of_year(by, at)
    if by == "week":
        monday = cast(exp.Literal.string(_MONDAY), "DATE")
        weeks = call("date_diff", exp.Literal.string("week"), monday, at)
        days = cast(exp.Mul(this=weeks.copy(), expression=_number(7)), "INTEGER")
        return exp.Add(this=monday, expression=days), weeks
    start = cast(at, "DATE") if by == "day" else cast(call("date_trunc", exp.Literal.string(by), at), "TIMESTAMP")
    return start, start.copy()


def _part_of_year(by: str, at: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """Months and quarters, counted from the year 0."""
    parts = _MONTHS[by]
    years = exp.Mul(this=call("year", at), expression=_number(parts))
    key = exp.Paren(this=exp.Sub(this=exp.Add(this=years, expression=call(by, at)), expression=_number(1)))
    part = exp.Mod(this=key.copy(), expression=_number(parts))
    month = part if by == "month" else exp.Mul(this=exp.Paren(this=part), expression=_number(3))
    year = exp.IntDiv(this=key.copy(), expression=_number(parts))
    return call("make_date", year, exp.Add(this=exp.Paren(this=month), expression=_number(1)), _number(1)), key


def _number(value: int) -> exp.Expr:
    return exp.Literal.number(value)
