"""Treemap: how a total is shared out, by one or two groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from figures import examples, theme, tiles
from figures.assemble import drawing, hover, legend, sorted_question
from figures.drawing import Axis, Caption, Chart, Drawing, Form, Series, Size, Spec
from figures.formats import finite, number, percent
from figures.reading import ADDITIVE, Field, Reading, cell_key, measure_axis, read
from figures.ticks import write
from figures.words import say
from model.chart import FEW_CATEGORIES, Choices, Suggestion
from model.errors import BadRequest
from model.table import Table
from model.view import View

FORM = Form("treemap", "Mapa de árbol", "Treemap")
MOST_TILES = 80
MOST_PARENTS = 8
MOST_ROWS = 2000
TONES = 5

Leaf = tuple[str, str, float]  # key, label, value


def complete(view: View, choose: Choices) -> View:
    """One or two categories and a figure; BadRequest without a category."""
    groups = choose.groups(view) or choose.categories()[:2]
    if not groups:
        raise BadRequest("Para un mapa de áreas hace falta una columna de categorías, y esta tabla no la tiene.")
    return choose.measured(view, groups)


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """A total shared out by two categories that can be read."""
    groups = tuple(g for g in choose.categories() if choose.size_of(g) <= FEW_CATEGORIES + 2)[:2]
    measure = choose.measure()
    if len(groups) < 2 or measure.function not in ADDITIVE:
        return ()
    outer_first = tuple(sorted(groups, key=choose.size_of))
    return (Suggestion(45, replace(choose.recent(bare), groups=outer_first, measures=(measure,))),)


def question(view: View) -> View:
    """The largest parts first."""
    return sorted_question(view, MOST_ROWS)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; BadRequest without a group, or where the figures do not add up to a total."""
    view = question(view)
    reading = read(view, table, caption)
    measure = reading.figures()[0]
    if measure.measure and not measure.additive:
        raise BadRequest("El mapa de árbol reparte un total: elija una suma o un conteo en «Medida».")
    inner, outer = _levels(reading)
    groups, left, lost = _gather(reading, inner, outer, measure)
    total = sum(v for leaves in groups.values() for _, _, v in leaves)
    axis = measure_axis((measure,), (0.0, total or 1.0))
    keys = list(groups)
    labels = [_label(reading, outer, key) for key in keys]
    stressed = reading.stressed(tuple(keys), tuple(labels)) if outer else ()
    tints = theme.assign(keys, stressed)
    series = [
        _series(reading, key, label, tints[key], groups[key], axis, total)
        for key, label in zip(keys, labels, strict=True)
    ]
    notes = [say("negative", caption.lang, n=number(lost))] if lost else []
    if left:
        shown = sum(len(leaves) for leaves in groups.values())
        notes.append(say("top", caption.lang, n=shown, total=number(shown + left), m=number(left)))
    return replace(
        drawing(reading, FORM, Axis("", "category"), axis, series, notes=notes),
        legend=legend(reading, series, direct=True),
        highlight=tuple(_label(reading, outer, k) for k in stressed) or _lit(series),
    )


def _levels(reading: Reading) -> tuple[Field, Field | None]:
    first = reading.x()
    second = next((g for g in reading.groups if g.name != first.name), None)
    return (second, first) if second else (first, None)


def _label(reading: Reading, outer: Field | None, key: str) -> str:
    if outer is None:
        return ""
    cell = next((row[outer.index] for row in reading.table.rows if cell_key(row[outer.index]) == key), None)
    return reading.label(outer, cell)


def _gather(
    reading: Reading, inner: Field, outer: Field | None, measure: Field
) -> tuple[dict[str, list[Leaf]], int, int]:
    """Leaves by parent, both from the largest; how many were left out, and how many cannot be drawn."""
    leaves: list[tuple[str, Leaf]] = []
    lost = 0
    for row in reading.table.rows:
        value = finite(row[measure.index])
        if value is None or value <= 0:
            lost += 1
        else:
            parent = cell_key(row[outer.index]) if outer else ""
            leaves.append((parent, (cell_key(row[inner.index]), reading.label(inner, row[inner.index]), value)))
    leaves.sort(key=lambda item: -item[1][2])
    sums: dict[str, float] = {}
    for parent, leaf in leaves:
        sums[parent] = sums.get(parent, 0.0) + leaf[2]
    order = sorted(sums, key=lambda k: -sums[k])[:MOST_PARENTS]
    kept = [item for item in leaves if item[0] in order][:MOST_TILES]
    groups = {parent: [leaf for p, leaf in kept if p == parent] for parent in order}
    return {k: v for k, v in groups.items() if v}, len(leaves) - len(kept), lost


def _series(
    reading: Reading, key: str, label: str, tint: tuple[str, bool], leaves: Sequence[Leaf], axis: Axis, total: float
) -> Series:
    lit = set(reading.stressed(tuple(k for k, _, _ in leaves), tuple(n for _, n, _ in leaves)))
    color, muted = tint
    return Series(
        key=key,
        label=label,
        color=color,
        muted=muted,
        x=tuple(float(i) for i in range(len(leaves))),
        y=tuple(v for _, _, v in leaves),
        keys=tuple(k for k, _, _ in leaves),
        labels=tuple(n for _, n, _ in leaves),
        colors=_colors(leaves, lit, color, alone=not label),
        texts=tuple(
            hover(label, n, f"{write(v, axis, reading.lang)} ({percent(v / total * 100, reading.lang)})")
            for _, n, v in leaves
        ),
    )


def _colors(leaves: Sequence[Leaf], lit: Collection[str], color: str, *, alone: bool) -> tuple[str, ...]:
    """The parent's colour; of parts without a parent the tone of their size, so that neighbours can be told apart."""
    if lit:
        return tuple(theme.ACCENT if k in lit else theme.MUTED if alone else color for k, _, _ in leaves)
    if not alone:
        return tuple(color for _ in leaves)
    tones = theme.sequential(TONES)
    most = max((v for _, _, v in leaves), default=1.0)
    return tuple(tones[min(int((v / most) ** 0.5 * TONES), TONES - 1)] for _, _, v in leaves)


def _lit(series: Sequence[Series]) -> tuple[str, ...]:
    return tuple(n for s in series for n, c in zip(s.labels, s.colors, strict=True) if c == theme.ACCENT != s.color)


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return tiles.figure(drawing)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return tiles.still(drawing, size)


def example() -> tuple[View, Table, Caption]:
    """Spending by branch and unit."""
    return examples.budget(View("presupuesto", "ejercido", chart=FORM.name))


CHART = Chart(
    name=FORM.name,
    label="Mapa de árbol",
    order=80,
    icon="M3 4h18v16H3zM12 4v16M12 12h9M16.500 12v8",
    facets=False,
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
