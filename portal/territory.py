"""The territory as the site knows it: outlines and names by level, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from data_loaders.territories import Level, Outlines, read_outlines

LEVELS: Mapping[str, Level] = {"_entidad": "entidad", "_municipio": "municipio"}


@lru_cache(maxsize=8)
def outlines(level: Level, folder: Path | None) -> Outlines | None:
    """The outlines of a level, read once per process; None where the operator gave none."""
    return read_outlines(level, folder)


@lru_cache(maxsize=4)
def place_names(folder: Path | None) -> Mapping[str, Mapping[str, str]]:
    """Names by key, for each place column whose outlines are there."""
    found = {place: outlines(level, folder) for place, level in LEVELS.items()}
    return {place: dict(known.names()) for place, known in found.items() if known}
