"""Workbooks (XLSX, XLS): every visible sheet a table, read by pandas with calamine."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum

from data_loaders.limits import LIMITS
from data_loaders.raw import RawFile, RawTable
from data_loaders.sheets.grid import write_grid
from model.errors import LoadError
from model.recipe import Recipe

PROTECTED = "El libro está protegido con contraseña; guárdelo sin ella y publíquelo de nuevo."
EXACT_FLOAT = 10**15


def read_workbook(path: Path, recipe: Recipe, workdir: Path, name: str) -> RawFile:
    """The visible sheets of a workbook found safe to open. LoadError where it is protected, damaged or empty."""
    try:
        with pd.ExcelFile(path, engine="calamine") as book:
            visible, notes = _sheets(book)
            tables: list[RawTable] = []
            for at, sheet in enumerate(visible):
                rows = _rows(book, sheet)
                title = sheet if len(visible) > 1 else ""
                table = write_grid(rows, title, workdir / f"hoja{at}.parquet", recipe.header_row)
                if table is None:
                    notes.append(f"La hoja «{sheet}» está vacía.")
                else:
                    tables.append(table)
    except PasswordError:
        raise LoadError(PROTECTED) from None
    except (CalamineError, ValueError, OSError, KeyError) as error:
        raise LoadError("El libro está dañado o no es de Excel; ábralo y guárdelo de nuevo como XLSX.") from error
    if not tables:
        raise LoadError("El libro no tiene ninguna hoja visible con datos.")
    return RawFile(name, tuple(tables), "utf-8", tuple(notes))


def _sheets(book: pd.ExcelFile) -> tuple[list[str], list[str]]:
    found = [s for s in book.book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    if len(found) > LIMITS.sheets:
        raise LoadError(f"El libro tiene {len(found):,} hojas; el límite es {LIMITS.sheets:,}.")
    hidden = [s.name for s in found if s.visible != SheetVisibleEnum.Visible]
    notes = [f"No se publican {len(hidden)} hojas ocultas: {', '.join(hidden)[:200]}."] if hidden else []
    return [s.name for s in found if s.visible == SheetVisibleEnum.Visible], notes


def _rows(book: pd.ExcelFile, sheet: str) -> list[list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pd.read_excel(book, sheet_name=sheet, header=None, dtype=object, na_filter=False)
    if frame.size > LIMITS.sheet_cells:
        raise LoadError(f"La hoja «{sheet}» tiene {frame.size:,} celdas; el límite es {LIMITS.sheet_cells:,}.")
    columns = [[_text(value) for value in frame[i]] for i in frame.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates in ISO form, times of day, true and false."""
    if isinstance(value, str):
        return value
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < EXACT_FLOAT else _large(value)
    if isinstance(value, float):
        return (
            ""
            if value != value
            else str(int(value))
            if value.is_integer() and abs(value) < EXACT_FLOAT
            else repr(value)
        )
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _large(value: int) -> str:
    return str(value) if abs(value) < 10**17 else repr(float(value))
