"""Dispersion: one point a row or a group, one figure against another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from figures import examples, plotly_traces, theme, vega_marks
from figures.assemble import drawing, hover, legend, written
from figures.drawing import Axis, Caption, Chart, Drawing, Form, Series, Size, Spec
from figures.formats import number
from figures.limits import gathered
from figures.plotly_figure import figure
from figures.reading import Field, Reading, cell_key, measure_axis, plain_axis, position, read
from figures.split import OTHERS, panels
from figures.ticks import nice, write
from figures.vega_plot import cartesian
from figures.words import say
from model.chart import Choices, Suggestion
from model.errors import BadRequest
from model.table import Cell, Role, Table
from model.view import View

FORM = Form("scatter", "Gráfica de dispersión", "Scatter plot", cloud=True)
MOST_POINTS = 5000
MOST_ROWS = 50_000  # beyond them single points say nothing
MOST_NAMED = 12
_NOT_FIGURES = (Role.IDENTIFIER, Role.STATE, Role.MUNICIPALITY, Role.LATITUDE, Role.LONGITUDE, Role.TIME)
Placed = tuple[tuple[Cell, ...], float, float]  # a row, and where it stands
_NAMES = (Role.MUNICIPALITY, Role.STATE, Role.CATEGORY, Role.TEXT, Role.IDENTIFIER)


def complete(view: View, choose: Choices) -> View:
    """Two figures of each group where it has them, else two columns of numbers; BadRequest without them."""
    if view.grouped and len(view.measures) > 1:
        names = [written(m) for m in view.measures]
        return replace(view, x=view.x or names[0], y=view.y or next(n for n in names if n != (view.x or names[0])))
    asked = (view.x, view.y, *(m.column for m in view.measures), *(p.column.name for p in choose.numbers()))
    names = list(dict.fromkeys(n for n in asked if choose.is_number(n)))
    if len(names) < 2:
        raise BadRequest("Para una dispersión hacen falta dos columnas de números, y esta tabla no las tiene.")
    x = view.x if choose.is_number(view.x) else next(n for n in names if n != view.y)
    y = view.y if choose.is_number(view.y) and view.y != x else next(n for n in names if n != x)
    return choose.as_rows(view, (x, y), x, y)


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """Two numbers of rows that can be told apart."""
    many = choose.profile.rows > MOST_ROWS
    return () if many or len(choose.numbers()) < 2 else (Suggestion(35, bare),)


def question(view: View) -> View:
    """The first 5,000 rows or groups."""
    return replace(view, page=1, size=MOST_POINTS)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; BadRequest without two figures."""
    view = question(view)
    reading = read(view, table, caption)
    x, y = _pair(reading)
    named, color = _name(reading, (x, y)), _color(reading)
    x_axis, y_axis = _axis(x, table), _axis(y, table)
    multiples = panels(reading, lambda _row: 1.0)
    placed = _placed(table, x, y)
    rows = [item for item in placed if multiples.of(item[0]) is not None]
    keys = list(dict.fromkeys(cell_key(row[color.index]) if color else "" for row, _, _ in rows)) or [""]
    labels = {cell_key(row[color.index]): reading.label(color, row[color.index]) for row, _, _ in rows} if color else {}
    stressed = reading.stressed(tuple(keys), tuple(labels.get(k, "") for k in keys))
    counts = Counter(cell_key(row[color.index]) if color else "" for row, _, _ in rows)
    series_of = gathered(counts, stressed)
    keys = list(dict.fromkeys(series_of.get(k, k) for k in keys))
    labels[OTHERS] = say("others", caption.lang, n=number(sum(k != s for k, s in series_of.items())))
    tints = theme.assign([k for k in keys if k != OTHERS], stressed) | {OTHERS: (theme.OTHERS, True)}
    groups: dict[tuple[int | None, str], list[Placed]] = {}
    for item in rows:
        key = cell_key(item[0][color.index]) if color else ""
        groups.setdefault((multiples.of(item[0]), series_of[key]), []).append(item)
    series = [
        _series(reading, (k, labels.get(k, "")), tints[k], named, (x, y), (x_axis, y_axis), groups.get((p, k), ()), p)
        for p in range(len(multiples.kept))
        for k in keys
    ]
    return replace(
        drawing(
            reading,
            FORM,
            x_axis,
            y_axis,
            series,
            multiples.drawn(),
            (*multiples.notes, *_notes(reading, len(placed), len(rows))),
        ),
        legend=legend(reading, series),
        highlight=tuple(labels[k] for k in keys if k in stressed) or _lit(series),
    )


