"""Where lines end, and their names beside them, moved apart until none overlap."""

from __future__ import annotations

from collections.abc import Sequence

from figures.drawing import Series


def dodge(wished: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres near `wished`, at least half of both heights apart, inside low to high where they fit."""
    order = sorted(range(len(wished)), key=lambda i: wished[i])
    out = list(wished)
    floor = low
    for i in order:
        out[i] = max(out[i], floor + heights[i] / 2)
        floor = out[i] + heights[i] / 2
    ceiling = high
    for i in reversed(order):
        out[i] = min(out[i], ceiling - heights[i] / 2)
        ceiling = out[i] - heights[i] / 2
    return out


def last_point(series: Series) -> tuple[float, float, int] | None:
    """(x, y, index) of the last value of a series; None without one."""
    for i in range(len(series.y) - 1, -1, -1):
        x, y = series.x[i], series.y[i]
        if x is not None and y is not None:
            return x, y, i
    return None


def lone(series: Series) -> tuple[bool, ...]:
    """For each point, whether it is a value with a gap on both sides, which a line cannot show."""
    filled = [False, *(y is not None for y in series.y), False]
    return tuple(filled[i + 1] and not filled[i] and not filled[i + 2] for i in range(len(series.y)))


def label_height(series: Series, last: tuple[float, float, int]) -> float:
    """Where the name of a line or a layer stands: at its last value, or in the middle of its last thickness."""
    return series.base[last[2]] + last[1] / 2 if series.base else last[1]
