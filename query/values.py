"""Filter values: checked against the type of their column, made canonical, and bound."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from zoneinfo import ZoneInfo

from model.errors import BadRequest
from model.table import Cell, Column, ColumnType
from model.view import Filter

ZONE = ZoneInfo("America/Mexico_City")
MOST_EXACT = 15
MAX_DIGITS = 37  # DuckDB's widest integer has 38

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_TRUTH = {"true": True, "1": True, "sí": True, "si": True, "verdadero": True} | {
    "false": False,
    "0": False,
    "no": False,
    "falso": False,
}
_DAY = (re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"), timedelta(days=1))
_MEXICAN_DAY = (re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"), timedelta(days=1))
_MONTH = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})")
_YEAR = re.compile(r"(?P<y>[0-9]{4})")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)

# What `column op partial-date` means in exact terms: (operator, take the end of the period instead of its start).
_PARTIAL: Mapping[str, tuple[tuple[str, bool], ...]] = MappingProxyType(
    {
        "eq": (("gte", False), ("lt", True)),
        "gte": (("gte", False),),
        "gt": (("gte", True),),
        "lt": (("lt", False),),
        "lte": (("lt", True),),
    }
)


def canonical(filter_: Filter, column: Column) -> tuple[Filter, ...]:
    """The filter with canonical values; a part of a date (a year, a day on a timestamp) becomes its exact bounds.

    Raises BadRequest, saying what was expected.
    """
    if column.type.temporal and filter_.values and filter_.operator != "isnull":
        return _canonical_dates(filter_, column)
    values = tuple(_WRITERS[column.type](v, column) for v in filter_.values) if filter_.operator != "isnull" else ()
    return (replace(filter_, values=values or filter_.values),)


def bind(text: str, type_: ColumnType) -> Cell:
    """The value that an engine is given for a canonical text."""
    if type_ is ColumnType.INTEGER:
        return int(text)
    if type_ is ColumnType.NUMBER:
        return _bound_number(text)
    if type_ is ColumnType.BOOLEAN:
        return text == "true"
    if type_ is ColumnType.DATE:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if type_ is ColumnType.TIMESTAMP else text


def _bound_number(text: str) -> float | Decimal:
    """A short number as a decimal, which DuckDB compares in the column's own precision: 20.99 finds a FLOAT 20.99.

    A longer one as a float: a decimal of over 15 digits does not always become the nearest float.
    """
    plain = Decimal(f"{Decimal(text):f}")
    _, digits, exponent = plain.as_tuple()
    return plain if len(digits) <= MOST_EXACT and isinstance(exponent, int) and exponent >= -MOST_EXACT else float(text)


def _wrong(column: Column, text: str, expected: str) -> BadRequest:
    return BadRequest(f"«{text[:80]}» no sirve para la columna «{column.name[:80]}»: se esperaba {expected}.")


def _integer(text: str, column: Column) -> str:
    number = Decimal(text) if _NUMBER.fullmatch(text.strip()) else None
    if number is None or number.adjusted() >= MAX_DIGITS or number != number.to_integral_value():
        raise _wrong(column, text, "un número entero, como 2015")
    return str(int(number))


def _number(text: str, column: Column) -> str:
    number = float(text) if _NUMBER.fullmatch(text.strip()) else math.nan
    if not math.isfinite(number):
        raise _wrong(column, text, "un número con punto decimal, como 12.5")
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _boolean(text: str, column: Column) -> str:
    found = _TRUTH.get(text.strip().casefold())
    if found is None:
        raise _wrong(column, text, "sí o no")
    return "true" if found else "false"


def _text(text: str, _column: Column) -> str:
    return text


_WRITERS: Mapping[ColumnType, Callable[[str, Column], str]] = MappingProxyType(
    {
        ColumnType.INTEGER: _integer,
        ColumnType.NUMBER: _number,
        ColumnType.BOOLEAN: _boolean,
        ColumnType.TEXT: _text,
        ColumnType.GEOMETRY: _text,
    }
)


def _canonical_dates(filter_: Filter, column: Column) -> tuple[Filter, ...]:
    spans = [_span(v, column) for v in filter_.values]
    exact = timedelta(days=1) if column.type is ColumnType.DATE else timedelta(0)
    if all(end - start == exact for start, end in spans):
        return (replace(filter_, values=tuple(_write(start, column) for start, _ in spans)),)
    if filter_.operator not in _PARTIAL:
        raise _wrong(column, filter_.values[0], _expected(column))
    start, end = spans[0]
    return tuple(
        Filter(filter_.column, operator, (_write(end if at_end else start, column),))
        for operator, at_end in _PARTIAL[filter_.operator]
    )


def _expected(column: Column) -> str:
    if column.type is ColumnType.DATE:
        return "una fecha, como 2015-03-31"
    return "una fecha con hora, como 2015-03-31T14:00"


def _write(moment: datetime, column: Column) -> str:
    return moment.date().isoformat() if column.type is ColumnType.DATE else moment.isoformat()


def _span(text: str, column: Column) -> tuple[datetime, datetime]:
    """The period [start, end) that a text names; an instant is an empty one."""
    try:
        start, end = _read_span(text.strip())
        if start != end or column.type is ColumnType.TIMESTAMP:
            return start, end
        if start.time() == datetime.min.time():
            return start, start + timedelta(days=1)
    except (ValueError, OverflowError):
        pass
    raise _wrong(column, text, _expected(column))


def _read_span(text: str) -> tuple[datetime, datetime]:
    for pattern, length in (_DAY, _MEXICAN_DAY):
        found = pattern.fullmatch(text)
        if found:
            start = datetime(int(found["y"]), int(found["m"]), int(found["d"]))  # noqa: DTZ001 (local, as stored)
            return start, start + length
    month = _MONTH.fullmatch(text)
    if month:
        year, number = int(month["y"]), int(month["m"])
        return _first(year, number), _first(year + number // 12, number % 12 + 1)
    year_only = _YEAR.fullmatch(text)
    if year_only:
        return _first(int(text), 1), _first(int(text) + 1, 1)
    if not _INSTANT.fullmatch(text):
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    local = moment.astimezone(ZONE).replace(tzinfo=None) if moment.tzinfo else moment
    return local, local


def _first(year: int, month: int) -> datetime:
    return datetime(year, month, 1)  # noqa: DTZ001 (local, as stored)
