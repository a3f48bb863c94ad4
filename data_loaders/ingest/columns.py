"""Decides how each column is read, from all its cells, and says what changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

import duckdb

from data_loaders.ingest import masks
from data_loaders.ingest.database import row_each
from data_loaders.ingest.readings import READINGS, Reading, readings_of
from data_loaders.ingest.relation import Relation
from model.recipe import Recipe
from model.spelling import fold
from model.table import ColumnType

HEAD_CELLS = 400_000
HEAD_ROWS = 5_000
COLUMNS_AT_ONCE = 100
TYPED = MappingProxyType({
    "BOOLEAN": ColumnType.BOOLEAN, "DATE": ColumnType.DATE, "TIMESTAMP": ColumnType.TIMESTAMP,
    "DOUBLE": ColumnType.NUMBER, "DECIMAL(38,0)": ColumnType.INTEGER,
})  # fmt: skip


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
        if words := masks.declared(recipe, name).words:
            con.execute(f"SET VARIABLE {relation.view}_masks_{position} = ?", [list(words)])
    readings, empty, whole = _chosen(con, relation, kept, recipe)
    plans = []
    for position, name in enumerate(relation.names):
        if relation.types[position] == "VARCHAR":
            plan = _text_plan(relation, position, readings.get(position), masks.declared(recipe, name))
            plan = replace(plan, empty=position in empty, masked="" if position in whole else plan.masked)
        else:
            plan = _typed_plan(position, name, relation.types[position], masks.declared(recipe, name))
        plans.append(plan)
    return tuple(plans)


def forced_type(recipe: Recipe, column: str) -> ColumnType | None:
    """The type that a recipe declares for a column."""
    found = next((word for name, word in recipe.types if fold(name) == fold(column)), None)
    return ColumnType(found) if found in list(ColumnType) else None


def _look_at_head(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, recipe: Recipe
) -> tuple[dict[int, _Counts], bool]:
    """The counts of every reading over the first rows of the text columns, and whether those are all rows."""
    texts = relation.texts
    rows = max(100, min(HEAD_ROWS, HEAD_CELLS // max(1, len(texts))))
    if not texts:
        return {}, True
    cells = ", ".join(f"c{i}" for i in texts)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE head AS SELECT {cells} FROM {relation.view} WHERE {kept} LIMIT {rows + 1}"
    )
    held = con.execute("SELECT count(*) FROM head").fetchone() or (0,)
    hits = [f"sum(n) FILTER (WHERE {reading.readable('v')})" for reading in READINGS]
    proofs = [f"sum(n) FILTER (WHERE {reading.proves('v')})" for reading in READINGS]
    pairs = [f"c{i}:{word}" for i in texts for word in masks.declared(recipe, relation.names[i]).words]
    counted = con.execute(
        "SELECT name, sum(n), sum(n) FILTER (WHERE list_contains($known, lower(strip_accents(txt(v))))), "
        f"{', '.join((*hits, *proofs))} "
        "FROM (SELECT name, v, count(*) AS n FROM (UNPIVOT head ON COLUMNS(*) INTO NAME name VALUE v) GROUP BY ALL) "
        "WHERE txt(v) <> '' AND NOT list_contains($pairs, concat(name, ':', lower(txt(v)))) GROUP BY name",
        {"known": sorted(masks.KNOWN), "pairs": pairs},
    ).fetchall()
    found = {int(row[0][1:]): [int(n or 0) for n in row[1:]] for row in counted}
    n = len(READINGS)
    out = {}
    for i in texts:
        row = found.get(i, [0] * (2 + 2 * n))
        out[i] = _Counts(row[0], row[1], READINGS, tuple(row[2 : 2 + n]), tuple(row[2 + n :]))
    return out, held[0] <= rows


def _fitting(relation: Relation, recipe: Recipe, i: int, head: _Counts) -> tuple[Reading, ...]:
    """The readings that all of a column's first cells bear, known masks aside, or that its declared type allows."""
    forced = forced_type(recipe, relation.names[i])
    if forced:
        return readings_of(forced)
    header = fold(relation.names[i])
    least = head.filled - head.known
    return tuple(r for r, hits in zip(READINGS, head.hits, strict=True) if hits >= least and _hinted(r, header))


def _hinted(reading: Reading, header: str) -> bool:
    return not reading.hint or any(hint in header for hint in reading.hint.split("|"))


def _chosen(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, recipe: Recipe
) -> tuple[dict[int, Reading], set[int], set[int]]:
    """The first fitting reading that all of a column's cells bear, masks aside; the columns with no cell; and those
    that have no mask, declared or evident, to count."""
    head, complete = _look_at_head(con, relation, kept, recipe)
    fitting = {i: _fitting(relation, recipe, i, head[i]) for i in head}
    chosen: dict[int, Reading] = {}
    empty: set[int] = set()
    whole: set[int] = set()
    todo = [i for i in sorted(fitting) if fitting[i]]
    for start in range(0, len(todo), COLUMNS_AT_ONCE):
        batch = todo[start : start + COLUMNS_AT_ONCE]
        pending = {i: fitting[i] for i in batch}
        while pending:
            trying = pending if complete else {i: _next(relation, recipe, i, pending[i]) for i in pending}
            counts = (
                {i: head[i].only(trying[i]) for i in trying}
                if complete
                else _count(con, relation, kept, recipe, trying)
            )
            empty |= {i for i in trying if not counts[i].filled}
            found = _first_good(con, relation, kept, recipe, counts)
            chosen |= {i: reading for i, reading in found.items() if reading}
            whole |= {i for i, reading in found.items() if reading and counts[i].reads_all(reading)}
            left = {i: pending[i][len(trying[i]) :] for i in trying if not found[i] and i not in empty}
            pending = {i: readings for i, readings in left.items() if readings}
    return chosen, empty, {i for i in whole if not masks.declared(recipe, relation.names[i]).words}


