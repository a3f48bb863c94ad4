"""Proves a row key: the smallest set of columns whose values never repeat together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod

import duckdb

from data_loaders.ingest.database import quoted
from model.table import ColumnType, Role
from model.version import ColumnProfile

KEY_ROLES = (Role.IDENTIFIER, Role.TIME, Role.MUNICIPALITY, Role.STATE, Role.CATEGORY, Role.TEXT)
MOST_COLUMNS = 8
MOST_TRIALS = 40
MOST_SIZE = 4
ROWS_AT_ONCE = 6_000_000
QUICK_ROWS = (200_000, 2_000_000)


def prove_key(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[ColumnProfile], rows: int, declared: Sequence[str]
) -> tuple[tuple[str, ...], bool]:
    """(key, whether it was found unique): the declared one, else the smallest proven, else ()."""
    names = {c.column.name for c in columns}
    if declared and set(declared) <= names:
        return tuple(declared), _unique(con, table, declared, rows)
    able = [c for c in columns if _able(c)]
    for column in sorted(able, key=lambda c: KEY_ROLES.index(c.column.role)):
        if column.distinct == rows and column.column.role != Role.TEXT:
            return (column.column.name,), True
    pool = sorted(able, key=lambda c: (KEY_ROLES.index(c.column.role), -c.distinct))
    pool = sorted(pool[:MOST_COLUMNS], key=lambda c: columns.index(c))
    trials = 0
    for size in range(2, MOST_SIZE + 1):
        for group in combinations(pool, size):
            if prod(c.distinct for c in group) < rows or any(c.distinct <= 1 for c in group):
                continue
            trials += 1
            if trials > MOST_TRIALS:
                return (), False
            key = tuple(c.column.name for c in group)
            if _unique(con, table, key, rows):
                return key, True
    return (), False


def _able(column: ColumnProfile) -> bool:
    kinds = (ColumnType.INTEGER, ColumnType.TEXT, ColumnType.DATE, ColumnType.TIMESTAMP)
    return column.nulls == 0 and column.column.type in kinds and column.column.role in KEY_ROLES


def _unique(con: duckdb.DuckDBPyConnection, table: str, key: Sequence[str], rows: int) -> bool:
    """True if no two rows agree in all of `key`: different hashes prove it; equal ones would only deny it wrongly.

    Large tables are counted part by part, to bound memory, after quick looks at their first rows.
    """
    mixed = f"hash({', '.join(quoted(name) for name in key)})"
    for first in QUICK_ROWS:
        few = f"SELECT count(DISTINCT {mixed}) FROM (SELECT * FROM {table} LIMIT {first})"
        if rows > first and con.execute(few).fetchone() != (first,):
            return False
    parts = 1 + rows // ROWS_AT_ONCE
    for part in range(parts):
        total, distinct = con.execute(
            f"SELECT count(*), count(DISTINCT h) FROM (SELECT {mixed} AS h FROM {table}) WHERE h % {parts} = {part}"
        ).fetchone() or (0, -1)
        if total != distinct:
            return False
    return True
