"""CSV, TSV and TXT: any of `, ; tab |`, any common encoding, titles above and notes below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from data_loaders.limits import LIMITS
from data_loaders.raw import Delimited, Format, RawFile, RawTable
from data_loaders.spread import write_sample
from data_loaders.text.aside import BLANK, TITLE
from data_loaders.text.clean import Cleaned, Plan, write_clean
from data_loaders.text.dialect import SAMPLE_CHARS, Dialect, sample_records, split_lines
from data_loaders.text.dialect import sniff as sniff_dialect
from data_loaders.text.encoding import Text, decode_head, guess, is_binary, transcode
from data_loaders.text.header import Layout, filled, find_layout
from data_loaders.text.scan import Scan, scan
from model.errors import LoadError
from model.recipe import Recipe
from model.version import SetAside

SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".psv", ".dat")
TAIL_BYTES = 64 * 1024
TAIL_LINES = 200


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the first lines tell."""

    dialect: Dialect
    layout: Layout
    records: list[tuple[int, list[str]]]
    usual: int  # the field count of most records
    lines: list[str]  # the first physical lines
    complete: bool

    @property
    def first_line(self) -> int:
        """The physical line of the first data row."""
        if self.layout.first < len(self.records):
            return self.records[self.layout.first][0]
        return len(self.lines) + 1

    @property
    def header_lines(self) -> tuple[int, ...]:
        return tuple(self.records[i][0] for i in self.layout.header)


def sniff(head: bytes, path: Path) -> int:
    """40 by name, 25 where the separators are consistent; never for bytes that are not text."""
    text = decode_head(head)
    if not text.strip("\ufeff \t\r\n\0") or is_binary(text):
        return 0
    if path.suffix.lower() in SUFFIXES:
        return 40
    found = sniff_dialect(text, complete=False)
    return 25 if found.width > 1 and found.share >= 0.5 else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """The one table of a delimited file; read in place where its bytes allow it, else from a clean UTF-8 copy."""
    with path.open("rb") as source:
        head = source.read(4 * SAMPLE_CHARS)
    text, seen = _as_utf8(path, head, recipe, workdir)
    if text.path != path:
        with text.path.open("rb") as source:
            head = source.read(4 * SAMPLE_CHARS)
    shape = _shape(decode_head(head), len(head) < 4 * SAMPLE_CHARS, recipe.header_row)
    _check_columns(len(shape.layout.names))
    if seen is None:
        seen = _scan(text.path, shape)
    table = _table(text.path, shape, seen, workdir / "limpio.csv")
    return RawFile(FORMAT.name, (table,), text.encoding, text.notes)


def _as_utf8(path: Path, head: bytes, recipe: Recipe, workdir: Path) -> tuple[Text, Scan | None]:
    """The text, and the scan where it was done on the final bytes."""
    encoding = guess(head)
    if not recipe.encoding and encoding in ("utf-8", "utf-8-sig"):
        shape = _shape(decode_head(head), len(head) < 4 * SAMPLE_CHARS, recipe.header_row)
        seen = _scan(path, shape)
        if seen.utf8:
            return Text(path, "utf-8"), seen
    copy = workdir / "utf8.txt"
    return transcode(path, copy, recipe.encoding), None


def _shape(text: str, complete: bool, header_row: int | None) -> _Shape:
    found = sniff_dialect(text, complete)
    records = sample_records(text, found.dialect, complete)
    told = None
    if header_row is not None:
        told = next((i for i, (line, _) in enumerate(records) if line == header_row), len(records))
        if told == len(records):
            raise LoadError(
                f"El encabezado declarado (línea {header_row}) no está entre las primeras líneas del archivo."
            )
    layout = find_layout([fields for _, fields in records], found.width, told)
    return _Shape(found.dialect, layout, records, found.width, split_lines(text.removeprefix("\ufeff")), complete)


def _table(path: Path, shape: _Shape, seen: Scan, target: Path) -> RawTable:
    """In place where nothing has to be left out: small files are read through to know it, large ones are scanned."""
    small = path.stat().st_size <= LIMITS.careful_bytes
    in_place = seen.sound and _skippable(shape)
    if in_place and not small and _tail_is_data(path, shape):
        careful = partial(_from_clean, path, shape, target)
        sample = write_sample(path, target.with_name("muestra.csv"), shape.dialect, shape.usual, shape.first_line - 1)
        return replace(_direct(path, shape, seen), careful=careful, sample=sample)
    cleaned = write_clean(path, target, _plan(shape))
    if in_place and cleaned.same:
        target.unlink()
        return replace(_direct(path, shape, seen), rows_read=cleaned.rows + cleaned.aside.rows)
    return _cleaned_table(shape, cleaned, target)


