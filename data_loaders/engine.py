"""What every engine offers: an answer to a compiled question, within a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from data_loaders.lake import Lake
from model.query import Query
from model.table import Cell


class Engine(Protocol):
    """Runs questions over the tables of a lake; safe to call from several threads."""

    def run(self, query: Query, seconds: float) -> tuple[tuple[Cell, ...], ...]:
        """The rows of `query`.

        Raises TooSlow after `seconds`, NotReady where a version is not on disk, PortalError where memory is short.
        """

    def close(self) -> None:
        """Let go of files and memory."""


@dataclass(frozen=True, slots=True)
class EngineKind:
    """One engine of the drawer: `open(lake, memory, threads)`, memory as DuckDB writes it (`2GB`)."""

    name: str
    open: Callable[[Lake, str, int], Engine]
