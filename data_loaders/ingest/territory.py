"""Finds the columns that say the place of a row, and gives each row its INEGI keys."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import duckdb

from data_loaders.ingest.columns import Plan
from data_loaders.ingest.database import row_each
from data_loaders.ingest.periods import words
from data_loaders.ingest.profile import Counted
from model.spelling import fold
from model.table import ColumnType
from model.territory import Names, municipality_key, municipality_named, state_key

MOST_STATE_VALUES = 400
MOST_PLACES = 60_000
LEAST_KEY = 1001
GOOD_SHARE = 0.8
FAIR_SHARE = 0.6
STATE_WORDS = frozenset(["entidad", "estado", "ent", "edo", "state", "nom_ent", "entidades", "estados"])
MUNICIPALITY_WORDS = frozenset(
    [
        "mun",
        "municipio",
        "municipal",
        "nommunicipio",
        "nomgeo",
        "alcaldia",
        "delegacion",
        "demarcacion",
        "municipios",
        "cvegeo",
        "geo",
        "cvemun",
        "mpio",
    ]
)
NOT_STATES = frozenset(["pais", "country", "nacionalidad", "apellido"])
SPACED_KEY = re.compile(r"\d{2}[ .-]\d{3}")
FORMULA = re.compile(r"=?CONCATENA(?:R|TE)\(([\d,; ]+)\)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Places:
    """Which columns (positions) say the place, at which levels, and how many rows name one that is not known.

    `join` is SQL that adds the keys to a FROM over the typed table `d`: they stand as `entidad` and `municipio` in
    what `alias` names.
    """

    states: tuple[int, ...] = ()
    municipalities: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    unmatched: int = 0
    join: str = ""
    alias: str = "d"


def find_places(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], names: Names, tag: str,
    counted: Mapping[int, Counted] | None = None,
) -> Places:  # fmt: skip
    """Recognise places in the typed table `typed` (SQL name); `tag` keeps the tables of one file apart.

    `counted` says what is in each column (by position), where that is known already.
    """
    values = _values(con, typed, plans, counted)
    states = sorted(
        ((score, p) for p in plans if p.position in values and (score := _state_score(p, values[p.position])) > 0),
        key=lambda pair: -pair[0],
    )
    state = states[0][1] if states else None
    municipality = _municipality(con, typed, plans, values, state, names)
    if not state and not municipality:
        return Places()
    unmatched = _map(con, typed, state, municipality, names, tag)
    columns = [p.cell for p in (state, municipality) if p]
    on = " AND ".join(f"{k}.{c} IS NOT DISTINCT FROM d.{c}" for c in columns for k in (f"place_{tag}",))
    return Places(
        tuple(p.position for _, p in states),
        (municipality.position,) if municipality else (),
        ("_entidad", "_municipio") if municipality else ("_entidad",),
        unmatched,
        f"LEFT JOIN place_{tag} ON {on}",
        f"place_{tag}",
    )


def _values(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], counted: Mapping[int, Counted] | None
) -> dict[int, dict[str, int]]:
    """The commonest values of the columns that may say a place, with their rows, by position."""
    able = _able(con, typed, [p for p in plans if p.type in (ColumnType.TEXT, ColumnType.INTEGER)], counted)
    told = {i: one.top for i, one in (counted or {}).items() if one.distinct == len(one.top)}
    known = {p.position: {v: n for v, n in told[p.position] if v.strip(" ")} for p in able if p.position in told}
    able = [p for p in able if p.position not in told]
    found = row_each(
        con,
        [
            f"list(v), list(n) FROM (SELECT v::VARCHAR AS v, n FROM "
            f"(SELECT {p.cell} AS v, count(*) AS n FROM {typed} GROUP BY ALL) WHERE txt(v::VARCHAR) <> '' "
            f"ORDER BY n DESC, v LIMIT {MOST_PLACES})"
            for p in able
        ],
    )
    asked = {p.position: dict(zip(row[0] or (), row[1] or (), strict=True)) for p, row in zip(able, found, strict=True)}
    return known | asked


def _able(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], counted: Mapping[int, Counted] | None
) -> list[Plan]:
    """The columns with few enough values for places; of numbers without a place's name, those that reach a key's."""
    if not plans:
        return []
    row: Sequence[Any]
    if counted:
        row = [fact for p in plans for fact in (counted[p.position].distinct, counted[p.position].maximum)]
    else:
        parts = ", ".join(
            f"approx_count_distinct({p.cell}), {f'max({p.cell})' if p.type == ColumnType.INTEGER else 'NULL'}"
            for p in plans
        )
        row = con.execute(f"SELECT {parts} FROM {typed}").fetchone() or ()
    named = STATE_WORDS | MUNICIPALITY_WORDS
    return [
        p
        for p, kinds, most in zip(plans, row[::2], row[1::2], strict=True)
        if kinds <= MOST_PLACES * 1.25
        and (most is None or most >= LEAST_KEY or words(p.name) & named or "mun" in fold(p.name))
    ]


def clean(value: str) -> str:
    """The cell without the remains of a spreadsheet formula: `=CONCATENAR(0,01)` → `01`."""
    formula = FORMULA.fullmatch(value.strip())
    if not formula:
        return value
    digits = re.sub(r"\D", "", formula[1]).lstrip("0")
    return digits.zfill(2)


def _share(values: dict[str, int], known: Sequence[bool]) -> float:
    rows = sum(values.values())
    return sum(n for n, good in zip(values.values(), known, strict=True) if good) / rows if rows else 0.0


def _state_score(plan: Plan, values: dict[str, int]) -> float:
    """How surely a column says the state, 0 for not at all: what is written counts, and what the column is called."""
    named = bool(words(plan.name) & STATE_WORDS)
    if not values or len(values) > MOST_STATE_VALUES or words(plan.name) & NOT_STATES:
        return 0.0
    digits = all(value.strip().isdigit() for value in values)
    keys = [state_key(clean(value)) for value in values]
    share = _share(values, [key is not None for key in keys])
    enough = FAIR_SHARE if named else GOOD_SHARE
    if share < enough or (digits and not named) or (not named and len(set(keys) - {None}) < 3):
        return 0.0
    if words(plan.name) & MUNICIPALITY_WORDS and not named:
        return 0.0
    return share + (0.5 if named else 0.0) + (0.05 if digits else 0.0)


def _municipality(
    con: duckdb.DuckDBPyConnection, typed: str, plans: Sequence[Plan], values: dict[int, dict[str, int]],
    state: Plan | None, names: Names,
) -> Plan | None:  # fmt: skip
    best: tuple[float, Plan] | None = None
    for plan in plans:
        found = values.get(plan.position, {})
        if not found or plan is state or len(found) >= MOST_PLACES:
            continue
        score = _municipality_score(con, typed, plan, found, state, names)
        if score > 0 and (best is None or score > best[0]):
            best = (score, plan)
    return best[1] if best else None


def _municipality_score(
    con: duckdb.DuckDBPyConnection, typed: str, plan: Plan, values: dict[str, int], state: Plan | None, names: Names
) -> float:
    named = bool(words(plan.name) & MUNICIPALITY_WORDS) or "mun" in fold(plan.name)
    whole = _share(values, [municipality_key(value) is not None and len(value.strip()) >= 4 for value in values])
    spaced = _share(values, [SPACED_KEY.fullmatch(value.strip()) is not None for value in values])
    if whole >= GOOD_SHARE and (named or spaced >= GOOD_SHARE or _agrees(con, typed, plan, state)):
        return 3.0 + whole
    if not named:
        return 0.0
    pairs = con.execute(
        f"SELECT {state.cell if state else 'NULL'}::VARCHAR, {plan.cell}::VARCHAR, count(*) FROM {typed} "
        f"WHERE txt({plan.cell}::VARCHAR) <> '' GROUP BY 1, 2 LIMIT {MOST_PLACES}"
    ).fetchall()
    rows = sum(n for _, _, n in pairs) or 1
    share = sum(n for s, m, n in pairs if keys_of(s, m, names)[1]) / rows
    digits = all(value.strip().isdigit() for value in values)
    return share + (1.0 if digits else 0.0) if share >= FAIR_SHARE else 0.0


def _agrees(con: duckdb.DuckDBPyConnection, typed: str, plan: Plan, state: Plan | None) -> bool:
    """True if a column of 5-digit numbers starts with the state's key in nearly every row: not postal codes."""
    if state is None:
        return False
    pairs = con.execute(
        f"SELECT DISTINCT {state.cell}::VARCHAR, {plan.cell}::VARCHAR FROM {typed} "
        f"WHERE {state.cell} IS NOT NULL AND {plan.cell} IS NOT NULL LIMIT {MOST_PLACES}"
    ).fetchall()
    known = [(state_key(clean(s)), municipality_key(m)) for s, m in pairs]
    return bool(known) and sum(m is not None and m[:2] == s for s, m in known) / len(known) > 0.95


