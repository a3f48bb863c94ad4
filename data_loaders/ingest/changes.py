"""Counts the cells that were nulled or reinterpreted, with lines to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data_loaders.ingest.columns import Plan
from data_loaders.ingest.database import row_each
from data_loaders.ingest.relation import Relation
from model.version import CellChange, SetAside

EXAMPLES = 5
COLUMNS_AT_ONCE = 100
MOST_WORDS = 50
LONGEST_EXAMPLE = 80


@dataclass(frozen=True, slots=True)
class _Found:
    """Cells of one column that changed for one reason. `where` is SQL; `word` is bound where it needs one."""

    plan: Plan
    kind: str
    reason: str
    cells: int
    where: str
    word: str | None = None


def count_changes(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, plans: Sequence[Plan]
) -> tuple[CellChange, ...]:
    """What became of the cells that are not stored as written, by column and reason."""
    able = [plan for plan in plans if plan.masked or _says(plan)]
    counts = list(zip(able, _counts(con, relation, kept, able), strict=True))
    found = _nulled(con, relation, kept, [plan for plan, (nulled, _) in counts if nulled])
    for plan, (_, changed) in counts:
        if changed and plan.reading:
            where = f"{kept} AND {_changed(plan)}"
            found.append(_Found(plan, "reinterpreted", plan.reading.says, changed, where))
    found.sort(key=lambda one: (one.plan.position, one.kind))
    examples = _examples(con, relation, found)
    return tuple(
        CellChange(one.plan.name, one.kind, one.reason, one.cells, shown)
        for one, shown in zip(found, examples, strict=True)
    )


def _counts(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, plans: Sequence[Plan]
) -> list[tuple[int, int]]:
    """(cells nulled, cells reinterpreted) of each column."""
    out: list[tuple[int, int]] = []
    for start in range(0, len(plans), COLUMNS_AT_ONCE):
        parts = []
        for plan in plans[start : start + COLUMNS_AT_ONCE]:
            parts.append(f"count(*) FILTER (WHERE {plan.masked})" if plan.masked else "0")
            parts.append(f"count(*) FILTER (WHERE {_changed(plan)})" if _says(plan) else "0")
        row = con.execute(f"SELECT {', '.join(parts)} FROM {relation.view} WHERE {kept}").fetchone() or ()
        out += list(zip(row[::2], row[1::2], strict=True))
    return out


def _says(plan: Plan) -> bool:
    """Whether the reading gives cells a meaning that their text does not show."""
    return plan.reading is not None and plan.reading.says != ""


def _changed(plan: Plan) -> str:
    """SQL: the cell means what another text would say; numbers that are written plainly do not count."""
    read = f"({plan.expression}) IS NOT NULL"
    plain = f"regexp_full_match(txt({plan.cell}), '-?(0|[1-9][0-9]*)?(\\.[0-9]+)?')"
    return f"{read} AND NOT {plain}" if plan.type.numeric else read


def _nulled(con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, plans: Sequence[Plan]) -> list[_Found]:
    questions = [
        f"list(word), list(n) FROM (SELECT txt({p.cell}::VARCHAR) AS word, count(*) AS n FROM {relation.view} "
        f"WHERE {kept} AND ({p.masked}) GROUP BY word ORDER BY n DESC, word LIMIT {MOST_WORDS})"
        for p in plans
    ]
    out: list[_Found] = []
    for plan, (words, times) in zip(plans, row_each(con, questions), strict=True):
        for word, n in zip(words, times, strict=True):
            where = f"{kept} AND ({plan.masked}) AND txt({plan.cell}::VARCHAR) = "
            out.append(_Found(plan, "null", f"«{word[:LONGEST_EXAMPLE]}» significa sin dato", int(n), where, word))
    return out


def _examples(
    con: duckdb.DuckDBPyConnection, relation: Relation, found: Sequence[_Found]
) -> list[tuple[tuple[int, str], ...]]:
    """The first cells of each, with their lines. Rows come in source order: nothing past the last shown is read."""
    words = [one.word or "" for one in found]
    questions = [
        f"list(_row), list(cell) FROM (SELECT _row, {one.plan.cell}::VARCHAR AS cell FROM {relation.numbered} "
        f"WHERE {one.where}{'' if one.word is None else f'$v{i} '} LIMIT {EXAMPLES})"
        for i, one in enumerate(found)
    ]
    rows = row_each(con, questions, words)
    wanted = sorted({int(row) for numbers, _ in rows for row in numbers or ()})
    lines = dict(zip(wanted, source_lines(con, relation, wanted), strict=True))
    return [
        tuple((lines[row], cell[:LONGEST_EXAMPLE]) for row, cell in zip(numbers or (), cells or (), strict=True))
        for numbers, cells in rows
    ]


def source_lines(con: duckdb.DuckDBPyConnection, relation: Relation, rows: Sequence[int]) -> list[int]:
    """The 1-based source lines of rows counted from 0: line breaks inside cells and lines set aside included."""
    breaks = _breaks_before(con, relation, rows)
    return [
        after_set_aside(
            relation.raw.first_line + row + breaks.get(row, 0), relation.raw.set_aside, relation.raw.first_line
        )
        for row in rows
    ]


def after_set_aside(line: int, set_aside: Sequence[SetAside], first_line: int) -> int:
    """`line` moved down past the lines that were taken out between the first data row and it."""
    for removed in sorted(s.line for s in set_aside if s.line >= first_line):
        if removed <= line:
            line += 1
    return line


def _breaks_before(con: duckdb.DuckDBPyConnection, relation: Relation, rows: Sequence[int]) -> dict[int, int]:
    if not rows or not relation.breaks:
        return {}
    cells = " + ".join(f"coalesce(length(c{i}) - length(replace(c{i}, chr(10), '')), 0)" for i in relation.texts)
    found = con.execute(
        f"SELECT _row, n FROM (SELECT _row, {cells} AS n FROM {relation.numbered} LIMIT {max(rows)}) WHERE n > 0"
    ).fetchall()
    return {row: sum(int(n) for at, n in found if at < row) for row in rows}
