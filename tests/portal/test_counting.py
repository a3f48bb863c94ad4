"""Counting does not write while a visitor waits, loses nothing when the store is away, and is bounded."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from config import ROOT
from model.demand import What, Wish
from model.errors import StoreDown
from portal import counting
from portal.counting import Counts
from store import demand
from store.database import Store, open_store, upgrade

VIEW = Wish(What.VIEW, "homicidios")
EVER = (date(2020, 1, 1), date(2100, 1, 1))
ENDING = """
import sys
from model.demand import What, Wish
from portal.counting import Counts
from store.database import open_store
counts = Counts(open_store(sys.argv[1]))
for _ in range(7):
    counts.add(Wish(What.VIEW, "homicidios"))
"""


@pytest.fixture
def store_here(tmp_path: Path) -> Store:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    upgrade(url)
    return open_store(url)


def views(store: Store) -> int:
    return sum(item.times for item in demand.totals(store, *EVER, 1))


def test_nothing_is_written_until_the_flush(store_here: Store) -> None:
    counts = Counts(store_here)
    for _ in range(3):
        counts.add(VIEW)
    assert views(store_here) == 0
    counts.flush()
    counts.flush()
    assert views(store_here) == 3


def test_what_is_held_is_written_a_moment_later_by_itself(store_here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "FLUSH_SECONDS", 0.01)
    counts = Counts(store_here)
    counts.add(VIEW)
    timer = counts._timer
    assert timer is not None
    timer.join(10)
    assert views(store_here) == 1


def test_counts_wait_while_the_store_is_down(store_here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts(store_here)
    counts.add(VIEW)

    def refuse(*_: object) -> None:
        raise StoreDown

    with monkeypatch.context() as broken:
        broken.setattr(demand, "add", refuse)
        counts.flush()
    assert views(store_here) == 0
    counts.add(VIEW)
    counts.flush()
    assert views(store_here) == 2


def test_memory_is_bounded(store_here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_HELD", 10)
    counts = Counts(store_here)
    for number in range(50):
        counts.add(Wish(What.SEARCH, term=f"palabra {number}"))
        counts.add(VIEW)
    counts.flush()
    found = demand.totals(store_here, *EVER, 1)
    assert len(found) == 10
    assert next(item.times for item in found if item.wish == VIEW) == 50


def test_a_process_that_ends_writes_what_it_holds(store_here: Store, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ENDING, f"sqlite:///{tmp_path / 'store.sqlite'}"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    assert views(store_here) == 7
