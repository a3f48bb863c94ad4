"""Well-known binary: every kind, both byte orders, and bytes that lie about their length."""

from __future__ import annotations

import struct

import pytest

from data_loaders.geo.geometry import BadGeometryError, clean_geometry
from data_loaders.geo.wkb import read_wkb

RING = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]


def packed(order: str, code: int, *rest: bytes) -> bytes:
    return bytes([1 if order == "<" else 0]) + struct.pack(order + "I", code) + b"".join(rest)


def points(order: str, *positions: list[float]) -> bytes:
    return b"".join(struct.pack(f"{order}{len(p)}d", *p) for p in positions)


def count(order: str, n: int) -> bytes:
    return struct.pack(order + "I", n)


@pytest.mark.parametrize("order", ["<", ">"])
def test_each_kind_is_read_in_both_byte_orders(order: str) -> None:
    ring = count(order, 4) + points(order, *RING)
    polygon = packed(order, 3, count(order, 1), ring)
    assert read_wkb(packed(order, 1, points(order, [2.0, 3.0]))) == {"type": "Point", "coordinates": [2.0, 3.0]}
    assert read_wkb(packed(order, 2, ring)) == {"type": "LineString", "coordinates": RING}
    assert read_wkb(polygon) == {"type": "Polygon", "coordinates": [RING]}
    assert read_wkb(packed(order, 6, count(order, 2), polygon, polygon)) == {
        "type": "MultiPolygon",
        "coordinates": [[RING], [RING]],
    }
    collection = read_wkb(packed(order, 7, count(order, 1), polygon))
    assert collection == {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [RING]}]}


def test_heights_stay_and_measures_and_srid_go() -> None:
    assert read_wkb(packed("<", 1001, points("<", [1.0, 2.0, 3.0])))["coordinates"] == [1.0, 2.0, 3.0]
    assert read_wkb(packed("<", 2001, points("<", [1.0, 2.0, 3.0])))["coordinates"] == [1.0, 2.0]
    assert read_wkb(packed("<", 0x20000001, count("<", 4326), points("<", [1.0, 2.0])))["coordinates"] == [1.0, 2.0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        packed("<", 2, count("<", 0xFFFFFFFF)),
        packed("<", 3, count("<", 0xFFFFFFFF)),
        packed("<", 4, count("<", 0xFFFFFFFF)),
        packed("<", 99, count("<", 0)),
        packed("<", 7, count("<", 1)) * 50,
    ],
)
def test_bytes_that_lie_are_a_bad_geometry(data: bytes) -> None:
    with pytest.raises(BadGeometryError):
        read_wkb(data)


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Circle", "coordinates": [0, 0]},
        {"type": ["Point"], "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": [[0, 0]]},
        {"type": "Point", "coordinates": [float("nan"), 0]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [0, 91]}]},
    ],
)
def test_what_is_not_geojson_is_a_bad_geometry(geometry: object) -> None:
    with pytest.raises(BadGeometryError):
        clean_geometry(geometry, None)
