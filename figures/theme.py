"""Colours and letters: warm paper, deep ink, teal for data, rosa mexicano for what is stressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from figures.drawing import Spec

FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
MAIN = "#12736f"
ACCENT = "#d6006e"
MUTED = "#a9aaa2"
NO_DATA = "#dddcd3"
OTHERS = "#8f9189"
CATEGORICAL = ("#12736f", "#e0851c", "#7445ad", "#4a97e0", "#b3321f", "#3b4d6b", "#c79bb0")
STRESSED = (ACCENT, "#12736f", "#7445ad", "#e0851c", "#4a97e0", "#3b4d6b")
SEQUENTIAL = ("#dcefe4", "#a9d8c8", "#68b5aa", "#2f8c89", "#12625f", "#07393a")
MOST_COLORS = len(CATEGORICAL)
FAINT = 0.5  # how grey lines show under those that stand out
STAND_OUT = 5  # of more series than there are colours, so many keep one


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours around the data, in light or in dark."""

    paper: str
    ink: str
    soft: str
    grid: str
    axis: str
    edge: str


LIGHT = Tones(paper="#fffdf8", ink="#1c2426", soft="#5a6163", grid="#e6e3da", axis="#7d8180", edge="#fffdf8")
DARK = Tones(paper="#14191b", ink="#f1efe8", soft="#b3b7b4", grid="#2e3537", axis="#83898a", edge="#5b6264")


def tones(dark: bool) -> Tones:
    """The surrounding colours."""
    return DARK if dark else LIGHT


def luminance(color: str) -> float:
    """Relative luminance (WCAG) of `#rrggbb`, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG) of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """The colour `share` of the way from `one` to `other`."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_parts(one), _parts(other), strict=True))


def legible(color: str, paper: str) -> str:
    """`color`, darkened or lightened until text in it reads on `paper` (4.5:1)."""
    target = "#000000" if luminance(paper) > 0.4 else "#ffffff"
    for step in range(21):
        candidate = mix(color, target, step / 20)
        if contrast(candidate, paper) >= 4.5:
            return candidate
    return target


def on(color: str) -> str:
    """The ink to write with on a patch of `color`."""
    return "#0a0d0e" if contrast("#0a0d0e", color) >= contrast("#ffffff", color) else "#ffffff"


def sequential(count: int) -> tuple[str, ...]:
    """`count` colours from light to dark."""
    return tuple(ramp(SEQUENTIAL, (i + 0.5) / count if count < 3 else i / (count - 1)) for i in range(count))


def ramp(anchors: Sequence[str], share: float) -> str:
    """The colour at `share` (0 to 1) of a palette's way."""
    place = min(max(share, 0.0), 1.0) * (len(anchors) - 1)
    index = min(int(place), len(anchors) - 2)
    return mix(anchors[index], anchors[index + 1], place - index)


def assign(keys: Sequence[str], stressed: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """A (colour, muted) for each series key, in order; `stressed` keys stand out and grey the others."""
    chosen = [key for key in keys if key in stressed]
    if chosen:
        colors = dict(zip(chosen, STRESSED * (len(chosen) // len(STRESSED) + 1), strict=False))
        return {key: (colors.get(key, MUTED), key not in colors) for key in keys}
    if len(keys) == 1:
        return {keys[0]: (MAIN, False)}
    lit = len(keys) if len(keys) <= MOST_COLORS else STAND_OUT
    return {key: (CATEGORICAL[i], False) if i < lit else (MUTED, True) for i, key in enumerate(keys)}


def plotly_layout(dark: bool = False) -> Spec:
    """The letters and lines of a plotly layout; the background is the page's own."""
    look = tones(dark)
    return {
        "font": {"family": FONT, "size": 14, "color": look.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {
            "bgcolor": look.paper,
            "bordercolor": look.axis,
            "align": "left",
            "font": {"family": FONT, "size": 14, "color": look.ink},
        },
        "legend": {"font": {"color": look.ink}},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": look.axis, "activecolor": look.ink},
    }


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
