"""Stores a staged table: its data, its totals apart, and the long view of a wide one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data_loaders.ingest import masks
from data_loaders.ingest.columns import Plan
from data_loaders.ingest.database import quoted, row_each
from data_loaders.ingest.relation import free_name
from data_loaders.ingest.stage import Staged
from data_loaders.ingest.wide import long_select
from data_loaders.ingest.write import Output, write_table
from model.table import ColumnType, Role

SORTED_CATEGORIES = 2
MOST_SORTED_VALUES = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """A table in the native file: its columns in order with their types, the units and place roles that are known."""

    name: str
    title: str
    columns: tuple[tuple[str, ColumnType], ...]
    units: dict[str, str]
    roles: dict[str, Role]
    places: tuple[str, ...] = ()
    unmatched: int = 0


def store_data(con: duckdb.DuckDBPyConnection, output: Output, staged: Staged, name: str) -> Stored:
    """Store the kept rows with their derived and place columns, as table `name`."""
    data, places = as_stored(staged, name), staged.places
    cells = [f"d.{p.cell} AS {quoted(p.name)}" for p in staged.plans]
    cells += [f"{d.expression} AS {quoted(d.name)}" for d in staged.derived]
    if places.levels:
        keys = {"_entidad": "entidad", "_municipio": "municipio"}
        cells += [f"{places.alias}.{keys[level]} AS {level}" for level in places.levels]
    source = ", ".join(cells) + f" FROM {staged.typed} AS d {places.join}"
    write_table(con, output, name, f"SELECT {source}", _order(con, staged))
    return data


def as_stored(staged: Staged, name: str) -> Stored:
    """What is stored of the rows that are data, as table `name`."""
    places = staged.places
    columns = tuple((p.name, p.type) for p in staged.plans) + tuple((d.name, d.type) for d in staged.derived)
    roles = {staged.plans[i].name: Role.STATE for i in places.states}
    roles |= {staged.plans[i].name: Role.MUNICIPALITY for i in places.municipalities}
    units = {p.name: p.reading.unit for p in staged.plans if p.reading and p.reading.unit}
    title = staged.relation.raw.name
    return Stored(name, title, columns, units, roles, places.levels, places.unmatched)


def store_totals(con: duckdb.DuckDBPyConnection, output: Output, staged: Staged, name: str) -> Stored | None:
    """Store the rows that are totals, as table `name`; None where there are none."""
    if not staged.totals.columns:
        return None
    view = staged.relation.view
    plans = _readable(con, view, staged.totals.where, staged.plans)
    cells = ", ".join(f"{p.expression} AS {quoted(p.name)}" for p in plans)
    write_table(con, output, name, f"SELECT {cells} FROM {view} WHERE {staged.totals.where}", ())
    return Stored(name, "Totales", tuple((p.name, p.type) for p in plans), {}, {})


def store_long(
    con: duckdb.DuckDBPyConnection, output: Output, staged: Staged, data: Stored, name: str
) -> Stored | None:
    """Store the long view of a wide table, as table `name`; None where the table is not wide."""
    wide = staged.wide
    if wide is None:
        return None
    values = {p.name for p in wide.columns}
    ids = tuple((n, kind) for n, kind in data.columns if n not in values and kind != ColumnType.GEOMETRY)
    period, value = free_name("periodo", tuple(n for n, _ in ids)), free_name("valor", tuple(n for n, _ in ids))
    year = quoted(staged.year.name) if staged.year else ""
    kept = [*(quoted(n) for n, _ in ids), *data.places]
    select = long_select(output.table(data.name), wide, kept, year, quoted(period), quoted(value))
    write_table(con, output, name, select, ())
    number = ColumnType.INTEGER if all(p.type == ColumnType.INTEGER for p in wide.columns) else ColumnType.NUMBER
    columns = (*ids, (period, ColumnType.DATE), (value, number))
    return Stored(name, "Una fila por periodo", columns, data.units, data.roles, data.places, data.unmatched)


def _readable(con: duckdb.DuckDBPyConnection, view: str, where: str, plans: Sequence[Plan]) -> list[Plan]:
    """The plans; those keep the text as written where a total's cell does not read as the data's do."""
    read = [p for p in plans if p.reading]
    questions = [
        f"list(w) FROM (SELECT DISTINCT txt({p.cell}) AS w FROM {view} WHERE {where} AND txt({p.cell}) <> '' "
        f"AND ({p.expression}) IS NULL LIMIT {masks.MOST_WORDS + 1})"
        for p in read
    ]
    lost = {p.position: list(row[0] or ()) for p, row in zip(read, row_each(con, questions), strict=True)}
    texts = {i for i, words in lost.items() if words and not masks.evident(words)}
    return [Plan(p.position, p.name, ColumnType.TEXT, "VARCHAR", p.cell) if p.position in texts else p for p in plans]


def _order(con: duckdb.DuckDBPyConnection, staged: Staged) -> Sequence[str]:
    """Place, category, time: what readers filter by, first."""
    by = list(staged.places.levels)
    texts = [
        p for p in staged.plans if p.type == ColumnType.TEXT and not p.empty and p.position not in staged.places.states
    ]
    if texts:
        counts = (
            con.execute(
                f"SELECT {', '.join(f'approx_count_distinct({p.cell})' for p in texts)} FROM {staged.typed}"
            ).fetchone()
            or ()
        )
        few = [p for n, p in zip(counts, texts, strict=True) if 1 < n <= MOST_SORTED_VALUES]
        by += [quoted(p.name) for p in few[:SORTED_CATEGORIES]]
    times = [d.name for d in staged.derived if d.type.temporal] + [p.name for p in staged.plans if p.type.temporal]
    return [*by, *(quoted(t) for t in times[:1])]
