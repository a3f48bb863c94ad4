"""Rows without anything in them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from data_loaders.ingest.columns import Plan
from model.table import ColumnType


class HollowRowsError(Exception):
    """Rows without anything in them, which only reading row by row sets aside."""


def has_hollow_rows(con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan]) -> bool:
    """Whether some row has no value at all: nothing was written in it, or nothing but marks for that."""
    cells = (f"({p.cell} IS NULL" + (f" OR txt({p.cell}) = '')" if p.type == ColumnType.TEXT else ")") for p in plans)
    return con.execute(f"SELECT 1 FROM {typed} WHERE {' AND '.join(cells)} LIMIT 1").fetchone() is not None
