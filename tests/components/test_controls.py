"""What the controls offer follows from what is in the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from components.controls import schema_for
from components.dictionary import dictionary
from components.report import load_report
from model.table import Column, ColumnType, Role
from model.version import CellChange, ColumnProfile, LoadReport, Manifest, SetAside, TableProfile, TableReport
from portal.portal import charts
from query.schema import Schema
from tests.components.written import written
from tests.conftest import Loaded

PROFILES = (
    ColumnProfile(Column("anio", ColumnType.INTEGER, Role.TIME, "Año"), 0, 3, 2006, 2008),
    ColumnProfile(Column("fecha", ColumnType.DATE, Role.TIME), 2, 900, date(2006, 1, 1), date(2008, 12, 31)),
    ColumnProfile(Column("entidad", ColumnType.TEXT, Role.STATE, "Entidad"), 0, 2, top=(("Jalisco", 4), ("Colima", 3))),
    ColumnProfile(Column("tipo", ColumnType.TEXT, Role.CATEGORY, "Tipo"), 0, 2, top=(("robo", 4), ("otro", 1300))),
    ColumnProfile(Column("monto", ColumnType.NUMBER, Role.MEASURE, "Monto", "pesos"), 1, 7, 0.5, 12345.5),
    ColumnProfile(Column("nota", ColumnType.TEXT), 0, 90_000),
    ColumnProfile(Column("forma", ColumnType.GEOMETRY), 0, 7),
)
TABLE = TableProfile("datos", "Datos", 7, PROFILES, places=("_entidad",))
REPORT = LoadReport(
    "csv",
    "latin-1",
    (
        TableReport(
            "datos",
            9,
            7,
            2,
            (SetAside(1, "título", "Cuadro 1"), SetAside(9, "total", "TOTAL")),
            (CellChange("monto", "null", "N/D", 1, ((4, "N/D"),)),),
        ),
    ),
)
MANIFEST = Manifest("d", "r", "0123456789ab", "a.csv", "0" * 64, 10, datetime(2026, 1, 1, tzinfo=UTC), (TABLE,), REPORT)


@pytest.fixture
def offered(site: Loaded) -> Mapping[str, Any]:
    """The controls' schema of the small table above."""
    with site.app.test_request_context("/"):
        return schema_for(
            Schema(MANIFEST), TABLE, charts(), {"_entidad": {"14": "Jalisco", "01": "Ágora", "06": "Colima"}}
        )


def column(offered: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(c for c in offered["columns"] if c["name"] == name)
    return found


def test_each_type_has_its_own_filter(offered: Mapping[str, Any]) -> None:
    kinds = {c["name"]: c.get("kind") for c in offered["columns"]}
    assert kinds == {
        "anio": "range",
        "fecha": "date",
        "entidad": "choices",
        "tipo": "choices",
        "monto": "range",
        "nota": "text",
        "forma": None,
    }


def test_ranges_show_their_ends_as_people_write_them(offered: Mapping[str, Any]) -> None:
    assert (column(offered, "anio")["minText"], column(offered, "anio")["maxText"]) == ("2006", "2008")
    assert column(offered, "monto")["maxText"] == "12,345.5"
    assert column(offered, "fecha")["min"] == "2006-01-01"


def test_categories_carry_their_counts_and_only_nulls_that_exist(offered: Mapping[str, Any]) -> None:
    assert column(offered, "tipo")["options"][1] == {"value": "otro", "label": "otro", "count": "1,300"}
    assert "nulls" not in column(offered, "tipo")
    assert column(offered, "fecha")["nulls"] == "2"


def test_places_stand_in_alphabetical_order_without_accents(offered: Mapping[str, Any]) -> None:
    assert offered["states"] == [["01", "Ágora"], ["06", "Colima"], ["14", "Jalisco"]]
    assert offered["municipalities"] == []


def test_the_place_picker_stands_for_the_columns_of_places(offered: Mapping[str, Any]) -> None:
    assert [c["name"] for c in offered["columns"] if c.get("main")] == ["anio", "fecha", "tipo", "monto"]


def test_only_charts_that_the_table_can_carry_are_offered(offered: Mapping[str, Any]) -> None:
    assert [c["name"] for c in offered["charts"]] == [
        *("table", "bar", "map", "line", "area", "histogram", "box", "heatmap", "treemap"),
    ]


def test_a_rate_is_offered_only_with_a_population(offered: Mapping[str, Any]) -> None:
    total = next(m for m in offered["measures"] if m["name"] == "sum")
    assert total["ratios"] == ["share"]


def test_dates_may_be_grouped_by_periods_and_numbers_by_intervals(offered: Mapping[str, Any]) -> None:
    steps = {g["name"]: g.get("steps") for g in offered["groupable"]}
    assert steps["fecha"] == "date"
    assert steps["monto"] == "bins"
    assert "forma" not in steps
    assert [s["value"] for s in offered["steps"]["date"]] == ["year", "quarter", "month", "week", "day"]


def test_the_dictionary_says_what_each_column_holds(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        text = written(dictionary(MANIFEST))
    assert '["Año (anio)", "número entero", "tiempo", "3", "0", "de 2006 a 2008"]' in text
    assert '["Monto (monto)", "número (pesos)", "medida", "7", "1", "de 0.5 a 12,345.5"]' in text
    assert "por ejemplo: robo, otro" in text


def test_the_load_report_counts_and_shows_what_was_set_aside(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        text = written(load_report(MANIFEST))
    assert "CSV en LATIN-1: 9 renglones, de los que 7 quedaron en la tabla y 2 se apartaron" in text
    assert '["9", "total", "TOTAL"]' in text
    assert '["monto", "quedaron sin dato", "1", "N/D", "N/D"]' in text
