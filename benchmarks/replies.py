"""Writes of replies on both stores: threads opened, answered, and a mix of eight processes at once."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from model.people import User
from model.thread import Anchor, AnswerType, NewAnswer, NewThread
from participation.actions import answer, open_thread
from store.database import Store, open_store, upgrade
from store.thread_lists import Wanted, listed
from tests.servers import PostgresServer

WRITES = int(os.environ.get("BENCH_WRITES", 400))
WRITERS = 8
OPERATOR = User(0, "", "Equipo del portal", "", True)


def main() -> None:
    """Print writes per second, and median and p99 in milliseconds, by store, deed and number of writers."""
    print(f"{WRITES} writes a row; milliseconds\n")
    print("| store | what | writers | per second | p50 | p99 |")
    print("|---|---|---|---|---|---|")
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with opened() as url:
            for row in _rows(url):
                print(f"| {name} | {row}")


def _rows(url: str) -> Iterator[str]:
    store = open_store(url)
    opening, spent = _timed(store, 0, WRITES, _open)
    yield _row("open a thread", 1, opening, spent)
    answering, spent = _timed(store, 0, WRITES, _answer)
    yield _row("answer a thread", 1, answering, spent)
    reading, spent = _timed(store, 0, WRITES, _list)
    yield _row("(read a page of the list)", 1, reading, spent)
    store.close()
    context = multiprocessing.get_context("spawn")
    each = WRITES // WRITERS
    started = time.perf_counter()
    with context.Pool(WRITERS) as pool:
        pool.map(_warm, [url] * WRITERS, chunksize=1)
        started = time.perf_counter()
        found = pool.starmap(_writer, [(url, WRITES + n * each, each) for n in range(WRITERS)], chunksize=1)
        spent = time.perf_counter() - started
    yield _row("open a thread", WRITERS, [t for times in found for t in times], spent)


def _row(what: str, writers: int, times: list[float], spent: float) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"{what} | {writers} | {len(times) / spent:,.0f} | {cuts[49]:.1f} | {cuts[98]:.1f} |"


def _timed(store: Store, first: int, count: int, deed: Callable[[Store, int], None]) -> tuple[list[float], float]:
    """Milliseconds of each deed, and the seconds of all."""
    times = []
    begun = time.perf_counter()
    for number in range(first, first + count):
        started = time.perf_counter()
        deed(store, number)
        times.append((time.perf_counter() - started) * 1000)
    return times, time.perf_counter() - begun


def _open(store: Store, number: int) -> None:
    new = NewThread("pregunta", Anchor("/datos"), f"¿Qué cuenta la columna {number}?", f"clave-{number:020}", "Ana")
    open_thread(store, new, datetime.now(UTC))


def _answer(store: Store, number: int) -> None:
    folio = f"VEN-{datetime.now(UTC).year}-{number + 1:06}"
    new = NewAnswer(AnswerType.REASON, "Cambió el método.", uncited="No hace falta.", token=f"respuesta-{number:020}")
    answer(store, folio, new, OPERATOR, datetime.now(UTC))


def _list(store: Store, _number: int) -> None:
    listed(store, Wanted(words=("columna",)))


def _warm(url: str) -> None:
    """Start the process and its connection before the clock runs."""
    store = open_store(url)
    listed(store, Wanted(), size=1)
    store.close()
    time.sleep(0.5)


def _writer(url: str, first: int, count: int) -> list[float]:
    """One process of several."""
    store = open_store(url)
    times, _ = _timed(store, first, count, _open)
    store.close()
    return times


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        upgrade(url)
        yield url


@contextmanager
def _postgres() -> Iterator[str]:
    server = PostgresServer.start(durable=True)
    try:
        url = server.create("bench")
        upgrade(url)
        yield url
    finally:
        server.stop()
