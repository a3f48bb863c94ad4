"""What is counted of the columns of a stored table, and what proves a row key."""

from __future__ import annotations

import duckdb
import pytest

from data_loaders.ingest.keys import prove_key
from data_loaders.ingest.profile import count_columns
from model.table import Column, ColumnType, Role
from model.version import ColumnProfile

NUMBERS = {
    "hardly repeated": "SELECT CASE WHEN i % 100 <> 7 THEN round(sin(i) * 1000, 1) END AS v FROM range(30000) t(i)",
    "few": "SELECT (i * i) % 11 - 3 AS v FROM range(1000) t(i)",
    "whole": "SELECT (i * 7919) % 5003 AS v FROM range(9000) t(i)",
    "one": "SELECT 5.5::DOUBLE AS v",
    "none": "SELECT NULL::DOUBLE AS v FROM range(3)",
}


@pytest.mark.parametrize("which", NUMBERS)
def test_sorted_numbers_are_counted_as_grouped_ones_are(which: str) -> None:
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t AS {NUMBERS[which]}")
        rows = con.execute("SELECT count(*) FROM t").fetchall()[0][0]
        kind = ColumnType.INTEGER if which in ("few", "whole") else ColumnType.NUMBER
        grouped, ordered = (count_columns(con, "t", [("v", kind)], rows, many) for many in ((), ("v",)))
        assert ordered == grouped
        assert ordered[0].distinct == con.execute("SELECT count(DISTINCT v) FROM t").fetchall()[0][0]


def category(name: str, distinct: int) -> ColumnProfile:
    return ColumnProfile(Column(name, ColumnType.INTEGER, Role.CATEGORY), 0, distinct)


@pytest.mark.parametrize(("last", "key"), [("i // 700", ("a", "b")), ("i // 701", ())])
def test_columns_that_never_repeat_together_are_the_key_of_a_large_table(last: str, key: tuple[str, ...]) -> None:
    rows = 2_100_000
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t AS SELECT i % 700 AS a, {last} AS b, i % 3 AS c FROM range({rows}) t(i)")
        columns = [category("a", 700), category("b", 3000), category("c", 3)]
        found = prove_key(con, "t", columns[:2], rows, ())
    assert found == (key, bool(key))


def test_columns_that_could_hardly_repeat_are_no_key() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t AS SELECT i // 2 AS a, (i * 7919) % 99991 AS b FROM range(400) t(i)")
        assert prove_key(con, "t", [category("a", 200), category("b", 400_000)], 400, ()) == ((), False)
        assert prove_key(con, "t", [category("a", 200), category("b", 399)], 400, ()) == (("a", "b"), True)
