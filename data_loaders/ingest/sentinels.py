"""Finds -99 and its kind: numbers that evidently stand for "no value"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from data_loaders.ingest import masks
from data_loaders.ingest.columns import COLUMNS_AT_ONCE, Plan


def with_sentinels(con: duckdb.DuckDBPyConnection, typed: str, plans: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """The plans, nulling the marks of the numeric columns of `typed` (SQL name) where they are evident.

    What several columns of a table prove holds for those that have the mark and nothing negative else.
    """
    suspects = [(plan, _suspect(con, typed, plan, mark)) for plan, mark in _lowest(con, typed, plans)]
    proven = [s.mark for _, s in suspects if s.evident]
    marks = {
        p.position: s.mark for p, s in suspects if s.evident or (s.possible and proven.count(s.mark) >= masks.SEVERAL)
    }
    return tuple(_marked(p, marks[p.position]) if p.position in marks else p for p in plans)


def _lowest(con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan]) -> list[tuple[Plan, float]]:
    """The numeric columns whose smallest number is a usual mark."""
    numeric = [p for p in plans if p.type.numeric]
    out: list[tuple[Plan, float]] = []
    for start in range(0, len(numeric), COLUMNS_AT_ONCE):
        batch = numeric[start : start + COLUMNS_AT_ONCE]
        row = con.execute(f"SELECT {', '.join(f'min({p.cell})' for p in batch)} FROM {typed}").fetchone() or ()
        out += [(p, float(low)) for p, low in zip(batch, row, strict=True) if low is not None]
    return [(plan, low) for plan, low in out if low in masks.SENTINELS]


def _suspect(con: duckdb.DuckDBPyConnection, typed: str, plan: Plan, mark: float) -> masks.Suspect:
    second, times, cells = con.execute(
        f"SELECT min({plan.cell}) FILTER (WHERE {plan.cell} > {mark}), count(*) FILTER (WHERE {plan.cell} = {mark}), "
        f"count({plan.cell}) FROM {typed}"
    ).fetchone() or (None, 0, 0)
    return masks.Suspect(mark, None if second is None else float(second), int(times), int(cells))


def _marked(plan: Plan, mark: float) -> Plan:
    hidden = f"({plan.expression}) = {mark:g}"
    masked = f"({plan.masked}) OR {hidden}" if plan.masked else hidden
    return replace(plan, expression=f"CASE WHEN NOT ({hidden}) THEN {plan.expression} END", masked=masked)
