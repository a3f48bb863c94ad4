"""The source files of the real catalogue, read by pandas, the csv module and struct: never by the product's loaders."""

from __future__ import annotations

import csv
import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from tests.conftest import shared

Cells = dict[str, str]


def path(name: str) -> Path:
    """A file of the real catalogue."""
    return shared("catalogo", "archivos", *name.split("/"))


def rows(name: str, encoding: str = "utf-8-sig", skip: int = 0) -> list[Cells]:
    """The rows of a CSV by trimmed header, after `skip` rows above the header; cells trimmed."""
    with path(name).open(encoding=encoding, newline="") as file:
        reader = csv.reader(file)
        for _ in range(skip):
            next(reader)
        names = [cell.strip() for cell in next(reader)]
        return [{n: c.strip() for n, c in zip(names, row, strict=False)} for row in reader]


def added(found: Iterable[Cells], key: str | Callable[[Cells], Any], column: str) -> Mapping[Any, float]:
    """The sums of a column by a key; empty cells add nothing."""
    sums: dict[Any, float] = defaultdict(float)
    for row in found:
        name = row[key] if isinstance(key, str) else key(row)
        sums[name] += float(row[column] or 0)
    return dict(sums)


def counted(found: Iterable[Cells], key: str | Callable[[Cells], Any]) -> Mapping[Any, int]:
    """The rows of each key; an empty cell is None."""
    counts: dict[Any, int] = defaultdict(int)
    for row in found:
        counts[(row[key] if isinstance(key, str) else key(row)) or None] += 1
    return dict(counts)


def numbers(found: Iterable[Cells], column: str, masks: tuple[str, ...] = ("",)) -> list[float]:
    """A column's numbers, masks left out."""
    return [float(row[column]) for row in found if row[column] not in masks]


def parquet(name: str) -> pd.DataFrame:
    """A Parquet file, without reading its folder's name as a column."""
    return pd.read_parquet(path(name), partitioning=None)


@lru_cache(maxsize=1)
def prices() -> pd.DataFrame:
    """The 27.7 million prices, each the decimal that its 32 bits stand for (18.14, not 18.139999…); zero is none."""
    frame = pd.read_parquet(path("gasolina_precios_diarios.parquet"))
    codes, known = pd.factorize(frame["precio"])
    written = pd.Series([float(str(value)) for value in known.to_numpy()]).to_numpy()
    frame["precio"] = written[codes]
    frame["precio"] = frame["precio"].where(frame["precio"] > 0)
    frame["fecha"] = pd.to_datetime(frame["fecha"])
    return frame


def dbf(name: str, encoding: str) -> list[Cells]:
    """The records of a dBase file."""
    data = path(name).read_bytes()
    count, start, width = struct.unpack("<IHH", data[4:12])
    fields = [(data[at : at + 11].split(b"\0")[0].decode(), data[at + 16]) for at in range(32, start - 1, 32)]
    found = []
    for i in range(count):
        at, cells = start + i * width + 1, {}
        for field, size in fields:
            cells[field] = data[at : at + size].decode(encoding).strip()
            at += size
        found.append(cells)
    return found
