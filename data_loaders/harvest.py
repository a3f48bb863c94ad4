"""From a catalogue folder to its datasets: picks the source that reads it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from data_loaders import sources
from data_loaders.agencies import name_agencies
from data_loaders.source import Source
from model.dataset import Harvest
from model.errors import LoadError
from model.registry import discover


def all_sources() -> tuple[Source, ...]:
    """Every source of the drawer, in order of module name."""
    return cast(tuple[Source, ...], discover(sources, "SOURCE"))


def read_catalogue(location: Path, agencies: tuple[tuple[str, str], ...] = ()) -> Harvest:
    """The datasets of the catalogue at `location`, and the entries that could not be taken.

    `agencies` are the (name, acronym) pairs of the overlay. Raises LoadError if no source reads this place.
    """
    if not location.exists():
        raise LoadError(f"No existe la carpeta del catálogo: {location}.")
    for source in all_sources():
        if source.accepts(location):
            return name_agencies(source.read(location), agencies)
    raise LoadError(f"No se sabe leer un catálogo en {location}: indique una carpeta con data.json o con archivos.")