def _next(relation: Relation, recipe: Recipe, i: int, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings to count next: one at a time, the first being mostly right; all, to choose for a declared type."""
    return readings if forced_type(recipe, relation.names[i]) else readings[:1]


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of one column: cells with something in them, known masks among them, and for each reading those it can read."""

    filled: int
    known: int
    readings: tuple[Reading, ...]
    hits: tuple[int, ...]
    proofs: tuple[int, ...]

    def only(self, readings: tuple[Reading, ...]) -> _Counts:
        """The same counts for some of the readings."""
        at = [self.readings.index(r) for r in readings]
        return replace(
            self, readings=readings, hits=tuple(self.hits[k] for k in at), proofs=tuple(self.proofs[k] for k in at)
        )

    def able(self) -> list[tuple[Reading, int]]:
        """The readings with some evidence, and how many cells they read, up to the first that reads all."""
        out: list[tuple[Reading, int]] = []
        for reading, hits, proofs in zip(self.readings, self.hits, self.proofs, strict=True):
            if self.filled and hits and proofs:
                out.append((reading, hits))
                if hits == self.filled:
                    break
        return out

    def reads_all(self, reading: Reading) -> bool:
        """Whether a reading reads every cell with something in it."""
        return self.hits[self.readings.index(reading)] == self.filled

    def best(self) -> Reading:
        """The reading that reads most cells, the earlier of equals."""
        return self.readings[max(range(len(self.readings)), key=lambda k: (self.hits[k], -k))]


def _count(
    con: duckdb.DuckDBPyConnection,
    relation: Relation,
    kept: str,
    recipe: Recipe,
    fitting: dict[int, tuple[Reading, ...]],
) -> dict[int, _Counts]:
    """The counts over all rows, for the readings that the first rows left."""
    parts: list[str] = []
    for i, readings in fitting.items():
        declared = f" AND NOT {_declared(relation, i)}" if masks.declared(recipe, relation.names[i]).words else ""
        filled = f"txt(c{i}) <> ''{declared}"
        parts.append(f"count(*) FILTER (WHERE {filled})")
        for reading in readings:
            parts.append(f"count(*) FILTER (WHERE {filled} AND {reading.readable(f'c{i}')})")
            parts.append(f"count(*) FILTER (WHERE {filled} AND {reading.proves(f'c{i}')})" if reading.evidence else "1")
    row = con.execute(f"SELECT {', '.join(parts)} FROM {relation.view} WHERE {kept}").fetchone() or ()
    out: dict[int, _Counts] = {}
    at = 0
    for i, readings in fitting.items():
        span = row[at : at + 1 + 2 * len(readings)]
        out[i] = _Counts(span[0], 0, readings, tuple(span[1::2]), tuple(span[2::2]))
        at += len(span)
    return out


def _first_good(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, recipe: Recipe, counts: dict[int, _Counts]
) -> dict[int, Reading | None]:
    """Of each column, the first reading that holds for all its cells, masks aside; of a declared type, the best."""
    able = {i: one.able() for i, one in counts.items() if not forced_type(recipe, relation.names[i])}
    doubtful = [(i, r) for i, readings in able.items() for r, hits in readings if hits < counts[i].filled]
    unread = dict(zip(doubtful, _unread(con, relation, kept, recipe, doubtful), strict=True))
    out: dict[int, Reading | None] = {}
    for i, one in counts.items():
        if i in able:
            good = (r for r, hits in able[i] if hits == one.filled or masks.evident(unread[i, r]))
            out[i] = next(good, None)
        else:
            out[i] = one.best() if one.filled else None
    return out


def _unread(
    con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, recipe: Recipe, pairs: list[tuple[int, Reading]]
) -> list[list[str]]:
    """Of each column and reading, some of the words that do not read so, declared masks aside."""
    questions = []
    for i, reading in pairs:
        declared = f"AND NOT {_declared(relation, i)} " if masks.declared(recipe, relation.names[i]).words else ""
        questions.append(
            f"list(w) FROM (SELECT DISTINCT txt(c{i}) AS w FROM {relation.view} WHERE {kept} AND txt(c{i}) <> '' "
            f"{declared}AND NOT ({reading.readable(f'c{i}')}) LIMIT {masks.MOST_WORDS + 1})"
        )
    return [list(row[0] or ()) for row in row_each(con, questions)]


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


def _numbers(declared: masks.Declared) -> str:
    return ", ".join(repr(value) for value in declared.numbers)


def _declared(relation: Relation, position: int) -> str:
    """SQL: the cell is a mask that the recipe declares. The words are in a variable, never in the SQL."""
    words = f"getvariable('{relation.view}_masks_{position}')::VARCHAR[]"
    return f"list_contains({words}, coalesce(lower(txt(c{position})), ''))"