def keys_of(state: str | None, municipality: str | None, names: Names) -> tuple[str | None, str | None]:
    """(state key, municipality key) of a pair of cells."""
    own = _state(state) if state and state.strip() else None
    if not municipality or not municipality.strip():
        return own, None
    key = municipality_key(municipality, own)
    if key is None and re.search(r"[^\W\d]", municipality) and not FORMULA.fullmatch(municipality.strip()):
        key = municipality_named(own or "09", municipality, names)
    if key is None and own is None:
        own = _state(municipality) if FORMULA.fullmatch(municipality.strip()) else None
    if key and own and key[:2] != own:
        key = None
    return own or (key[:2] if key else None), key


@lru_cache(maxsize=1_000)
def _state(cell: str) -> str | None:
    return state_key(clean(cell))


def _map(
    con: duckdb.DuckDBPyConnection, typed: str, state: Plan | None, municipality: Plan | None, names: Names, tag: str
) -> int:
    """Make the table of pairs of cells and their keys; the rows whose written place is not known."""
    columns = [p for p in (state, municipality) if p]
    cells = ", ".join(p.cell for p in columns)
    con.execute(
        f"CREATE TEMP TABLE pairs_{tag} AS SELECT row_number() OVER () AS pair, {cells}, count(*) AS n "
        f"FROM {typed} GROUP BY {cells}"
    )
    s = f"{state.cell}::VARCHAR" if state else "NULL"
    m = f"{municipality.cell}::VARCHAR" if municipality else "NULL"
    rows = con.execute(f"SELECT pair, {s}, {m}, n FROM pairs_{tag}").fetchall()
    keyed: list[tuple[int, str | None, str | None]] = []
    unmatched = 0
    for pair, written_state, written_municipality, n in rows:
        own, key = keys_of(written_state, written_municipality, names)
        keyed.append((pair, own, key))
        wrong_state = bool(written_state and written_state.strip()) and own is None
        wrong_municipality = bool(written_municipality and written_municipality.strip()) and key is None and own is None
        unmatched += n if wrong_state or wrong_municipality or _missed(written_municipality, key) else 0
    con.execute("CREATE OR REPLACE TEMP TABLE keyed (pair BIGINT, entidad VARCHAR, municipio VARCHAR)")
    con.execute(
        "INSERT INTO keyed SELECT unnest($p), unnest($e), unnest($m)",
        dict(zip("pem", map(list, zip(*keyed, strict=True)), strict=True)),
    )
    con.execute(f"CREATE TEMP TABLE place_{tag} AS SELECT * EXCLUDE (pair, n) FROM pairs_{tag} JOIN keyed USING (pair)")
    return unmatched


def _missed(municipality: str | None, key: str | None) -> bool:
    return (
        bool(municipality and municipality.strip())
        and key is None
        and not FORMULA.fullmatch((municipality or "").strip())
    )
