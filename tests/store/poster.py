"""A process for tests that opens threads and says each on its output once it is acknowledged.

Arguments: store URL, first number, how many.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from participation.actions import open_thread
from store.database import open_store
from tests.store.posts import post


def main(url: str, first: str, count: str) -> None:
    """Open `count` threads, numbered from `first`."""
    store = open_store(url)
    for number in range(int(first), int(first) + int(count)):
        thread = open_thread(store, post(number), datetime.now(UTC))
        print(number, thread.folio, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
