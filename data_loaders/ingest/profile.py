"""Counts what is in each column of a stored table, exactly."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np

from data_loaders.ingest.database import quoted, row_each
from model.table import Cell, ColumnType

MOST_AT_ONCE = 50
CELLS_AT_ONCE = 2_000_000
MOST_TOP = 500
MOST_SORTED = 50_000_000
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


def count_columns(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[tuple[str, ColumnType]], rows: int,
    many: Collection[str] = (),
) -> list[Counted]:  # fmt: skip
    """The exact counts of the columns of `table` (SQL); small columns share one query, large ones have one each.

    `many` names the BIGINT and DOUBLE columns that hardly repeat: sorting those takes less time than grouping.
    """
    at_once = max(1, min(MOST_AT_ONCE, CELLS_AT_ONCE // max(1, rows)))
    apart = set(many) if rows <= MOST_SORTED else set()
    asked = [(name, kind) for name, kind in columns if name not in apart]
    found = iter(row_each(con, [_question(table, name, kind) for name, kind in asked], at_once=at_once))
    return [
        _sorted(con, table, name, kind, rows) if name in apart else _counted(name, kind, rows, next(found))
        for name, kind in columns
    ]


def _question(table: str, name: str, kind: ColumnType) -> str:
    """What is asked of a column: distinct values, filled cells, range, longest text, commonest values with counts."""
    longest = "coalesce(max(length(v)), 0)" if kind == ColumnType.TEXT else "0"
    ranged = kind.numeric or kind.temporal
    pick = f"min_by({{'v': v, 'n': n}}, (-n, v), {MOST_TOP}) FILTER (WHERE length(v::VARCHAR) <= {LONGEST_TOP})"
    listed = "NULL" if kind == ColumnType.GEOMETRY else f"list_transform({pick}, lambda t: (t.v::VARCHAR, t.n))"
    low, high = (f"{end}(v)::VARIANT" if ranged else "NULL::VARIANT" for end in ("min", "max"))
    return (
        f"count(v), coalesce(sum(n) FILTER (WHERE v IS NOT NULL), 0)::BIGINT, {low}, {high}, "
        f"{longest}, {listed} FROM (SELECT {quoted(name)} AS v, count(*) AS n FROM {table} GROUP BY ALL)"
    )


def _sorted(con: duckdb.DuckDBPyConnection, table: str, name: str, kind: ColumnType, rows: int) -> Counted:
    """The same of a column of numbers, from its sorted values."""
    found = con.execute(f"SELECT {quoted(name)} AS v FROM {table} WHERE v IS NOT NULL").fetchnumpy()
    values = np.asarray(found["v"])
    values.sort()
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else np.zeros(0, int)
    times = np.diff(starts, append=len(values))
    shown = min(len(times), SPARSE_TOP if len(times) > MOST_TOP else MOST_TOP)
    least = np.partition(times, -shown)[-shown] if shown else 0
    often = np.flatnonzero(times > least)
    chosen = np.concatenate((often, np.flatnonzero(times == least)[: shown - len(often)]))
    chosen = chosen[np.argsort(-times[chosen], kind="stable")]
    commonest = values[starts[chosen]].tolist()
    (written,) = con.execute("SELECT list_transform($v, lambda v: v::VARCHAR)", {"v": commonest}).fetchone() or ([],)
    low, high = (plain_cell(values[at].item()) if len(values) else None for at in (0, -1))
    top = tuple(zip(written, times[chosen].tolist(), strict=True))
    return Counted(name, kind, rows - len(values), len(times), low, high, top)


def _counted(name: str, kind: ColumnType, rows: int, found: tuple[Any, ...]) -> Counted:
    distinct, filled, low, high, longest, listed = found
    sparse = distinct > MOST_TOP and (kind.numeric or distinct > rows * MOST_REPEATED)
    commonest = tuple((str(value), int(n)) for value, n in listed or ())[: SPARSE_TOP if sparse else MOST_TOP]
    return Counted(
        name, kind, rows - int(filled), int(distinct), plain_cell(low), plain_cell(high), commonest, int(longest)
    )


def plain_cell(value: object) -> Cell:
    """A value as DuckDB gives it, as a cell: whole decimals become int."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else value
    if value is None or isinstance(value, (bool, int, float, str, date, datetime)):
        return value
    return str(value)
