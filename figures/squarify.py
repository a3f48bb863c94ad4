"""Rectangles that share a surface in proportion, as square as they can be (Bruls, Huizing and van Wijk, 2000)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    x: float
    y: float
    width: float
    height: float


def squarify(values: Sequence[float], x: float, y: float, width: float, height: float) -> list[Tile]:
    """One tile for each positive value, in order (largest first looks best); they fill the rectangle."""
    total = sum(values)
    if not values or total <= 0 or width <= 0 or height <= 0:
        return [Tile(x, y, 0.0, 0.0) for _ in values]
    areas = [v / total * width * height for v in values]
    out: list[Tile] = []
    start = 0
    while start < len(areas):
        short = min(width, height)
        end = start + 1
        while end < len(areas) and _worst(areas[start : end + 1], short) <= _worst(areas[start:end], short):
            end += 1
        row = areas[start:end]
        thick = sum(row) / short if short else 0.0
        at = y if width >= height else x
        for area in row:
            long = area / thick if thick else 0.0
            out.append(Tile(x, at, thick, long) if width >= height else Tile(at, y, long, thick))
            at += long
        if width >= height:
            x, width = x + thick, max(width - thick, 0.0)
        else:
            y, height = y + thick, max(height - thick, 0.0)
        start = end
    return out


def _worst(row: Sequence[float], short: float) -> float:
    total = sum(row)
    return max(short**2 * max(row) / total**2, total**2 / (short**2 * min(row)))
