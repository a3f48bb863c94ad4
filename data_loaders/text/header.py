"""Where a table starts: its header under title rows, in one line or several, or none at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from model.spelling import fold

NUMBER = re.compile(r"^[\s$(+-]*\d[\d.,\s']*(?:[eE][+-]?\d+)?\s*[%)]?$|^[+-]?[.,]\d+$")
DATE = re.compile(r"^\d{4}[-/]\d{1,2}(?:[-/]\d{1,2})?(?:[ T]\d.*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:[ T]\d.*)?$")
NOTE = re.compile(
    r"^(?:fuentes?|notas?|source|elaborad[oa]|elaboracion|cifras|ultima actualizacion|fecha de|n/?d[:.= ]|p/|r/|e/|"
    r"\*+|\(?\d{1,2}[/)]|[a-z]/)(?:\b|[ :.]|$)"
)
FULL_ENOUGH = 0.5

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows `header` (positions in the sample, () where there is none) give `names`; data starts at position `first`.

    `shortest` is the fewest fields that a row may have: fewer than `len(names)` only where the header is the longer.
    """

    names: tuple[str, ...]
    header: tuple[int, ...]
    first: int
    shortest: int


def find_layout(rows: Sequence[Row], width: int, told: int | None = None) -> Layout:
    """The layout of the first rows of a table whose usual row has `width` cells; `told` is the header's position."""
    if told is not None:
        return _with_header(rows, width, (told,) if told < len(rows) else ())
    start = _first_full(rows, width)
    if start is None:
        return Layout(_names([], width), (), 0, width)
    if not is_data(rows[start], [r for r in rows[start + 1 :] if filled(r)], width):
        start = _complete_below(rows, start, width)
        return _with_header(rows, width, _block(rows, start, width))
    above = start - 1
    while above >= 0 and not filled(rows[above]):
        above -= 1
    if above >= 0 and filled(rows[above]) >= 2 and _texts_only(rows[above]):
        return _with_header(rows, width, (above,))
    return Layout(_names([], width), (), start, width)


def filled(row: Row) -> int:
    """How many cells are not blank."""
    return sum(1 for c in row if c.strip())


def is_data(row: Row, later: Sequence[Row], width: int) -> bool:
    """Whether `row` is evidently a data row like the `later` ones, not their header."""
    kinds = [_kind(c) for c in row]
    if not any(k in ("number", "date") for k in kinds) or not later:
        return False
    for i, kind in enumerate(kinds[:width]):
        usual = _usual(later, i)
        if kind and usual and kind != usual:
            return False
    told = [(i, c.strip()) for i, c in enumerate(row[:width]) if _kind(c) in ("number", "date")]
    return not _labels(told, later)


def is_note(text: str) -> bool:
    """Whether a lone cell under a table reads as a note: «Fuente: …», «Nota: …», «1/ …», «* …»."""
    return bool(NOTE.match(fold(text)))


def is_total(text: str) -> bool:
    """Whether a cell names a total."""
    return fold(text).split(" ")[0].strip(":.") in ("total", "totales", "subtotal")


def _with_header(rows: Sequence[Row], width: int, header: tuple[int, ...]) -> Layout:
    if not header:
        return Layout(_names([], width), (), 0, width)
    first = max(header) + 1
    longest = max(_trimmed(rows[i]) for i in header)
    data = [r for r in rows[first:] if len(r) == width]
    used = max((_trimmed(r) for r in data), default=width)
    columns = max(longest, used, 1)
    return Layout(_names([rows[i] for i in header], columns), header, first, min(width, columns))


def _first_full(rows: Sequence[Row], width: int) -> int | None:
    least = max(min(2, width), FULL_ENOUGH * width)
    return next((i for i, row in enumerate(rows) if filled(row) >= least), None)


