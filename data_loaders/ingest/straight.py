"""Large plain files go straight: from text to the version's Parquet file in one pass, which is then looked at.

The sample says how each column is read and which say the place; the written rows must bear it out, else nothing came
of it and the file goes the careful way. The answer is the same as the careful way's, but for the order of the rows:
they stay as in the source.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import duckdb

from data_loaders.ingest import masks
from data_loaders.ingest.cells import NotPlainError
from data_loaders.ingest.columns import Plan
from data_loaders.ingest.database import quoted
from data_loaders.ingest.hollow import has_hollow_rows
from data_loaders.ingest.periods import derive
from data_loaders.ingest.profile import Counted, count_columns
from data_loaders.ingest.relation import Relation
from data_loaders.ingest.sampled import Guess, has_totals
from data_loaders.ingest.stream import PlaceKeys, Target, write_stream
from data_loaders.ingest.subtotals import find_subtotals
from data_loaders.ingest.territory import Places, find_places
from data_loaders.ingest.totals import Totals
from data_loaders.ingest.wide import find_wide
from data_loaders.order import Progress
from model.table import ColumnType
from model.territory import Names

SORTABLE = ("BIGINT", "DOUBLE")
KEYS = MappingProxyType({"_entidad": "entidad", "_municipio": "municipio"})


@dataclass(frozen=True, slots=True)
class Straight:
    """A table that is written: its rows under their final names (`stored`) and as c0, c1, … (`typed`), both SQL."""

    plans: tuple[Plan, ...]
    places: Places
    counted: tuple[Counted, ...]
    rows: int
    stored: str
    typed: str


def read_straight(
    con: duckdb.DuckDBPyConnection, relation: Relation, guess: Guess, tag: str, names: Names, target: Path,
    say: Callable[[Progress], None],
) -> Straight | None:  # fmt: skip
    """Write the rows of a plain file to `target`; None, and nothing there, where they are not as the sample said."""
    how = relation.raw.delimited
    if how is None or not how.proper or not how.skip or guess.masked or not _is_plain(con, guess, tag):
        return None
    plans = tuple(replace(p, masked="") for p in guess.plans)
    hoped = find_places(con, f"sample_{tag}_typed", plans, names, f"{tag}_sample")
    keys = PlaceKeys(_first(plans, hoped.states), _first(plans, hoped.municipalities), len(hoped.levels), names)
    to = Target(target, plans, _repeated(con, guess, tag), hoped.levels)
    try:
        quiet = write_stream(
            con, relation.raw.path, how, to, keys if hoped.levels else None,
            lambda rows: say(Progress("Se convierten las filas", None, rows)),
        )  # fmt: skip
        say(Progress("Se cuentan los valores", 55))
        done = _counted(con, guess, to, tag)
        places = _placed(con, relation, done, hoped, names, tag, quiet) if done else None
    except NotPlainError:
        done = places = None
    if done is None or places is None:
        target.unlink(missing_ok=True)
        return None
    return replace(done, places=places)


def _is_plain(con: duckdb.DuckDBPyConnection, guess: Guess, tag: str) -> bool:
    """Whether no column has to be added, and the table is not wide."""
    cells = ", ".join(f"{p.expression} AS {p.cell}" for p in guess.plans)
    con.execute(f"CREATE TEMP VIEW sample_{tag}_typed AS SELECT {cells} FROM {guess.sample.view}")
    return find_wide(guess.plans, True) is None and not derive(con, f"sample_{tag}_typed", guess.plans)


def _first(plans: tuple[Plan, ...], positions: tuple[int, ...]) -> Plan | None:
    return plans[positions[0]] if positions else None


def _repeated(con: duckdb.DuckDBPyConnection, guess: Guess, tag: str) -> frozenset[int]:
    """The columns whose values repeat in the sample: they are worth a dictionary."""
    kinds = ", ".join(f"count(DISTINCT {p.cell})" for p in guess.plans)
    rows, *found = con.execute(f"SELECT count(*), {kinds} FROM sample_{tag}_typed").fetchone() or (0,)
    return frozenset(p.position for p, n in zip(guess.plans, found, strict=True) if 2 * n < rows)


def _counted(con: duckdb.DuckDBPyConnection, guess: Guess, to: Target, tag: str) -> Straight | None:
    """What is in the written columns; None where that speaks against the sample, or some rows have nothing in them."""
    stored, typed = f"stored_{tag}", f"typed_{tag}_straight"
    _open_views(con, to, stored, typed)
    rows = int((con.execute(f"SELECT count(*) FROM {stored}").fetchone() or (0,))[0])
    many = [p.name for p in to.plans if p.physical in SORTABLE and p.position not in to.repeated]
    counted = tuple(count_columns(con, stored, [(p.name, p.type) for p in to.plans], rows, many))
    if _has_sentinels(counted) or _decides(con, guess, typed):
        return None
    if not _is_full(counted) and has_hollow_rows(con, typed, to.plans):
        return None
    return Straight(to.plans, Places(), counted, rows, stored, typed)


def _placed(
    con: duckdb.DuckDBPyConnection, relation: Relation, done: Straight, hoped: Places, names: Names, tag: str,
    quiet: frozenset[int],
) -> Places | None:  # fmt: skip
    """The places of the written rows; None where they are others than the sample's, or some rows are totals."""
    if has_totals(con, relation, done.typed, done.plans, quiet):
        return None
    counted = {p.position: one for p, one in zip(done.plans, done.counted, strict=True)}
    found = find_places(con, done.typed, done.plans, names, tag, counted)
    if (found.states[:1], found.municipalities, found.levels) != (
        hoped.states[:1], hoped.municipalities, hoped.levels,
    ):  # fmt: skip
        return None
    places = replace(found, join="", alias="d")
    return None if find_subtotals(con, done.typed, done.plans, places, Totals("false", ()), tag) else places


def _open_views(con: duckdb.DuckDBPyConnection, to: Target, stored: str, typed: str) -> None:
    con.execute(f"SET VARIABLE {stored}_path = ?", [str(to.path)])
    con.execute(f"CREATE TEMP VIEW {stored} AS SELECT * FROM read_parquet(getvariable('{stored}_path'))")
    cells = [f"{quoted(p.name)} AS {p.cell}" for p in to.plans] + [f"{level} AS {KEYS[level]}" for level in to.levels]
    con.execute(f"CREATE TEMP VIEW {typed} AS SELECT {', '.join(cells)} FROM {stored}")


def _is_full(counted: tuple[Counted, ...]) -> bool:
    """Whether some column has a value in every row; texts may be blank, so they say nothing."""
    return any(c.type != ColumnType.TEXT and not c.nulls for c in counted)


def _has_sentinels(counted: tuple[Counted, ...]) -> bool:
    return any(c.type.numeric and c.minimum in masks.SENTINELS for c in counted)


def _decides(con: duckdb.DuckDBPyConnection, guess: Guess, typed: str) -> bool:
    """Whether some cell decides how a column is to be read that the sample left open."""
    if not guess.tests:
        return False
    cells = ", ".join(f"{p.cell} AS t{p.position}" for p in guess.plans if p.reading is None)
    tests = " OR ".join(f"coalesce({test}, false)" for test in guess.tests)
    return con.execute(f"SELECT 1 FROM (SELECT {cells} FROM {typed}) WHERE {tests} LIMIT 1").fetchone() is not None
