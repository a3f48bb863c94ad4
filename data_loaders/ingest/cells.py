"""Cells of text in Arrow columns, read as the readings of DuckDB would read them, or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data_loaders.ingest.columns import Plan

MINUS, ZERO, NINE = b"-09"
DIGITS = np.zeros(256, bool)
DIGITS[ZERO : NINE + 1] = True
INTEGERS, DECIMALS = DIGITS.copy(), DIGITS.copy()
INTEGERS[MINUS] = True
DECIMALS[list(b"-.")] = True
EXACT = 1e15  # numbers from here on have more digits than a DOUBLE keeps
FIRST_DAY, LAST_DAY = -354_285, 47_481  # 1000-01-01 and 2099-12-31, in days since 1970
Bytes = NDArray[np.uint8]
Read = Callable[[pa.Array], pa.Array]


class NotPlainError(Exception):
    """A cell that is not written in the plain way: only the careful path can say what it means."""


def read_cells(con: duckdb.DuckDBPyConnection, cells: pa.Array, plan: Plan) -> pa.Array:
    """The values of a column of text under its plan, null where nothing is written. NotPlainError.

    Whole numbers, numbers with a point and ISO dates are read by Arrow, in a fraction of the time, where they are
    written in the one way in which it agrees with our reading; all else by our reading, once for each word.
    """
    if plan.reading is None:
        if plan.empty and cells.null_count < len(cells):
            raise NotPlainError
        return cells
    read = PLAIN.get(plan.reading.name)
    try:
        return read(_filled(cells)) if read else _by_words(con, cells, plan)
    except pa.ArrowInvalid:
        raise NotPlainError from None


def _filled(cells: pa.Array) -> pa.Array:
    """The cells, with null for those that are quoted and have nothing in the quotes."""
    lengths = pc.binary_length(cells)
    if pc.min(lengths).as_py() != 0:
        return cells
    return pc.if_else(pc.equal(lengths, 0), pa.scalar(None, pa.string()), cells)


def _integer(cells: pa.Array) -> pa.Array:
    _check_digits(cells, INTEGERS)
    return pc.cast(cells, pa.int64())


def _number(cells: pa.Array) -> pa.Array:
    _check_digits(cells, DECIMALS)
    values = pc.cast(cells, pa.float64())
    ends = pc.min_max(values).as_py()
    if ends["min"] is not None and max(-ends["min"], ends["max"]) >= EXACT:
        raise NotPlainError
    return values


def _day(cells: pa.Array) -> pa.Array:
    days = pc.cast(cells, pa.date32())
    ends = pc.min_max(pc.cast(days, pa.int32())).as_py()
    if ends["min"] is not None and not FIRST_DAY <= ends["min"] <= ends["max"] <= LAST_DAY:
        raise NotPlainError
    return days


PLAIN: Mapping[str, Read] = MappingProxyType({"integer": _integer, "number": _number, "iso_date": _day})


def _check_digits(cells: pa.Array, allowed: NDArray[np.bool_]) -> None:
    """NotPlainError for other signs than those allowed, for leading zeros and (in whole numbers) for minus zero."""
    data, starts, ends = _bytes(cells)
    if not allowed[data].all():
        raise NotPlainError
    if MINUS in data[:1] or (data == MINUS).any():
        negative = starts[data[starts] == MINUS]
        if allowed is INTEGERS and (_at(data, negative + 1) == ZERO).any():
            raise NotPlainError
        starts = starts + (data[starts] == MINUS)
    zeros = np.flatnonzero(_at(data, starts) == ZERO)
    after = starts[zeros] + 1
    inside = after < ends[zeros]
    if DIGITS[_at(data, after[inside])].any():
        raise NotPlainError


def _at(data: Bytes, places: NDArray[np.int64]) -> Bytes:
    return data[np.minimum(places, len(data) - 1)] if len(data) else data


def _bytes(cells: pa.Array) -> tuple[Bytes, NDArray[np.int64], NDArray[np.int64]]:
    """All text of a column, and where each cell that has some starts and ends in it."""
    _, offsets, text = cells.buffers()
    at = np.frombuffer(offsets, np.int32)[cells.offset : cells.offset + len(cells) + 1].astype(np.int64)
    data = np.frombuffer(text, np.uint8)[at[0] : at[-1]] if text else np.zeros(0, np.uint8)
    at -= at[0]
    filled = at[1:] > at[:-1]
    return data, at[:-1][filled], at[1:][filled]


def _by_words(con: duckdb.DuckDBPyConnection, cells: pa.Array, plan: Plan) -> pa.Array:
    coded = cells.dictionary_encode()
    con.register("words", pa.table({plan.cell: coded.dictionary}))
    found = con.execute(
        f"SELECT {plan.expression} AS value, txt({plan.cell}) <> '' AS said FROM words"
    ).to_arrow_table()
    con.unregister("words")
    values, said = (found[name].combine_chunks() for name in ("value", "said"))
    if pc.any(pc.and_(values.is_null(), said)).as_py():
        raise NotPlainError
    return values.take(coded.indices)
