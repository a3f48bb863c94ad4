"""Geometries as GeoJSON in WGS 84 longitude and latitude; bad coordinates are told, never moved."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from data_loaders.trees.json_text import json_text
from model.errors import LoadError

DEPTHS = MappingProxyType(
    {"Point": 0, "MultiPoint": 1, "LineString": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
)
DECIMALS = 7  # about a centimetre
LONGITUDE, LATITUDE = 180, 90
GEOMETRY, LATITUD, LONGITUD = "geometry", "latitud", "longitud"
GEO_NAMES = (GEOMETRY, LATITUD, LONGITUD)
NESTED_COLLECTIONS = 4

Position = tuple[float, ...]
_Shape = list["_Shape"] | None


class BadGeometryError(ValueError):
    """Coordinates that cannot be on a map."""


class Projection(Protocol):
    """From a source's coordinates to longitude and latitude."""

    def transform(self, xx: list[float], yy: list[float]) -> tuple[list[float], list[float]]: ...


@dataclass(slots=True)
class GeometryCells:
    """Makes the cells `geometry`, `latitud`, `longitud` of each row, and counts what could not be placed."""

    projection: Projection | None = None
    rows: int = 0
    absent: int = 0
    bad: int = 0
    points: int = 0
    first_bad: int = 0

    def cells(self, geometry: object) -> tuple[str | None, str | None, str | None]:
        """The three cells of a GeoJSON geometry (a mapping, or None); the last two only for points."""
        self.rows += 1
        if geometry is None:
            self.absent += 1
            return None, None, None
        try:
            clean = clean_geometry(geometry, self.projection)
        except BadGeometryError:
            self.bad += 1
            self.first_bad = self.first_bad or self.rows
            return None, None, None
        if clean["type"] != "Point":
            return json_text(clean), None, None
        self.points += 1
        position = clean["coordinates"]
        longitude, latitude = position[:2] if isinstance(position, list) else (None, None)
        return json_text(clean), json_text(latitude), json_text(longitude)

    def notes(self) -> list[str]:
        """What a reader must know of the places."""
        out = []
        if self.bad:
            out.append(
                f"{self.bad:,} elementos traen coordenadas ilegibles o fuera del mundo y quedaron sin ubicación "
                f"(el primero es el {self.first_bad:,})."
            )
        if self.absent:
            out.append(f"{self.absent:,} elementos no traen geometría.")
        return out


def projection_from(crs: object) -> Projection | None:
    """From `crs` (WKT, PROJJSON, `EPSG:6372`…) to longitude and latitude; None where it is WGS 84 already."""
    try:
        source = CRS.from_user_input(crs)
        if source.is_geographic and source.to_epsg() == 4326:
            return None
        return Transformer.from_crs(source, CRS.from_epsg(4326), always_xy=True)
    except (CRSError, ProjError, TypeError) as error:
        raise LoadError(
            "No se entiende el sistema de coordenadas del archivo; publíquelo en WGS 84 (EPSG:4326)."
        ) from error


def clean_geometry(geometry: object, projection: Projection | None, depth: int = 0) -> dict[str, object]:
    """A sound GeoJSON geometry in longitude and latitude; BadGeometryError where it cannot be one."""
    if not isinstance(geometry, Mapping) or depth > NESTED_COLLECTIONS:
        raise BadGeometryError
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        parts = geometry.get("geometries")
        if not isinstance(parts, (list, tuple)):
            raise BadGeometryError
        return {"type": kind, "geometries": [clean_geometry(part, projection, depth + 1) for part in parts]}
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise BadGeometryError
    positions: list[Position] = []
    shape = _collect(geometry.get("coordinates"), DEPTHS[kind], positions)
    placed = iter(_placed(positions, projection))
    return {"type": kind, "coordinates": _rebuild(shape, placed)}


def _collect(value: object, depth: int, positions: list[Position]) -> _Shape:
    """Gathers the positions of nested lists; answers with the shape of the lists, None for a position."""
    if not isinstance(value, (list, tuple)):
        raise BadGeometryError
    if depth:
        return [_collect(item, depth - 1, positions) for item in value]
    if len(value) < 2 or any(isinstance(c, bool) or not isinstance(c, (int, float)) for c in value):
        raise BadGeometryError
    positions.append(tuple(value))
    return None


def _placed(positions: list[Position], projection: Projection | None) -> list[list[float]]:
    if projection and positions:
        xs, ys = [float(p[0]) for p in positions], [float(p[1]) for p in positions]
        lon, lat = projection.transform(xs, ys)
        out = [[round(x, DECIMALS), round(y, DECIMALS), *p[2:]] for x, y, p in zip(lon, lat, positions, strict=True)]
    else:
        out = [list(p) for p in positions]
    for p in out:
        if not (math.isfinite(p[0]) and math.isfinite(p[1]) and abs(p[0]) <= LONGITUDE and abs(p[1]) <= LATITUDE):
            raise BadGeometryError
    return out


def _rebuild(shape: _Shape, placed: Iterator[list[float]]) -> object:
    if shape is None:
        return next(placed)
    return [_rebuild(part, placed) for part in shape]
