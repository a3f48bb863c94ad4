"""Versions: what one load of one file gave, for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model.recipe import Lookup, Population
from model.table import Cell, Column


@dataclass(frozen=True, slots=True)
class TableRef:
    """One table of one version, wherever an engine keeps it."""

    dataset: str
    resource: str
    version: str
    table: str = "datos"


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """A column and what is in it. `minimum`/`maximum` are None for text and where all is null.

    `top` holds up to 500 (value as text, rows), commonest first; `distinct` is exact.
    """

    column: Column
    nulls: int
    distinct: int
    minimum: Cell = None
    maximum: Cell = None
    top: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TableProfile:
    """One named table of a version.

    `key` is the row key ((): none, a multiset of rows) and `proven` says that it was found unique.
    `places` lists the territory columns stored beside the source's own: `_entidad` (2 digits) and
    `_municipio` (5 digits), where recognised; `unmatched` counts rows whose place is written but not known.
    """

    name: str
    title: str
    rows: int
    columns: tuple[ColumnProfile, ...]
    key: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    unmatched: int = 0

    def column(self, name: str) -> Column | None:
        """The column `name`, or None."""
        return next((p.column for p in self.columns if p.column.name == name), None)

    def profile(self, name: str) -> ColumnProfile | None:
        """The profile of the column `name`, or None."""
        return next((p for p in self.columns if p.column.name == name), None)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A source row that is not data, with its 1-based line and the reason (`nota`, `total`, `vacía`, …)."""

    line: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """Cells of one column that were nulled (a mask) or reinterpreted (1.234,5): how many, and examples."""

    column: str
    what: str  # "null" | "reinterpreted"
    reason: str
    cells: int
    examples: tuple[tuple[int, str], ...] = ()  # (1-based line, text as written), up to five


@dataclass(frozen=True, slots=True)
class TableReport:
    """rows read = rows kept + rows set aside. `set_aside` lists up to 1,000 of them; `set_aside_rows` counts all."""

    table: str
    rows_read: int
    rows_kept: int
    set_aside_rows: int = 0
    set_aside: tuple[SetAside, ...] = ()
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What happened on the way in. `notes` are Spanish sentences (encoding, header line, lenient reading…)."""

    format: str
    encoding: str
    tables: tuple[TableReport, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that is known of one immutable version; stands beside its tables as `manifest.json`."""

    dataset: str
    resource: str
    version: str
    source_name: str
    source_sha256: str
    source_bytes: int
    created: datetime
    tables: tuple[TableProfile, ...]
    report: LoadReport
    lookups: tuple[Lookup, ...] = ()
    population: Population | None = None

    def table(self, name: str) -> TableProfile | None:
        """The table `name`, or None."""
        return next((t for t in self.tables if t.name == name), None)


@dataclass(frozen=True, slots=True)
class Release:
    """A version made public at a date, for a reason: A → B → A is three releases."""

    id: int
    dataset: str
    resource: str
    version: str
    published: datetime
    reason: str = "actualización"
