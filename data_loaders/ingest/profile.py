"""Counts what is in each column of a stored table, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import duckdb

from data_loaders.ingest.database import quoted
from model.table import Cell, ColumnType

MOST_TOP = 500
SPARSE_TOP = 20
MOST_REPEATED = 0.5
LONGEST_TOP = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """What is in a column: as `model.version.ColumnProfile`, before its role is known."""

    name: str
    type: ColumnType
    nulls: int
    distinct: int
    minimum: Cell
    maximum: Cell
    top: tuple[tuple[str, int], ...]
    longest: int = 0


def count_column(con: duckdb.DuckDBPyConnection, table: str, name: str, kind: ColumnType, rows: int) -> Counted:
    """The exact counts of one column of `table` (SQL)."""
    longest = "coalesce(max(length(v)), 0)" if kind == ColumnType.TEXT else "0"
    short = f"v IS NOT NULL AND length(v::VARCHAR) <= {LONGEST_TOP}"
    top = f"SELECT v, n FROM counted WHERE {short} ORDER BY n DESC, v LIMIT {MOST_TOP}"
    listed = (
        "NULL" if kind == ColumnType.GEOMETRY else f"(SELECT list((v::VARCHAR, n) ORDER BY n DESC, v) FROM ({top}))"
    )
    distinct, filled, low, high, length, found = con.execute(
        f"WITH counted AS MATERIALIZED (SELECT {quoted(name)} AS v, count(*) AS n FROM {table} GROUP BY ALL) "
        f"SELECT count(v), coalesce(sum(n) FILTER (WHERE v IS NOT NULL), 0), min(v), max(v), {longest}, {listed} "
        "FROM counted"
    ).fetchone() or (0, 0, None, None, 0, None)
    if not (kind.numeric or kind.temporal):
        low = high = None
    sparse = distinct > MOST_TOP and (kind.numeric or distinct > rows * MOST_REPEATED)
    commonest = tuple((str(value), int(n)) for value, n in found or ())[: SPARSE_TOP if sparse else MOST_TOP]
    return Counted(
        name, kind, rows - int(filled), int(distinct), plain_cell(low), plain_cell(high), commonest, int(length)
    )  # fmt: skip


def plain_cell(value: object) -> Cell:
    """A value as DuckDB gives it, as a cell: whole decimals become int."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else value
    if value is None or isinstance(value, (bool, int, float, str, date, datetime)):
        return value
    return str(value)
