"""How a cell is written where a program reads it."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal

from model.table import Cell


def plain(cell: Cell) -> str:
    """The cell as text: ISO dates, plain numbers, `true`/`false`, nothing for null."""
    value = jsonable(cell)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def jsonable(cell: Cell) -> bool | int | float | str | None:
    """The cell as RFC 8259 JSON can hold it: no NaN, no infinity; integers exact."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep="T", timespec="seconds" if not cell.microsecond else "microseconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return cell
