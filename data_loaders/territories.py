"""Outlines of states (bundled) and municipalities (the operator's)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from model.territory import municipality_key, state_key, state_name

Level = Literal["entidad", "municipio"]
BUNDLED = Path(__file__).parent / "outlines" / "estados.geojson"
MUNICIPAL_KEY_NAMES = ("cvegeo", "cve_geo", "cve_mun", "clave", "cvemun", "cve_municipio", "mun_code")
MUNICIPAL_NAMES = ("nom_mun", "nomgeo", "nombre_municipio", "nommun", "municipio", "mun_name", "nombre", "name")
LEAST_MUNICIPALITIES = 2
FULL_KEY = re.compile(r"\d{4,5}")


@dataclass(frozen=True, slots=True)
class Outlines:
    """A GeoJSON FeatureCollection (longitude first) whose features carry the properties `key` (INEGI) and `name`."""

    level: Level
    geojson: dict[str, Any]
    key: str
    name: str
    source: str = ""

    def names(self) -> Iterator[tuple[str, str]]:
        """(key, name) of each feature."""
        for feature in self.geojson["features"]:
            yield feature["properties"][self.key], feature["properties"][self.name]


def read_outlines(level: Level, folder: Path | None) -> Outlines | None:
    """The outlines of a level: states always (bundled); municipalities where `folder` holds a GeoJSON of them."""
    if level == "entidad":
        return _states(json.loads(BUNDLED.read_bytes()))
    for path in _candidates(folder):
        found = _municipalities(path)
        if found:
            return found
    return None


def names_digest(folder: Path | None) -> str:
    """SHA-256 of the files in `folder` whose municipal names may tell the place of a row; "" where there are none.

    Files are read again only when they change.
    """
    files = _candidates(folder)
    return _digest(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)) if files else ""


@lru_cache(maxsize=4)
def _digest(files: tuple[tuple[Path, int, int], ...]) -> str:
    whole = hashlib.sha256()
    for path, _, _ in files:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _candidates(folder: Path | None) -> list[Path]:
    if folder is None or not folder.exists():
        return []
    if folder.is_file():
        return [folder]
    files = [p for p in folder.iterdir() if p.suffix.lower() in (".geojson", ".json") and p.is_file()]
    return sorted(files, key=lambda p: ("mun" not in p.name.lower(), p.name))


def _states(data: dict[str, Any]) -> Outlines:
    features = []
    for feature in data["features"]:
        key = state_key(feature["properties"]["cve_ent"])
        if key:
            features.append(_feature(feature, {"key": key, "name": state_name(key)}))
    return Outlines("entidad", _collection(features), "key", "name", BUNDLED.name)


def _municipalities(path: Path) -> Outlines | None:
    """The outlines in `path`; None unless nearly all its features carry a municipality's 5-digit key."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("features"), list):
        return None
    features = []
    for feature in data["features"]:
        properties = {str(k).lower(): v for k, v in (feature.get("properties") or {}).items()}
        key = _municipal_key(properties)
        if key and feature.get("geometry"):
            name = next((str(properties[n]) for n in MUNICIPAL_NAMES if properties.get(n)), key)
            features.append(_feature(feature, {"key": key, "name": name}))
    if len(features) < max(LEAST_MUNICIPALITIES, len(data["features"]) // 2):
        return None
    return Outlines("municipio", _collection(features), "key", "name", path.name)


def _municipal_key(properties: dict[str, Any]) -> str | None:
    for name in MUNICIPAL_KEY_NAMES:
        written = str(properties.get(name) or "").strip()
        if FULL_KEY.fullmatch(written):
            return municipality_key(written)
    state, number = str(properties.get("cve_ent") or ""), str(properties.get("cve_mun") or "")
    return municipality_key(number, state_key(state)) if state and number else None


def _feature(feature: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": feature["geometry"]}


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}
