"""A process for tests that opens threads and answers them, and says each deed once it is acknowledged.

Arguments: store URL, first number, how many. Lines: `abierta <number> <folio>`, `respondida <number> <folio>`.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from participation.actions import answer, open_thread
from store.database import open_store
from tests.store.posts import OPERATOR, post, reply_to


def main(url: str, first: str, count: str) -> None:
    """Open and answer `count` threads, numbered from `first`."""
    store = open_store(url)
    for number in range(int(first), int(first) + int(count)):
        folio = open_thread(store, post(number), datetime.now(UTC)).folio
        print("abierta", number, folio, flush=True)  # noqa: T201
        answer(store, folio, reply_to(number), OPERATOR, datetime.now(UTC))
        print("respondida", number, folio, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
