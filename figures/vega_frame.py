"""The frame of a still image in Vega: title, subtitle, legend above; notes, source and address below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from figures import theme
from figures.describe import describe
from figures.drawing import Drawing, Size, Spec
from figures.text import width, wrap
from figures.words import say

SCHEMA = "https://vega.github.io/schema/vega/v6.json"
Mark = Spec


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the image."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Type:
    """Letter sizes in pixels for a width of image."""

    title: float
    subtitle: float
    label: float
    small: float
    pad: float


LARGE = Type(title=25, subtitle=15.5, label=13, small=12, pad=22)
SMALL = Type(title=19, subtitle=14, label=12, small=11, pad=14)


def letters(size: Size) -> Type:
    """The letter sizes for this width."""
    return SMALL if size.narrow else LARGE


def compose(drawing: Drawing, size: Size, wanted: tuple[float, float], body: Callable[[Box], list[Mark]]) -> Spec:
    """A whole Vega specification. `wanted` is the least and the most height the body is good for.

    The image takes `size.tall` where the body fits it, and more or less where it does not, unless `size.exact`.
    """
    top, header = _header(drawing, size)
    bottom, footer = _footer(drawing, size)
    room = size.tall - top - bottom
    tall = room if size.exact else min(max(room, wanted[0]), wanted[1])
    tall = max(tall, 40)
    height = size.tall if size.exact else round(top + tall + bottom)
    pad = letters(size).pad
    box = Box(pad, top, size.width - 2 * pad, tall)
    foot = {
        "type": "group",
        "aria": False,
        "encode": {"enter": {"x": {"value": 0}, "y": {"value": round(height - bottom, 1)}}},
        "marks": footer,
    }
    return {
        "$schema": SCHEMA,
        "description": describe(drawing),
        "width": size.width,
        "height": height,
        "padding": 0,
        "autosize": "none",
        "background": theme.tones(size.dark).paper,
        "marks": [*header, *body(box), foot],
    }


def text(
    x: float,
    y: float,
    lines: Sequence[str],
    size: float,
    color: str,
    *,
    bold: bool = False,
    align: str = "left",
    leading: float = 0.0,
) -> Mark:
    """Text that stands at pixels (baseline of the first line); several lines go downwards."""
    enter: Spec = {
        "x": {"value": round(x, 1)},
        "y": {"value": round(y, 1)},
        "text": {"value": list(lines) if len(lines) > 1 else "".join(lines)},
        "font": {"value": theme.FONT},
        "fontSize": {"value": size},
        "fill": {"value": color},
        "align": {"value": align},
        "baseline": {"value": "alphabetic"},
    }
    if bold:
        enter["fontWeight"] = {"value": 700}
    if len(lines) > 1:
        enter["lineHeight"] = {"value": round(leading or size * 1.25, 1)}
    return {"type": "text", "aria": False, "encode": {"enter": enter}}


def rule(x: float, y: float, x2: float, y2: float, color: str, thickness: float = 1.0) -> Mark:
    """A straight line between two pixels."""
    enter = {
        "x": {"value": round(x, 1)},
        "y": {"value": round(y, 1)},
        "x2": {"value": round(x2, 1)},
        "y2": {"value": round(y2, 1)},
    }
    return {
        "type": "rule",
        "aria": False,
        "encode": {"enter": {**enter, "stroke": {"value": color}, "strokeWidth": {"value": thickness}}},
    }


def patch(x: float, y: float, wide: float, tall: float, color: str, radius: float = 0.0) -> Mark:
    """A filled rectangle at pixels."""
    return {
        "type": "rect",
        "aria": False,
        "encode": {
            "enter": {
                "x": {"value": round(x, 1)},
                "y": {"value": round(y, 1)},
                "width": {"value": round(wide, 1)},
                "height": {"value": round(tall, 1)},
                "cornerRadius": {"value": radius},
                "fill": {"value": color},
            }
        },
    }


def marked(kind: str, rows: Sequence[Spec], enter: Spec) -> list[Mark]:
    """A mark with its own values; in a group, so that names never clash."""
    return [
        {
            "type": "group",
            "aria": False,
            "data": [{"name": "points", "values": list(rows)}],
            "marks": [{"type": kind, "aria": False, "from": {"data": "points"}, "encode": {"enter": enter}}],
        }
    ]


def _header(drawing: Drawing, size: Size) -> tuple[float, list[Mark]]:
    type_, look = letters(size), theme.tones(size.dark)
    room = size.width - 2 * type_.pad
    marks: list[Mark] = []
    y = type_.pad
    title = wrap(drawing.title, room, type_.title, bold=True, lines=5)
    if drawing.title:
        leading = type_.title * 1.2
        marks.append(text(type_.pad, y + type_.title * 0.8, title, type_.title, look.ink, bold=True, leading=leading))
        y += leading * len(title) + 2
    if drawing.subtitle:
        leading = type_.subtitle * 1.3
        lines = wrap(drawing.subtitle, room, type_.subtitle, lines=6)
        marks.append(text(type_.pad, y + type_.subtitle * 0.9, lines, type_.subtitle, look.soft, leading=leading))
        y += leading * len(lines)
    y += type_.pad * 0.5
    if drawing.legend.entries and not drawing.legend.direct:
        rows, more = _legend(drawing, size, y)
        marks += more
        y += rows + type_.pad * 0.4
    return y, marks


def _legend(drawing: Drawing, size: Size, top: float) -> tuple[float, list[Mark]]:
    type_, look = letters(size), theme.tones(size.dark)
    right = size.width - type_.pad
    swatch, leading = type_.label * 0.85, type_.label * 1.6
    x, y = type_.pad, top
    marks: list[Mark] = []
    if drawing.classes and drawing.legend.title:
        lines = wrap(drawing.legend.title, right - type_.pad, type_.label, bold=True, lines=2)
        marks.append(text(x, y + type_.label, lines, type_.label, look.ink, bold=True))
        y += type_.label * 1.25 * len(lines) + 4
    for entry in drawing.legend.entries:
        (label,) = wrap(entry.label, min(260, right - type_.pad - swatch - 6), type_.label, lines=1)
        wide = swatch + 6 + width(label, type_.label)
        if x > type_.pad and x + wide > right:
            x, y = type_.pad, y + leading
        marks.append(patch(x, y + (leading - swatch) / 2 - 1, swatch, swatch, entry.color, 2))
        marks.append(text(x + swatch + 6, y + leading / 2 + type_.label * 0.3, (label,), type_.label, look.ink))
        x += wide + 16
    return y + leading - top, marks


def _footer(drawing: Drawing, size: Size) -> tuple[float, list[Mark]]:
    """(height, marks from y = 0): the notes, a hairline, the source and the address."""
    type_, look = letters(size), theme.tones(size.dark)
    room = size.width - 2 * type_.pad
    leading = type_.small * 1.35
    marks: list[Mark] = []
    y = type_.pad * 0.55
    for note in drawing.notes:
        lines = wrap(note, room, type_.small, lines=4)
        marks.append(text(type_.pad, y + type_.small, lines, type_.small, look.soft, leading=leading))
        y += leading * len(lines)
    y += type_.small * 0.5
    marks.append(rule(type_.pad, y, size.width - type_.pad, y, look.grid))
    y += type_.small * 0.45
    source = say("source", drawing.lang, source=drawing.source) if drawing.source else ""
    for line, color in ((source, look.ink), (drawing.url, look.soft)):
        if line:
            lines = wrap(line, room, type_.small, lines=8)
            marks.append(text(type_.pad, y + type_.small, lines, type_.small, color, leading=leading))
            y += leading * len(lines)
    return y + type_.pad * 0.6, marks
