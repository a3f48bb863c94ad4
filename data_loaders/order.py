"""What a load is asked to do, and what it says while it works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Limits:
    """What one load may use: bytes of memory, wall-clock and processor seconds, bytes of any one file, threads."""

    memory_bytes: int = 6 * 1024**3
    seconds: float = 1800.0
    cpu_seconds: int = 3600
    file_bytes: int = 20 * 1024**3
    threads: int = 2


@dataclass(frozen=True, slots=True)
class LoadOrder:
    """One file (or folder, or main part of a shapefile) to bring into the lake.

    `municipalities` is a GeoJSON or folder of municipal outlines, whose names let municipalities be told by name.
    """

    dataset: str
    resource: str
    path: Path
    recipe: Recipe
    lake: Path
    limits: Limits = Limits()
    municipalities: Path | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a load: the phase in Spanish, and how far it is, where that is known."""

    phase: str
    percent: float | None = None
    rows: int | None = None
