"""A process for tests that votes for a thread and says each person on its output once it is acknowledged.

Arguments: store URL, folio, first person, how many; each person votes twice.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from participation.votes import vote
from store.database import open_store


def main(url: str, folio: str, first: str, count: str) -> None:
    """Cast `count` votes, by persons numbered from `first`."""
    store = open_store(url)
    for number in range(int(first), int(first) + int(count)):
        for _ in range(2):
            vote(store, folio, f"persona-{number}", datetime.now(UTC))
        print(number, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
