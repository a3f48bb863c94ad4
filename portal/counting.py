"""Counting what people look for: in memory while they wait, in the store a few seconds later."""

from __future__ import annotations

import atexit
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Lock, Timer

from model.demand import Wish
from model.errors import StoreDown
from participation.deadline import today
from store import demand
from store.database import Store

FLUSH_SECONDS = 3.0
MOST_HELD = 5_000  # different wishes in memory; more are not counted until the next flush


@dataclass(slots=True, eq=False)
class Counts:
    """The wishes of one process that the store does not have yet.

    A process that is killed (`kill -9`) loses those of its last seconds; one that ends writes them first.
    """

    store: Store
    _held: Counter[tuple[date, Wish]] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)
    _timer: Timer | None = None
    _process: int = 0

    def add(self, wish: Wish) -> None:
        """Count a wish; never waits for the store."""
        key = (today(datetime.now(UTC)), wish)
        with self._lock:
            if key in self._held or len(self._held) < MOST_HELD:
                self._held[key] += 1
            self._arm()

    def flush(self) -> None:
        """Write what is held; while the store is down it is held on to."""
        with self._lock:
            counts, self._held, self._timer = self._held, Counter(), None
        if not counts:
            return
        try:
            demand.add(self.store, counts)
        except StoreDown:
            with self._lock:
                self._held.update(counts)
                self._arm()

    def _arm(self) -> None:
        if self._timer is not None and self._process == os.getpid():
            return
        if self._process != os.getpid():
            self._process = os.getpid()
            atexit.register(self.flush)
        self._timer = Timer(FLUSH_SECONDS, self.flush)
        self._timer.daemon = True
        self._timer.start()
