"""Loading 1 GB of CSV, against DuckDB's own `COPY (read_csv) TO parquet` in the same run."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from data_loaders.lake import Lake
from data_loaders.load import complete, load
from data_loaders.order import Limits, LoadOrder
from model.recipe import Recipe
from model.version import TableRef

SIZE = int(os.environ.get("BENCH_CSV_BYTES", 1_000_000_000))
LIMITS = Limits(memory_bytes=6 * 1024**3)
ROUNDS = int(os.environ.get("BENCH_ROUNDS", 3))
STATES = ("Aguascalientes", "Baja California", "Jalisco", "Nuevo León", "Yucatán", "Zacatecas")
ROWS = """
SELECT DATE '2015-01-01' + (random() * 4000)::INTEGER, $states[1 + (random() * 5)::INTEGER],
       printf('%02d%03d', 1 + (random() * 31)::INTEGER, 1 + (random() * 119)::INTEGER),
       'tipo ' || (random() * 40)::INTEGER, 'carpeta ' || (random() * 1e6)::INTEGER,
       (random() * 500)::INTEGER, round(random() * 1e5, 2), (random())::INTEGER
FROM range(250000)
"""
RAW = """
import duckdb, sys
duckdb.execute("set threads=2; set enable_progress_bar=false")
duckdb.execute(f"COPY (FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)")
"""


def main() -> None:
    """Print seconds, MB/s and processor seconds of both, round by round, and the ratios of their medians.

    A load is timed from the order until the version answers; the native copy that follows is told apart.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "delitos.csv"
        _write(source)
        megabytes = source.stat().st_size / 1e6
        raw, ours, copies = [], [], []
        for n in range(ROUNDS):
            raw.append(_timed(partial(_raw, source, folder / "raw.parquet")))
            ours.append(_timed(partial(_ours, source, folder / f"lake{n}")))
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            copies.append(_timed(partial(_copied, folder / f"lake{n}")))
            shutil.rmtree(folder / f"lake{n}")
            print(f"round {n + 1} of {megabytes:.0f} MB:")
            print(f"  COPY {_told(megabytes, raw[-1])}; load {_told(megabytes, ours[-1])}, peak memory {peak:.0f} MB")
            print(f"  then its native copy: {copies[-1][0]:.1f} s ({copies[-1][1]:.1f} s of processor)")
        wall, processor = (_median(raw, k) / _median(ours, k) for k in (0, 1))
        whole = [(a[0] + b[0], a[1] + b[1]) for a, b in zip(ours, copies, strict=True)]
        all_wall, all_processor = (_median(raw, k) / _median(whole, k) for k in (0, 1))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"until the version answers: {wall:.0%} of the rate of COPY, {processor:.0%} by processor time")
        print(f"until its native copy is there too: {all_wall:.0%}, {all_processor:.0%} by processor time")
        print(f"peak memory {peak:.0f} MB")


def _told(megabytes: float, spent: tuple[float, float]) -> str:
    return f"{spent[0]:.1f} s ({megabytes / spent[0]:.0f} MB/s, {spent[1]:.1f} s of processor)"


def _median(spent: list[tuple[float, float]], which: int) -> float:
    return sorted(one[which] for one in spent)[len(spent) // 2]


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    """Wall-clock and processor seconds, those of children included."""
    started, before = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - started, sum(os.times()[:4]) - before


def _raw(source: Path, target: Path) -> None:
    subprocess.run([sys.executable, "-c", RAW, str(source), str(target)], check=True)


def _ours(source: Path, lake: Path) -> None:
    load(LoadOrder("banco", "delitos", source, Recipe(), lake, LIMITS))


def _copied(root: Path) -> None:
    lake = Lake(root)
    for version in lake.versions("banco", "delitos"):
        complete(lake, TableRef("banco", "delitos", version.version), LIMITS)


def _write(path: Path) -> None:
    """A table like those agencies publish, no row like another: dates, places, categories, a text, counts, amounts."""
    with duckdb.connect() as con, path.open("wb") as out:
        out.write(b"fecha,entidad,cve_mun,tipo,descripcion,casos,monto,vigente\n")
        part = path.with_suffix(".parte")
        con.execute("SET threads = 1")
        con.execute("SELECT setseed(0.7)")
        while out.tell() < SIZE:
            con.execute(f"COPY ({ROWS}) TO '{part}' (FORMAT csv, HEADER false)", {"states": STATES})
            out.write(part.read_bytes())
        part.unlink()
