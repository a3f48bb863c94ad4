"""Which column of an answer is drawn as what, and how its cells are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from figures import formats
from figures.drawing import Axis, Caption
from figures.text import clean
from figures.words import say
from model.errors import BadRequest
from model.spelling import fold
from model.table import Cell, Column, ColumnType, Role, Table
from model.territory import state_name
from model.view import Measure, View

ADDITIVE = ("count", "sum")
_PERIODS = ("year", "quarter", "month", "week", "day", "hour")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the answer: where it stands, its title, and the group or measure that it came from."""

    index: int
    column: Column
    title: str
    by: str = ""
    measure: Measure | None = None

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def temporal(self) -> bool:
        return self.column.type.temporal

    @property
    def ordered(self) -> bool:
        """Whether its values have an order of their own (time, numbers), not just names."""
        return self.temporal or self.column.type.numeric

    @property
    def additive(self) -> bool:
        """Whether adding its values up means something."""
        return self.measure is not None and self.measure.function in ADDITIVE and self.measure.ratio != "rate"


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer, its question and its words together."""

    view: View
    table: Table
    caption: Caption
    groups: tuple[Field, ...]
    measures: tuple[Field, ...]

    @property
    def lang(self) -> str:
        return self.caption.lang

    def find(self, name: str) -> Field | None:
        """The field of the output column `name`, or None."""
        return next((f for f in (*self.groups, *self.measures) if f.name == name), None) if name else None

    def x(self) -> Field:
        """The first axis: as asked, or the first group that is not colour or facet. BadRequest if there is none."""
        taken = {self.view.color, self.view.facet, self.view.y}
        found = self.find(self.view.x) or next((g for g in self.groups if g.name not in taken), None)
        if found is None:
            raise BadRequest("Esta gráfica necesita una columna por la cual agrupar: elija una en «Agrupar por».")
        return found

    def figures(self) -> tuple[Field, ...]:
        """The measures to draw: the one asked as `y`, or all. BadRequest if there is none."""
        asked = self.find(self.view.y)
        found = (
            (asked,)
            if asked and not (asked in self.groups and self.measures)
            else tuple(m for m in self.measures if m.name != self.view.x)
        )
        if not found:
            raise BadRequest("Esta gráfica necesita una cifra: elija una en «Medida».")
        return found

    def facet(self) -> Field | None:
        """The column of the small multiples."""
        return self.find(self.view.facet)

    def color(self) -> Field | None:
        """The column that tells series apart: as asked, or a second group."""
        asked = self.find(self.view.color)
        if asked:
            return asked
        taken = {self.x().name, self.view.facet}
        return next((g for g in self.groups if g.name not in taken), None) if self.view.grouped else None

    def axis(self, fields: tuple[Field, ...], domain: tuple[float, float]) -> Axis:
        """The axis of these figures; of several it is titled by what they have in common."""
        axis = measure_axis(fields, domain)
        return axis if axis.title else replace(axis, title=clean(self.caption.figure))

    def label(self, field: Field, cell: Cell) -> str:
        """A cell in words, on one line."""
        return cell_label(field, cell, self.caption)

    def stressed(self, keys: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `keys` that the view highlights, by key or by label."""
        wanted = {fold(w) for w in self.view.highlight}
        return tuple(
            k for k, text in zip(keys, labels, strict=True) if k in self.view.highlight or fold(text) in wanted
        )

    def notes(self, *more: str) -> tuple[str, ...]:
        """The notes of the caption, of a cut answer, and the chart's own."""
        cut = (say("truncated", self.lang, n=formats.number(len(self.table.rows))),) if self.table.truncated else ()
        return tuple(dict.fromkeys(clean(n) for n in (*self.caption.notes, *more, *cut) if n))


