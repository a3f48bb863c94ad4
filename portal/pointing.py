"""What a visitor points at: from an address, and perhaps a row, a place or a drawn point of it, to an Anchor.

A row is told by the values of its key (a grouped view's groups, or the table's proven row key), else by a hash of its
content. Nothing that a form says of a row is believed: it is read again from the pinned version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from model.errors import BadRequest, PortalError
from model.table import Cell, Column, Role
from model.territory import state_name
from model.thread import Anchor
from portal.answer import Answer, Question
from portal.asking import PAGE_ROWS, answer
from portal.cells import plain
from portal.place import Place, place_at
from portal.points import place_row, point_row
from portal.portal import Portal
from portal.tables import written_rows
from portal.territory import full_names
from query.address import address, parse

LONGEST_LABEL = 300
LONGEST_PATH = 500
LONGEST_VALUE = 500
LONGEST_ROW = 4_000
MOST_COLUMNS = 100
LONGEST_WRITTEN = 120  # characters of a value in a chip


@dataclass(frozen=True, slots=True)
class Pointer:
    """What was pointed at, as it was sent: `about` a site-relative address; the rest says more, "" for nothing.

    `row` is the 0-based position in the page of rows of the view at `rows` ("": the same view), `column` a name,
    `place` the key of a place of a map, `point` the words of a drawn point.
    """

    about: str
    rows: str = ""
    row: str = ""
    column: str = ""
    place: str = ""
    point: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer: its cells, as they are, as the table shows them, and as a chip says them (keys of places by
    their names), and its position on its page.
    """

    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    written: tuple[str, ...]
    spoken: tuple[str, ...]
    at: int


def anchor_of(portal: Portal, pointer: Pointer) -> Anchor:
    """The anchor of what was pointed at; the bare page where it names nothing that is there, the view without its row
    where that cannot be found."""
    try:
        parts = urlsplit(pointer.about)
    except ValueError:
        return Anchor(page="/")
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else "/"
    path = path[:LONGEST_PATH]
    try:
        if place := place_at("/explora/<dataset>/<resource>", path, parts.query):
            return _view_anchor(portal, place, pointer)
        if place := place_at("/datos/<dataset>", path, parts.query):
            dataset = portal.dataset(place.parts["dataset"])
            return Anchor(page=path, dataset=dataset.slug, label=dataset.title[:LONGEST_LABEL])
    except PortalError:
        return Anchor(page=path)
    return Anchor(page=path)


def key_columns(question: Question, columns: Sequence[Column]) -> tuple[str, ...]:
    """The names of the output columns that tell a row of the question apart; () where only its whole content does."""
    names = tuple(c.name for c in columns)
    if question.view.grouped:
        return names[: len(question.view.groups)]
    key = question.profile.key
    return key if key and set(key) <= set(names) else ()


def content_hash(cells: Sequence[Cell]) -> str:
    """24 hex digits that stand for the content of a row."""
    return hashlib.sha256(json.dumps([plain(c) for c in cells]).encode(errors="surrogatepass")).hexdigest()[:24]


def _view_anchor(portal: Portal, place: Place, pointer: Pointer) -> Anchor:
    question = portal.question(parse(place.parts["dataset"], place.parts["resource"], place.query))
    words = question.words
    bare = Anchor(
        page=place.path,
        dataset=question.view.dataset,
        resource=question.view.resource,
        version=question.view.version,
        view=address(replace(question.view, version="")),
        label=" · ".join((words.title, *words.filters))[:LONGEST_LABEL],
    )
    try:
        row, asked = _pointed(portal, question, pointer)
    except PortalError:
        row, asked = None, question
    if row is not None:
        return _row_anchor(asked, row, bare, pointer.column)
    column = question.profile.column(pointer.column)
    if column is None:
        return bare
    return replace(bare, column=column.name, label=f"«{column.title[:LONGEST_WRITTEN]}» · {bare.label}"[:LONGEST_LABEL])


def columns_of(portal: Portal, pointer: Pointer) -> tuple[tuple[str, str], ...]:
    """What a visitor may narrow their words to: (column, what is read of it); () where nothing has columns."""
    try:
        parts = urlsplit(pointer.about)
        place = place_at("/explora/<dataset>/<resource>", parts.path, parts.query)
        if place is None:
            return ()
        question = portal.question(parse(place.parts["dataset"], place.parts["resource"], place.query))
        row, _ = _pointed(portal, question, pointer)
    except (PortalError, ValueError):
        return ()
    if row is None:
        return tuple((p.column.name, p.column.title) for p in question.profile.columns[:MOST_COLUMNS])
    pairs = zip(row.columns, row.written, strict=True)
    return tuple((c.name, f"{c.title}: {text[:LONGEST_WRITTEN] or 'sin dato'}") for c, text in pairs)[:MOST_COLUMNS]


