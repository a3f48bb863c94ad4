"""Boxes: how a number spreads in each category, by five quantiles."""

from __future__ import annotations

from dataclasses import replace

from figures import examples, plotly_traces, theme, vega_marks
from figures.assemble import axis_of_categories, drawing, hover
from figures.drawing import Axis, Caption, Category, Chart, Drawing, Form, Series, Size, Spec
from figures.formats import finite, number
from figures.plotly_figure import figure
from figures.reading import Field, Reading, cell_key, measure_axis, read
from figures.split import Panels, Point, categories, in_order, panels
from figures.text import clean
from figures.ticks import nice, write
from figures.vega_plot import cartesian
from figures.words import say
from model.chart import FEW_CATEGORIES, Choices, Suggestion
from model.errors import BadRequest
from model.table import Table
from model.view import Measure, View

FORM = Form("box", "Gráfica de cajas", "Box plot")
QUANTILES = ("q5", "q25", "median", "q75", "q95")
MOST_BOXES = 32
MOST_ROWS = 2000
LEAST_VALUES = 20

Box = tuple[float | None, ...]
NO_BOX: Box = (None,) * len(QUANTILES)


def complete(view: View, choose: Choices) -> View:
    """A category and the five quantiles of a number; BadRequest without either."""
    measured = [m.column for m in view.measures if m.column]
    candidates = (view.y, *measured, *(p.column.name for p in choose.numbers()))
    name = next((n for n in candidates if choose.is_number(n)), None)
    if name is None:
        raise BadRequest("Para un diagrama de caja hace falta una columna de números, y esta tabla no la tiene.")
    facets, time = choose.facets(view), choose.time()
    readable = tuple(g for g in choose.categories() if choose.size_of(g) <= FEW_CATEGORIES + 2)
    free = (g for g in (*readable, *choose.categories(), *((time,) if time else ())) if g not in facets)
    groups = choose.groups(view)[:1] or tuple(free)[:1]
    if not groups:
        raise BadRequest("Para un diagrama de caja hace falta una columna de categorías, y esta tabla no la tiene.")
    asked = (*groups, *facets)
    kept = view.groups if set(view.groups) == set(asked) else asked
    return replace(view, groups=kept, measures=tuple(Measure(q, name) for q in QUANTILES), y="")


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """A number of many values, by a category that can be read."""
    groups = tuple(g for g in choose.categories() if choose.size_of(g) <= FEW_CATEGORIES)
    numbers = choose.numbers()
    if not groups or not numbers or numbers[0].distinct < LEAST_VALUES:
        return ()
    return (Suggestion(33, replace(bare, groups=groups[:1])),)


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
    axis = measure_axis((replace(fields[2], title=_title(reading, fields[2])),), (0.0, 1.0))
    multiples = panels(reading, lambda row: abs(finite(row[fields[2].index]) or 0.0))
    boxes = _boxes(reading, multiples, x, fields)
    order = _order(reading, x, fields[2])
    kept = order[: multiples.most(MOST_BOXES)] if not x.ordered else order[-MOST_BOXES:]
    left_out = {"n": len(kept), "total": number(len(order)), "m": number(len(order) - len(kept))}
    stressed = reading.stressed(tuple(c.key for c in kept), tuple(c.label for c in kept))
    series = tuple(_series(kept, found, p, stressed, axis, reading) for p, found in enumerate(boxes))
    axis = replace(axis, domain=_domain([v for one in series for box in one.spread for v in box if v is not None]))
    lying = not x.ordered
    named = axis_of_categories(x, kept)
    notes = (
        say("quantiles", caption.lang),
        *multiples.notes,
        *([say("top", caption.lang, **left_out)] if len(kept) < len(order) else ()),
    )
    return replace(
        drawing(reading, FORM, named, axis, series, multiples.drawn(), notes=notes),
        x=axis if lying else named,
        y=named if lying else axis,
        horizontal=lying,
        highlight=tuple(c.label for c in kept if c.key in stressed),
        compared=_medians(reading, x, fields[2]),
    )


def _medians(reading: Reading, x: Field, middle: Field) -> tuple[tuple[float, str], ...]:
    """The median of every category (of every panel), drawn or not."""
    facet = reading.facet()
    out = []
    for row in reading.table.rows:
        value = finite(row[middle.index])
        names = (reading.label(f, row[f.index]) for f in (facet, x) if f)
        if value is not None and row[x.index] is not None:
            out.append((value, ", ".join(names)))
    return tuple(out)


def _boxes(reading: Reading, multiples: Panels, x: Field, fields: tuple[Field, ...]) -> list[dict[str, Box]]:
    """The five quantiles by category, of each panel."""
    found: list[dict[str, Box]] = [{} for _ in multiples.kept]
    for row in reading.table.rows:
        panel = multiples.of(row)
        if panel is not None:
            found[panel][cell_key(row[x.index])] = tuple(finite(row[f.index]) for f in fields)
    return found


def _order(reading: Reading, x: Field, middle: Field) -> list[Category]:
    """The categories from the highest median to the lowest, of all panels together."""
    points = (Point(row[x.index], finite(row[middle.index]), 0) for row in reading.table.rows)
    return in_order(categories(reading, x, points), x.ordered)


def _title(reading: Reading, middle: Field) -> str:
    """What spreads, by its own name: boxes show more of it than the median."""
    column = middle.measure.column if middle.measure else ""
    return clean(reading.caption.labels.get(column, "")) or middle.title


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
    kept: list[Category], boxes: dict[str, Box], panel: int, stressed: tuple[str, ...], axis: Axis, reading: Reading
) -> Series:
    spread = tuple(boxes.get(c.key, NO_BOX) for c in kept)
    lit = tuple((theme.ACCENT if c.key in stressed else theme.MUTED) if stressed else theme.MAIN for c in kept)
    return Series(
        key="median",
        label=say("median", reading.lang),
        color=theme.MAIN,
        x=tuple(float(i) for i in range(len(kept))),
        y=tuple(box[2] for box in spread),
        panel=panel,
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
    return examples.quantiles(View("gasolinas", "precios", chart=FORM.name))


CHART = Chart(
    name=FORM.name,
    label="Cajas",
    order=60,
    icon="M12 3v4M12 17v4M7 7h10v10H7zM7 12h10M9 3h6M9 21h6",
    headings={"es": "Distribución de {measured} por {groups}", "en": "Distribution of {measured} by {groups}"},
    keeps=(),
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