def _complete_below(rows: Sequence[Row], start: int, width: int) -> int:
    """The next row instead of one with blanks, where that one names every column and the data is of another kind."""
    at = start + 1
    if at + 1 >= len(rows) or filled(rows[start]) == width:
        return start
    names = [c.strip() for c in rows[at][:width]]
    if not all(names) or len(names) < width or len(set(names)) < width or not _texts_only(rows[at]):
        return start
    later = [r for r in rows[at + 1 :] if filled(r)]
    return at if any(_usual(later, i) in ("number", "date") for i in range(width)) else start


def _block(rows: Sequence[Row], start: int, width: int) -> tuple[int, ...]:
    """The header's rows: from the first full one up while it is not enough by itself, and down over sub-headings."""
    last = start
    while last + 1 < len(rows) and _sub_heading(rows, last + 1, start, width):
        last += 1
    top = start
    while (
        top > 0
        and filled(rows[top - 1]) >= 2
        and _texts_only(rows[top - 1])
        and _needs_more(rows[top : last + 1], width)
    ):
        top -= 1
    return tuple(range(top, last + 1))


def _needs_more(block: Sequence[Row], width: int) -> bool:
    """Blank or repeated names ask for the row above."""
    names = _joined(block, width)
    return len(set(names)) < len(names) or not all(names)


def _sub_heading(rows: Sequence[Row], at: int, start: int, width: int) -> bool:
    row = rows[at]
    places = [i for i, c in enumerate(row[:width]) if c.strip()]
    if not places or not _texts_only(row) or not _needs_more(rows[start:at], width):
        return False
    later = [r for r in rows[at + 1 :] if filled(r)][:200]
    return bool(later) and all(_usual(later, i) == "number" for i in places)


def _texts_only(row: Row) -> bool:
    return all(_kind(c) in ("", "text") or re.fullmatch(r"(?:19|20)\d\d", c.strip()) for c in row)


def _names(header: Sequence[Row], width: int) -> tuple[str, ...]:
    joined = _joined(header, width) if header else [""] * width
    return tuple(name or f"columna_{i + 1}" for i, name in enumerate(joined))


def _joined(block: Sequence[Row], width: int) -> list[str]:
    """One name per column: upper rows are carried to the right over the sub-headings that they span."""
    levels = [[c.strip() for c in row[:width]] + [""] * (width - len(row)) for row in block]
    for depth, level in enumerate(levels[:-1]):
        carried = ""
        for i in range(width):
            carried = level[i] or carried
            if not level[i] and any(lower[i] for lower in levels[depth + 1 :]):
                level[i] = carried
    out: list[str] = []
    for i in range(width):
        parts = dict.fromkeys(level[i] for level in levels if level[i])
        out.append(" – ".join(parts))
    return out


def _kind(cell: str) -> str:
    text = cell.strip()
    if not text:
        return ""
    if DATE.match(text):
        return "date"
    return "number" if NUMBER.match(text) else "text"


def _usual(rows: Sequence[Row], column: int) -> str:
    """The kind of nearly all filled cells of a column among the first rows, or "" where they differ."""
    kinds = [k for r in rows[:200] if column < len(r) and (k := _kind(r[column]))]
    if not kinds:
        return ""
    best = max(set(kinds), key=kinds.count)
    return best if kinds.count(best) >= 0.9 * len(kinds) else ""


def _labels(told: list[tuple[int, str]], later: Sequence[Row]) -> bool:
    """Whether the numbers or dates of a row name its columns: years or a run that the rows below do not continue."""
    texts = [text for _, text in told]
    years = [i for i, text in told if re.fullmatch(r"(?:19|20)\d\d", text)]
    if years and not any(re.fullmatch(r"(?:19|20)\d\d", r[i].strip()) for i in years for r in later[:50] if i < len(r)):
        return True
    if len(texts) < 3 or len(set(texts)) < len(texts):
        return False
    numbers = [int(t) for t in texts if re.fullmatch(r"\d{1,4}", t)]
    return len(numbers) == len(texts) and all(b - a == 1 for a, b in pairwise(numbers))


def _trimmed(row: Row) -> int:
    return max((i + 1 for i, c in enumerate(row) if c.strip()), default=0)
