"""An answer as people read it in a table: numbers and dates written out, place keys named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from figures.formats import day, number
from model.table import Cell, Column, Role
from portal.answer import Answer
from portal.cells import plain
from portal.territory import names_for

NAMED = (Role.IDENTIFIER, Role.TIME, Role.STATE, Role.MUNICIPALITY)  # their numbers are names: years, keys


def written_rows(answer: Answer, territories: Path | None) -> list[list[str]]:
    """Each row as text in the view's language; null is "" (the page shows a dash)."""
    lang = answer.question.view.lang
    names = names_for(answer.question, territories)
    columns = answer.table.columns
    return [
        [_written(cell, column, names.get(column.name, {}), lang) for cell, column in zip(row, columns, strict=True)]
        for row in answer.table.rows
    ]


def describe_table(answer: Answer) -> str:
    """One or two sentences: what the table holds and how much of it is here."""
    lang = answer.question.view.lang
    shown, total = len(answer.table.rows), answer.table.total
    words = answer.question.words
    if lang == "en":
        return f"{words.title}. Table of {number(total, lang)} rows and {len(answer.table.columns)} columns."
    rows = "un renglón" if total == 1 else f"{number(total, lang)} renglones"
    part = f"; se muestran {number(shown, lang)}" if shown < total else ""
    return f"{words.title}. Tabla de {rows} y {len(answer.table.columns)} columnas{part}."


def _written(cell: Cell, column: Column, names: Mapping[str, str], lang: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return {"es": ("No", "Sí"), "en": ("No", "Yes")}[lang][cell]
    if isinstance(cell, str):
        return names.get(cell, cell)
    if isinstance(cell, date):
        return day(cell, lang)
    if column.role in NAMED:
        return plain(cell)
    return number(cell, lang)