def _placed(table: Table, x: Field, y: Field) -> list[Placed]:
    """The rows that have both figures, with where they stand."""
    return [
        (row, at, up)
        for row in table.rows
        if (at := position(row[x.index])) is not None and (up := position(row[y.index])) is not None
    ]


def _series(
    reading: Reading,
    own: tuple[str, str],
    tint: tuple[str, bool],
    named: Field | None,
    fields: tuple[Field, Field],
    axes: tuple[Axis, Axis],
    rows: Sequence[Placed],
    panel: int,
) -> Series:
    names = tuple(reading.label(named, row[named.index]) if named else "" for row, _, _ in rows)
    cells = tuple(cell_key(row[named.index]) if named else "" for row, _, _ in rows)
    lit = set(reading.stressed(cells, names))
    color = _color(reading) if own[0] == OTHERS else None
    kinds = tuple(reading.label(color, row[color.index]) if color else own[1] for row, _, _ in rows)
    few = len(lit) <= MOST_NAMED
    return Series(
        own[0],
        own[1] or fields[1].title,
        tint[0],
        tuple(at for _, at, _ in rows),
        tuple(up for _, _, up in rows),
        panel=panel,
        muted=tint[1],
        keys=cells,
        labels=tuple(n if c in lit and few else "" for c, n in zip(cells, names, strict=True)),
        colors=tuple(theme.ACCENT if c in lit else theme.MUTED for c in cells) if lit else (),
        texts=tuple(
            hover(
                name,
                kind,
                f"{fields[0].title}: {write(at, axes[0], reading.lang)}",
                f"{fields[1].title}: {write(up, axes[1], reading.lang)}",
            )
            for name, kind, (_, at, up) in zip(names, kinds, rows, strict=True)
        ),
    )


def _lit(series: list[Series]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for s in series for label in s.labels if label))


def _notes(reading: Reading, placed: int, drawn: int) -> tuple[str, ...]:
    table, lang = reading.table, reading.lang
    lost = len(table.rows) - placed
    empty = (say("nulls", lang, n=number(lost)),) if lost else ()
    part = table.total > len(table.rows)
    some = (say("sample", lang, n=number(drawn), total=number(table.total)),) if part else ()
    return (*empty, *some)


def _pair(reading: Reading) -> tuple[Field, Field]:
    fields = (*reading.measures, *reading.groups)
    figures = [f for f in fields if f.column.type.numeric and f.column.role not in _NOT_FIGURES]
    x = reading.find(reading.view.x) or next((f for f in figures if f.name != reading.view.y), None)
    y = reading.find(reading.view.y) or next((f for f in figures if x is None or f.name != x.name), None)
    if x is None or y is None or not (x.ordered and y.ordered):
        raise BadRequest("La dispersión necesita dos columnas de números: elíjalas en los ejes horizontal y vertical.")
    return x, y


def _name(reading: Reading, taken: tuple[Field, ...]) -> Field | None:
    drawn = {*(t.name for t in taken), reading.view.facet}
    fields = [f for f in reading.groups if f.name not in drawn]
    return min(fields, key=lambda f: _NAMES.index(f.column.role) if f.column.role in _NAMES else 9, default=None)


def _color(reading: Reading) -> Field | None:
    return reading.find(reading.view.color)


def _axis(field: Field, table: Table) -> Axis:
    found = [v for row in table.rows if (v := position(row[field.index])) is not None]
    low, high = min(found, default=0.0), max(found, default=1.0)
    if field.temporal:
        return plain_axis(field, (low, high if high > low else low + 1))
    if low > 0 and low < 0.4 * high:
        low = 0.0
    axis = measure_axis((field,), nice(low, high))
    return replace(axis, format=axis.format if field.measure else plain_axis(field, axis.domain).format)


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return figure(drawing, plotly_traces.dots)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return cartesian(drawing, size, vega_marks.DOTS)


def example() -> tuple[View, Table, Caption]:
    """Population and victims of each state."""
    return examples.pairs(View("homicidios", "por-entidad", chart=FORM.name, highlight=("11", "15")))


CHART = Chart(
    name=FORM.name,
    label="Dispersión",
    order=40,
    icon="M5 17h.1M9 11h.1M12 15h.1M15 8h.1M19 5h.1M17 13h.1",
    headings={"es": "{pair} por {unit}", "en": "{pair} by {unit}"},
    keeps=(),
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
