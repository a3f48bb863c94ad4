"""Rows from all over a large delimited file, for a first idea of its columns."""

from __future__ import annotations

import csv
from pathlib import Path

from data_loaders.limits import KIB
from data_loaders.text.dialect import Dialect, split_lines

PIECES = 32
PIECE_BYTES = 64 * KIB


def write_sample(path: Path, target: Path, dialect: Dialect, width: int, skip: int) -> Path | None:
    """Write whole rows from `PIECES` places of `path` (UTF-8) to `target`, the first ones past `skip` lines.

    Pieces that may begin inside a quoted cell, or have rows of another width, are left out; None if no row is left.
    """
    size = path.stat().st_size
    taken = 0
    with path.open("rb") as source, target.open("wb") as out:
        for _ in range(skip):
            source.readline()
        start = source.tell()
        for n in range(PIECES):
            source.seek(start + (size - start) * n // PIECES)
            if n:
                source.readline(PIECE_BYTES)
            taken += out.write(_rows(source.read(PIECE_BYTES), dialect, width, sure=n == 0).encode())
    return target if taken else None


def _rows(piece: bytes, dialect: Dialect, width: int, sure: bool) -> str:
    """The whole rows at the start of `piece`; "" where they are none. `sure` says that it begins where a row does."""
    try:
        lines = split_lines(piece[: piece.rfind(b"\n") + 1].decode("utf-8"))
    except UnicodeDecodeError:
        return ""
    if not sure and any(line.count(dialect.quote) % 2 for line in lines):
        return ""
    done = 0
    reader = dialect.records(lines)
    try:
        for record in reader:
            if len(record) != width:
                return ""
            done = reader.line_num  # type: ignore[attr-defined]
    except csv.Error:
        return "".join(lines[:done]) if sure else ""
    return "".join(lines)