def _pointed(portal: Portal, question: Question, pointer: Pointer) -> tuple[Row | None, Question]:
    """The row that is pointed at and the question that it answers."""
    if pointer.row:
        asked = _rows_question(portal, question, pointer.rows)
        return _at(portal, asked, pointer.row), asked
    if pointer.place or pointer.point:
        found = answer(portal, question)
        cells = found.table.rows
        at = place_row(found, pointer.place) if pointer.place else point_row(found, pointer.point)
        table = replace(found.table, rows=() if at is None else (cells[at],))
        return _row(portal, replace(found, table=table), 0, at or 0), question
    return None, question


def _rows_question(portal: Portal, question: Question, rows: str) -> Question:
    """The question of the table that stands beside a drawing, of the same version; the question itself without one."""
    view = question.view
    if rows:
        parts = urlsplit(rows)
        place = place_at("/explora/<dataset>/<resource>", parts.path, parts.query)
        if place is None or (place.parts["dataset"], place.parts["resource"]) != (view.dataset, view.resource):
            raise BadRequest("El renglón no es de esta vista.")
        view = replace(parse(view.dataset, view.resource, place.query), version=view.version)
    else:
        view = replace(view, chart="table")
    return portal.question(view if view.grouped else replace(view, columns=()))


def _at(portal: Portal, question: Question, position: str) -> Row | None:
    if not position.isascii() or not position.isdigit() or int(position) >= (question.view.size or PAGE_ROWS):
        return None
    return _row(portal, answer(portal, question, draw=False), int(position), int(position))


def _row(portal: Portal, found: Answer, index: int, at: int) -> Row | None:
    if index >= len(found.table.rows):
        return None
    one = replace(found, table=replace(found.table, rows=(found.table.rows[index],)))
    (written,) = written_rows(one, portal.settings.territories)
    columns = found.table.columns
    spoken = tuple(_spoken(portal, c, text) for c, text in zip(columns, written, strict=True))
    return Row(columns, one.table.rows[0], tuple(written), spoken, at)


def _spoken(portal: Portal, column: Column, text: str) -> str:
    """A place's key by its name, anything else as it is written."""
    if column.role is Role.STATE and text.isdigit():
        return state_name(text) or text
    if column.role is Role.MUNICIPALITY and text.isdigit():
        return full_names(portal.settings.territories).get("_municipio", {}).get(text, text)
    return text


def _row_anchor(question: Question, row: Row, bare: Anchor, column: str) -> Anchor:
    names = [c.name for c in row.columns]
    key = key_columns(question, row.columns)
    chosen = column if column in names else _figure(question, row, key)
    value = plain(row.cells[names.index(chosen)])[:LONGEST_VALUE] if chosen else ""
    shown = [row.spoken[names.index(n)] for n in (key or names[:2]) if n != chosen]
    if chosen:
        shown.append(row.written[names.index(chosen)] or "sin dato")
    label = " · ".join(text[:LONGEST_WRITTEN] for text in shown if text) or bare.label
    told = _told(row, key, whole=not chosen)
    return replace(bare, row=told, column=chosen, value=value, label=" ".join(label.split())[:LONGEST_LABEL])


def _told(row: Row, key: Sequence[str], whole: bool) -> str:
    """What tells the row again, as JSON: `key` by name with `read`, its words; else `hash`. `at` is its position.

    `cells`, by name, where the row is meant as a whole or has no key, unless they are too long.
    """
    cells = {c.name: _exact(cell) for c, cell in zip(row.columns, row.cells, strict=True)}
    found: dict[str, object] = {"at": row.at}
    if key:
        written = {c.name: text for c, text in zip(row.columns, row.written, strict=True)}
        found |= {"key": {name: cells[name] for name in key}, "read": [written[name] for name in key]}
    else:
        found["hash"] = content_hash(row.cells)
    if whole or not key:
        full = _json({**found, "cells": cells})
        if len(full) <= LONGEST_ROW:
            return full
    told = _json(found)
    return told if len(told) <= LONGEST_ROW else _json({"hash": content_hash(row.cells), "at": row.at})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _exact(cell: Cell) -> str | None:
    return None if cell is None else plain(cell)


def _figure(question: Question, row: Row, key: Sequence[str]) -> str:
    """The column that a row is about when none was pointed at: its only figure, "" where it has several."""
    if question.view.grouped:
        measured = [c.name for c in row.columns[len(question.view.groups) :]]
    else:
        measured = [c.name for c in row.columns if c.type.numeric and c.role is Role.MEASURE and c.name not in key]
    return measured[0] if len(measured) == 1 or (measured and question.view.grouped) else ""
