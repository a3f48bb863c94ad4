"""What a source is: something that reads a catalogue from a place and says what it could not take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model.dataset import Harvest


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of catalogue of the drawer.

    `accepts(location)` says whether this place is of this kind: at most one source accepts a place.
    `read(location)` gives its datasets; what is malformed becomes a Problem, never an exception.
    `example(folder)` writes a small catalogue of this kind into an empty folder.
    """

    name: str
    accepts: Callable[[Path], bool]
    read: Callable[[Path], Harvest]
    example: Callable[[Path], None]
