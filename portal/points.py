"""Which row of an answer a place of its map or a point of its drawing stands for."""

from __future__ import annotations

from datetime import date

from figures.drawing import Drawing, Series
from figures.formats import finite, milliseconds
from model.table import Cell, Table
from model.view import PLACES, View
from portal.answer import Answer
from portal.cells import plain


def place_row(found: Answer, key: str) -> int | None:
    """The position of the row of a place of a map."""
    groups = [g.column for g in found.question.view.groups]
    level = "_municipio" if len(key) == 5 else "_entidad"
    names = [i for i, name in enumerate(groups) if name == level or (name not in PLACES and level not in groups)]
    rows = found.table.rows
    return next((at for at, cells in enumerate(rows) if any(plain(cells[i]) == key for i in names)), None)


def point_row(found: Answer, words: str) -> int | None:
    """The position of the row that a drawn point stands for, told by its words; None unless it is just one."""
    drawing = found.drawing
    view = found.question.view
    if drawing is None or not view.grouped:
        return None
    said = _lines(words)
    spots = [(s, i) for s in drawing.series for i, text in enumerate(s.texts) if _lines(text) == said]
    everywhere = range(len(found.table.rows))
    rows = {at for at in everywhere if any(_stands_for(drawing, s, i, found.table, at, view) for s, i in spots)}
    return rows.pop() if len(rows) == 1 else None


def _lines(text: str) -> tuple[str, ...]:
    """A point's words as lines, however the drawing library breaks and marks them."""
    broken = text.replace("<br>", "\n").replace("<br/>", "\n").split("\n")
    return tuple(" ".join(line.split()) for line in broken if line.strip())


def _stands_for(drawing: Drawing, series: Series, i: int, table: Table, at: int, view: View) -> bool:
    """Whether the i-th point of a series is drawn from a row: its groups and its figure are all found in the row."""
    cells = table.rows[at]
    count = len(view.groups)
    figures = [value for value in (finite(cell) for cell in cells[count:]) if value is not None]
    drawn = [values[i] for values in (series.y, series.x, series.z) if i < len(values)]
    return all(_named(drawing, series, i, cell) for cell in cells[:count]) and any(d in figures for d in drawn)


def _named(drawing: Drawing, series: Series, i: int, cell: Cell) -> bool:
    """Whether a group's cell is the series, the panel, the category or the position of a point."""
    text = plain(cell)
    names = {series.key, drawing.panels[series.panel].key}
    if i < len(series.keys):
        names |= set(series.keys[i].split("\n"))
    for axis, values in ((drawing.x, series.x), (drawing.y, series.y)):
        spot = values[i] if i < len(values) else None
        if spot is None:
            continue
        if axis.type == "category" and 0 <= round(spot) < len(axis.categories):
            names.add(axis.categories[round(spot)].key)
        elif _position(cell) == spot:
            return True
    return text in names


def _position(cell: Cell) -> float | None:
    """Where a cell stands on a time or number axis."""
    return milliseconds(cell) if isinstance(cell, date) else finite(cell)
