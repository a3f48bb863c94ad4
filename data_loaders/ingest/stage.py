"""Everything that is found out about one raw table before it is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data_loaders.ingest.columns import Plan, decide
from data_loaders.ingest.hollow import HollowRowsError, has_hollow_rows
from data_loaders.ingest.periods import Derived, derive, year_column
from data_loaders.ingest.relation import Relation, open_relation
from data_loaders.ingest.sampled import guess_by_sample, read_as_sampled
from data_loaders.ingest.sentinels import with_sentinels
from data_loaders.ingest.straight import Straight, read_straight
from data_loaders.ingest.subtotals import find_subtotals
from data_loaders.ingest.territory import Places, find_places
from data_loaders.ingest.totals import Totals, find_totals
from data_loaders.ingest.wide import Wide, find_wide, typed_alike
from data_loaders.order import Progress
from data_loaders.raw import RawTable
from model.errors import LoadError
from model.recipe import Recipe
from model.territory import Names


@dataclass(frozen=True, slots=True)
class Staged:
    """One table, typed and understood. `typed` is the SQL name of its kept rows with columns c0, c1, …

    `straight` is given where they are in the version's Parquet file already.
    """

    relation: Relation
    totals: Totals
    plans: tuple[Plan, ...]
    typed: str
    rows: int
    wide: Wide | None
    year: Plan | None
    derived: tuple[Derived, ...]
    places: Places
    straight: Straight | None = None

    @property
    def kept(self) -> str:
        """SQL over the relation's view: the rows that are data."""
        return f"NOT {self.totals.where}"


def stage(
    con: duckdb.DuckDBPyConnection, raw: RawTable, tag: str, recipe: Recipe, names: Names,
    say: Callable[[Progress], None], target: Path | None = None,
) -> Staged:  # fmt: skip
    """Read, type and understand one raw table; `tag` keeps the tables of a file apart. LoadError if it has no rows.

    `target` is where its Parquet file may be written at once, if it is that plain.
    """
    relation = open_relation(con, raw, f"raw_{tag}")
    say(Progress("Se convierten las filas", 10))
    none = Totals("false", ())
    guess = guess_by_sample(con, relation, tag, recipe)
    straight = read_straight(con, relation, guess, tag, names, target, say) if guess and target else None
    if straight:
        return Staged(
            relation, none, straight.plans, straight.typed, straight.rows, None, None, (), straight.places, straight
        )
    sampled = read_as_sampled(con, relation, tag, recipe, guess) if guess else None
    if sampled:
        staged = _understood(con, relation, tag, names, none, sampled.plans, sampled.typed, say)
        more = find_subtotals(con, staged.typed, staged.plans, staged.places, none, tag)
        return _staged(con, relation, f"{tag}_parts", recipe, names, more, say) if more else staged
    say(Progress("Se buscan totales", 15))
    staged = _staged(con, relation, tag, recipe, names, find_totals(con, relation), say)
    more = find_subtotals(con, staged.typed, staged.plans, staged.places, staged.totals, tag)
    return _staged(con, relation, f"{tag}_parts", recipe, names, more, say) if more else staged


def _staged(
    con: duckdb.DuckDBPyConnection, relation: Relation, tag: str, recipe: Recipe, names: Names, totals: Totals,
    say: Callable[[Progress], None],
) -> Staged:  # fmt: skip
    kept = f"NOT {totals.where}"
    say(Progress("Se decide cómo leer cada columna", 20))
    plans = decide(con, relation, kept, recipe)
    say(Progress("Se convierten las filas", 40))
    typed = _typed(con, relation, kept, plans, tag)
    return _understood(con, relation, tag, names, totals, plans, typed, say)


def _understood(
    con: duckdb.DuckDBPyConnection, relation: Relation, tag: str, names: Names, totals: Totals, plans: tuple[Plan, ...],
    typed: str, say: Callable[[Progress], None],
) -> Staged:  # fmt: skip
    """What the typed rows tell; they are typed again where that changes how a column is read."""
    kept = f"NOT {totals.where}"
    if relation.raw.careful and has_hollow_rows(con, typed, plans):
        raise HollowRowsError
    marked = with_sentinels(con, typed, plans)
    if marked != plans:
        plans, typed = marked, _typed(con, relation, kept, marked, tag)
    rows = int((con.execute(f"SELECT count(*) FROM {typed}").fetchone() or (0,))[0])
    if not rows:
        raise LoadError("El archivo no tiene ninguna fila de datos.")
    year = year_column(con, typed, plans)
    wide = find_wide(plans, year is not None)
    alike = typed_alike(plans, wide)
    if alike != plans:
        wide = find_wide(alike, year is not None)
        plans, typed = alike, _typed(con, relation, kept, alike, tag)
    say(Progress("Se reconocen lugares y fechas", 55, rows))
    derived = derive(con, typed, plans) if wide is None or not wide.monthly else ()
    places = find_places(con, typed, plans, names, tag)
    return Staged(relation, totals, plans, typed, rows, wide, year, derived, places)


def _typed(con: duckdb.DuckDBPyConnection, relation: Relation, kept: str, plans: tuple[Plan, ...], tag: str) -> str:
    """A table of the kept rows; only a view where the source is Parquet and nothing has to be read from text."""
    name = f"typed_{tag}"
    cells = ", ".join(f"{p.expression} AS {p.cell}" for p in plans)
    light = relation.raw.delimited is None and not any(p.reading for p in plans)
    con.execute(f"DROP {'VIEW' if light else 'TABLE'} IF EXISTS {name}")
    con.execute(
        f"CREATE TEMP {'VIEW' if light else 'TABLE'} {name} AS SELECT {cells} FROM {relation.view} WHERE {kept}"
    )
    return name
