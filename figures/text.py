"""How wide text is, and where it wraps, in the metrics of Arial and its equals (Helvetica, Liberation Sans)."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

_NARROW = zip(
    " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~fijlrtI",
    (
        *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 278, 278, 584, 584, 584),
        *(556, 1015, 278, 278, 278, 469, 556, 333, 334, 260, 334, 584, 278, 222, 222, 222, 333, 278, 278),
    ),
    strict=True,
)
_ALIKE = (
    ("0123456789abdeghnopquL", 556),
    ("cksvxyzJ", 500),
    ("ABEKPSVXY", 667),
    ("CDHNRUw", 722),
    ("GOQ", 778),
    ("FTZ", 611),
    ("mM", 833),
    ("W", 944),
)
_WIDTHS = MappingProxyType(dict(_NARROW) | {char: width for chars, width in _ALIKE for char in chars})
_SLACK = 1.03  # fonts that stand in for Arial differ by this much
_ELLIPSIS = "…"
_JOINTS = "/-?&"
_TURNS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
)  # they reorder what stands around


def clean(text: str) -> str:
    """One line: control characters and line ends become spaces, and surplus spaces go."""
    plain = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs", "Cn") else c for c in text if c not in _TURNS
    )
    return " ".join(plain.split())


def width(text: str, size: float, bold: bool = False) -> float:
    """Pixels that `text` takes at `size` pixels."""
    total = sum(_char(c) for c in text)
    return total * size / 1000 * _SLACK * (1.07 if bold else 1.0)


def wrap(text: str, room: float, size: float, bold: bool = False, lines: int = 99) -> tuple[str, ...]:
    """`text` in lines of at most `room` pixels; words longer than a line are cut; past `lines` stands an ellipsis."""
    out: list[str] = []
    current = ""
    for word in (piece for whole in clean(text).split(" ") for piece in _pieces(whole, room, size, bold)):
        longer = f"{current} {word}" if current else word
        if current and width(longer, size, bold) > room:
            out.append(current)
            current = word
        else:
            current = longer
        if len(out) > lines:
            break
    out.append(current)
    if len(out) <= lines:
        return tuple(out)
    return (*out[: lines - 1], shorten(f"{out[lines - 1]} {out[lines]}", room, size, bold, always=True))


def shorten(text: str, room: float, size: float, bold: bool = False, always: bool = False) -> str:
    """`text`, cut with an ellipsis where it is wider than `room` (or `always`)."""
    if width(text, size, bold) <= room and not always:
        return text
    while text and width(text + _ELLIPSIS, size, bold) > room:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS


def _char(char: str) -> int:
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1000
    base = unicodedata.normalize("NFKD", char)[0]
    return _WIDTHS.get(base, 600)


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    if width(word, size, bold) <= room:
        return [word]
    out, current = [], ""
    for char in word:
        if current and width(current + char, size, bold) > room:
            cut = _joint(current)
            out.append(current[:cut])
            current = current[cut:]
        current += char
    return [*out, current]


def _joint(text: str) -> int:
    """Where a long word (an address) is best cut: after the last joint in its second half, else at its end."""
    last = max(text.rfind(joint) for joint in _JOINTS) + 1
    return last if last > len(text) / 2 else len(text)
