"""Numbers come out exactly: sums without drift, and the precision in which a column is kept."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from model.table import Column, ColumnType, Role
from query.schema import Schema
from tests.query.world import Row, World, create, manifest, profile


def test_floats_add_up_without_the_error_of_plain_addition() -> None:
    columns = (Column("x", ColumnType.NUMBER, Role.MEASURE),)
    rows: tuple[Row, ...] = ((0.1,),) * 10
    connection = duckdb.connect()
    create(connection, "0123456789ab", columns, rows)
    small = World(connection, Schema(manifest((profile("datos", columns, rows),))))
    assert sum(row[0] for row in rows if isinstance(row[0], float)) != 1.0
    assert small.ask("_measure=sum:x,avg:x").rows == ((1.0, 0.1),)


def test_a_number_is_found_in_the_precision_in_which_it_is_kept() -> None:
    connection = duckdb.connect()
    known_as = Column("x", ColumnType.NUMBER, Role.MEASURE)
    for version, type_ in (("aaaaaaaaaaa1", "FLOAT"), ("aaaaaaaaaaa2", "DOUBLE"), ("aaaaaaaaaaa3", "DECIMAL(12,4)")):
        connection.execute(f'CREATE SCHEMA "v{version}"')
        connection.execute(f'CREATE TABLE "v{version}".datos (x {type_})')
        connection.execute(f'INSERT INTO "v{version}".datos VALUES (20.99), (0.1), (1000), (NULL)')
        described = replace(
            manifest((profile("datos", (known_as,), ((20.99,), (0.1,), (1000.0,), (None,))),)), version=version
        )
        small = World(connection, Schema(described))
        for text in ("20.99", "0.1", "1e3", "1000.0"):
            assert small.ask(f"x={text}").total == (1,), (type_, text)
        assert small.ask("x__in=20.99,0.1").total == (2,)
        assert small.ask("x__gte=20.99").total == (2,)
        assert small.ask("x__ne=20.99").total == (3,)
        assert small.ask("x__lt=1e300").total == (3,)


def test_whole_numbers_add_up_exactly() -> None:
    columns = (Column("n", ColumnType.INTEGER, Role.MEASURE),)
    rows: tuple[Row, ...] = ((9_007_199_254_740_993,), (9_223_372_036_854_775_807,), (1,))
    connection = duckdb.connect()
    create(connection, "0123456789ab", columns, rows)
    small = World(connection, Schema(manifest((profile("datos", columns, rows),))))
    assert small.ask("_measure=sum:n").rows == ((9_232_379_236_109_516_801,),)
    assert small.ask("n=9007199254740993&_columns=n").rows == ((9_007_199_254_740_993,),)
