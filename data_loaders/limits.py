"""The bounds that a hostile or broken file meets, in one place."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What a file may ask of us; bytes, rows and counts are plain numbers.

    `line_bytes` bounds a record of delimited text (and what DuckDB's `max_line_size` must allow);
    `document_bytes` bounds files that are held in memory whole (JSON, a sheet's cells are bounded apart);
    `listed` is how many set-aside rows are listed one by one: the rest are counted.
    """

    columns: int = 4_000
    line_bytes: int = 8 * MIB
    record_lines: int = 2_000
    rewound_lines: int = 2_000_000
    listed: int = 1_000
    careful_bytes: int = 8 * MIB
    document_bytes: int = 512 * MIB
    entries: int = 1_000
    inflated_bytes: int = 8 * GIB
    inflated_ratio: int = 200
    ratio_from: int = 256 * MIB
    workbook_bytes: int = 768 * MIB
    sheets: int = 200
    sheet_rows: int = 1_048_576
    sheet_cells: int = 12_000_000
    nesting: int = 100


LIMITS = FileLimits()
