"""The legend of a map as a row of steps, with their limits under them."""

from __future__ import annotations

from collections.abc import Sequence

from figures import theme
from figures.drawing import Drawing, Size
from figures.text import width, wrap
from figures.ticks import brief
from figures.vega_frame import Box, Mark, letters, patch, text
from figures.words import say

APART = 6.0  # pixels between two limits


def steps(drawing: Drawing, size: Size, box: Box) -> tuple[float, list[Mark]]:
    """The legend as a row of steps with the limits under them: (height, marks)."""
    type_, look = letters(size), theme.tones(size.dark)
    lines = wrap(drawing.y.named, box.width, type_.label, bold=True, lines=2)
    marks = [text(box.x, box.y + type_.label, lines, type_.label, look.ink, bold=True)]
    y = box.y + type_.label * 1.25 * len(lines) + 5
    empty = len(drawing.legend.entries) > len(drawing.classes)
    wide = (box.width - (70 if empty else 0)) / max(len(drawing.classes), 1)
    limits = [c.low for c in drawing.classes] + [c.high for c in drawing.classes[-1:]]
    for i, one in enumerate(drawing.classes):
        marks.append(patch(box.x + i * wide, y, wide - 1, 11, one.color))
    for x, words, align in _limits(drawing, limits, box.x, wide, type_.small):
        marks.append(text(x, y + 12 + type_.small, (words,), type_.small, look.soft, align=align))
    if empty:
        x = box.x + box.width - 60
        marks.append(patch(x, y, 60, 11, theme.NO_DATA))
        marks.append(text(x, y + 12 + type_.small, (say("null", drawing.lang),), type_.small, look.soft))
    used = y - box.y + 11 + type_.small * 1.6 + 6
    return used, marks


def _limits(
    drawing: Drawing, limits: Sequence[float], left: float, wide: float, size: float
) -> list[tuple[float, str, str]]:
    """(x, words, align) of the limits that have room: both ends, then those between that touch none."""
    texts = brief(limits, drawing.y, drawing.lang, lambda words: all(width(t, size) < wide - APART for t in words))
    last = len(limits) - 1
    out: list[tuple[float, str, str]] = []
    taken: list[tuple[float, float]] = []
    for i in dict.fromkeys((0, last, *range(1, last))):
        if i > last:
            continue
        x, room = left + i * wide, width(texts[i], size)
        start = x if i == 0 else x - room if i == last else x - room / 2
        if all(start > end + APART or start + room < begin - APART for begin, end in taken):
            taken.append((start, start + room))
            out.append((x, texts[i], "left" if i == 0 else "right" if i == last else "center"))
    return out
