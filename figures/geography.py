"""Outlines and points of Mexico on a flat sheet: Lambert's conic with INEGI's parallels, fitted to pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from figures.drawing import Spec

BOUNDS = (-118.5, 14.3, -86.5, 32.8)  # west, south, east, north of Mexico with its islands
_WEST, _PARALLELS, _ORIGIN = -102.0, (17.5, 29.5), 12.0
_KEYS = ("key", "cvegeo", "cve_ent", "_municipio", "_entidad")
_NAMES = ("name", "nombre", "nom_mun", "nom_ent")

Ring = list[tuple[float, float]]


def _tan(latitude: float) -> float:
    return math.tan(math.pi / 4 + math.radians(min(max(latitude, -80.0), 89.0)) / 2)


_N = math.log(math.cos(math.radians(_PARALLELS[0])) / math.cos(math.radians(_PARALLELS[1]))) / math.log(
    _tan(_PARALLELS[1]) / _tan(_PARALLELS[0])
)
_F = math.cos(math.radians(_PARALLELS[0])) * _tan(_PARALLELS[0]) ** _N / _N


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to the flat sheet (earth radii, x east, y south)."""
    rho = _F / _tan(latitude) ** _N
    angle = _N * math.radians(longitude - _WEST)
    return rho * math.sin(angle), rho * math.cos(angle) - _F / _tan(_ORIGIN) ** _N


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the flat sheet lies on the pixels of a box."""

    scale: float
    left: float
    top: float

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The pixel of a place, to a tenth."""
        x, y = project(longitude, latitude)
        return round(x * self.scale + self.left, 1), round(y * self.scale + self.top, 1)


def fit(places: Iterable[Sequence[float]], width: float, height: float) -> Sheet:
    """The sheet on which all `places` (longitude, latitude) lie inside width by height, as large as they can."""
    flat = [project(p[0], p[1]) for p in places] or [project(BOUNDS[0], BOUNDS[1]), project(BOUNDS[2], BOUNDS[3])]
    west, east = min(x for x, _ in flat), max(x for x, _ in flat)
    north, south = min(y for _, y in flat), max(y for _, y in flat)
    scale = min(width / max(east - west, 1e-6), height / max(south - north, 1e-6))
    return Sheet(
        scale,
        (width - (east + west) * scale) / 2,
        (height - (south + north) * scale) / 2,
    )


def level_outlines(outlines: Mapping[str, Any] | None, level: str) -> Mapping[str, Any] | None:
    """The FeatureCollection of `level`, of one for each level or of a single one; None where there is none."""
    if outlines is None or "features" in outlines:
        return outlines
    found = outlines.get(level)
    return found if isinstance(found, Mapping) else None


def inside(outlines: Mapping[str, Any] | None, state: str) -> Mapping[str, Any] | None:
    """The outlines of one state, by its key; all of them for "", and where none is of that state."""
    kept = [f for f in outlines["features"] if feature_key(f).startswith(state)] if outlines and state else []
    return {**outlines, "features": kept} if outlines and kept else outlines


def feature_key(feature: Mapping[str, Any]) -> str:
    """The INEGI key of a feature: its `id`, or a property that is known to hold it; "" without."""
    properties = feature.get("properties") or {}
    found = feature.get("id") or next((properties[k] for k in _KEYS if properties.get(k)), "")
    return str(found)


def feature_name(feature: Mapping[str, Any]) -> str:
    """The name of a feature, or ""."""
    properties = feature.get("properties") or {}
    return str(next((properties[k] for k in _NAMES if properties.get(k)), ""))


def rings(feature: Mapping[str, Any]) -> list[Sequence[Sequence[float]]]:
    """All rings of a polygon or of many; [] for other geometries."""
    geometry = feature.get("geometry") or {}
    parts = geometry.get("coordinates") or []
    if geometry.get("type") == "Polygon":
        return list(parts)
    if geometry.get("type") == "MultiPolygon":
        return [ring for polygon in parts for ring in polygon]
    return []


def corners(features: Sequence[Mapping[str, Any]]) -> Iterable[Sequence[float]]:
    """Every point of every outline."""
    return (point for feature in features for ring in rings(feature) for point in ring)


def flatten(feature: Mapping[str, Any], sheet: Sheet, coarse: float = 0.0) -> Spec | None:
    """The feature's geometry in pixels, without points nearer than `coarse` to the last kept; None without a ring."""
    polygons = [[ring] for one in rings(feature) if len(ring := _thin(one, sheet, coarse)) >= 4]
    return {"type": "MultiPolygon", "coordinates": polygons} if polygons else None


def _thin(ring: Sequence[Sequence[float]], sheet: Sheet, coarse: float) -> Ring:
    out: Ring = []
    for point in ring:
        pixel = sheet.pixel(point[0], point[1])
        if not out or abs(pixel[0] - out[-1][0]) + abs(pixel[1] - out[-1][1]) > coarse:
            out.append(pixel)
    if out and out[0] != out[-1]:
        out.append(out[0])
    if len(out) < 4 and len(ring) >= 4:  # too small for the screen: a speck, so that no place disappears
        x, y = sheet.pixel(ring[0][0], ring[0][1])
        out = [(x, y), (x + 0.6, y), (x, y + 0.6), (x, y)]
    return out
