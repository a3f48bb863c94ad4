"""The legend of a map as a row of steps, with their limits under them."""

from __future__ import annotations

from dataclasses import replace

from figures import theme
from figures.drawing import Drawing, Size
from figures.text import width, wrap
from figures.ticks import write
from figures.vega_frame import Box, Mark, letters, patch, text
from figures.words import say


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
    axis = replace(drawing.y, unit="")
    for i, limit in enumerate(limits):
        words = write(limit, axis, drawing.lang)
        align = "left" if i == 0 else "right" if i == len(limits) - 1 else "center"
        if width(words, type_.small) < wide - 4 or i in (0, len(limits) - 1):
            marks.append(text(box.x + i * wide, y + 12 + type_.small, (words,), type_.small, look.soft, align=align))
    if empty:
        x = box.x + box.width - 60
        marks.append(patch(x, y, 60, 11, theme.NO_DATA))
        marks.append(text(x, y + 12 + type_.small, (say("null", drawing.lang),), type_.small, look.soft))
    used = y - box.y + 11 + type_.small * 1.6 + 6
    return used, marks
