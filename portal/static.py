"""Files named by their content: outlines of the territory, and the plotly.js that pages draw with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import orjson
import plotly

from config import Settings
from portal.territory import LEVELS, outlines

FULL_PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file offered under `/static/<name>`, where the name holds the hash of its content."""

    name: str
    path: Path
    media_type: str

    @property
    def url(self) -> str:
        return f"/static/{self.name}"


@lru_cache(maxsize=4)
def static_files(settings: Settings) -> Mapping[str, StaticFile]:
    """All of them, by what they are: `plotly`, `entidad`, `municipio` (where the operator gave municipal outlines)."""
    built = settings.cache / "plotly.min.js"
    found = {"plotly": _named("plotly", built if built.is_file() else FULL_PLOTLY, "text/javascript")}
    for level in LEVELS.values():
        known = outlines(level, settings.territories)
        if known is not None:
            found[level] = _written(settings.cache / "static", level, known.geojson)
    return found


def static_file(settings: Settings, name: str) -> StaticFile | None:
    """The file of this name, written again where somebody emptied the cache; None if there is none."""
    found = {file.name: file for file in static_files(settings).values()}.get(name)
    if found is not None and not found.path.is_file():
        static_files.cache_clear()
        return {file.name: file for file in static_files(settings).values()}.get(name)
    return found


def _written(folder: Path, level: str, collection: Mapping[str, Any]) -> StaticFile:
    """Outlines as one compact GeoJSON file, written once."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{level}.geojson"
    with NamedTemporaryFile(dir=folder, delete=False) as part:  # a name of its own: threads start together
        part.write(orjson.dumps(collection))
    Path(part.name).replace(path)
    return _named(level, path, "application/geo+json")


def _named(stem: str, path: Path, media_type: str) -> StaticFile:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return StaticFile(f"{stem}-{digest}{path.suffix}", path, media_type)
