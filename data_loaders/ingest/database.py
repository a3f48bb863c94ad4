"""The working database of one load: locked to its own folder, with the words that readings use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

WORK = "trabajo"  # removed when the version is published
MEMORY_SHARE = 0.3  # of the process limit: the address space must also hold threads, Python and file maps
MOST_MEMORY = 1_300_000_000
MACROS = (
    "CREATE MACRO txt(c) AS trim(c)",
    "CREATE MACRO full_year(y) AS CASE WHEN y >= 100 THEN y WHEN y < 70 THEN y + 2000 ELSE y + 1900 END",
    """CREATE MACRO month_number(t) AS CASE lower(left(t, 3))
       WHEN 'ene' THEN 1 WHEN 'jan' THEN 1 WHEN 'feb' THEN 2 WHEN 'mar' THEN 3 WHEN 'abr' THEN 4 WHEN 'apr' THEN 4
       WHEN 'may' THEN 5 WHEN 'jun' THEN 6 WHEN 'jul' THEN 7 WHEN 'ago' THEN 8 WHEN 'aug' THEN 8 WHEN 'sep' THEN 9
       WHEN 'set' THEN 9 WHEN 'oct' THEN 10 WHEN 'nov' THEN 11 WHEN 'dic' THEN 12 WHEN 'dec' THEN 12 END""",
    """CREATE MACRO day_of(y, m, d) AS CASE WHEN y BETWEEN 1 AND 9999 AND m BETWEEN 1 AND 12 AND d BETWEEN 1 AND 31
       THEN TRY_CAST(concat(lpad(y::VARCHAR, 4, '0'), '-', m, '-', d) AS DATE) END""",
)


def open_database(folder: Path, memory_bytes: int, threads: int, *others: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a new database file in `folder`/trabajo that can reach no place outside `folder` and `others`."""
    work = folder / WORK
    con = duckdb.connect(str(work / "trabajo.duckdb"))
    limit = min(int(memory_bytes * MEMORY_SHARE), MOST_MEMORY)
    con.execute(f"SET memory_limit = '{limit // 1_000_000}MB'")
    con.execute(f"SET threads = {max(1, threads)}")
    con.execute("SET temp_directory = ?", [str(work / "derrame")])
    con.execute("SET allowed_directories = ?", [[str(folder), *map(str, others)]])
    con.execute("SET TimeZone = 'America/Mexico_City'")
    for name in ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"):
        con.execute(f"SET {name} = false")
    for macro in MACROS:
        con.execute(macro)
    con.execute("SET enable_external_access = false")
    con.execute("SET enable_progress_bar = false")
    con.execute("SET lock_configuration = true")
    return con


def trim_odd_spaces(con: duckdb.DuckDBPyConnection) -> None:
    """From now on cells are trimmed of tabs, line ends and hard spaces too, which takes six times as long."""
    con.execute("CREATE OR REPLACE MACRO txt(c) AS trim(c, concat(' ', chr(9), chr(10), chr(13), chr(160), chr(8239)))")


def row_each(
    con: duckdb.DuckDBPyConnection, questions: Sequence[str], values: Sequence[str] = (), at_once: int = 50
) -> list[tuple[Any, ...]]:
    """The one row of each question ("… FROM …", without SELECT; all give the same types), `at_once` in one query.

    `values` are bound to $v0, $v1, … Asked one by one, 500 small questions take three times as long (measured).
    """
    out: list[tuple[Any, ...]] = []
    for start in range(0, len(questions), at_once):
        batch = questions[start : start + at_once]
        sql = " UNION ALL ".join(f"SELECT {i}, {question}" for i, question in enumerate(batch))
        bound = {f"v{i}": value for i, value in enumerate(values) if f"$v{i} " in sql}
        rows = {row[0]: row[1:] for row in con.execute(sql, bound).fetchall()}
        out += [rows[i] for i in range(len(batch))]
    return out


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """One of our own constants (a pattern, a variable's name) as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"
