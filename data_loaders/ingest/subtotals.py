"""Rows of a state among the rows of its municipalities: totals, where the sums prove it."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from data_loaders.ingest.columns import Plan
from data_loaders.ingest.territory import Places
from data_loaders.ingest.totals import Totals

MEASURES_TRIED = 5
PROOF = 0.9
NEAR = 0.001
LEAST_STATES = 2


def find_subtotals(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], places: Places, totals: Totals, tag: str
) -> Totals | None:
    """`totals` with the state rows added, if a table of municipalities has one such row per state that sums them up."""
    if "_municipio" not in places.levels:
        return None
    column = plans[places.municipalities[0]]
    place = places.alias
    source = f"{typed} AS d {places.join}"
    lone = f"{place}.municipio IS NULL AND {place}.entidad IS NOT NULL AND txt(d.{column.cell}::VARCHAR) <> ''"
    rows, states = con.execute(
        f"SELECT count(*), count(DISTINCT {place}.entidad) FROM {source} WHERE {lone}"
    ).fetchone() or (0, 0)
    if states < LEAST_STATES or rows != states:
        return None
    measures = [p for p in plans if p.type.numeric and p.position not in (*places.states, *places.municipalities)]
    if not any(_sums_up(con, source, lone, place, p) for p in measures[:MEASURES_TRIED]):
        return None
    words = con.execute(
        f"SELECT list(DISTINCT txt(d.{column.cell}::VARCHAR)) FROM {source} WHERE {lone}"
    ).fetchone() or ([],)
    con.execute(f"SET VARIABLE subtotals_{tag} = ?", [list(words[0])])
    here = f"list_contains(getvariable('subtotals_{tag}')::VARCHAR[], coalesce(txt({column.cell}::VARCHAR), ''))"
    where = here if totals.where == "false" else f"({totals.where} OR {here})"
    return Totals(where, (*totals.columns, column.name))


def _sums_up(con: duckdb.DuckDBPyConnection, source: str, lone: str, place: str, measure: Plan) -> bool:
    """True if in nearly every state the lone row is the sum of the others."""
    value = f"d.{measure.cell}"
    good, states = con.execute(
        f"SELECT count(*) FILTER (WHERE whole > 0 AND abs(whole - parts) <= {NEAR} * whole), count(*) FROM ("
        f"SELECT {place}.entidad, sum({value}) FILTER (WHERE {lone}) AS whole, "
        f"sum({value}) FILTER (WHERE {place}.municipio IS NOT NULL) AS parts FROM {source} "
        f"WHERE {place}.entidad IS NOT NULL GROUP BY 1 HAVING whole IS NOT NULL)"
    ).fetchone() or (0, 0)
    return bool(states) and good >= states * PROOF
