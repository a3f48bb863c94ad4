"""Rates per 100,000: whose population, of which year, and what is missing, worked out by hand.

Population: Jalisco (14) 1,000 in 2015 and 2,000 in 2020; Guanajuato (11) 500 in 2020; Mexico City (09) 100 in 2015.
The data are of 2019, 2020 and 2021: 1,000 + 2,000 + 2,000 person-years in 14, none known in 11, 100 a year in 09.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.errors import BadRequest
from model.table import Cell, Column, ColumnType, Role
from model.view import Group, View
from query.address import parse
from query.compile import POPULATION, compile_view
from query.resolve import resolve
from query.schema import Schema
from tests.query.world import (
    DECLARED,
    PEOPLE_TABLE,
    SCHEMA,
    STATION_TABLE,
    TABLE,
    Row,
    World,
    create,
    manifest,
    near,
    profile,
)


def test_each_state_is_divided_by_its_own_person_years_over_the_years_of_the_data(world: World) -> None:
    told = world.ask("_group=_entidad&_measure=rate:sum:casos,sum:casos,rate:count")
    assert told.names == ("_entidad", "rate:sum:casos", "sum:casos", "rate:count", POPULATION)
    assert told.rows == (
        ("11", None, 9, None, None),  # nobody knows its people of 2019
        ("14", 9 * 100_000 / 5000, 9, 3 * 100_000 / 5000, 5000),
        (None, None, 11, None, None),
    )
    since = world.ask("fecha__gte=2020&_group=_entidad&_measure=rate:sum:casos").rows  # of 2020 and 2021
    assert since[:2] == (("11", 9 * 100_000 / 1000, 1000), ("14", 5 * 100_000 / 4000, 4000))


def test_one_year_is_divided_by_its_own_people(world: World) -> None:
    assert world.ask("anio=2020&_entidad=14&_measure=rate:sum:casos").rows == ((5 * 100_000 / 2000, 2000),)
    assert world.ask("fecha__lt=2020&_entidad=14&_measure=rate:sum:casos").rows == ((300.0, 1000),)


def test_what_happened_seldom_is_still_counted_over_all_years(world: World) -> None:
    assert world.ask("tipo=fraude&_entidad=14&_measure=rate:sum:casos").rows == ((5 * 100_000 / 5000, 5000),)
    assert world.ask("_entidad=14&_group=tipo&_measure=rate:count").rows == (
        ("", 20.0, 5000),
        ("fraude", 20.0, 5000),
        ("robo", 20.0, 5000),
    )


@pytest.mark.parametrize("query", ["casos__gte=3", "VALOR_USD__lt=5", "casos__isnull=0", "anio=2020&casos=7"])
@pytest.mark.parametrize("group", ["", "&_group=_entidad", "&_group=_entidad,anio"])
def test_a_filter_by_amount_would_leave_people_in_the_denominator(query: str, group: str) -> None:
    with pytest.raises(BadRequest, match="quita renglones por su cifra y no a sus habitantes"):
        resolve(parse("delitos", "por-entidad", f"{query}{group}&_measure=rate:sum:casos"), SCHEMA)


def test_filters_by_kind_place_and_time_leave_the_denominator_right(world: World) -> None:
    assert world.ask("tipo=robo&anio=2020&_entidad=11&_measure=rate:sum:casos").rows == ((1800.0, 500),)


def test_the_places_without_a_population_are_counted(world: World) -> None:
    assert world.ask("_group=_entidad&_measure=rate:count").total == (3, 2)
    assert world.ask("_entidad__in=11,14&_group=_entidad&_measure=rate:count").total == (2, 1)


def test_a_source_column_of_states_stands_for_its_places(world: World) -> None:
    assert world.ask("_group=entidad&_measure=rate:count").rows == (
        ("Guanajuato", None, None),
        ("JALISCO", 20.0, 5000),
        ("Jalisco", 40.0, 5000),
        ("Nacional", None, None),
    )


def test_each_year_takes_the_nearest_earlier_population(world: World) -> None:
    told = world.ask("_group=_entidad,anio&_measure=rate:sum:casos")
    rates: dict[tuple[Cell, Cell], tuple[Cell, ...]] = {(r[0], r[1]): r[2:] for r in told.rows}
    assert rates["14", 2019] == (300.0, 1000)  # of 2015
    assert rates["14", 2020] == (250.0, 2000)
    assert rates["11", 2020] == (1800.0, 500)
    assert rates["14", None] == (None, None)
    assert rates[None, 2021] == (None, None)


def test_a_place_before_its_first_population_has_no_rate(world: World) -> None:
    people: tuple[Row, ...] = ((2030, 5000, "14"),)
    late = _world_with(world, people, "cccccccccccc")
    assert late.ask("_group=_entidad&_measure=rate:count&_entidad=14").rows == (("14", None, None),)


@pytest.mark.parametrize("group", ["fecha:year", "fecha:month", "fecha:week", "hora:day", "fecha"])
def test_any_period_tells_its_year(world: World, group: str) -> None:
    told = world.ask(f"_entidad=14&fecha=2020-01-01&_group={group}&_measure=rate:sum:casos")
    # the ISO week of 2020-01-01 begins in 2019, whose population is that of 2015
    assert told.rows[0][1:] == ((500.0, 1000) if group == "fecha:week" else (250.0, 2000))


def test_without_a_place_the_filtered_places_are_added_up(world: World) -> None:
    assert world.ask("_measure=rate:sum:casos").rows == ((near(29 * 100_000 / 6300), 6300),)  # 1,100 + 2,600 + 2,600
    assert world.ask("entidad=Jalisco&_measure=rate:sum:casos").rows == ((9 * 100_000 / 5000, 5000),)
    assert world.ask("_entidad__in=11,14&_measure=rate:sum:casos").rows == ((18 * 100_000 / 6000, 6000),)
    assert world.ask("_entidad__ne=11&_measure=rate:sum:casos").rows == ((near(20 * 100_000 / 5300), 5300),)
    assert world.ask("anio=2020&_entidad=11&_group=tipo&_measure=rate:count").rows == (("robo", 400.0, 500),)


def test_without_a_place_each_year_adds_up_what_each_place_had(world: World) -> None:
    rows = world.ask("_group=anio&_measure=rate:sum:casos").rows
    assert rows[0] == (2019, near(300_000 / 1100), 1100)  # 14 and 09 of 2015; 11 has none yet
    assert rows[1] == (2020, near(1_400_000 / 2600), 2600)  # 14 and 11 of 2020, 09 of 2015


def test_a_rate_can_be_sorted_by_and_paged(world: World) -> None:
    told = world.ask("_group=_entidad&_measure=rate:sum:casos&_sort=-rate:sum:casos&_size=1&fecha__gte=2020")
    assert [r[0] for r in told.rows] == ["11", "14"]
    assert world.ask("_group=_entidad&_measure=rate:count&_sort=rate:count").rows[-1][0] is None


def test_a_population_of_zero_gives_no_rate_and_is_missing(world: World) -> None:
    none = _world_with(world, ((2015, 0, "14"),), "dddddddddddd")
    told = none.ask("_entidad=14&_group=_entidad&_measure=rate:count")
    assert told.rows == (("14", None, 0),)
    assert told.total == (1, 1)


def test_a_population_by_municipality_serves_both_levels(world: World) -> None:
    columns = (Column("fecha", ColumnType.DATE, Role.TIME), Column("poblacion", ColumnType.INTEGER, Role.MEASURE))
    rows: tuple[Row, ...] = (
        ("2015-03-15", 300, "14", "14039"),
        ("2015-03-15", 200, "14", "14120"),
        ("2015-03-15", 50, "11", "11017"),
    )
    version, places = "eeeeeeeeeeee", ("_entidad", "_municipio")
    create(world.connection, version, columns, rows, places)
    declared = replace(DECLARED, version=version, year="fecha")
    target = replace(profile("datos", columns, ()), places=places)
    fine = World(world.connection, Schema(manifest((TABLE,), declared), {"est": STATION_TABLE}, target))
    assert fine.ask("_group=_municipio&_measure=rate:count").rows == (
        ("11017", near(2 * 100_000 / 150), 150),  # three years
        ("14039", near(2 * 100_000 / 900), 900),
        ("14120", near(1 * 100_000 / 600), 600),
        (None, None, None),
    )
    assert fine.ask("_group=_entidad&_measure=rate:count&_entidad=14").rows == (("14", 200.0, 1500),)
    assert fine.ask("_municipio=14039&_measure=rate:sum:casos").rows == ((near(8 * 100_000 / 900), 900),)


def test_a_chart_cannot_bring_in_a_level_that_the_population_lacks() -> None:
    view = resolve(parse("delitos", "por-entidad", "_group=_entidad&_measure=rate:count"), SCHEMA)
    with pytest.raises(BadRequest, match="no llega a municipio"):
        compile_view(replace(view, groups=(Group("_municipio"),)), SCHEMA, 10)


def test_a_population_without_a_known_profile_is_taken_by_state_and_year(world: World) -> None:
    blind = World(world.connection, replace(SCHEMA, population=None))
    assert blind.ask("anio=2020&_entidad=11&_measure=rate:count").rows == ((400.0, 500),)


def test_data_without_dates_take_the_latest_population(world: World) -> None:
    undated = replace(TABLE, columns=tuple(p for p in TABLE.columns if p.column.role is not Role.TIME))
    timeless = World(world.connection, Schema(manifest((undated,), DECLARED), {}, PEOPLE_TABLE))
    assert timeless.ask("_entidad=14&_measure=rate:count").rows == ((150.0, 2000),)


def test_rates_over_no_rows_are_not_an_error(world: World) -> None:
    assert world.ask("tipo=nada&_group=_entidad&_measure=rate:count").rows == ()
    assert world.ask("tipo=nada&_measure=rate:sum:casos").rows[0][0] is None


def _world_with(world: World, people: tuple[Row, ...], version: str) -> World:
    create(world.connection, version, [p.column for p in PEOPLE_TABLE.columns], people, ("_entidad",))
    declared = replace(DECLARED, version=version)
    return World(world.connection, Schema(manifest((TABLE,), declared), {"est": STATION_TABLE}, PEOPLE_TABLE))


def test_the_view_stays_the_question_it_was() -> None:
    view = View("delitos", "por-entidad", groups=(Group("_entidad"),))
    assert compile_view(view, SCHEMA, 10).read(()).columns[-1].name == "count"
