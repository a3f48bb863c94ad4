"""Finds the rows that are evidently totals of the others, to keep them apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from data_loaders.ingest.database import text
from data_loaders.ingest.relation import Relation, folded
from model.spelling import fold

WORDS = (
    "total(es)?( (nacional|general|estatal|global|de la republica( mexicana)?|del? pais))?|gran total|sub ?total(es)?"
    "|total (de la entidad|del municipio|del estado|de la alcaldia|de la delegacion|de la localidad)( .*)?"
    "|localidades de (una|dos) viviendas?"
)
NATIONAL = "|estados unidos mexicanos|republica mexicana|nacional|total nacional"
STATE_WORDS = ("entidad", "estado", "state", "nom_ent")
COLUMNS_LOOKED_AT = 12
LONGEST = 120
LEAST_KINDS = 2
MOST_SHARE = 0.5
STATE_KEYS = ("cve_ent", "clave_ent", "cve_edo", "entidad", "ent", "cve_estado", "clave_entidad", "cveent")
MUNICIPALITY_KEYS = ("cve_mun", "mun", "clave_mun", "cvemun", "clave_municipio")
LOCALITY_KEYS = ("cve_loc", "loc", "clave_loc", "cveloc")


@dataclass(frozen=True, slots=True)
class Totals:
    """`where` is SQL over the relation's view that is true for totals ("false": none); `columns` say it."""

    where: str
    columns: tuple[str, ...]


def find_totals(con: duckdb.DuckDBPyConnection, relation: Relation, quiet: Collection[int] = ()) -> Totals:
    """Rows whose place or category says Total, or whose place key is 00, where the column holds other values too.

    `quiet` are the columns (positions) in which no cell has one of the `hints`.
    """
    names = folded(relation.names)
    looked_at = [i for i in relation.texts[:COLUMNS_LOOKED_AT] if i not in quiet]
    tests = {i: _total_word(f"c{i}", names[i]) for i in looked_at}
    for keys, pattern, others in (
        (STATE_KEYS, "00?", "0?[1-9]|[12][0-9]|3[0-2]"),
        (MUNICIPALITY_KEYS, "000", "[0-9]{3}"),
        (LOCALITY_KEYS, "0000|999[89]", "[0-9]{4}"),
    ):
        for i in relation.texts:
            if names[i].replace(" ", "_") in keys and _all_match(con, relation, i, f"{pattern}|{others}"):
                tests[i] = f"regexp_full_match(txt(c{i}), '{pattern}')"
    sure = _sure(con, relation, tests)
    where = " OR ".join(f"coalesce({tests[i]}, false)" for i in sure)
    return Totals(f"({where})" if where else "false", tuple(relation.names[i] for i in sure))


def is_place_key(column: str) -> bool:
    """True if a column is called like the key of a state, municipality or locality."""
    return fold(column).replace(" ", "_") in (*STATE_KEYS, *MUNICIPALITY_KEYS, *LOCALITY_KEYS)


def _total_word(cell: str, name: str) -> str:
    """SQL: the cell is a word for totals; the cheap tests come first."""
    words = WORDS + (NATIONAL if any(word in name for word in STATE_WORDS) else "")
    folded_cell = f"regexp_replace(lower(strip_accents(txt({cell}))), '\\s+', ' ', 'g')"
    hint = " OR ".join(f"contains({cell}, '{word}')" for word in hints(name))
    return f"CASE WHEN {hint} THEN length({cell}) < {LONGEST} AND regexp_full_match({folded_cell}, {text(words)}) END"


def hints(name: str) -> tuple[str, ...]:
    """What every cell holds that says total in a column of this (folded) name."""
    national = any(word in name for word in STATE_WORDS)
    found = ["otal", *(["vivienda"] if "loc" in name else []), *(["nidos", "exicana", "acional"] if national else [])]
    return tuple(form for word in found for form in (word, word.upper()))


def _all_match(con: duckdb.DuckDBPyConnection, relation: Relation, i: int, pattern: str) -> bool:
    row = con.execute(
        f"SELECT count(*) FILTER (WHERE NOT regexp_full_match(txt(c{i}), '{pattern}')) "
        f"FROM (SELECT DISTINCT c{i} FROM {relation.view}) WHERE txt(c{i}) <> ''"
    ).fetchone()
    return row is not None and row[0] == 0


def _sure(con: duckdb.DuckDBPyConnection, relation: Relation, tests: dict[int, str]) -> list[int]:
    """The columns where some rows are totals, fewer than half, and at least two other values stand."""
    if not tests:
        return []
    parts = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
    row = con.execute(f"SELECT {parts} FROM {relation.view}").fetchone() or ()
    return [
        i for i, totals in zip(tests, row, strict=True) if totals and _minority(con, relation, i, tests[i], int(totals))
    ]


def _minority(con: duckdb.DuckDBPyConnection, relation: Relation, i: int, test: str, totals: int) -> bool:
    """True if at most half of the written cells of a column are totals, and the others are of several kinds."""
    others, kinds = con.execute(
        f"SELECT count(*), approx_count_distinct(c{i}) FROM {relation.view} "
        f"WHERE txt(c{i}) <> '' AND NOT coalesce({test}, false)"
    ).fetchone() or (0, 0)
    return bool(totals <= (totals + others) * MOST_SHARE and kinds >= LEAST_KINDS)
