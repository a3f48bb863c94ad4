"""Well-known binary, as GeoParquet stores it, read into GeoJSON geometries."""

from __future__ import annotations

import struct
from types import MappingProxyType

from data_loaders.geo.geometry import BadGeometryError

KINDS = MappingProxyType(
    {1: "Point", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}
)
COLLECTION = 7
Z_FLAG, M_FLAG, SRID_FLAG = 0x80000000, 0x40000000, 0x20000000
NESTED = 4


def read_wkb(data: bytes) -> dict[str, object]:
    """The GeoJSON geometry of WKB or EWKB; M values are dropped. BadGeometryError where the bytes are not sound."""
    try:
        geometry, _ = _geometry(data, 0, 0)
    except struct.error:
        raise BadGeometryError from None
    return geometry


def _geometry(data: bytes, at: int, depth: int) -> tuple[dict[str, object], int]:
    if depth > NESTED or at >= len(data):
        raise BadGeometryError
    order = "<" if data[at] == 1 else ">"
    (code,) = struct.unpack_from(order + "I", data, at + 1)
    at += 5 + (4 if code & SRID_FLAG else 0)
    thousands, base = divmod(code & 0x0FFFFFFF, 1000)
    z = bool(code & Z_FLAG) or thousands in (1, 3)
    m = bool(code & M_FLAG) or thousands in (2, 3)
    if base == 1:
        points, at = _points(data, at, order, 1, z, m)
        return {"type": "Point", "coordinates": points[0]}, at
    (count,) = struct.unpack_from(order + "I", data, at)
    at += 4
    if base == 2:
        points, at = _points(data, at, order, count, z, m)
        return {"type": "LineString", "coordinates": points}, at
    if base == 3:
        return _polygon(data, at, order, count, z, m)
    return _several(data, at, base, count, depth)


def _polygon(data: bytes, at: int, order: str, count: int, z: bool, m: bool) -> tuple[dict[str, object], int]:
    _enough(data, at, count, 4)
    rings = []
    for _ in range(count):
        (size,) = struct.unpack_from(order + "I", data, at)
        ring, at = _points(data, at + 4, order, size, z, m)
        rings.append(ring)
    return {"type": "Polygon", "coordinates": rings}, at


def _several(data: bytes, at: int, base: int, count: int, depth: int) -> tuple[dict[str, object], int]:
    _enough(data, at, count, 5)
    parts = []
    for _ in range(count):
        part, at = _geometry(data, at, depth + 1)
        parts.append(part)
    if base == COLLECTION:
        return {"type": "GeometryCollection", "geometries": parts}, at
    if base not in KINDS:
        raise BadGeometryError
    return {"type": KINDS[base], "coordinates": [part.get("coordinates") for part in parts]}, at


def _points(data: bytes, at: int, order: str, count: int, z: bool, m: bool) -> tuple[list[list[float]], int]:
    size = 2 + z + m
    _enough(data, at, count, 8 * size)
    values = struct.unpack_from(f"{order}{count * size}d", data, at)
    keep = 2 + z
    points = [list(values[i : i + keep]) for i in range(0, count * size, size)]
    return points, at + 8 * count * size


def _enough(data: bytes, at: int, count: int, each: int) -> None:
    if at + count * each > len(data):
        raise BadGeometryError
