"""A sheet (or a list of lists) made a table: header found, blank rows, titles and notes set aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from data_loaders.limits import LIMITS
from data_loaders.raw import RawTable
from data_loaders.text.aside import BLANK, NOTE, REPEATED, TITLE, Aside
from data_loaders.text.header import Layout, filled, find_layout, is_note
from data_loaders.text.text_parquet import TextParquet
from model.errors import LoadError

SAMPLE_ROWS = 400

Cells = list[str]


def write_grid(rows: list[Cells], name: str, target: Path, header_row: int | None = None) -> RawTable | None:
    """The table of `rows` (equally long; "" is an empty cell) as text Parquet at `target`; None where all is blank.

    Row 1 is line 1; `header_row` is told from there.
    """
    used = _used_columns(rows)
    if not used:
        return None
    if len(used) > LIMITS.columns:
        raise LoadError(f"La tabla tiene {len(used):,} columnas; el límite es {LIMITS.columns:,}.")
    if len(used) < len(rows[0]):
        rows = [[row[i] for i in used] for row in rows]
    told = None if header_row is None else header_row - 1
    layout = find_layout(rows[:SAMPLE_ROWS], len(used), told)
    aside = Aside()
    end = _end_of_data(rows, layout, aside)
    with TextParquet(target, layout.names) as out:
        _write(rows, end, layout, aside, out)
    return RawTable(
        name=name,
        path=target,
        names=layout.names,
        first_line=layout.first + 1,
        rows_read=out.rows + aside.rows,
        set_aside=aside.listed,
        notes=_notes(layout),
        set_aside_more=aside.more,
    )


def _used_columns(rows: Sequence[Cells]) -> list[int]:
    width = len(rows[0]) if rows else 0
    waiting = set(range(width))
    for row in rows:
        waiting -= {i for i in waiting if row[i].strip()}
        if not waiting:
            break
    return [i for i in range(width) if i not in waiting]


def _end_of_data(rows: Sequence[Cells], layout: Layout, aside: Aside) -> int:
    """The position after the last data row; the notes and blank rows below it are set aside."""
    width = len(layout.names)
    end = len(rows)
    while end > layout.first and (filled(rows[end - 1]) == 0 or _lone(rows[end - 1], width)):
        end -= 1
    gap = False
    for at in range(end, len(rows)):
        text = " ".join(c for c in rows[at] if c.strip())
        if text and not gap and not is_note(text):
            end = at + 1
            continue
        gap = True
        aside.add(at + 1, NOTE if text else BLANK, text)
    return end


def _lone(row: Cells, width: int) -> bool:
    if filled(row) != 1 or width < 2:
        return False
    return width > 2 or is_note(next(c for c in row if c.strip()))


def _write(rows: Sequence[Cells], end: int, layout: Layout, aside: Aside, out: TextParquet) -> None:
    header = rows[layout.header[-1]] if layout.header else None
    for at in range(end):
        row = rows[at]
        if at < layout.first:
            if at not in layout.header:
                text = " ".join(c for c in row if c.strip())
                aside.add(at + 1, TITLE if text else BLANK, text)
        elif not filled(row):
            aside.add(at + 1, BLANK)
        elif row == header:
            aside.add(at + 1, REPEATED, " ".join(row))
        else:
            out.add([cell or None for cell in row])


def _notes(layout: Layout) -> tuple[str, ...]:
    if not layout.header:
        return ("La tabla no trae encabezado: las columnas se nombraron columna_1, columna_2…",)
    first, last = layout.header[0] + 1, layout.header[-1] + 1
    if last > first:
        return (f"El encabezado ocupa los renglones {first} a {last}; sus nombres se unieron.",)
    return (f"El encabezado está en el renglón {first}.",) if first > 1 else ()
