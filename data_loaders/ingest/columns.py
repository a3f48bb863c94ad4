"""Decides how each column is read, from all its cells, and says what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from data_loaders.ingest import masks
from data_loaders.ingest.readings import READINGS, Reading, readings_of
from data_loaders.ingest.relation import Relation
from model.recipe import Recipe
from model.spelling import fold
from model.table import ColumnType

HEAD_CELLS = 400_000
HEAD_ROWS = 5_000
ALMOST = 0.5
COLUMNS_AT_ONCE = 100
TYPED = {
    "BOOLEAN": ColumnType.BOOLEAN, "DATE": ColumnType.DATE, "TIMESTAMP": ColumnType.TIMESTAMP,
    "FLOAT": ColumnType.NUMBER, "DOUBLE": ColumnType.NUMBER, "DECIMAL(38,0)": ColumnType.INTEGER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """How one column is brought in. `expression` is SQL over the relation's view; `masked` tells the cells nulled.

    `empty` says that nothing is written in the whole column.
    """

    position: int
    name: str
    type: ColumnType
    physical: str
    expression: str
    reading: Reading | None = None
    masked: str = ""
    empty: bool = False

    @property
    def cell(self) -> str:
        return f"c{self.position}"


def decide(con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, recipe: Recipe) -> tuple[Plan, ...]:
    """One plan per column. `kept` is SQL: which rows of the view are data."""
    for position, name in enumerate(relation.names):
        words = masks.declared(recipe, name).words
        con.execute(f"SET VARIABLE {relation.view}_masks_{position} = ?", [list(words)])
    plausible = _plausible(con, relation, kept, recipe)
    readings, empty = _chosen(con, relation, kept, recipe, plausible)
    plans = []
    for position, name in enumerate(relation.names):
        if relation.types[position] == "VARCHAR":
            plan = _text_plan(relation, position, readings.get(position), masks.declared(recipe, name))
            plan = replace(plan, empty=position in empty)
        else:
            plan = _typed_plan(position, name, relation.types[position], masks.declared(recipe, name))
        plans.append(plan)
    return _with_sentinels(con, relation, kept, tuple(plans))


def forced_type(recipe: Recipe, column: str) -> ColumnType | None:
    """The type that a recipe declares for a column."""
    found = next((word for name, word in recipe.types if fold(name) == fold(column)), None)
    return ColumnType(found) if found in list(ColumnType) else None


def _plausible(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, recipe: Recipe
) -> dict[int, tuple[Reading, ...]]:
    """Readings that most of a column's first cells bear; all, where nothing is written there."""
    wanted = [i for i in relation.texts if forced_type(recipe, relation.names[i]) is None]
    out: dict[int, tuple[Reading, ...]] = {
        i: readings_of(kind) for i in relation.texts if (kind := forced_type(recipe, relation.names[i]))
    }
    rows = max(100, min(HEAD_ROWS, HEAD_CELLS // max(1, len(wanted))))
    if not wanted:
        return out
    cells = ", ".join(f"c{i}" for i in wanted)
    con.execute(f"CREATE OR REPLACE TEMP TABLE head AS SELECT {cells} FROM {relation.view} WHERE {kept} LIMIT {rows}")
    tests = ", ".join(f"sum(n) FILTER (WHERE {reading.readable('v')})" for reading in READINGS)
    counted = con.execute(
        f"SELECT name, sum(n), {tests} FROM (SELECT name, v, count(*) AS n FROM (UNPIVOT head ON COLUMNS(*) "
        "INTO NAME name VALUE v) GROUP BY ALL) WHERE txt(v) <> '' AND NOT list_contains(?, lower(txt(v))) GROUP BY name",
        [sorted(masks.KNOWN | {m.lower() for m in recipe.masks})],
    ).fetchall()
    seen = {int(row[0][1:]): row[1:] for row in counted}
    for i in wanted:
        header = fold(relation.names[i])
        filled, *hits = seen.get(i, (0, *[0] * len(READINGS)))
        out[i] = tuple(
            reading
            for reading, hit in zip(READINGS, hits, strict=True)
            if (hit or 0) >= filled * ALMOST and _hinted(reading, header)
        )
    return out


def _hinted(reading: Reading, header: str) -> bool:
    return not reading.hint or any(hint in header for hint in reading.hint.split("|"))


def _chosen(
    con: duckdb.DuckDBPyConnection,
    relation: Relation,
    kept: str,
    recipe: Recipe,
    plausible: dict[int, tuple[Reading, ...]],
) -> tuple[dict[int, Reading], set[int]]:
    """The first plausible reading that all of a column's cells bear, masks aside; and the columns with no cell."""
    chosen: dict[int, Reading] = {}
    empty: set[int] = set()
    todo = [i for i in sorted(plausible) if plausible[i]]
    for start in range(0, len(todo), COLUMNS_AT_ONCE):
        batch = todo[start : start + COLUMNS_AT_ONCE]
        counts = _count(con, relation, kept, {i: plausible[i] for i in batch})
        empty |= {i for i in batch if not counts[i].filled}
        for i in batch:
            reading = _first_good(con, relation, kept, recipe, i, plausible[i], counts[i])
            if reading:
                chosen[i] = reading
    return chosen, empty


@dataclass(frozen=True, slots=True)
class _Counts:
    filled: int
    hits: tuple[int, ...]
    evidence: tuple[int, ...]


def _count(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, plausible: dict[int, tuple[Reading, ...]]
) -> dict[int, _Counts]:
    parts: list[str] = []
    for i, readings in plausible.items():
        filled = f"txt(c{i}) <> '' AND NOT {_declared(relation, i)}"
        parts.append(f"count(*) FILTER (WHERE {filled})")
        for reading in readings:
            parts.append(f"count(*) FILTER (WHERE {filled} AND {reading.readable(f'c{i}')})")
            proof = f"regexp_full_match(txt(c{i}), '(?i){reading.evidence}')" if reading.evidence else "true"
            parts.append(f"count(*) FILTER (WHERE {filled} AND {proof})" if reading.evidence else "1")
    row = con.execute(f"SELECT {', '.join(parts)} FROM {relation.view} WHERE {kept}").fetchone() or ()
    out: dict[int, _Counts] = {}
    at = 0
    for i, readings in plausible.items():
        span = row[at : at + 1 + 2 * len(readings)]
        out[i] = _Counts(span[0], tuple(span[1::2]), tuple(span[2::2]))
        at += len(span)
    return out


def _first_good(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, recipe: Recipe, i: int,
    readings: Sequence[Reading], counts: _Counts,
) -> Reading | None:  # fmt: skip
    forced = forced_type(recipe, relation.names[i])
    if forced and readings:
        best = max(range(len(readings)), key=lambda k: (counts.hits[k], -k))
        return readings[best]
    if not counts.filled:
        return None
    for reading, hits, proofs in zip(readings, counts.hits, counts.evidence, strict=True):
        if not hits or not proofs:
            continue
        if hits == counts.filled or masks.evident(_unread(con, relation, kept, i, reading)):
            return reading
    return None


def _unread(con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, i: int, reading: Reading) -> list[str]:
    rows = con.execute(
        f"SELECT DISTINCT txt(c{i}) FROM {relation.view} WHERE {kept} AND txt(c{i}) <> '' "
        f"AND NOT {_declared(relation, i)} "
        f"AND NOT ({reading.readable(f'c{i}')}) LIMIT {masks.MOST_WORDS + 1}"
    ).fetchall()
    return [str(row[0]) for row in rows]


def _text_plan(relation: Relation, position: int, reading: Reading | None, declared: masks.Declared) -> Plan:
    cell, name = f"c{position}", relation.names[position]
    words = _declared(relation, position) if declared.words else ""
    if reading is None:
        value = f"CASE WHEN NOT {words} THEN {cell} END" if words else cell
        return Plan(position, name, ColumnType.TEXT, "VARCHAR", value, masked=words)
    value = reading.expression(cell)
    numeric = reading.type.numeric and declared.numbers
    hidden = " OR ".join(filter(None, [words, f"({value}) IN ({_numbers(declared)})" if numeric else ""]))
    if hidden:
        value = f"CASE WHEN NOT ({hidden}) THEN {value} END"
    masked = f"txt({cell}) <> '' AND ({value}) IS NULL"
    return Plan(position, name, reading.type, reading.physical, value, reading, masked)


def _typed_plan(position: int, name: str, physical: str, declared: masks.Declared) -> Plan:
    cell = f"c{position}"
    kind = TYPED.get(physical) or (ColumnType.NUMBER if physical.startswith("DECIMAL") else ColumnType.INTEGER)
    if not (kind.numeric and declared.numbers):
        return Plan(position, name, kind, physical, cell)
    hidden = f"{cell} IN ({_numbers(declared)})"
    return Plan(position, name, kind, physical, f"CASE WHEN NOT {hidden} THEN {cell} END", masked=hidden)


def _with_sentinels(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, plans: tuple[Plan, ...]
) -> tuple[Plan, ...]:
    """The plans, with -99 and its kind nulled in the numeric columns where it is evidently a mark.

    What several columns of a table prove holds for those that have the mark and nothing negative else.
    """
    suspects: list[tuple[Plan, masks.Suspect]] = []
    numeric = [p for p in plans if p.type.numeric]
    for start in range(0, len(numeric), COLUMNS_AT_ONCE):
        batch = numeric[start : start + COLUMNS_AT_ONCE]
        lowest = ", ".join(f"min({p.expression})" for p in batch)
        row = con.execute(f"SELECT {lowest} FROM {relation.view} WHERE {kept}").fetchone() or ()
        marked = [
            (p, float(low))
            for p, low in zip(batch, row, strict=True)
            if low is not None and float(low) in masks.SENTINELS
        ]
        suspects += [(plan, _suspect(con, relation, kept, plan, low)) for plan, low in marked]
    proven = [s.mark for _, s in suspects if s.evident]
    marks = {
        p.position: s.mark for p, s in suspects if s.evident or (s.possible and proven.count(s.mark) >= masks.SEVERAL)
    }
    return tuple(_marked(p, marks[p.position]) if p.position in marks else p for p in plans)


def _suspect(con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, plan: Plan, mark: float) -> masks.Suspect:
    value = plan.expression
    second, times, cells = con.execute(
        f"SELECT min({value}) FILTER (WHERE {value} > {mark}), count(*) FILTER (WHERE {value} = {mark}), count({value}) "
        f"FROM {relation.view} WHERE {kept}"
    ).fetchone() or (None, 0, 0)
    return masks.Suspect(mark, None if second is None else float(second), int(times), int(cells))


def _marked(plan: Plan, mark: float) -> Plan:
    hidden = f"({plan.expression}) = {mark:g}"
    masked = f"({plan.masked}) OR {hidden}" if plan.masked else hidden
    return replace(plan, expression=f"CASE WHEN NOT ({hidden}) THEN {plan.expression} END", masked=masked)


def _numbers(declared: masks.Declared) -> str:
    return ", ".join(repr(value) for value in declared.numbers)


def _declared(relation: Relation, position: int) -> str:
    """SQL: the cell is a mask that the recipe declares. The words are in a variable, never in the SQL."""
    return f"list_contains(getvariable('{relation.view}_masks_{position}')::VARCHAR[], coalesce(lower(txt(c{position})), ''))"
