"""A worker process for tests: claims jobs, says each on its output, and dies or finishes as told.

Arguments: store URL, worker name, `finish` or `hang` (claim one job and wait to be killed).
"""

from __future__ import annotations

import sys
import time

from store import loads
from store.database import open_store


def main(url: str, worker: str, what: str) -> None:
    """Claim until nothing is left."""
    store = open_store(url)
    while (load := loads.claim(store, worker)) is not None:
        print(load.resource, flush=True)  # noqa: T201
        if what == "hang":
            time.sleep(600)
        loads.finish(store, load, "aaaaaaaaaaaa")


if __name__ == "__main__":
    main(*sys.argv[1:])
