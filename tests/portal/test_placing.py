"""One place for a whole page of views."""

from __future__ import annotations

import pytest

from model.table import Column, ColumnType
from model.version import ColumnProfile, TableProfile
from model.view import Filter, Group, Measure, View
from portal.placing import place_filter, place_key, placed

COLUMN = ColumnProfile(Column("casos", ColumnType.INTEGER), 0, 3)
TOWNS = TableProfile("datos", "Datos", 9, (COLUMN,), places=("_entidad", "_municipio"))
STATES = TableProfile("datos", "Datos", 9, (COLUMN,), places=("_entidad",))
NATION = TableProfile("datos", "Datos", 9, (COLUMN,))
SUM = (Measure("sum", "casos"),)
BY_STATE = View("d", "r", groups=(Group("_entidad"),), measures=SUM, chart="map", level="entidad")
BY_YEAR = View("d", "r", groups=(Group("anio"),), measures=SUM, chart="line")
HEAT = View("d", "r", groups=(Group("anio"), Group("_entidad")), measures=SUM, chart="heatmap")


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({}, ""),
        ({"_entidad": "11"}, "11"),
        ({"_entidad": "11", "_municipio": "11017"}, "11017"),
        ({"_municipio": "11017"}, "11017"),
        ({"_entidad": "14", "_municipio": "11017"}, "14"),
        ({"_entidad": "99"}, ""),
        ({"_entidad": "11", "_municipio": "<b>"}, "11"),
    ],
)
def test_a_municipality_counts_only_in_its_own_state(given: dict[str, str], key: str) -> None:
    assert place_key(given, None) == key


def test_a_table_by_state_is_filtered_by_the_municipality_s_state() -> None:
    assert place_filter("11017", TOWNS) == Filter("_municipio", "eq", ("11017",))
    assert place_filter("11017", STATES) == Filter("_entidad", "eq", ("11",))
    assert place_filter("11017", NATION) is None
    assert placed(BY_YEAR, NATION, "11") == BY_YEAR


def test_a_series_is_filtered_and_a_comparison_of_states_stresses_the_place() -> None:
    assert placed(BY_YEAR, TOWNS, "11017").filters == (Filter("_municipio", "eq", ("11017",)),)
    stressed = placed(BY_STATE, STATES, "11")
    assert (stressed.highlight, stressed.filters) == (("11",), ())
    assert placed(HEAT, STATES, "11").filters == (Filter("_entidad", "eq", ("11",)),)


def test_where_municipalities_are_known_the_state_s_own_are_compared() -> None:
    found = placed(BY_STATE, TOWNS, "11017")
    assert (found.groups, found.level, found.highlight) == ((Group("_municipio"),), "municipio", ("11017",))
    assert found.filters == (Filter("_entidad", "eq", ("11",)),)


def test_rows_as_they_are_show_the_whole_state() -> None:
    spread = View("d", "r", chart="scatter", x="casos", y="casos")
    assert placed(spread, TOWNS, "11017").filters == (Filter("_entidad", "eq", ("11",)),)
