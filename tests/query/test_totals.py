"""How many rows there are, and quantiles of a large table: the same however they are asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from model.table import Column, ColumnType, Role
from model.version import TableProfile
from query import spread, totals
from query.address import parse
from query.compile import compile_view
from query.resolve import resolve
from query.schema import Schema
from query.totals import Compiled
from tests.query.world import VERSION, Row, World, create, manifest, near, profile

COLUMNS = (
    Column("tipo", ColumnType.TEXT, Role.CATEGORY),
    Column("entero", ColumnType.INTEGER, Role.MEASURE),
    Column("precio", ColumnType.NUMBER, Role.MEASURE),
)
CHANCE = random.Random(7)
MANY: tuple[Row, ...] = tuple(
    (
        CHANCE.choice(("a", "b", "", None)),
        CHANCE.choice((None, *range(-3, 4))),
        CHANCE.choice((None, *(i / 4 for i in range(-9, 30)))),
    )
    for _ in range(400)
)
ROWS: tuple[Row, ...] = (*MANY, ("vacía", None, None), ("una", 5, 1.5))
BOX = "q5:{0},q25:{0},median:{0},q75:{0},q95:{0}"


def described() -> TableProfile:
    table = profile("datos", COLUMNS, ROWS)
    counts = tuple((v, sum(row[0] == v for row in ROWS)) for v in ("a", "b", "", "una"))
    first = replace(table.columns[0], top=counts)
    return replace(table, columns=(first, *table.columns[1:]))


@pytest.fixture(scope="module")
def large() -> Iterator[World]:
    connection = duckdb.connect()
    create(connection, VERSION, COLUMNS, ROWS)
    yield World(connection, Schema(manifest((described(),))))
    connection.close()


def compiled(world: World, query: str, limit: int = 10) -> Compiled:
    return compile_view(resolve(parse("delitos", "por-entidad", query), world.schema), world.schema, limit)


@pytest.mark.parametrize(
    "query",
    [
        *("", "tipo=a", "tipo=", "tipo__in=a,b", "precio__isnull=1", "precio__isnull=0", "precio__gt=1&_sort=-precio"),
        *("_group=tipo", "_group=tipo,precio", "_measure=sum:precio", "_group=tipo&_measure=share:count"),
        *("_group=tipo,precio&_page=3&_size=7", "tipo=a&_sort=precio&_size=5&_page=4", "_group=precio:bin5,entero"),
    ],
)
def test_the_total_that_comes_with_a_page_is_the_counted_one(large: World, query: str) -> None:
    asked = compiled(large, query)
    page = asked.read(large.run(asked.rows))
    assert page.total == large.run(asked.total)[0][0]
    assert all(len(row) == len(page.columns) for row in page.rows)


def test_a_page_past_the_end_leaves_the_total_to_be_asked_for(large: World) -> None:
    asked = compiled(large, "_group=tipo&_page=9&_size=2")
    assert asked.read(large.run(asked.rows)).total is None
    assert large.run(asked.total) == ((6,),)


def test_the_profile_tells_what_it_knows_exactly_and_no_more(large: World) -> None:
    known = {
        q: compiled(large, q).known for q in ("", "tipo=a", "tipo=vacía", "tipo__ne=a", "precio=1", "tipo=a&tipo=b")
    }
    a = sum(row[0] == "a" for row in ROWS)
    assert known == {
        "": 402,
        "tipo=a": a,
        "tipo=vacía": None,
        "tipo__ne=a": None,
        "precio=1": None,
        "tipo=a&tipo=b": None,
    }


def test_rows_are_kept_to_be_counted_only_where_they_are_few(large: World, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "precio__gte=5&_sort=-precio"
    assert "MATERIALIZED" in compiled(large, query).rows.sql
    assert "MATERIALIZED" not in compiled(large, query.partition("&")[0]).rows.sql
    monkeypatch.setattr(totals, "KEPT_CELLS", 100)
    assert "MATERIALIZED" not in compiled(large, query).rows.sql
    asked = compiled(large, query, 5)
    page = asked.read(large.run(asked.rows))
    assert (page.truncated, page.total) == (True, None)


@pytest.mark.parametrize("column", ["entero", "precio"])
@pytest.mark.parametrize("groups", ["", "_group=tipo&", "_group=tipo,entero&"])
@pytest.mark.parametrize("few", [0, 20_000], ids=["by a list", "by counts"])
def test_quantiles_in_one_pass_are_those_asked_one_by_one(
    large: World, monkeypatch: pytest.MonkeyPatch, column: str, groups: str, few: int
) -> None:
    query = f"{groups}_measure={BOX.format(column)}"
    plain = large.ask(query)
    monkeypatch.setattr(spread, "MANY_ROWS", 1)
    monkeypatch.setattr(spread, "FEW_VALUES", few)
    assert ("LIST_EXTRACT" in compiled(large, query).rows.sql) is (few == 0)
    at_once = large.ask(query)
    assert at_once.names == plain.names
    assert at_once.total == plain.total
    for one, other in zip(at_once.rows, plain.rows, strict=True):
        assert [
            None if v is None else near(float(str(v))) if isinstance(v, (int, float)) else v for v in other
        ] == list(one)


def test_quantiles_of_filtered_rows_in_one_pass_are_sorted_and_paged_as_asked(
    large: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "_group=entero&tipo=a&_measure=q25:precio,q75:precio&_sort=-q75:precio&_size=3&_page=2"
    plain = large.ask(query)
    monkeypatch.setattr(spread, "MANY_ROWS", 1)
    assert large.ask(query).rows == plain.rows