def _direct(path: Path, shape: _Shape, seen: Scan) -> RawTable:
    dialect = shape.dialect
    return RawTable(
        name="",
        path=path,
        names=shape.layout.names,
        delimited=Delimited(
            dialect.delimiter,
            dialect.quote,
            dialect.escape,
            shape.first_line - 1,
            proper=not seen.loose,
            quoted=seen.quoted,
        ),
        first_line=shape.first_line,
        set_aside=_above(shape),
        notes=_header_notes(shape),
    )


def _from_clean(path: Path, shape: _Shape, target: Path) -> RawTable:
    return _cleaned_table(shape, write_clean(path, target, _plan(shape)), target)


def _cleaned_table(shape: _Shape, cleaned: Cleaned, target: Path) -> RawTable:
    return RawTable(
        name="",
        path=target,
        names=shape.layout.names,
        delimited=Delimited(skip=1),
        first_line=shape.first_line,
        rows_read=cleaned.rows + cleaned.aside.rows,
        set_aside=cleaned.aside.listed,
        notes=_header_notes(shape) + cleaned.notes,
        set_aside_more=cleaned.aside.more,
    )


def _plan(shape: _Shape) -> Plan:
    layout = shape.layout
    header = tuple(shape.records[layout.header[-1]][1]) if layout.header else ()
    return Plan(shape.dialect, len(layout.names), layout.shortest, shape.first_line, shape.header_lines, header)


def _skippable(shape: _Shape) -> bool:
    """Whether DuckDB can start at the first data row by skipping lines, and then reads what we would."""
    layout, dialect = shape.layout, shape.dialect
    above = shape.lines[: shape.first_line - 1]
    plain = all(line.count(dialect.quote) % 2 == 0 for line in above)
    uniform = layout.shortest == len(layout.names) == shape.usual
    return plain and uniform and dialect.escape == dialect.quote and not dialect.spaced


def _above(shape: _Shape) -> tuple[SetAside, ...]:
    """The rows over the first data row that are not its header."""
    out = []
    for at, (line, fields) in enumerate(shape.records[: shape.layout.first]):
        if at not in shape.layout.header:
            out.append(
                SetAside(line, TITLE if filled(fields) else BLANK, " ".join(c for c in fields if c.strip())[:300])
            )
    return tuple(out)


def _header_notes(shape: _Shape) -> tuple[str, ...]:
    header = shape.header_lines
    if not header:
        return ("El archivo no trae encabezado: las columnas se nombraron columna_1, columna_2…",)
    if len(header) > 1:
        return (
            f"El encabezado ocupa {len(header)} líneas (de la {header[0]} a la {header[-1]}); sus nombres se unieron.",
        )
    return (f"El encabezado está en la línea {header[0]}.",) if header[0] > 1 else ()


def _scan(path: Path, shape: _Shape) -> Scan:
    return scan(path, _needles(shape), shape.dialect.delimiter, shape.dialect.quote)


def _needles(shape: _Shape) -> tuple[bytes, ...]:
    """The header's line: where it comes again, files were put one after another."""
    if not shape.header_lines:
        return ()
    line = shape.lines[shape.header_lines[-1] - 1].strip("\r\n")
    return (line.encode(),) if line else ()


def _tail_is_data(path: Path, shape: _Shape) -> bool:
    """Whether the last lines are full rows: no notes, no total, no cut row."""
    with path.open("rb") as source:
        source.seek(-TAIL_BYTES, 2)
        lines = source.read().splitlines(keepends=True)[-TAIL_LINES:]
    text = b"".join(lines[1:] if len(lines) < TAIL_LINES else lines).decode("utf-8")
    records = [fields for _, fields in sample_records(text, shape.dialect, complete=True)]
    if not records or any(len(r) != shape.usual for r in records):
        return False
    return shape.usual < 3 or filled(records[-1]) > 1


def _check_columns(count: int) -> None:
    if count > LIMITS.columns:
        raise LoadError(f"El archivo tiene {count:,} columnas; el límite es {LIMITS.columns:,}.")


def _example() -> bytes:
    return 'Título de la consulta\r\n\r\nclave;municipio\r\n01;Ñu\r\n02;"A; B"\r\n\r\nFUENTE: propia\r\n'.encode(
        "cp1252"
    )


FORMAT = Format("CSV", "Texto delimitado", SUFFIXES, sniff, read, _example, (("01", "Ñu"), ("02", "A; B")))