def read(view: View, table: Table, caption: Caption) -> Reading:
    """The fields of an answer: groups then measures, as `query` lays the columns out; plain rows by their roles."""
    fields = []
    for i, column in enumerate(table.columns):
        title = clean(caption.labels.get(column.name) or column.title)
        by, measure = "", None
        if i < len(view.groups):
            by = view.groups[i].by or period_of([row[i] for row in table.rows])
        elif i - len(view.groups) < len(view.measures):
            measure = view.measures[i - len(view.groups)]
        elif view.grouped and (view.measures or i > len(view.groups)):
            continue  # the denominators of a rate, which stand after the measures
        elif view.grouped:
            measure = Measure("count")
        fields.append(Field(i, column, title, by, measure))
    if view.grouped:
        cut = len(view.groups)
        return Reading(view, table, caption, tuple(fields[:cut]), tuple(fields[cut:]))
    named = {view.x, view.color, view.facet}
    places = (Role.LATITUDE, Role.LONGITUDE, Role.IDENTIFIER, Role.TIME, Role.CATEGORY, Role.STATE, Role.MUNICIPALITY)
    numbers = tuple(
        f
        for f in fields
        if f.column.type.numeric and (f.name == view.y or (f.column.role not in places and f.name not in named))
    )
    return Reading(view, table, caption, tuple(f for f in fields if f not in numbers), numbers)


def period_of(cells: Sequence[Cell]) -> str:
    """`month` or `year` where several days all begin one, so that they stand for it; "" for other cells."""
    days = {c for c in cells if c is not None}
    if len(days) < 2 or not all(isinstance(d, date) and not isinstance(d, datetime) and d.day == 1 for d in days):
        return ""
    return "year" if all(isinstance(d, date) and d.month == 1 for d in days) else "month"


def cell_key(cell: Cell) -> str:
    """A cell as canonical text: "" for null, `\"\"` for the empty text."""
    if cell is None or cell == "":
        return "" if cell is None else '""'
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    amount = formats.finite(cell)
    if amount is None:
        return str(cell) if isinstance(cell, str) else ""
    return str(int(amount)) if amount == int(amount) else repr(amount)


def cell_label(field: Field, cell: Cell, caption: Caption) -> str:
    """A cell in words: the caption's word for it, a period, a number, or the text as it is."""
    lang = caption.lang
    key = cell_key(cell)
    known = caption.values.get(field.name, {}).get(key)
    if known:
        return clean(known)
    if field.name == "_entidad" and (state := state_name(key)):
        return state
    if key in ("", '""'):
        return say("null" if key == "" else "empty", lang)
    if isinstance(cell, bool):
        return say(key, lang)
    if isinstance(cell, (date, datetime)):
        return formats.period(cell, field.by, lang)
    amount = formats.finite(cell)
    if amount is None:
        return clean(str(cell)) or say("empty", lang)
    return key if plain_number(field) else formats.number(amount, lang)


def plain_number(field: Field) -> bool:
    """Whether the numbers of this column are names (years, codes), written without separators."""
    return field.column.role in (Role.TIME, Role.IDENTIFIER, Role.STATE, Role.MUNICIPALITY) or field.by in _PERIODS


def position(cell: Cell) -> float | None:
    """Where a cell stands on a linear or time axis; None for null and what is no number or date."""
    if isinstance(cell, (date, datetime)):
        return formats.milliseconds(cell)
    return formats.finite(cell)


def measure_axis(fields: tuple[Field, ...], domain: tuple[float, float]) -> Axis:
    """The axis of figures: its title, unit and way of writing."""
    first = fields[0]
    share = first.measure is not None and first.measure.ratio == "share"
    title = first.title if len(fields) == 1 else ""
    unit = first.column.unit if len({f.column.unit for f in fields}) == 1 else ""
    return Axis(title, "linear", domain, (), "percent" if share else "number", unit)


def plain_axis(field: Field, domain: tuple[float, float]) -> Axis:
    """The axis of a column with an order of its own: time, years, or numbers."""
    if field.temporal:
        fine = "hour" if field.column.type is ColumnType.TIMESTAMP else "day"
        return Axis(field.title, "time", domain, (), field.by or fine)
    years = plain_number(field)
    return Axis(field.title, "linear", domain, (), "year" if years else "number", field.column.unit)
