"""Heat map: one figure by two categories, in classes of colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from figures import examples, plotly_traces, theme, vega_marks
from figures.assemble import axis_of_categories, drawing, hover
from figures.classes import classify, color_of
from figures.drawing import Axis, Caption, Category, Chart, ColorClass, Drawing, Entry, Form, Legend, Series, Size, Spec
from figures.formats import finite, number
from figures.plotly_figure import figure
from figures.reading import Field, Reading, cell_key, measure_axis, read
from figures.split import Panels, Point, categories, in_order, panels
from figures.ticks import write
from figures.vega_plot import cartesian
from figures.words import say
from model.chart import FEW_CATEGORIES, Choices, Suggestion
from model.errors import BadRequest
from model.table import Table
from model.view import View

FORM = Form("heatmap", "Mapa de calor", "Heat map")
MOST_ROWS = 40
MOST_COLUMNS = 150
MOST_CELLS = 20_000

Cells = tuple[tuple[int, int, float], ...]  # column, row, figure


def complete(view: View, choose: Choices) -> View:
    """Two groups, a time first, and a figure; BadRequest without two."""
    groups, facets = choose.groups(view)[:2], choose.facets(view)
    time = choose.time()
    taken = {g.column for g in facets}
    for candidate in (*((time,) if time else ()), *choose.categories()):
        if len(groups) >= 2:
            break
        if candidate.column not in taken | {g.column for g in groups}:
            groups = (*groups, candidate)
    if len(groups) < 2:
        raise BadRequest(
            "Para un mapa de calor hacen falta dos columnas por las cuales agrupar: esta tabla no las tiene."
        )
    return choose.measured(view, (*groups, *facets))


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """A category over time, where both can be read."""
    groups = tuple(g for g in choose.categories() if 2 < choose.size_of(g) <= 2 * FEW_CATEGORIES)
    time = choose.time()
    if time is None or not groups or choose.periods() < 3:
        return ()
    return (Suggestion(42, replace(bare, groups=(time, groups[0]), measures=(choose.measure(),))),)


def question(view: View) -> View:
    """Every pair of categories."""
    return replace(view, page=1, size=MOST_CELLS)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; BadRequest without two groups and a figure."""
    view = question(view)
    reading = read(view, table, caption)
    x, y = _sides(reading)
    measure = next((f for f in reading.figures() if f.measure), reading.figures()[0])
    multiples = panels(reading, lambda row: abs(finite(row[measure.index]) or 0.0))
    columns, wide = _kept(reading, x, measure, MOST_COLUMNS)
    rows, tall = _kept(reading, y, measure, multiples.most(MOST_ROWS))
    axis = measure_axis((measure,), (0.0, 1.0))
    cells = _cells(reading, multiples, (x, y, measure), columns, rows)
    classes = classify([v for part in cells for _, _, v in part], view.classes, axis, caption.lang)
    series = [
        replace(_series(measure, part, columns, rows, axis, classes, caption.lang), panel=p)
        for p, part in enumerate(cells)
    ]
    entries = tuple(Entry(c.label, c.color) for c in classes)
    return replace(
        drawing(
            reading,
            FORM,
            axis_of_categories(x, columns),
            axis_of_categories(y, rows),
            series,
            multiples.drawn(),
            notes=(*multiples.notes, *wide, *tall),
        ),
        z=axis,
        classes=classes,
        legend=Legend(axis.named, entries),
    )


def _cells(
    reading: Reading,
    multiples: Panels,
    fields: tuple[Field, Field, Field],
    columns: Sequence[Category],
    rows: Sequence[Category],
) -> list[Cells]:
    """The cells that have a figure, of each panel, in order."""
    x, y, measure = fields
    across, down = {c.key: i for i, c in enumerate(columns)}, {c.key: i for i, c in enumerate(rows)}
    found: list[list[tuple[int, int, float]]] = [[] for _ in multiples.kept]
    for row in reading.table.rows:
        panel, value = multiples.of(row), finite(row[measure.index])
        i, j = across.get(cell_key(row[x.index])), down.get(cell_key(row[y.index]))
        if panel is not None and value is not None and i is not None and j is not None:
            found[panel].append((i, j, value))
    return [tuple(sorted(part)) for part in found]


def _series(
    measure: Field,
    cells: Sequence[tuple[int, int, float]],
    columns: Sequence[Category],
    rows: Sequence[Category],
    axis: Axis,
    classes: Sequence[ColorClass],
    lang: str,
) -> Series:
    plain = replace(axis, unit="")
    return Series(
        key=measure.name,
        label=measure.title,
        color=theme.MAIN,
        x=tuple(float(i) for i, _, _ in cells),
        y=tuple(float(j) for _, j, _ in cells),
        z=tuple(v for _, _, v in cells),
        keys=tuple(f"{columns[i].key}\n{rows[j].key}" for i, j, _ in cells),
        colors=tuple(color_of(v, classes) for _, _, v in cells),
        labels=tuple(write(v, plain, lang) for _, _, v in cells),
        texts=tuple(hover(rows[j].label, columns[i].label, write(v, axis, lang)) for i, j, v in cells),
    )


def _sides(reading: Reading) -> tuple[Field, Field]:
    view = reading.view
    x = reading.x()
    other = [g for g in reading.groups if g.name not in (x.name, view.facet)]
    y = next((g for g in other if g.name in (view.color, view.y)), other[0] if other else None)
    if y is None:
        raise BadRequest(
            "El mapa de calor necesita dos columnas por las cuales agrupar: agregue otra en «Agrupar por»."
        )
    return (x, y) if x.ordered or not y.ordered or view.x else (y, x)


def _kept(reading: Reading, field: Field, measure: Field, most: int) -> tuple[list[Category], tuple[str, ...]]:
    points = (Point(row[field.index], finite(row[measure.index]), 0) for row in reading.table.rows)
    order = in_order(categories(reading, field, points), field.ordered)
    if len(order) <= most:
        return order, ()
    words = say("top", reading.lang, n=most, total=number(len(order)), m=number(len(order) - most))
    return (order[-most:] if field.ordered else order[:most]), (words,)


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return figure(drawing, plotly_traces.cells)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return cartesian(drawing, size, vega_marks.CELLS)


def example() -> tuple[View, Table, Caption]:
    """Monthly victims by state."""
    return examples.months(View("homicidios", "por-mes", chart=FORM.name))


CHART = Chart(
    name=FORM.name,
    label="Mapa de calor",
    order=70,
    icon="M4 4h16v16H4zM4 9.300h16M4 14.600h16M9.300 4v16M14.600 4v16M4 4h5.300v5.300H4z",
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
