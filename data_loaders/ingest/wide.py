"""Tables with one column per month, year or date: finds them, and writes the long view that charts need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from data_loaders.ingest.columns import Plan
from data_loaders.ingest.database import quoted
from model.spelling import fold
from model.table import ColumnType

LEAST = 3
MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
SHORT = {name[:3]: number for number, name in enumerate(MONTHS, start=1)} | {"set": 9, "sept": 9, "setiembre": 9}
LONG = MappingProxyType({name: number for number, name in enumerate(MONTHS, start=1)})
YEAR = re.compile(r"(?:19|20)\d{2}")
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d{2})")
YEAR_FIRST = re.compile(r"((?:19|20)\d{2})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
MONTH_YEAR = re.compile(r"([a-z]+)\.?[-/ ](?:de )?(\d{4}|\d{2})")
CENTURY = 100


@dataclass(frozen=True, slots=True)
class Wide:
    """The value columns of a wide table, each with its date, or its month (the year stands in a column)."""

    values: tuple[tuple[Plan, date | int], ...]

    @property
    def monthly(self) -> bool:
        return isinstance(self.values[0][1], int)

    @property
    def columns(self) -> tuple[Plan, ...]:
        return tuple(plan for plan, _ in self.values)


def find_wide(plans: Sequence[Plan], has_year: bool) -> Wide | None:
    """The wide part of a table: three or more numeric columns (empty ones count) named as times of one kind."""
    for read in (_month, _year, _date):
        found = tuple((p, when) for p in plans if (p.type.numeric or p.empty) and (when := read(p.name)) is not None)
        filled = [p for p, _ in found if not p.empty]
        if len(found) < LEAST or not filled or len(found) == len(plans):
            continue
        if read is _month and (not has_year or len({when for _, when in found}) != len(found)):
            continue
        return Wide(found)
    return None


def typed_alike(plans: Sequence[Plan], wide: Wide | None) -> tuple[Plan, ...]:
    """The plans, with the empty columns of a wide table given the type of their siblings."""
    if wide is None:
        return tuple(plans)
    model = next(p for p in wide.columns if not p.empty)
    blanks = {p.position for p in wide.columns if p.empty}
    return tuple(
        replace(p, type=model.type, physical=model.physical, expression=f"NULL::{model.physical}", reading=None)
        if p.position in blanks
        else p
        for p in plans
    )


def long_select(table: str, wide: Wide, ids: Sequence[str], year: str, period: str, value: str) -> str:
    """SQL of the long view of `table`: the `ids`, then `period` and `value`; empty cells give no row.

    All names are quoted; `year` is the year column, where the value columns are months.
    """
    kind = "BIGINT" if all(p.type == ColumnType.INTEGER or p.empty for p in wide.columns) else "DOUBLE"
    filled = [(p, when) for p, when in wide.values if not p.empty]
    inner = ", ".join((*ids, *(f"{quoted(p.name)}::{kind} AS _w{i}" for i, (p, _) in enumerate(filled))))
    names = ", ".join(f"_w{i}" for i in range(len(filled)))
    if wide.monthly:
        cases = " ".join(f"WHEN '_w{i}' THEN {when}" for i, (_, when) in enumerate(filled))
        when_sql = f"day_of({year}, CASE _which {cases} END, 1)"
    else:
        cases = " ".join(f"WHEN '_w{i}' THEN DATE '{when}'" for i, (_, when) in enumerate(filled))
        when_sql = f"CASE _which {cases} END"
    kept = ", ".join((*ids, f"{when_sql} AS {period}", f"_value AS {value}"))
    return f"SELECT {kept} FROM (UNPIVOT (SELECT {inner} FROM {table}) ON {names} INTO NAME _which VALUE _value)"


def _month(name: str) -> int | None:
    folded = fold(name).rstrip(".")
    if folded.isascii() and folded.isdigit():
        return int(folded) if len(folded) <= 2 and 1 <= int(folded) <= len(MONTHS) else None
    return LONG.get(folded) or SHORT.get(folded)


def _year(name: str) -> date | None:
    return date(int(name), 1, 1) if YEAR.fullmatch(name.strip()) else None


def _date(name: str) -> date | None:
    folded = fold(name)
    try:
        if found := DAY_FIRST.fullmatch(folded):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := YEAR_FIRST.fullmatch(folded):
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
        if found := MONTH_YEAR.fullmatch(folded):
            month = LONG.get(found[1]) or SHORT.get(found[1])
            year = int(found[2])
            return date(year if year >= CENTURY else 2000 + year, month, 1) if month else None
    except ValueError:
        return None
    return None
