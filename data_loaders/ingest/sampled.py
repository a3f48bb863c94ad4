"""Large clean files: columns are read as a sample says, and one pass over all rows proves it or refutes it.

A reading that the sample refuses, the whole file refuses too; what the sample accepts or leaves open is counted over
all rows while they are typed. The answer is the same as that of looking at all cells first, or there is none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import duckdb

from data_loaders.ingest import masks
from data_loaders.ingest.columns import Plan, decide
from data_loaders.ingest.database import text
from data_loaders.ingest.readings import READINGS
from data_loaders.ingest.relation import Relation, open_relation
from data_loaders.ingest.totals import find_totals, is_place_key
from data_loaders.raw import Delimited
from model.recipe import Recipe
from model.table import ColumnType

WORDS_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Guess:
    """What a sample says of a large file: `masked` are the columns with cells that mean "no value" in it, or for which
    masks are declared; `tests` is SQL over the text cells t0, t1, …: what would decide a column that it leaves open.
    """

    sample: Relation
    plans: tuple[Plan, ...]
    masked: frozenset[int]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sampled:
    """Plans that held for all rows, and the SQL name of the typed rows."""

    plans: tuple[Plan, ...]
    typed: str


def guess_by_sample(con: duckdb.DuckDBPyConnection, relation: Relation, tag: str, recipe: Recipe) -> Guess | None:
    """What the sample says; None where there is none, or only a look at all cells can tell how to read them."""
    how, path = relation.raw.delimited, relation.raw.sample
    if how is None or path is None or recipe.types:
        return None
    part = replace(
        relation.raw, path=path, sample=None, careful=None,
        delimited=Delimited(how.delimiter, how.quote, how.escape, 0, how.strict),
    )  # fmt: skip
    sample = open_relation(con, part, f"sample_{tag}")
    if find_totals(con, sample).columns:
        return None
    plans = decide(con, sample, "true", recipe)
    return Guess(sample, plans, _masked(con, sample, plans), tuple(_open_tests(con, sample, plans)))


def read_as_sampled(
    con: duckdb.DuckDBPyConnection, relation: Relation, tag: str, recipe: Recipe, guess: Guess
) -> Sampled | None:
    """The typed rows of a file with a sample; None where they speak against the guess."""
    plans, masked = guess.plans, guess.masked
    typed = _type(con, relation, tag, plans, masked, guess.tests)
    if not _holds(con, typed, plans, masked, recipe) or has_totals(con, relation, typed, plans):
        con.execute(f"DROP TABLE {typed}")
        return None
    return Sampled(tuple(p if p.position in masked else replace(p, masked="") for p in plans), typed)


def _masked(con: duckdb.DuckDBPyConnection, sample: Relation, plans: Sequence[Plan]) -> frozenset[int]:
    able = [p for p in plans if p.masked]
    if not able:
        return frozenset()
    tests = ", ".join(f"coalesce(bool_or({p.masked}), false)" for p in able)
    row = con.execute(f"SELECT {tests} FROM {sample.view}").fetchone() or ()
    return frozenset(p.position for p, found in zip(able, row, strict=True) if found or p.reading is None)


def _open_tests(con: duckdb.DuckDBPyConnection, sample: Relation, plans: Sequence[Plan]) -> list[str]:
    """What would decide a column that the sample leaves open.

    A column of nothing but known masks may turn out to be of anything; one of "no" alone, to be of yes and no.
    """
    tests = [f"txt(t{p.position}) <> ''" for p in plans if p.empty]
    texts = [p for p in plans if p.reading is None and not p.empty]
    pairs = [(p, r) for p in texts for r in READINGS if r.evidence]
    if not pairs:
        return tests
    said = [f"bool_or({_says_something(p.cell)})" for p in texts]
    fits = [f"bool_and({r.readable(p.cell)}) FILTER (WHERE {_says_something(p.cell)})" for p, r in pairs]
    row = con.execute(f"SELECT {', '.join((*said, *fits))} FROM {sample.view}").fetchone() or ()
    tests += [_says_something(f"t{p.position}") for p, says in zip(texts, row[: len(texts)], strict=True) if not says]
    open_pairs = zip(pairs, row[len(texts) :], strict=True)
    return tests + [r.proves(f"t{p.position}") for (p, r), fit in open_pairs if fit]


def _says_something(cell: str) -> str:
    """SQL: the cell holds more than a word that may stand for "no value"."""
    known = ", ".join(text(word) for word in sorted(masks.KNOWN))
    return f"(txt({cell}) <> '' AND lower(strip_accents(txt({cell}))) NOT IN ({known}))"


def _type(
    con: duckdb.DuckDBPyConnection, relation: Relation, tag: str, plans: Sequence[Plan], masked: frozenset[int],
    tests: Sequence[str],
) -> str:  # fmt: skip
    """The typed rows, with `bad` for the rows that speak against a plan and the words m0, m1, … of masked cells."""
    texts = [f"{p.cell} AS t{p.position}" for p in plans if p.reading or p.empty or p.position in masked or tests]
    typed = [f"{p.expression} AS {p.cell}" for p in plans]
    unread = [
        f"({p.cell} IS NULL AND txt(t{p.position}) <> '')" for p in plans if p.reading and p.position not in masked
    ]
    words = [
        f"CASE WHEN {p.cell} IS NULL AND txt(t{p.position}) <> '' THEN txt(t{p.position}) END AS m{p.position}"
        for p in plans if p.position in masked
    ]  # fmt: skip
    bad = " OR ".join(f"coalesce({test}, false)" for test in (*unread, *tests)) or "false"
    kept = ", ".join([*(p.cell for p in plans), *words, f"({bad}) AS bad"])
    name = f"typed_{tag}_sampled"
    con.execute(
        f"CREATE TEMP TABLE {name} AS SELECT {kept} FROM (SELECT {', '.join((*texts, *typed))} FROM {relation.view})"
    )
    return name


def _holds(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], masked: frozenset[int], recipe: Recipe
) -> bool:
    """Whether no row is bad, and what stands for "no value" is as evident in all rows as in the sample."""
    if con.execute(f"SELECT count(*) FROM {typed} WHERE bad").fetchone() != (0,):
        return False
    for plan in plans:
        if plan.position not in masked or plan.reading is None:
            continue
        found = con.execute(
            f"SELECT DISTINCT m{plan.position} FROM {typed} WHERE m{plan.position} IS NOT NULL LIMIT {WORDS_LOOKED_AT}"
        ).fetchall()
        told = masks.declared(recipe, plan.name)
        words = [str(row[0]) for row in found if not told.has(str(row[0]))]
        if words and (len(found) == WORDS_LOOKED_AT or not masks.evident(words)):
            return False
    return True


def has_totals(
    con: duckdb.DuckDBPyConnection, relation: Relation, typed: str, plans: Sequence[Plan],
    quiet: Collection[int] = (),
) -> bool:  # fmt: skip
    """Whether some rows are totals: only text and place keys can say so, the rest having been read as values.

    `quiet` are the columns (positions) in which no cell has a hint of a word for it.
    """
    looked_at = {
        p.position for p in plans
        if p.type == ColumnType.TEXT or (p.type == ColumnType.INTEGER and is_place_key(p.name))
    }  # fmt: skip
    view = f"{typed}_texts"
    cells = ", ".join(f"{p.cell}::VARCHAR AS {p.cell}" for p in plans if p.position in looked_at)
    if not cells:
        return False
    con.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT {cells} FROM {typed}")
    types = tuple("VARCHAR" if i in looked_at else kind for i, kind in enumerate(p.physical for p in plans))
    types = tuple("" if kind == "VARCHAR" and i not in looked_at else kind for i, kind in enumerate(types))
    found = find_totals(con, replace(relation, view=view, types=types), quiet)
    con.execute(f"DROP VIEW {view}")
    return bool(found.columns)
