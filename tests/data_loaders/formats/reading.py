"""Reads what a format hands over, as the typing step does: DuckDB, strictly, by position."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data_loaders.detect import detect
from data_loaders.raw import RawFile, RawTable
from model.recipe import Recipe

Rows = list[tuple[str | None, ...]]


def read_bytes(content: bytes, name: str, tmp_path: Path, recipe: Recipe | None = None) -> RawFile:
    """The raw file of `content`, written under `name` and read by the format that is detected."""
    path = tmp_path / name
    path.write_bytes(content)
    return read_path(path, tmp_path, recipe)


def read_path(path: Path, tmp_path: Path, recipe: Recipe | None = None) -> RawFile:
    """The raw file of `path`, with a new work folder under `tmp_path`."""
    number = sum(1 for p in tmp_path.iterdir() if p.name.startswith("work"))
    workdir = tmp_path / f"work{number}"
    workdir.mkdir()
    return detect(path).read(path, recipe or Recipe(), workdir)


def cells(table: RawTable) -> Rows:
    """Every row, each cell as text or None."""
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'America/Mexico_City'")
        if table.delimited is None:
            found = con.execute(
                "SELECT * FROM read_parquet(?, hive_partitioning = false)", [str(table.path)]
            ).fetchall()
        else:
            how = table.delimited
            columns = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(table.names))) + "}"
            found = con.execute(
                f"SELECT * FROM read_csv(?, auto_detect = false, header = false, skip = {how.skip}, delim = ?, "
                f"quote = ?, escape = ?, allow_quoted_nulls = false, max_line_size = 67108864, columns = {columns})",
                [str(table.path), how.delimiter, how.quote, how.escape],
            ).fetchall()
    return [tuple(None if cell is None else str(cell) for cell in row) for row in found]


def only(raw: RawFile) -> RawTable:
    """The only table of a file, its count of rows proven: read = kept + set aside."""
    (table,) = raw.tables
    if table.rows_read is not None:
        assert table.rows_read == len(cells(table)) + table.set_aside_rows
    return table
