"""What the tests of the ingest share: a small file in, its stored tables out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from data_loaders.ingest.pipeline import Result, ingest
from data_loaders.lake import NATIVE
from data_loaders.order import Limits
from data_loaders.raw import Delimited, RawFile, RawTable
from model.recipe import Recipe
from model.table import Cell, ColumnType, Role
from model.version import CellChange, ColumnProfile, TableProfile, TableReport

PLAIN = Recipe()
Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one ingest gave, and the folder where its tables are."""

    result: Result
    folder: Path

    def rows(self, table: str = "datos", columns: str = "*", order: str = "ALL") -> list[tuple[Cell, ...]]:
        with self._opened() as con:
            return con.execute(f"SELECT {columns} FROM {self._stored(table)} ORDER BY {order}").fetchall()

    def cells(self, name: str, table: str = "datos") -> list[Cell]:
        with self._opened() as con:
            quoted = name.replace('"', '""')
            return [row[0] for row in con.execute(f'SELECT "{quoted}" FROM {self._stored(table)}').fetchall()]

    @property
    def straight(self) -> bool:
        """Whether the rows went straight to Parquet, without a native copy."""
        return not (self.folder / NATIVE).exists()

    def _opened(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect() if self.straight else duckdb.connect(str(self.folder / NATIVE), read_only=True)

    def _stored(self, table: str) -> str:
        return f"read_parquet('{self.folder / table}.parquet')" if self.straight else f'"{table}"'

    def table(self, name: str = "datos") -> TableProfile:
        return next(t for t in self.result.tables if t.name == name)

    def profile(self, column: str, table: str = "datos") -> ColumnProfile:
        return next(c for c in self.table(table).columns if c.column.name == column)

    def type(self, column: str) -> ColumnType:
        return self.profile(column).column.type

    def role(self, column: str) -> Role:
        return self.profile(column).column.role

    @property
    def names(self) -> list[str]:
        return [t.name for t in self.result.tables]

    @property
    def report(self) -> TableReport:
        return self.result.report.tables[0]

    def changes(self, column: str) -> list[CellChange]:
        return [c for c in self.report.changes if c.column == column]


Ingest = Callable[..., Ingested]


@pytest.fixture
def ingest_rows(tmp_path: Path) -> Ingest:
    """A function (names, rows, recipe, municipalities) that ingests a table of text; None is an absent cell."""
    count = iter(range(1_000_000))

    def run(names: Sequence[str], rows: Rows, recipe: Recipe = PLAIN, municipalities: Path | None = None) -> Ingested:
        folder = tmp_path / f"v{next(count)}"
        (folder / "trabajo").mkdir(parents=True)
        path = folder / "fuente.csv"
        write_csv(path, names, rows)
        raw = RawFile("csv", (RawTable("", path, tuple(names), Delimited(), rows_read=len(rows)),))
        return Ingested(ingest(raw, recipe, folder, Limits(), lambda _: None, municipalities), folder)

    return run


@pytest.fixture
def ingest_column(ingest_rows: Ingest) -> Ingest:
    """A function (cells, recipe, header) that ingests one column beside a column of letters."""

    def run(cells: Sequence[str | None], recipe: Recipe = PLAIN, header: str = "c") -> Ingested:
        return ingest_rows([header, "letra"], [(cell, "x") for cell in cells], recipe)

    return run


def write_csv(path: Path, names: Sequence[str], rows: Rows) -> None:
    """A CSV where the empty string is quoted and an absent cell is not."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerow(names)
        for row in rows:
            file.write(",".join("" if cell is None else '"' + cell.replace('"', '""') + '"' for cell in row) + "\n")
