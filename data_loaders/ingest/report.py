"""The account of one table: rows read, kept and set aside, and cells that changed."""

from __future__ import annotations

import duckdb

from data_loaders.ingest.changes import count_changes, source_lines
from data_loaders.ingest.readings import READINGS
from data_loaders.ingest.stage import Staged
from data_loaders.limits import LIMITS
from data_loaders.text.aside import TOTAL
from model.version import SetAside, TableReport

SHOWN_CELLS = 6
SHOWN_CHARS = 120
MONTHS = 12


def report_table(con: duckdb.DuckDBPyConnection, staged: Staged, name: str) -> tuple[TableReport, tuple[str, ...]]:
    """The report of a stored table, and Spanish notes about it."""
    raw = staged.relation.raw
    totals = _totals(con, staged)
    count = _count(con, staged)
    aside = count + raw.set_aside_rows
    listed = tuple(sorted((*raw.set_aside, *totals), key=lambda s: s.line))[: LIMITS.listed]
    changes = count_changes(con, staged.relation, staged.kept, staged.plans)
    report = TableReport(name, staged.rows + aside, staged.rows, aside, listed, changes)
    notes = list(raw.notes)
    if raw.rows_read is not None and raw.rows_read != report.rows_read:
        notes.append(f"El archivo anuncia {raw.rows_read:,} filas y se leyeron {report.rows_read:,}.")
    if count:
        columns = ", ".join(f"«{c}»" for c in staged.totals.columns)
        notes.append(
            f"Se apartaron {count:,} filas de totales, reconocidas por {columns}; están en la tabla «totales»."
        )
    notes.extend(d.note for d in staged.derived if d.note)
    notes.extend(_wide_notes(staged))
    notes.extend(_ambiguous_days(con, staged))
    return report, tuple(notes)


def _wide_notes(staged: Staged) -> list[str]:
    if staged.wide is None:
        return []
    notes = ["La tabla «largo» tiene una fila por cada valor de las columnas que son periodos."]
    blank = [p.name for p in staged.wide.columns if p.empty]
    if blank:
        notes.append(f"Sin datos todavía: {', '.join(blank)}.")
    return notes


def _ambiguous_days(con: duckdb.DuckDBPyConnection, staged: Staged) -> list[str]:
    """Columns of dates that would also read with the month first: nothing in them decides."""
    notes = []
    by_name = {reading.name: reading for reading in READINGS}
    for plan in staged.plans:
        other = by_name.get(plan.reading.name.replace("day_month", "month_day")) if plan.reading else None
        if other is None or other is plan.reading:
            continue
        beyond = con.execute(f"SELECT 1 FROM {staged.typed} WHERE day({plan.cell}) > {MONTHS} LIMIT 1").fetchone()
        if beyond is None:
            notes.append(f"En «{plan.name}» ninguna fecha distingue el día del mes: se leyeron como día/mes/año.")
    return notes


def _count(con: duckdb.DuckDBPyConnection, staged: Staged) -> int:
    if not staged.totals.columns:
        return 0
    found = con.execute(f"SELECT count(*) FROM {staged.relation.view} WHERE {staged.totals.where}").fetchone()
    return int(found[0]) if found else 0


def _totals(con: duckdb.DuckDBPyConnection, staged: Staged) -> list[SetAside]:
    if not staged.totals.columns:
        return []
    relation = staged.relation
    shown = ", ".join(f"c{i}::VARCHAR" for i in range(min(SHOWN_CELLS, len(relation.names))))
    rows = con.execute(
        f"SELECT _row, concat_ws(', ', {shown}) FROM {relation.numbered} WHERE {staged.totals.where} "
        f"LIMIT {LIMITS.listed}"
    ).fetchall()
    lines = source_lines(con, relation, [int(row[0]) for row in rows])
    return [SetAside(line, TOTAL, str(row[1])[:SHOWN_CHARS]) for line, row in zip(lines, rows, strict=True)]
