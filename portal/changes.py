"""What changed between two versions in the figures that a View shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from figures.drawing import Caption
from figures.formats import finite, number, percent
from figures.reading import Field, Reading, cell_key, cell_label, plain_number, read
from model.table import Cell
from model.view import View
from portal.answer import Question
from portal.asking import answer
from portal.caption import caption
from portal.portal import Portal, charts
from query.words import Words

MOST_ROWS = 20_000  # of one version; what is beyond is only counted
SIGNIFICANT = 12  # digits by which figures compare
NAMED_CELLS = 4  # of a row without a key, to tell it by
MISSING = "sin dato"
ABSENT_BEFORE, ABSENT_NOW = "no estaba", "ya no está"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is another one: `what` it is in words, and its `old` and `new` values as people read them."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A view in words, and its changes in the order of the new version. `cut`: not all of its rows were compared."""

    words: Words
    changes: tuple[Change, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of one version: by key, what the row is called and its cells by the name of their column.

    `key` names the columns that tell rows apart; () where none do, and rows are told by all that they hold.
    """

    words: Words
    caption: Caption
    fields: tuple[Field, ...]
    rows: Mapping[Key, tuple[str, Mapping[str, Cell]]]
    key: tuple[str, ...]
    grouped: bool
    total: int
    cut: bool

    @property
    def keyed(self) -> bool:
        return self.grouped or bool(self.key)


def compare(portal: Portal, view: View, old: str, new: str) -> Comparison:
    """What a view shows in version `new` and did not in `old`; figures compare at 12 significant digits.

    Raises the errors of `portal.asking.ask`: Withdrawn, UnknownName where a version lacks a column, TooSlow.
    """
    after = _figures(portal, view, new)
    before = _figures(portal, view, old, after.key)
    if after.key and not before.key:
        after = _figures(portal, view, new, ())
    found = [*_columns(before, after), *_cells(before, after)]
    if before.cut or after.cut:
        found += _totals(before, after)
    return Comparison(after.words, tuple(found), before.cut or after.cut)


def too_long(portal: Portal, view: View) -> bool:
    """Whether a view has more rows than are compared."""
    return answer(portal, _asked(portal, view, view.version), rows=MOST_ROWS).table.truncated


def same(old: Cell, new: Cell) -> bool:
    """Whether two cells are the same figure: numbers at 12 significant digits, all else to the letter."""
    return _comparable(old) == _comparable(new)


def _comparable(cell: Cell) -> str:
    amount = finite(cell)
    return f"{amount:.{SIGNIFICANT}g}" if amount is not None else cell_key(cell)


def _asked(portal: Portal, view: View, version: str) -> Question:
    """The question whose whole answer a view draws: neither its page nor its order matter."""
    question = portal.question(replace(view, version=version, sort=(), page=1, size=0))
    chart = charts().get(question.view.chart)
    asked = chart.question(question.view) if chart else question.view
    if not asked.grouped and asked.columns:
        missing = tuple(name for name in question.profile.key if name not in asked.columns)
        asked = replace(asked, columns=(*asked.columns, *missing))
    return replace(question, view=replace(asked, sort=(), page=1, size=0))


def _figures(portal: Portal, view: View, version: str, key: tuple[str, ...] | None = None) -> _Figures:
    """The figures of a version; plain rows by the columns of `key`, where those tell them apart (None: its own)."""
    question = _asked(portal, view, version)
    table = answer(portal, question, rows=MOST_ROWS).table
    reading = read(question.view, table, caption(question, portal.settings, None))
    every = tuple(sorted((*reading.groups, *reading.measures), key=lambda f: f.index))
    grouped = question.view.grouped
    wanted = question.profile.key if key is None else key
    named = reading.groups if grouped else tuple(f for f in every if f.name in wanted)
    rest = tuple(f for f in every if f not in named)
    rows = _by_key(reading, table.rows, named, rest)
    told = grouped or (len(named) == len(wanted) > 0 and len(rows) == len(table.rows))
    if not told:
        rest, rows = every, _by_content(reading, table.rows, every)
    kept = tuple(f.name for f in named) if told and not grouped else ()
    return _Figures(question.words, reading.caption, rest, rows, kept, grouped, table.total, table.truncated)


def _by_key(
    reading: Reading, rows: Iterable[Sequence[Cell]], named: Sequence[Field], fields: Sequence[Field]
) -> dict[Key, tuple[str, Mapping[str, Cell]]]:
    found: dict[Key, tuple[str, Mapping[str, Cell]]] = {}
    for row in rows:
        label = " · ".join(reading.label(f, row[f.index]) for f in named)
        found[tuple(_comparable(row[f.index]) for f in named)] = (label, {f.name: row[f.index] for f in fields})
    return found


def _by_content(
    reading: Reading, rows: Iterable[Sequence[Cell]], fields: Sequence[Field]
) -> dict[Key, tuple[str, Mapping[str, Cell]]]:
    """Rows without a key are told apart by all they hold, and by their number among the same ones."""
    seen: Counter[Key] = Counter()
    found: dict[Key, tuple[str, Mapping[str, Cell]]] = {}
    for row in rows:
        content = tuple(_comparable(row[f.index]) for f in fields)
        seen[content] += 1
        label = " · ".join(reading.label(f, row[f.index]) for f in fields[:NAMED_CELLS])
        found[(*content, str(seen[content]))] = (label, {})
    return found


def _columns(before: _Figures, after: _Figures) -> Iterable[Change]:
    """Columns that only one of the versions has; without a key the rows themselves tell."""
    if not before.keyed:
        return
    old, new = {f.name: f for f in before.fields}, {f.name: f for f in after.fields}
    for name in (*(n for n in new if n not in old), *(n for n in old if n not in new)):
        title = (new.get(name) or old[name]).title
        yield Change(f"Columna «{title}»", ABSENT_BEFORE if name in new else "", "" if name in new else ABSENT_NOW)


def _cells(before: _Figures, after: _Figures) -> Iterable[Change]:
    known = {f.name for f in before.fields}
    compared = [f for f in after.fields if f.name in known]
    several = len(after.fields) > 1
    for key, (label, cells) in after.rows.items():
        if key not in before.rows:
            yield from _alone(label, cells, after, gone=False)
            continue
        if not after.keyed:
            continue
        earlier = before.rows[key][1]
        for field in compared:
            if not same(earlier[field.name], cells[field.name]):
                old, new = _pair(after.caption, field, earlier[field.name], cells[field.name])
                yield Change(_what(label, field, named=several), old, new)
    for key, (label, cells) in before.rows.items():
        if key not in after.rows:
            yield from _alone(label, cells, before, gone=True)


def _alone(label: str, cells: Mapping[str, Cell], of: _Figures, *, gone: bool) -> Iterable[Change]:
    """A row that only one version has: each of its figures, or the row itself where it has no key."""
    if not of.keyed:
        yield Change(f"Renglón: {label}", "" if gone else ABSENT_BEFORE, ABSENT_NOW if gone else "")
        return
    for field in of.fields:
        written = _written(of.caption, field, cells[field.name])
        what = _what(label, field, named=len(of.fields) > 1)
        yield Change(what, written if gone else ABSENT_BEFORE, ABSENT_NOW if gone else written)


def _totals(before: _Figures, after: _Figures) -> Iterable[Change]:
    if before.total != after.total:
        yield Change("Renglones en total", number(before.total), number(after.total))


def _what(label: str, field: Field, *, named: bool) -> str:
    return " · ".join(part for part in (label, field.title if named or not label else "") if part)


def _pair(caption_: Caption, field: Field, old: Cell, new: Cell) -> tuple[str, str]:
    """Both values in words, with as many digits as tell them apart."""
    first, second = _written(caption_, field, old), _written(caption_, field, new)
    for digits in range(3, SIGNIFICANT + 1):
        if first != second:
            break
        first, second = _written(caption_, field, old, digits), _written(caption_, field, new, digits)
    return first, second


def _written(caption_: Caption, field: Field, cell: Cell, digits: int | None = None) -> str:
    """A figure as people in Mexico read it, with its unit."""
    if cell is None:
        return MISSING
    if not isinstance(cell, (int, float, Decimal)) or isinstance(cell, bool) or plain_number(field):
        return cell_label(field, cell, caption_)
    if field.measure is not None and field.measure.ratio == "share":
        return percent(cell, digits=digits or 1)
    text = number(cell, digits=digits)
    return f"{text} {field.column.unit}" if field.column.unit else text
