"""Proves a row key: the smallest set of columns whose values never repeat together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod

import duckdb
import numpy as np
from numpy.typing import NDArray

from data_loaders.ingest.database import quoted
from model.table import ColumnType, Role
from model.version import ColumnProfile

KEY_ROLES = (Role.IDENTIFIER, Role.TIME, Role.MUNICIPALITY, Role.STATE, Role.CATEGORY, Role.TEXT)
MOST_COLUMNS = 8
MOST_TRIALS = 40
MOST_SIZE = 4
MOST_PER_ROW = 10_000
ROWS_AT_ONCE = 6_000_000
QUICK_ROWS = (200_000, 2_000_000)
MIXER = np.uint64(0x9E3779B97F4A7C15)  # odd, with its bits well spread


def prove_key(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[ColumnProfile], rows: int, declared: Sequence[str]
) -> tuple[tuple[str, ...], bool]:
    """(key, whether it was found unique): the declared one, else the smallest proven, else ().

    Columns whose values could stand together in over `MOST_PER_ROW` ways for each row hardly ever repeat by chance:
    that they do not says nothing of what a row is.
    """
    names = {c.column.name for c in columns}
    if declared and set(declared) <= names:
        return tuple(declared), _unique(con, table, declared, rows)
    able = [c for c in columns if _able(c)]
    for column in sorted(able, key=lambda c: KEY_ROLES.index(c.column.role)):
        if column.distinct == rows and column.column.role != Role.TEXT:
            return (column.column.name,), True
    pool = sorted(able, key=lambda c: (KEY_ROLES.index(c.column.role), -c.distinct))
    pool = sorted(pool[:MOST_COLUMNS], key=lambda c: columns.index(c))
    looks = _Looks(con, table, [c.column.name for c in pool]) if rows > QUICK_ROWS[0] else None
    trials = 0
    for size in range(2, MOST_SIZE + 1):
        for group in combinations(pool, size):
            ways = prod(c.distinct for c in group)
            if not rows <= ways <= rows * MOST_PER_ROW or any(c.distinct <= 1 for c in group):
                continue
            trials += 1
            if trials > MOST_TRIALS:
                return (), False
            key = tuple(c.column.name for c in group)
            if not (looks and looks.repeats(key)) and _unique(con, table, key, rows):
                return key, True
    return (), False


class _Looks:
    """The hashes of a table's first rows, column by column: most sets are refuted by them, at little cost."""

    def __init__(self, con: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]) -> None:
        self._con = con
        self._table = table
        self._names = names
        self._hashes: dict[int, dict[str, NDArray[np.uint64]]] = {}

    def repeats(self, key: Sequence[str]) -> bool:
        """True if two of the first rows agree in all of `key`; more are read only once fewer do not tell."""
        return any(self._repeats(key, rows) for rows in QUICK_ROWS)

    def _repeats(self, key: Sequence[str], rows: int) -> bool:
        hashes = self._hashes[rows] if rows in self._hashes else self._read(rows)
        mixed = np.zeros(1, np.uint64)
        for name in key:
            mixed = mixed * MIXER + hashes[name]
        mixed.sort()
        return bool((mixed[1:] == mixed[:-1]).any())

    def _read(self, rows: int) -> dict[str, NDArray[np.uint64]]:
        hashes = ", ".join(f"hash({quoted(name)}) AS h{i}" for i, name in enumerate(self._names))
        found = self._con.execute(f"SELECT {hashes} FROM {self._table} LIMIT {rows}").fetchnumpy()
        self._hashes[rows] = {name: np.asarray(found[f"h{i}"]) for i, name in enumerate(self._names)}
        return self._hashes[rows]


def _able(column: ColumnProfile) -> bool:
    kinds = (ColumnType.INTEGER, ColumnType.TEXT, ColumnType.DATE, ColumnType.TIMESTAMP)
    return column.nulls == 0 and column.column.type in kinds and column.column.role in KEY_ROLES


def _unique(con: duckdb.DuckDBPyConnection, table: str, key: Sequence[str], rows: int) -> bool:
    """True if no two rows agree in all of `key`: different hashes prove it; equal ones would only deny it wrongly.

    Large tables are counted part by part, to bound memory.
    """
    mixed = f"hash({', '.join(quoted(name) for name in key)})"
    parts = 1 + rows // ROWS_AT_ONCE
    for part in range(parts):
        total, distinct = con.execute(
            f"SELECT count(*), count(DISTINCT h) FROM (SELECT {mixed} AS h FROM {table}) WHERE h % {parts} = {part}"
        ).fetchone() or (0, -1)
        if total != distinct:
            return False
    return True
