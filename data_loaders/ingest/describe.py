"""The profile of a stored table: exact counts, the role of each column, and the row key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from data_loaders.facts import Facts
from data_loaders.ingest.keys import prove_key
from data_loaders.ingest.profile import Counted, count_columns
from data_loaders.ingest.store import Stored
from data_loaders.roles import role_of
from model.recipe import Recipe
from model.spelling import fold
from model.table import Column, Role
from model.version import ColumnProfile, TableProfile


def describe(
    con: duckdb.DuckDBPyConnection, table: str, stored: Stored, recipe: Recipe, counted: Sequence[Counted] = ()
) -> TableProfile:
    """The profile of `table` (SQL name); `counted`, where its columns are counted already."""
    rows = int((con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0])
    counted = counted or count_columns(con, table, stored.columns, rows)
    columns = one_pair_of_coordinates([_profile(one, stored, recipe, rows) for one in counted])
    key, proven = prove_key(con, table, columns, rows, _declared(recipe, stored))
    return TableProfile(
        stored.name, stored.title, rows, tuple(columns), key if proven else (), stored.places, stored.unmatched
    )


def _profile(counted: Counted, stored: Stored, recipe: Recipe, rows: int) -> ColumnProfile:
    facts = Facts(
        counted.name, counted.type, rows, counted.nulls, counted.distinct, counted.minimum, counted.maximum,
        tuple(value for value, _ in counted.top), counted.longest, stored.roles.get(counted.name),
    )  # fmt: skip
    label = next((text for name, text in recipe.labels if fold(name) == fold(counted.name)), "")
    unit = next(
        (text for name, text in recipe.units if fold(name) == fold(counted.name)), stored.units.get(counted.name, "")
    )
    column = Column(counted.name, counted.type, role_of(facts), label, unit)
    return ColumnProfile(column, counted.nulls, counted.distinct, counted.minimum, counted.maximum, counted.top)


def _declared(recipe: Recipe, stored: Stored) -> tuple[str, ...]:
    by_fold = {fold(name): name for name, _ in stored.columns}
    found = tuple(by_fold[fold(name)] for name in recipe.key if fold(name) in by_fold)
    return found if len(found) == len(recipe.key) else ()


def one_pair_of_coordinates(columns: list[ColumnProfile]) -> list[ColumnProfile]:
    """Where several columns are latitudes (or longitudes), only the one with fewest nulls stays one."""
    out = list(columns)
    for role in (Role.LATITUDE, Role.LONGITUDE):
        able = [i for i, c in enumerate(out) if c.column.role == role]
        for i in able:
            if i != min(able, key=lambda k: out[k].nulls):
                out[i] = replace(out[i], column=replace(out[i].column, role=Role.IDENTIFIER))
    return out
