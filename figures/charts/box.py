"""Boxes: how a number spreads in each category, by five quantiles."""

from __future__ import annotations

from dataclasses import replace

from figures import examples, plotly_traces, theme, vega_marks
from figures.assemble import axis_of_categories, drawing, hover
from figures.drawing import Axis, Caption, Category, Chart, Drawing, Series, Size, Spec
from figures.formats import finite, number
from figures.plotly_figure import figure
from figures.reading import Field, Reading, cell_key, measure_axis, read
from figures.split import in_order
from figures.ticks import nice, write
from figures.vega_plot import cartesian
from figures.words import say
from model.errors import BadRequest
from model.table import Table
from model.view import Measure, View

QUANTILES = ("q5", "q25", "median", "q75", "q95")
MOST_BOXES = 32
MOST_ROWS = 2000

Box = tuple[float | None, ...]


def question(view: View) -> View:
    """The five quantiles of one column in every category."""
    column = next((m.column for m in view.measures if m.column), view.y)
    if not column:
        return replace(view, page=1, size=MOST_ROWS)
    measures = tuple(Measure(name, column) for name in QUANTILES)
    return replace(view, measures=measures, y="", sort=(), page=1, size=MOST_ROWS)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; BadRequest without the five quantiles."""
    view = question(view)
    reading = read(view, table, caption)
    x, fields = reading.x(), _quantiles(reading)
    axis = measure_axis((fields[2],), (0.0, 1.0))
    boxes = {cell_key(row[x.index]): tuple(finite(row[f.index]) for f in fields) for row in table.rows}
    found = [
        (
            Category(cell_key(row[x.index]), reading.label(x, row[x.index])),
            finite(row[fields[2].index]) or 0.0,
            row[x.index],
        )
        for row in table.rows
    ]
    order = in_order(found, x.ordered)
    kept = order[:MOST_BOXES]
    left_out = {"n": len(kept), "total": number(len(order)), "m": number(len(order) - len(kept))}
    stressed = reading.stressed(tuple(c.key for c in kept), tuple(c.label for c in kept))
    series = _series(kept, boxes, stressed, axis, reading)
    values = [v for box in series.spread for v in box if v is not None]
    axis = replace(axis, domain=_domain(values))
    lying = not x.ordered
    named = axis_of_categories(x, kept)
    notes = (
        say("quantiles", caption.lang),
        *([say("top", caption.lang, **left_out)] if len(kept) < len(order) else ()),
    )
    return replace(
        drawing(reading, "box", named, axis, (series,), notes=notes),
        x=axis if lying else named,
        y=named if lying else axis,
        horizontal=lying,
        highlight=tuple(c.label for c in kept if c.key in stressed),
    )


def _domain(values: list[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    return nice(0.0 if 0 < low < 0.5 * high else low, high)


def _quantiles(reading: Reading) -> tuple[Field, ...]:
    by_function = {f.measure.function: f for f in reading.measures if f.measure}
    if "q50" in by_function:
        by_function.setdefault("median", by_function["q50"])
    if not all(name in by_function for name in QUANTILES):
        raise BadRequest(
            "Las cajas necesitan una columna de números de la cual calcular cuantiles: elija una en «Medida»."
        )
    return tuple(by_function[name] for name in QUANTILES)


def _series(
    kept: list[Category], boxes: dict[str, Box], stressed: tuple[str, ...], axis: Axis, reading: Reading
) -> Series:
    spread = tuple(boxes[c.key] for c in kept)
    lit = tuple((theme.ACCENT if c.key in stressed else theme.MUTED) if stressed else theme.MAIN for c in kept)
    return Series(
        key="median",
        label=say("median", reading.lang),
        color=theme.MAIN,
        x=tuple(float(i) for i in range(len(kept))),
        y=tuple(box[2] for box in spread),
        spread=spread,
        keys=tuple(c.key for c in kept),
        colors=lit,
        texts=tuple(
            hover(
                c.label,
                f"{say('median', reading.lang)}: {write(box[2], axis, reading.lang)}",
                f"25 % – 75 %: {number(box[1], reading.lang)} – {number(box[3], reading.lang)}",
                f"5 % – 95 %: {number(box[0], reading.lang)} – {number(box[4], reading.lang)}",
            )
            for c, box in zip(kept, spread, strict=True)
        ),
    )


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return figure(drawing, plotly_traces.boxes)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return cartesian(drawing, size, vega_marks.BOXES)


def example() -> tuple[View, Table, Caption]:
    """Prices of fuel by state."""
    return examples.quantiles(View("gasolinas", "precios", chart="box"))


CHART = Chart("box", "Cajas", 60, question, draw, plotly, vega, example)
