"""Rows of text written as Parquet, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from data_loaders.limits import MIB
from model.spelling import unique

BATCH_ROWS = 50_000
BATCH_CHARS = 32 * MIB


class TextParquet:
    """Writes rows (None or text, one cell per name) to `path`; the columns stand in the order of `names`.

    Use as a context manager; `rows` counts what was written.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self.rows = 0
        self._schema = pa.schema([(name, pa.large_string()) for name in unique(names, "_")])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._columns: list[list[str | None]] = [[] for _ in names]
        self._chars = 0

    def __enter__(self) -> TextParquet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes what is left and ends the file."""
        self._flush()
        self._writer.close()

    def add(self, row: Sequence[str | None]) -> None:
        """One more row, of as many cells as there are names."""
        for column, cell in zip(self._columns, row, strict=True):
            column.append(cell)
            self._chars += len(cell) if cell else 0
        self.rows += 1
        if len(self._columns[0]) >= BATCH_ROWS or self._chars >= BATCH_CHARS:
            self._flush()

    def _flush(self) -> None:
        if self._columns[0]:
            arrays = [pa.array(column, pa.large_string()) for column in self._columns]
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._columns = [[] for _ in self._columns]
        self._chars = 0
