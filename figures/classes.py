"""Values into classes of colour, with limits as round as the values allow."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Sequence

from figures import formats, theme
from figures.drawing import Axis, ColorClass
from model.errors import BadRequest

USUAL = 5
FEWEST, MOST = 2, 9
MOST_DECIMALS = 6


def parse(words: str) -> tuple[str, int]:
    """`quantile5` → ("quantile", 5), `equal7` → ("equal", 7); "" is quantile5. BadRequest for anything else."""
    match = re.fullmatch(r"(quantile|equal)(\d)?", words or "quantile")
    count = int(match[2] or USUAL) if match else 0
    if match is None or not FEWEST <= count <= MOST:
        raise BadRequest("Las clases del mapa se escriben «quantile5» o «equal5», de 2 a 9 clases.")
    return match[1], count


def classify(values: Sequence[float], words: str, axis: Axis, lang: str) -> tuple[ColorClass, ...]:
    """Classes from low to high that hold all `values`; fewer than asked where values repeat; () without values."""
    method, count = parse(words)
    found = sorted(values)
    if not found:
        return ()
    limits = _quantiles(found, count) if method == "quantile" else _equal(found, count)
    edges = [found[0], *limits, found[-1]]
    texts, whole = _written(edges, lang), all(v.is_integer() for v in (*found, *edges))
    colors = theme.sequential(max(len(edges) - 1, 1))
    out = []
    for i, color in enumerate(colors):
        low, high = edges[i], edges[i + 1]
        last = i == len(edges) - 2
        top = texts[i + 1] if last or not whole else _written([high - 1], lang)[0]
        open_ = not last and not whole
        out.append(ColorClass(low, high, color, _class_label(texts[i], top, axis, lang, open_=open_)))
    return tuple(out)


def _written(edges: Sequence[float], lang: str) -> list[str]:
    """The limits at the same decimals, as few as tell them apart."""
    needed = max((_decimals(v) for v in edges[1:-1]), default=_decimals(edges[0]))
    texts: list[str] = []
    for digits in range(needed, needed + 4):
        texts = [formats.number(v, lang, digits) for v in edges]
        if len(set(texts)) == len(set(edges)):
            break
    return texts


def _decimals(value: float) -> int:
    written = f"{value:.12g}"
    return min(len(written.partition(".")[2]), MOST_DECIMALS) if "e" not in written else 0


def _class_label(low: str, high: str, axis: Axis, lang: str, *, open_: bool) -> str:
    """«2.5 a menos de 5.0»: `open_` where the upper limit is the next class's; whole numbers need no such words."""
    if lang == "en":
        words = f"{low} to {'under ' if open_ else ''}{high}"
    else:
        words = f"{low} a {'menos de ' if open_ else ''}{high}"
    words = low if low == high else words
    sign = ("%" if lang == "en" else " %") if axis.format == "percent" else ""
    return words + sign


def color_of(value: float | None, classes: Sequence[ColorClass]) -> str:
    """The colour of a value's class; the colour of no data for None."""
    if value is None or not classes:
        return theme.NO_DATA
    index = bisect.bisect_right([c.low for c in classes[1:]], value)
    return classes[index].color


def roundest(low: float, high: float) -> float:
    """The number with fewest digits above `low` and up to `high`, so that it parts them (low < high)."""
    power = math.ceil(math.log10(max(abs(low), abs(high), 1e-300)))
    for exponent in range(power, power - 16, -1):
        for factor in (1, 0.5):
            step = factor * 10.0**exponent
            candidate = float(f"{math.floor(high / step) * step:.12g}")
            if low < candidate <= high:
                return candidate
    return high


def _quantiles(found: Sequence[float], count: int) -> list[float]:
    limits: list[float] = []
    for i in range(1, count):
        index = round(i * len(found) / count)
        if 0 < index < len(found):
            start = bisect.bisect_left(found, found[index])
            if start == 0:
                start = bisect.bisect_right(found, found[index])
            if start < len(found):
                limit = roundest(found[start - 1], found[start])
                if not limits or limit > limits[-1]:
                    limits.append(limit)
    return limits


def _equal(found: Sequence[float], count: int) -> list[float]:
    low, high = found[0], found[-1]
    if low == high:
        return []
    return [float(f"{low + (high - low) * i / count:.6g}") for i in range(1, count)]
