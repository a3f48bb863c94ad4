"""Rows from all over a large delimited file, for a first idea of its columns."""

from __future__ import annotations

import csv
from pathlib import Path

from data_loaders.dialect import Dialect
from data_loaders.limits import KIB

PIECES = 32
PIECE_BYTES = 64 * KIB


def write_sample(path: Path, target: Path, dialect: Dialect, width: int, skip: int) -> Path | None:
    """Write whole lines from `PIECES` places of `path` (UTF-8) to `target`, those of the first past `skip` lines.

    Pieces that do not read as rows of `width` cells (cut inside a quoted cell, say) are left out; None if all are.
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
            piece = source.read(PIECE_BYTES)
            piece = piece[: piece.rfind(b"\n") + 1]
            if _rows(piece, dialect, width):
                out.write(piece)
                taken += 1
    return target if taken else None


def _rows(piece: bytes, dialect: Dialect, width: int) -> bool:
    """Whether `piece` is nothing but rows of `width` cells."""
    try:
        lines = piece.decode("utf-8").splitlines(keepends=True)
        return bool(lines) and all(len(record) == width for record in dialect.records(lines))
    except (UnicodeDecodeError, csv.Error):
        return False
