"""A large delimited file in one pass from text to typed Parquet, with the place keys of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from data_loaders.ingest.cells import NotPlainError, read_cells
from data_loaders.ingest.columns import Plan
from data_loaders.ingest.territory import keys_of
from data_loaders.ingest.totals import hints
from data_loaders.limits import LIMITS, MIB
from data_loaders.raw import Delimited
from model.spelling import fold
from model.table import ColumnType
from model.territory import Names

BLOCK = 8 * MIB
GROUP_ROWS = 245_760  # twice what DuckDB reads at a time
GROUP_BYTES = 96 * MIB
MOST_PAIRS = 4_000_000
LEVEL = 1  # of zstd: a fifth of the whole pass less than 3 takes, for an eighth more bytes (measured)


@dataclass(frozen=True, slots=True)
class Target:
    """What is written: the columns in order, those with few values (positions), and the names of place columns."""

    path: Path
    plans: tuple[Plan, ...]
    repeated: frozenset[int]
    levels: tuple[str, ...] = ()


def write_stream(
    con: duckdb.DuckDBPyConnection, source: Path, how: Delimited, target: Target, place: PlaceKeys | None,
    told: Callable[[int], None],
) -> frozenset[int]:  # fmt: skip
    """Write all rows of `source` to one Parquet file. NotPlainError where a cell or a row is not plain.

    `told` hears how many rows are done. The text columns (positions) where no cell has a hint of a total come back: to
    look for it in the bytes of a whole batch costs next to nothing beside looking into each cell.
    """
    listening = {
        p.position: [word.encode() for word in hints(fold(p.name))] for p in target.plans if p.type == ColumnType.TEXT
    }
    groups = _groups(con, source, how, target, place, listening)
    writer: pq.ParquetWriter | None = None
    with ThreadPoolExecutor(1) as pool:
        writing: Future[None] | None = None
        done = 0
        try:
            for table in groups:
                if writer is None:
                    writer = _writer(target, table.schema)
                if writing:
                    writing.result()
                    told(done)
                writing = pool.submit(writer.write_table, table, row_group_size=len(table))
                done += len(table)
        finally:
            if writing:
                writing.result()
            if writer:
                writer.close()
    return frozenset(listening)


def _writer(target: Target, schema: pa.Schema) -> pq.ParquetWriter:
    repeated = [p.name for p in target.plans if p.position in target.repeated] + list(target.levels)
    return pq.ParquetWriter(
        target.path, schema, compression="zstd", compression_level=LEVEL, use_dictionary=repeated or False
    )


def _groups(
    con: duckdb.DuckDBPyConnection, source: Path, how: Delimited, target: Target, place: PlaceKeys | None,
    listening: dict[int, list[bytes]],
) -> Iterator[pa.Table]:  # fmt: skip
    """The typed rows, in pieces that make good row groups. Columns where a hint is found are `listening` no more."""
    held: list[pa.RecordBatch] = []
    for batch in _batches(source, how, len(target.plans)):
        for position, words in tuple(listening.items()):
            text = batch.column(position).buffers()[2]
            held_bytes = text.to_pybytes() if text else b""
            if any(word in held_bytes for word in words):
                del listening[position]
        columns = [read_cells(con, batch.column(p.position), p) for p in target.plans]
        if place:
            columns += place.of(columns)
        held.append(pa.record_batch(columns, names=[*(p.name for p in target.plans), *target.levels]))
        if sum(b.num_rows for b in held) >= GROUP_ROWS or sum(b.nbytes for b in held) >= GROUP_BYTES:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _batches(source: Path, how: Delimited, width: int) -> Iterator[pa.RecordBatch]:
    """The cells as text; a row of another width is not plain."""
    with source.open("rb") as lines:
        for _ in range(how.skip):
            lines.readline(LIMITS.line_bytes)
        start = lines.tell()
    names = [f"c{i}" for i in range(width)]
    with pa.OSFile(str(source)) as stream:
        stream.seek(start)
        try:
            yield from csv.open_csv(
                stream,
                csv.ReadOptions(block_size=BLOCK, column_names=names),
                csv.ParseOptions(
                    delimiter=how.delimiter,
                    quote_char=how.quote if how.quoted else False,
                    newlines_in_values=how.quoted,
                ),
                csv.ConvertOptions(
                    check_utf8=False,
                    column_types=dict.fromkeys(names, pa.string()),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid:
            raise NotPlainError from None


class PlaceKeys:
    """Gives each row the keys of its place, worked out once for each pair of cells."""

    def __init__(self, state: Plan | None, municipality: Plan | None, levels: int, names: Names) -> None:
        self._columns = (_Words(state), _Words(municipality))
        self._levels = levels
        self._names = names
        self._codes = np.zeros((0, 0), np.int32)  # by state and municipality: 1 + which of the keys, 0: not yet seen
        self._keys: list[tuple[str | None, str | None]] = []
        self._arrays: list[pa.Array] = []

    def of(self, columns: Sequence[pa.Array]) -> list[pa.Array]:
        """The key columns of one batch of typed columns."""
        states, places = (words.codes(columns) for words in self._columns)
        self._grow()
        pairs = states * self._codes.shape[1] + places
        codes = self._codes.ravel().take(pairs)
        unseen = codes == 0
        if unseen.any():
            for state, place in zip(*np.divmod(np.unique(pairs[unseen]), self._codes.shape[1]), strict=True):
                own, part = (words.known[at] for words, at in zip(self._columns, (state, place), strict=True))
                self._keys.append(keys_of(own, part, self._names))
                self._codes[state, place] = len(self._keys)
            codes = self._codes.ravel().take(pairs)
            self._arrays = [pa.array([key[level] for key in self._keys], pa.string()) for level in range(self._levels)]
        rows = pa.array(codes - 1)
        return [keys.take(rows) for keys in self._arrays]

    def _grow(self) -> None:
        held, wanted = self._codes, tuple(len(words.known) for words in self._columns)
        if held.shape == wanted:
            return
        if wanted[0] * wanted[1] > MOST_PAIRS:
            raise NotPlainError
        self._codes = np.zeros(wanted, np.int32)
        self._codes[: held.shape[0], : held.shape[1]] = held


class _Words:
    """The words of one column, numbered as they come; a column that is not there has one word, None."""

    def __init__(self, plan: Plan | None) -> None:
        self.known: list[str | None] = []
        self._plan = plan
        self._numbers: dict[str | None, int] = {}

    def codes(self, columns: Sequence[pa.Array]) -> NDArray[np.int32]:
        """For each row of a batch, the number of its word."""
        if self._plan is None:
            self._number(None)
            return np.zeros(len(columns[0]), np.int32)
        coded = columns[self._plan.position].dictionary_encode("encode")
        words = (None if word is None else str(word) for word in coded.dictionary.to_pylist())
        numbers = np.array([self._number(word) for word in words], np.int32)
        out: NDArray[np.int32] = np.take(numbers, coded.indices.to_numpy())
        return out

    def _number(self, word: str | None) -> int:
        if word not in self._numbers:
            self._numbers[word] = len(self.known)
            self.known.append(word)
        return self._numbers[word]
