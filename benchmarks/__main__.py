"""`make bench`: every benchmark, or those named: `make bench ARGS="queries ingest"`."""

from __future__ import annotations

import sys
from types import MappingProxyType

from benchmarks import ingest, payloads, queries, replies

BENCHMARKS = MappingProxyType(
    {"queries": queries.main, "ingest": ingest.main, "payloads": payloads.main, "replies": replies.main}
)


def main(names: list[str]) -> None:
    """Run the benchmarks by name; all of them when none is named."""
    for name in names or BENCHMARKS:
        print(f"\n## {name}")
        BENCHMARKS[name]()


main(sys.argv[1:])
