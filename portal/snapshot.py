"""The catalogue as it stood a moment ago: datasets, releases and loads, read together and replaced whole."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from model.dataset import Agency, Dataset, Resource
from model.errors import NotFound
from model.load import Load
from model.version import Release
from store.catalogue import datasets
from store.database import Store
from store.loads import states
from store.releases import current, withdrawn

FRESH_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a page needs to know of the catalogue, consistent with itself."""

    datasets: Mapping[str, Dataset]
    releases: Mapping[tuple[str, str], Release]
    loads: Mapping[tuple[str, str], Load]
    withdrawn: frozenset[tuple[str, str, str]] = frozenset()

    def dataset(self, slug: str) -> Dataset:
        """The dataset, or NotFound."""
        found = self.datasets.get(slug)
        if found is None:
            raise NotFound("No existe este conjunto de datos.")
        return found

    def resource(self, dataset: str, resource: str) -> tuple[Dataset, Resource]:
        """The dataset and its resource, or NotFound."""
        home = self.dataset(dataset)
        found = home.resource(resource)
        if found is None:
            raise NotFound("No existe este recurso.")
        return home, found

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
        """A snapshot no older than `FRESH_SECONDS`."""
        with self._lock:
            now = time.monotonic()
            if self._held is None or now - self._at >= FRESH_SECONDS:
                self._held, self._at = _read(self.store), now
            return self._held

    def forget(self) -> None:
        """The next `get` reads the store again."""
        with self._lock:
            self._held = None


def _read(store: Store) -> Snapshot:
    return Snapshot(
        datasets={d.slug: d for d in datasets(store)},
        releases=current(store),
        loads=states(store),
        withdrawn=withdrawn(store),
    )
