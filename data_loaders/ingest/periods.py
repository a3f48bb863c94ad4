"""Columns that others imply: a date from year and month, a moment from date and hour, coordinates from a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data_loaders.facts import LATITUDE_WORDS, LONGITUDE_WORDS, MONTH_HEADERS, MONTH_WORDS, YEAR_WORDS, Facts
from data_loaders.ingest.columns import Plan
from data_loaders.ingest.relation import free_name
from model.spelling import fold
from model.table import ColumnType

DAY_HEADERS = ("dia", "day")
HOUR_HEADERS = ("hora", "hour", "hr")
POINT_WORDS = frozenset(
    [
        "geo",
        "point",
        "punto",
        "coord",
        "coordenadas",
        "coordinates",
        "ubicacion",
        "location",
        "posicion",
        "latlon",
        "latlong",
    ]
)
PAIR = r"\(?\s*-?[0-9]{1,3}\.[0-9]+\s*[,;]\s*-?[0-9]{1,3}\.[0-9]+\s*\)?"
LAST_HOUR = 24


@dataclass(frozen=True, slots=True)
class Derived:
    """A column added by us: `expression` is SQL over the typed table, whose columns are c0, c1, …"""

    name: str
    type: ColumnType
    expression: str
    note: str = ""


def derive(con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan]) -> tuple[Derived, ...]:
    """What can be added to the typed table `typed` (SQL name)."""
    names = tuple(p.name for p in plans)
    found = (*_date(con, typed, plans, names), *_moment(con, typed, plans, names), *_point(con, typed, plans, names))
    return tuple(found)


def year_column(con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan]) -> Plan | None:
    """The column of whole years, under a name that says so."""
    return next((p for p in plans if words(p.name) & YEAR_WORDS and _within(con, typed, p, 1800, 2100)), None)


def words(name: str) -> frozenset[str]:
    """The folded words of a name."""
    return Facts(name, ColumnType.TEXT, 0, 0, 0).words


def _date(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], names: tuple[str, ...]
) -> tuple[Derived, ...]:
    if any(p.type.temporal for p in plans):
        return ()
    year = year_column(con, typed, plans)
    month = next((p for p in plans if words(p.name) & MONTH_HEADERS and _is_month(con, typed, p)), None)
    if not year or not month:
        return ()
    day = next((p for p in plans if fold(p.name) in DAY_HEADERS and _within(con, typed, p, 1, 31)), None)
    number = month.cell if month.type == ColumnType.INTEGER else f"month_number(txt({month.cell}))"
    name = free_name("periodo", names)
    sources = (
        " y ".join(f"«{p.name}»" for p in (year, month)) if not day else f"«{year.name}», «{month.name}» y «{day.name}»"
    )
    note = f"Se agregó la columna «{name}», una fecha hecha de {sources}" + (
        " (primer día del mes)." if not day else "."
    )
    return (Derived(name, ColumnType.DATE, f"day_of({year.cell}, {number}, {day.cell if day else 1})", note),)


def _moment(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], names: tuple[str, ...]
) -> tuple[Derived, ...]:
    days = [p for p in plans if p.type == ColumnType.DATE]
    hour = next((p for p in plans if fold(p.name) in HOUR_HEADERS), None)
    if len(days) != 1 or not hour or any(p.type == ColumnType.TIMESTAMP for p in plans):
        return ()
    day = days[0].cell
    name = free_name("fecha_hora", names)
    note = f"Se agregó la columna «{name}», hecha de «{days[0].name}» y «{hour.name}»"
    if _within(con, typed, hour, 0, LAST_HOUR):
        note += "; la hora 24 es las 0:00 del día siguiente."
        return (Derived(name, ColumnType.TIMESTAMP, f"{day} + to_hours({hour.cell}::BIGINT)", note),)
    if hour.type == ColumnType.TEXT and _all(
        con, typed, f"regexp_full_match(txt({hour.cell}), '[0-2]?[0-9]:[0-5][0-9](:[0-5][0-9])?')", hour
    ):
        return (Derived(name, ColumnType.TIMESTAMP, f"{day} + TRY_CAST(txt({hour.cell}) AS TIME)", note + "."),)
    return ()


def _point(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], names: tuple[str, ...]
) -> tuple[Derived, ...]:
    if any(words(p.name) & (LATITUDE_WORDS | LONGITUDE_WORDS) for p in plans if p.type.numeric):
        return ()
    for plan in plans:
        pair = f"regexp_full_match(txt({plan.cell}), '{PAIR}')"
        if plan.type == ColumnType.TEXT and words(plan.name) & POINT_WORDS and _all(con, typed, pair, plan):
            names_added = free_name("latitud", names), free_name("longitud", names)
            note = f"Se agregaron «{names_added[0]}» y «{names_added[1]}», tomadas de «{plan.name}»."
            parts = [
                f"TRY_CAST(txt(split_part(translate({plan.cell}, ';()', ',  '), ',', {k})) AS DOUBLE)" for k in (1, 2)
            ]
            return (
                Derived(names_added[0], ColumnType.NUMBER, parts[0], note),
                Derived(names_added[1], ColumnType.NUMBER, parts[1]),
            )
    return ()


def _is_month(con: duckdb.DuckDBPyConnection, typed: str, plan: Plan) -> bool:
    if plan.type == ColumnType.INTEGER:
        return _within(con, typed, plan, 1, 12)
    if plan.type != ColumnType.TEXT:
        return False
    rows = con.execute(
        f"SELECT DISTINCT lower(txt({plan.cell})) FROM {typed} WHERE txt({plan.cell}) <> '' LIMIT 40"
    ).fetchall()
    return bool(rows) and {fold(str(row[0])) for row in rows} <= MONTH_WORDS


def _within(con: duckdb.DuckDBPyConnection, typed: str, plan: Plan, low: int, high: int) -> bool:
    if plan.type != ColumnType.INTEGER:
        return False
    least, most = con.execute(f"SELECT min({plan.cell}), max({plan.cell}) FROM {typed}").fetchone() or (None, None)
    return least is not None and low <= least and most <= high


def _all(con: duckdb.DuckDBPyConnection, typed: str, test: str, plan: Plan) -> bool:
    """True if something is written in the column, and all that is passes the test."""
    bad, written = con.execute(
        f"SELECT count(*) FILTER (WHERE NOT {test}), count(*) FROM {typed} WHERE txt({plan.cell}) <> ''"
    ).fetchone() or (0, 0)
    return bool(written) and bad == 0
