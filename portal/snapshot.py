"""The catalogue as it stood a moment ago: datasets, releases and loads, read together and replaced whole."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

from model.dataset import Agency, Dataset
from model.errors import StoreDown
from model.load import Load
from model.version import Release
from store.catalogue import datasets
from store.database import Store
from store.loads import states
from store.releases import current, withdrawn

FRESH_SECONDS = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Everything a page needs to know of the catalogue, consistent with itself; one object while nothing changes."""

    datasets: Mapping[str, Dataset]
    releases: Mapping[tuple[str, str], Release]
    loads: Mapping[tuple[str, str], Load]
    withdrawn: frozenset[tuple[str, str, str]] = frozenset()

    def agencies(self) -> tuple[Agency, ...]:
        """All agencies, by name."""
        return tuple(sorted({d.agency for d in self.datasets.values()}, key=lambda a: a.name))


@dataclass(slots=True)
class SnapshotKeeper:
    """Reads the store at most once in `FRESH_SECONDS`; every worker process keeps its own."""

    store: Store
    _lock: Lock = field(default_factory=Lock)
    _at: float = -FRESH_SECONDS
    _held: Snapshot | None = None

    def get(self) -> Snapshot:
        """No older than `FRESH_SECONDS`; while the store is down, the last one. StoreDown if there is none."""
        held = self._held
        if held is not None and time.monotonic() - self._at < FRESH_SECONDS:
            return held
        if not self._lock.acquire(blocking=held is None):
            return held or self.get()  # another thread is reading, which may take long while the store is in trouble
        try:
            return self._refreshed()
        finally:
            self._lock.release()

    def _refreshed(self) -> Snapshot:
        now = time.monotonic()
        if self._held is None:
            self._held = _read(self.store)
        elif now - self._at >= FRESH_SECONDS:
            with suppress(StoreDown):
                self._held = _newer(self._held, _read(self.store))
        self._at = now
        return self._held

    def forget(self) -> None:
        """The next `get` reads the store again."""
        with self._lock:
            self._held = None


def _newer(held: Snapshot, read: Snapshot) -> Snapshot:
    same = all(getattr(held, name) == getattr(read, name) for name in Snapshot.__slots__)
    return held if same else read


def _read(store: Store) -> Snapshot:
    return Snapshot(
        datasets={d.slug: d for d in datasets(store)},
        releases=current(store),
        loads=states(store),
        withdrawn=withdrawn(store),
    )
