"""What the tests of the drawer share: its charts, and what the two encoders say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from figures import charts
from figures.drawing import Chart, Drawing, Size, Spec
from model.registry import discover

CHARTS: dict[str, Chart] = {c.name: c for c in discover(charts, "CHART") if isinstance(c, Chart)}
CARTESIAN = ("bar", "line", "area", "scatter", "histogram", "box", "heatmap")
HOSTILE = (
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%{y} %{x}",
    "línea\nnueva",
    "x" * 300,
    '"; DROP TABLE',
    "<b>negrita</b> & cía",
    "=1+1",
    "日本語の名前",
    "\u202eal revés",
    "0",
)


def example(name: str) -> Drawing:
    """The chart's own example, drawn."""
    chart = CHARTS[name]
    return chart.draw(*chart.example())


def marks(spec: Spec, kind: str) -> Iterator[dict[str, Any]]:
    """All marks of a kind, at any depth, in drawing order."""
    for mark in spec.get("marks", ()):
        if mark["type"] == kind:
            yield mark
        yield from marks(mark, kind)


def rows(spec: Spec) -> list[list[dict[str, Any]]]:
    """The data sets of a specification, in drawing order."""
    found = []
    for group in marks(spec, "group"):
        found += [data["values"] for data in group.get("data", ())]
    return found


def words(spec: Spec) -> list[str]:
    """Every text of a specification, its lines joined."""
    out = []
    for mark in marks(spec, "text"):
        value = mark["encode"]["enter"]["text"]["value"]
        out.append(value if isinstance(value, str) else " ".join(value))
    return out


def vega(drawing: Drawing, width: int = 960) -> Spec:
    """The Vega specification of a drawing."""
    return CHARTS[drawing.chart].vega(drawing, Size(width))


def plotly(drawing: Drawing) -> Spec:
    """The plotly figure (or map payload) of a drawing."""
    return CHARTS[drawing.chart].plotly(drawing)
