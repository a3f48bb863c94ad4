"""The native copy of a version that answers from its Parquet files."""

from __future__ import annotations

from pathlib import Path

from data_loaders.ingest.database import open_database, quoted
from data_loaders.ingest.store import MOST_SORTED_VALUES, SORTED_CATEGORIES
from data_loaders.ingest.write import Output, write_natively
from data_loaders.lake import MANIFEST
from data_loaders.manifest import read_manifest
from data_loaders.order import Limits
from model.table import ColumnType, Role
from model.version import TableProfile


def copy_natively(version: Path, folder: Path, limits: Limits) -> None:
    """Write in `folder` the native file with the tables of the version in `version`, in the order that packs best."""
    manifest = read_manifest((version / MANIFEST).read_bytes())
    output = Output(folder)
    con = open_database(folder, limits.memory_bytes, limits.threads, version)
    try:
        with output.opened(con):
            for i, table in enumerate(manifest.tables):
                con.execute(f"SET VARIABLE parquet_{i} = ?", [str(version / f"{table.name}.parquet")])
                select = f"SELECT * FROM read_parquet(getvariable('parquet_{i}'))"
                write_natively(con, output, table.name, select, _order(table))
    finally:
        con.close()


def _order(table: TableProfile) -> list[str]:
    """Place, category, time: what readers filter by, first."""
    few = [
        c.column.name for c in table.columns
        if c.column.type == ColumnType.TEXT and c.column.role != Role.STATE and 1 < c.distinct <= MOST_SORTED_VALUES
    ]  # fmt: skip
    times = [c.column.name for c in table.columns if c.column.type.temporal]
    return [*table.places, *map(quoted, (*few[:SORTED_CATEGORIES], *times[:1]))]
