"""Loading 1 GB of CSV, against DuckDB's own `COPY (read_csv) TO parquet` in the same run."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from data_loaders.load import load
from data_loaders.order import Limits, LoadOrder
from model.recipe import Recipe

SIZE = int(os.environ.get("BENCH_CSV_BYTES", 1_000_000_000))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", 3))
STATES = ["Aguascalientes", "Baja California", "Jalisco", "Nuevo León", "Yucatán", "Zacatecas"]
RAW = """
import duckdb, sys
duckdb.execute("set threads=2")
duckdb.execute(f"COPY (FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)")
"""


def main() -> None:
    """Print seconds and MB/s of both, round by round, and the ratio of their medians."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "delitos.csv"
        _write(source)
        megabytes = source.stat().st_size / 1e6
        raw, ours = [], []
        for n in range(ROUNDS):
            raw.append(_timed(lambda: _raw(source, folder / "raw.parquet")))
            ours.append(_timed(lambda n=n: _ours(source, folder / f"lake{n}")))
            print(f"round {n + 1}: COPY {megabytes / raw[-1]:.0f} MB/s, load {megabytes / ours[-1]:.0f} MB/s")
        raw.sort()
        ours.sort()
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"load at {raw[ROUNDS // 2] / ours[ROUNDS // 2]:.0%} of the rate of COPY; peak memory {peak:.0f} MB")


def _timed(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def _raw(source: Path, target: Path) -> None:
    subprocess.run([sys.executable, "-c", RAW, str(source), str(target)], check=True)


def _ours(source: Path, lake: Path) -> None:
    load(LoadOrder("banco", "delitos", source, Recipe(), lake, Limits(memory_bytes=6 * 1024**3)))


def _write(path: Path) -> None:
    """A table like those agencies publish: date, state, municipality key, category, text, counts and amounts."""
    rng = random.Random(7)
    block = "".join(
        f"20{rng.randint(15, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02},{rng.choice(STATES)},"
        f"{rng.randint(1, 32):02}{rng.randint(1, 120):03},tipo {rng.randint(1, 40)},carpeta {rng.randint(1, 10**6)},"
        f"{rng.randint(0, 500)},{rng.random() * 1e5:.2f},{rng.randint(0, 1)}\n"
        for _ in range(100_000)
    )
    with path.open("w") as out:
        out.write("fecha,entidad,cve_mun,tipo,descripcion,casos,monto,vigente\n")
        while out.tell() < SIZE:
            out.write(block)
