"""The compiled SQL, run: filters, groups, measures, order and pages against answers worked out by hand."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest

from model.table import Cell, Column, ColumnType, Role
from model.view import Group, Measure, Sort, View
from query.address import parse
from query.compile import compile_view
from query.periods import period
from query.resolve import resolve
from query.schema import Schema
from query.syntax import column
from tests.query.world import SCHEMA, Row, World, create, manifest, near, profile


def cases(world: World, query: str) -> list[Cell]:
    """The `casos` of the rows that a filter leaves, in order: each row has its own."""
    return sorted(row[0] for row in world.ask(f"{query}&_columns=casos").rows)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("casos=7", [7]),
        ("casos__ne=7", [1, 2, 3, 5, 11]),
        ("casos__gt=5", [7, 11]),
        ("casos__gte=5", [5, 7, 11]),
        ("casos__lt=3", [1, 2]),
        ("casos__lte=3", [1, 2, 3]),
        ("casos__gt=2&casos__lt=7", [3, 5]),
        ("casos__in=1,2,99", [1, 2]),
        ("tipo=robo", [2, 3, 7]),
        ("tipo=", [1]),
        ("tipo__isnull=1", [11]),
        ("tipo__isnull=0", [1, 2, 3, 5, 7]),
        ("tipo__ne=robo", [1, 5, 11]),
        ("tipo__in=,fraude", [1, 5]),
        ("tipo__contains=RÓB", [2, 3, 7]),
        ("tipo__contains=%25", []),
        ("tipo__contains=_", []),
        ("tipo__starts=fra", [5]),
        ("entidad=Jalisco", [1, 3, 5]),
        ("entidad__ne=Jalisco", [2, 7, 11]),
        ("_entidad__isnull=1", [11]),
        ("_entidad__in=14,11", [1, 2, 3, 5, 7]),
        ("_municipio=11017", [2, 7]),
        ("_municipio__starts=14", [1, 3, 5]),
        ("fecha=2020", [2, 5, 7]),
        ("fecha__lte=2020-01-05", [2, 3, 5]),
        ("fecha__gt=2020-01", [11]),
        ("hora__lte=2020-01-01", [3, 5]),
        ("hora=2021-06-15", [11]),
        ("hora=2020-01-01T10:45", [5]),
        ("hora__gt=2020-01-01T10:45", [2, 7, 11]),
        ("vigente=no", [1, 5]),
        ("vigente__ne=no", [2, 3, 7, 11]),
        ("VALOR_USD=20.25", [5]),
        ("VALOR_USD__lt=0", [11]),
        ("VALOR_USD__isnull=1", [2]),
        ("30%25+++(F)__gte=5", [1, 11]),
        ("%22system:index%22__in=a,f", [1, 3]),
        ("%22.geo%22__isnull=1", [1, 2, 7, 11]),
        ("lookup:est:nombre=Centro", [1, 3, 5]),
        ("lookup:est:nombre__isnull=1", [7, 11]),
        ("_bbox=-104,20,-103,21", [1, 3, 5]),
        ("_bbox=-101.5,21,-101.5,21", [2]),
    ],
)
def test_a_filter_leaves_the_right_rows(world: World, query: str, expected: list[int]) -> None:
    assert cases(world, query) == expected
    assert world.ask(query).total == (len(expected),)


def test_rows_keep_the_sources_names_and_order(world: World) -> None:
    told = world.ask("_columns=.geo,30%25+++(F),%22system:index%22")
    assert told.names == (".geo", "30%   (F)", "system:index")
    assert told.rows[0] == ("{}", 1.0, "a")
    assert [row[2] for row in told.rows] == list("abcdef")


def test_nulls_come_last_in_both_directions(world: World) -> None:
    assert [r[0] for r in world.ask("_columns=VALOR_USD&_sort=VALOR_USD").rows] == [-4.0, 0.1, 5.0, 10.5, 20.25, None]
    assert [r[0] for r in world.ask("_columns=VALOR_USD&_sort=-VALOR_USD").rows] == [20.25, 10.5, 5.0, 0.1, -4.0, None]


def test_pages_of_a_sort_with_ties_hold_every_row_once(world: World) -> None:
    pages = [world.ask(f"_columns=tipo,casos&_sort=tipo&_size=2&_page={n}") for n in (1, 2, 3)]
    assert [len(p.rows) for p in pages] == [3, 3, 2]  # the third row of a page only says that there are more
    rows = [row for p in pages for row in p.rows[:2]]
    assert rows == [("", 1), ("fraude", 5), ("robo", 2), ("robo", 3), ("robo", 7), (None, 11)]
    assert all(p.total == (6,) for p in pages)


def test_a_page_asks_for_one_row_more_and_never_passes_the_limit(world: World) -> None:
    view = resolve(parse("delitos", "por-entidad", "_size=5&_page=2"), SCHEMA)
    compiled = compile_view(view, SCHEMA, 1000)
    assert compiled.size == 5
    assert compiled.rows.parameters == (6, 5)
    assert compile_view(view, SCHEMA, 3).size == 3
    assert len(world.run(compile_view(view, SCHEMA, 3).rows)) == 3
    assert compile_view(resolve(View("delitos", "por-entidad"), SCHEMA), SCHEMA, 40).rows.parameters == (41,)


def test_groups_are_counted_and_the_null_group_is_kept(world: World) -> None:
    told = world.ask("_group=tipo")
    assert told.names == ("tipo", "count")
    assert told.rows == (("", 1), ("fraude", 1), ("robo", 3), (None, 1))
    assert told.total == (4,)


def test_every_measure_is_right(world: World) -> None:
    told = world.ask(
        "_entidad=14&_measure=count,sum:casos,avg:casos,min:casos,max:casos,median:casos,distinct:tipo,q25:casos,"
        "sum:VALOR_USD,avg:VALOR_USD,min:fecha,max:hora"
    )
    first, last = date(2019, 12, 30), datetime.fromisoformat("2020-01-01T10:45")
    assert told.rows == ((3, 9, 3.0, 1, 5, 3.0, 3, 2.0, near(30.85), near(30.85 / 3), first, last),)
    assert told.total == (1,)


def test_quantiles_are_interpolated(world: World) -> None:
    # casos: 1 2 3 5 7 11; the position of q10 is 0.1 x 5 = 0.5, of q75 3.75, of q99 4.95
    assert world.ask("_measure=q10:casos,q75:casos,q99:casos,median:casos").rows == (
        (near(1.5), near(6.5), near(10.8), 4.0),
    )


def test_measures_leave_nulls_out_and_an_empty_group_of_values_is_null(world: World) -> None:
    assert world.ask("casos=2&_measure=sum:VALOR_USD,avg:VALOR_USD,count").rows == ((None, None, 1),)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("year", [(date(2019, 1, 1), 1), (date(2020, 1, 1), 3), (date(2021, 1, 1), 1), (None, 1)]),
        ("quarter", [(date(2019, 10, 1), 1), (date(2020, 1, 1), 3), (date(2021, 4, 1), 1), (None, 1)]),
        ("month", [(date(2019, 12, 1), 1), (date(2020, 1, 1), 3), (date(2021, 6, 1), 1), (None, 1)]),
        ("week", [(date(2019, 12, 30), 3), (date(2020, 1, 6), 1), (date(2021, 6, 14), 1), (None, 1)]),
    ],
)
def test_periods_are_named_by_their_first_day(world: World, by: str, expected: list[tuple[Cell, int]]) -> None:
    assert world.ask(f"_group=fecha:{by}").rows == tuple(expected)
    assert world.ask(f"_group=hora:{by}").rows == tuple(expected)
    assert world.ask(f"_group=fecha:{by}").names == (f"fecha:{by}", "count")


@pytest.mark.parametrize("by", ["year", "quarter", "month", "week", "day", "hour"])
@pytest.mark.parametrize("type_", ["DATE", "TIMESTAMP"])
def test_periods_begin_where_duckdb_truncates_in_every_century(by: str, type_: str) -> None:
    start, key = (tree.sql("duckdb") for tree in period(by, column("d", "t")))
    moments = "range(TIMESTAMP '1580-01-01', TIMESTAMP '2400-01-01', INTERVAL '111 hours 17 minutes')"
    wrong = duckdb.sql(
        f"SELECT count(*) FROM (SELECT {start} AS ours, min(date_trunc('{by}', t.d)) AS low, "
        f"max(date_trunc('{by}', t.d)) AS high, count(*) AS n "
        f"FROM (SELECT unnest::{type_} AS d FROM unnest({moments})) AS t GROUP BY {key}) "
        "WHERE ours::TIMESTAMP <> low OR low <> high"
    ).fetchall()
    assert wrong == [(0,)]


def test_hours_are_moments_without_minutes(world: World) -> None:
    told = world.ask("_group=hora:hour&fecha=2020-01-06")
    assert told.rows == ((datetime.fromisoformat("2020-01-06T11:00"), 1),)


def test_bins_divide_the_whole_range_of_the_version(world: World) -> None:
    # VALOR_USD runs from -4 to 20.25: four intervals of 6.0625; the last one includes its upper edge
    assert world.ask("_group=VALOR_USD:bin4").rows == ((-4.0, 2), (2.0625, 1), (8.125, 1), (14.1875, 1), (None, 1))
    assert world.ask("_group=VALOR_USD:bin4&tipo=fraude").rows == ((14.1875, 1),)
    # casos runs from 1 to 11: five intervals of 2
    assert world.ask("_group=casos:bin5").rows == ((1.0, 2), (3.0, 1), (5.0, 1), (7.0, 1), (9.0, 1))


def test_a_column_of_one_value_has_one_bin_and_an_empty_one_none() -> None:
    columns = (Column("igual", ColumnType.INTEGER, Role.MEASURE), Column("nada", ColumnType.NUMBER, Role.MEASURE))
    rows: tuple[Row, ...] = ((5, None), (5, None), (None, None))
    connection = duckdb.connect()
    create(connection, "0123456789ab", columns, rows)
    small = World(connection, Schema(manifest((profile("datos", columns, rows),))))
    assert small.ask("_group=igual:bin7").rows == ((5.0, 2), (None, 1))
    assert small.ask("_group=nada:bin7").rows == ((None, 3),)


def test_groups_can_be_sorted_by_a_measure_and_ties_by_the_groups(world: World) -> None:
    assert world.ask("_group=tipo&_measure=sum:casos&_sort=-sum:casos").rows == (
        ("robo", 12),
        (None, 11),
        ("fraude", 5),
        ("", 1),
    )
    assert [r[0] for r in world.ask("_group=tipo&_sort=-count").rows] == ["robo", "", "fraude", None]
    assert [r[0] for r in world.ask("_group=tipo&_sort=-tipo").rows] == ["robo", "fraude", "", None]


def test_a_group_and_a_measure_of_the_same_name_are_told_apart() -> None:
    columns = (Column("count", ColumnType.TEXT, Role.CATEGORY),)
    rows: tuple[Row, ...] = (("b",), ("a",), ("b",))
    connection = duckdb.connect()
    create(connection, "0123456789ab", columns, rows)
    small = World(connection, Schema(manifest((profile("datos", columns, rows),))))
    assert small.ask("_group=count").rows == (("a", 1), ("b", 2))


def test_shares_are_percentages_of_all_groups_even_beyond_the_page(world: World) -> None:
    told = world.ask("_group=tipo&_measure=share:sum:casos,share:count,share:sum:VALOR_USD&_sort=-share:sum:casos")
    assert told.names == ("tipo", "share:sum:casos", "share:count", "share:sum:VALOR_USD")
    robo = told.rows[0]
    assert robo[1] == near(100 * 12 / 29)
    assert robo[2] == near(50.0)
    assert robo[3] == near(100 * 15.5 / 31.85)
    assert sum(float(str(row[1])) for row in told.rows) == near(100)
    assert world.ask("_group=tipo&_measure=share:sum:casos&_sort=-share:sum:casos&_size=1").rows[0][1] == robo[1]


def test_a_share_keeps_to_the_filters_and_of_nothing_is_null(world: World) -> None:
    assert world.ask("_entidad=11&_group=casos&_measure=share:sum:casos").rows == (
        (2, near(200 / 9)),
        (7, near(700 / 9)),
    )
    assert world.ask("casos=2&_group=tipo&_measure=share:sum:VALOR_USD").rows == (("robo", None),)
    assert world.ask("_measure=share:sum:casos").rows == ((100.0,),)


def test_a_lookup_groups_measures_sorts_and_never_multiplies_rows(world: World) -> None:
    # the stations' table has E1 twice: the first by its columns' order stands for it
    told = world.ask("_group=lookup:est:nombre&_measure=count,sum:casos,max:lookup:est:location/lat")
    assert told.names == ("lookup:est:nombre", "count", "sum:casos", "max:lookup:est:location/lat")
    assert told.rows == (("Bajío", 1, 2, 21.0), ("Centro", 3, 9, 20.5), (None, 2, 18, None))
    rows = world.ask("_columns=casos,lookup:est:nombre&_sort=-lookup:est:nombre,-casos").rows
    assert rows == ((5, "Centro"), (3, "Centro"), (1, "Centro"), (2, "Bajío"), (11, None), (7, None))


def test_the_columns_carry_types_roles_labels_and_units() -> None:
    query = "_group=fecha:month,_entidad,VALOR_USD:bin4,hora:hour&_measure=sum:VALOR_USD,count,share:count,min:fecha"
    columns = compile_view(resolve(parse("delitos", "por-entidad", query), SCHEMA), SCHEMA, 10).read(()).columns
    assert columns == (
        Column("fecha:month", ColumnType.DATE, Role.TIME, "Fecha (mes)"),
        Column("_entidad", ColumnType.TEXT, Role.STATE, "Entidad"),
        Column("VALOR_USD:bin4", ColumnType.NUMBER, Role.CATEGORY, "Valor (4 intervalos)", "USD"),
        Column("hora:hour", ColumnType.TIMESTAMP, Role.TIME, "hora (hora)"),
        Column("sum:VALOR_USD", ColumnType.NUMBER, Role.MEASURE, "Valor", "USD"),
        Column("count", ColumnType.INTEGER, Role.MEASURE, "Número de registros"),
        Column("share:count", ColumnType.NUMBER, Role.MEASURE, "Número de registros (% del total)", "%"),
        Column("min:fecha", ColumnType.DATE, Role.MEASURE, "Mínimo de la fecha"),
    )


def test_the_tables_that_are_read_are_listed() -> None:
    def tables(query: str) -> list[tuple[str, str]]:
        view = resolve(parse("delitos", "por-entidad", query), SCHEMA)
        return [(t.dataset, t.version) for t in compile_view(view, SCHEMA, 10).rows.tables]

    assert tables("") == [("delitos", "0123456789ab")]
    assert tables("_columns=lookup:est:nombre") == [("delitos", "0123456789ab"), ("estaciones", "aaaaaaaaaaaa")]
    assert tables("_measure=rate:count") == [("delitos", "0123456789ab"), ("poblacion", "bbbbbbbbbbbb")]


def test_a_sort_named_without_quotes_still_sorts(world: World) -> None:
    measure = Measure("distinct", "system:index")
    name = Sort("distinct:system:index", descending=True)
    view = View("delitos", "por-entidad", groups=(Group("tipo"),), measures=(measure,), sort=(name,))
    compiled = compile_view(view, SCHEMA, 10)
    assert [c.name for c in compiled.read(()).columns] == ["tipo", 'distinct:"system:index"']
    assert compiled.read(world.run(compiled.rows)).rows[0] == ("robo", 3)
