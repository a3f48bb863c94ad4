"""The clean UTF-8 copy of a delimited file: data rows only, each with all its cells."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from data_loaders.text.aside import BLANK, NOTE, REPEATED, TITLE, Aside, short_row_reason
from data_loaders.text.dialect import Dialect
from data_loaders.text.header import filled, is_note
from data_loaders.text.records import Record, read_records

HELD = 100  # lone-cell rows that may still turn out to be notes under the table


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read: data starts on physical line `first_line`; lines in `header_lines` start the header's records."""

    dialect: Dialect
    width: int
    shortest: int
    first_line: int
    header_lines: tuple[int, ...]
    header: tuple[str, ...]  # the cells of the header's last record, to know it when it comes again


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What came of it. `same` says that nothing had to be changed or left out after the header."""

    rows: int
    aside: Aside
    same: bool
    notes: tuple[str, ...]


def write_clean(source: Path, target: Path, plan: Plan) -> Cleaned:
    """Reads `source` (UTF-8) record by record; `target` gets one header line and the data rows, as plain CSV.

    Its first line end is the header's: DuckDB guesses the kind from the first one it sees, even inside quotes.
    """
    with (
        source.open(encoding="utf-8-sig", newline="") as stream,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        write = csv.writer(out, lineterminator="\r\n").writerow
        write([f"columna_{i + 1}" for i in range(plan.width)])
        cleaner = _Cleaner(plan, write)
        records = read_records(stream, plan.dialect, cleaner.fits)
        for record in records:
            cleaner.take(record)
        cleaner.finish()
    return Cleaned(cleaner.kept, cleaner.aside, cleaner.same, tuple(cleaner.notes()))


class _Cleaner:
    """Judges each record, in order."""

    def __init__(self, plan: Plan, write: Callable[[list[str]], object]) -> None:
        self.plan = plan
        self.aside = Aside()
        self.kept = 0
        self.same = True
        self._write = write
        self._held: list[tuple[int, list[str], bool]] = []
        self._gap = False
        self._padded = self._nuls = 0
        self._lenient: list[int] = []

    def fits(self, line: int, fields: list[str]) -> bool:
        return line < self.plan.first_line or self.plan.shortest <= len(fields) <= self.plan.width

    def take(self, record: Record) -> None:
        if record.line < self.plan.first_line:
            self._above(record)
            return
        if record.problem:
            self._leave(record.line, record.problem, record.text)
            return
        if record.lenient:
            self._lenient.append(record.line)
            self.same = False
        self._row(record.line, list(record.fields))

    def finish(self) -> None:
        for line, fields, gap in self._held:
            if gap or is_note(next(c for c in fields if c.strip())):
                self._gap = True
                self._leave(line, NOTE, " ".join(fields))
            else:
                self._keep(fields)
        self._held.clear()

    def notes(self) -> Iterator[str]:
        if self._lenient:
            lines = ", ".join(str(n) for n in self._lenient[:5])
            count = len(self._lenient)
            yield f"{count:,} renglones con comillas mal escritas se leyeron con tolerancia (líneas: {lines})."
        if self._padded:
            yield f"{self._padded:,} renglones traían menos celdas que el encabezado; se completaron con celdas vacías."
        if self._nuls:
            yield f"Se quitaron caracteres nulos (NUL) de {self._nuls:,} renglones."

    def _above(self, record: Record) -> None:
        if record.line in self.plan.header_lines:
            return
        text = " ".join(c for c in record.fields if c.strip()) or record.text
        self.aside.add(record.line, TITLE if text else BLANK, text)

    def _row(self, line: int, fields: list[str]) -> None:
        width = self.plan.width
        full = filled(fields)
        if not full:
            self._gap = True
            self._leave(line, BLANK)
            return
        if len(fields) > width and not filled(fields[width:]):
            fields = fields[:width]
            self.same = False
        if len(fields) > width:
            self._leave(line, f"campos de más ({len(fields)} de {width})", self.plan.dialect.delimiter.join(fields))
            return
        if len(fields) < self.plan.shortest:
            self._gap = True
            self._leave(line, short_row_reason(fields, width), " ".join(fields))
            return
        if tuple(fields) == self.plan.header:
            self._leave(line, REPEATED, " ".join(fields))
            return
        if len(fields) < width:
            self._padded += 1
            self.same = False
            fields = fields + [""] * (width - len(fields))
        if full == 1 and width > 2 and len(self._held) < HELD:
            self._held.append((line, fields, self._gap))
            return
        self._flush()
        self._keep(fields)

    def _flush(self) -> None:
        for _, fields, _ in self._held:
            self._keep(fields)
        self._held.clear()
        self._gap = False

    def _keep(self, fields: list[str]) -> None:
        if any("\0" in c for c in fields):
            self._nuls += 1
            self.same = False
            fields = [c.replace("\0", "") for c in fields]
        if self.same and any(c[:1].isspace() and c.lstrip().startswith(self.plan.dialect.quote) for c in fields):
            self.same = False  # DuckDB takes a quote after blanks for an opening one; the csv module does not
        self._write(fields)
        self.kept += 1

    def _leave(self, line: int, reason: str, text: str = "") -> None:
        self.same = False
        self.aside.add(line, reason, text)
