"""What a format hands to the typing step: tables of text (or typed Parquet), and what was set aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model.recipe import Recipe
from model.version import SetAside


@dataclass(frozen=True, slots=True)
class Delimited:
    """How DuckDB is to read a UTF-8 delimited file. `skip` counts physical lines before the first data row.

    `strict` False only where strict reading failed; quote and escape are always given, because lenient
    reading without an explicit escape damages doubled quotes (measured on 1.5.5 and 2.0.0). `proper` says that quotes
    stand only where RFC 4180 has them, so that all readers agree; `quoted`, that there are some.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    skip: int = 1
    strict: bool = True
    proper: bool = False
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as found in a file.

    `path` is UTF-8 delimited text when `delimited` is given, else Parquet (all text, or typed where the
    source is). `names` are the headers as written (may repeat or be empty). `first_line` is the 1-based source line of
    the first data row; `rows_read` (data rows + set-aside rows) is None where only reading it all would tell. The
    columns of `path` stand in the order of `names`. `set_aside` lists the first rows set aside; `set_aside_more` counts
    those beyond the list. Where `careful` is given and strict reading of `path` fails, call it: it reads row by row,
    sets the bad rows apart, and answers with a table that reads strictly; it is called too where a row is empty.
    `sample` is some of its rows, from all over `path` and without a header, for a first idea of large files. Records
    are at most `limits.LIMITS.line_bytes` long.
    """

    name: str  # "" for a file's only table; else the sheet, member or record name
    path: Path
    names: tuple[str, ...]
    delimited: Delimited | None = None
    first_line: int = 2
    rows_read: int | None = None
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()
    set_aside_more: int = 0
    careful: Callable[[], RawTable] | None = None
    sample: Path | None = None

    @property
    def set_aside_rows(self) -> int:
        """How many rows were set aside, listed or not."""
        return len(self.set_aside) + self.set_aside_more


@dataclass(frozen=True, slots=True)
class RawFile:
    """All tables of one file, the format and the encoding found."""

    format: str
    tables: tuple[RawTable, ...]
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One file format of the drawer.

    `sniff(head, path)` looks at the first 64 KiB and answers how sure it is, 0 to 100 (content over name; 0: not mine).
    `read(path, recipe, workdir)` writes what it needs under `workdir`; raises LoadError with a Spanish reason.
    `example()` gives the bytes of a small file of this format, and `expected` the rows (as text) it must yield.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes, Path], int]
    read: Callable[[Path, Recipe, Path], RawFile]
    example: Callable[[], bytes]
    expected: tuple[tuple[str | None, ...], ...]
