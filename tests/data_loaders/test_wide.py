"""Wide tables get a long view; columns imply dates and coordinates."""

from __future__ import annotations

from datetime import date

from model.table import ColumnType, Role
from tests.data_loaders.conftest import Ingest

MONTHS = ["Enero", "Febrero", "Marzo", "Abril"]


def test_months_as_columns_become_rows(ingest_rows: Ingest) -> None:
    done = ingest_rows(
        ["Año", "Delito", *MONTHS], [("2026", "robo", "1", "2", "3", None), ("2026", "fraude", "4", None, "6", None)]
    )
    assert done.rows("largo", "Delito, periodo, valor") == [
        ("fraude", date(2026, 1, 1), 4),
        ("fraude", date(2026, 3, 1), 6),
        ("robo", date(2026, 1, 1), 1),
        ("robo", date(2026, 2, 1), 2),
        ("robo", date(2026, 3, 1), 3),
    ]
    assert done.profile("periodo", "largo").column.role == Role.TIME
    assert done.profile("valor", "largo").column.type == ColumnType.INTEGER
    assert done.type("Abril") == ColumnType.INTEGER
    assert any("Sin datos todavía: Abril" in note for note in done.result.report.notes)


def test_months_in_numbers_need_a_column_of_years(ingest_rows: Ingest) -> None:
    names = ["mun", "01", "02", "03"]
    assert "largo" in ingest_rows([*names, "n_year"], [("a", "1.5", "2", "3", "2024")]).names
    assert "largo" not in ingest_rows([*names, "n"], [("a", "1.5", "2", "3", "7")]).names


def test_years_as_columns_become_rows(ingest_rows: Ingest) -> None:
    done = ingest_rows(["Estado", "2010", "2015", "2020"], [("Colima", "1", "2", "3.5")])
    expected = [(date(2010, 1, 1), 1.0), (date(2015, 1, 1), 2.0), (date(2020, 1, 1), 3.5)]
    assert done.rows("largo", "periodo, valor") == expected


def test_dates_as_columns_become_rows(ingest_rows: Ingest) -> None:
    done = ingest_rows(["Estado", "23-01-2020", "24-01-2020", "01-02-2020"], [("Colima", "1", "2", "3")])
    assert done.rows("largo", "periodo, valor, _entidad") == [
        (date(2020, 1, 23), 1, "06"),
        (date(2020, 1, 24), 2, "06"),
        (date(2020, 2, 1), 3, "06"),
    ]


def test_station_codes_as_columns_are_not_times(ingest_rows: Ingest) -> None:
    assert ingest_rows(["FECHA", "ACO", "AJM", "MAR"], [("2024-01-01", "1", "2", "3")]).names == ["datos"]


def test_date_and_hour_become_a_moment_and_hour_24_is_the_next_day(ingest_rows: Ingest) -> None:
    done = ingest_rows(["FECHA", "HORA", "ACO"], [("2024-12-31", "1", "5"), ("2024-12-31", "24", "6")])
    assert [str(moment) for moment in done.cells("fecha_hora")] == ["2024-12-31 01:00:00", "2025-01-01 00:00:00"]
    assert done.type("fecha_hora") == ColumnType.TIMESTAMP


def test_year_and_month_become_a_date(ingest_rows: Ingest) -> None:
    done = ingest_rows(["Año", "Mes", "n"], [("2012", "Marzo", "1"), ("2013", "diciembre", "2")])
    assert done.cells("periodo") == [date(2012, 3, 1), date(2013, 12, 1)]
    assert (done.role("Año"), done.role("Mes"), done.role("periodo")) == (Role.TIME, Role.TIME, Role.TIME)
    assert any("«periodo»" in note for note in done.result.report.notes)


def test_year_month_and_day_become_that_day(ingest_rows: Ingest) -> None:
    done = ingest_rows(["Día", "Mes", "Año"], [("5", "8", "2019"), ("31", "2", "2019")])
    assert done.cells("periodo") == [date(2019, 8, 5), None]


def test_a_derived_name_that_is_taken_gets_a_number(ingest_rows: Ingest) -> None:
    done = ingest_rows(["Año", "Mes", "Periodo"], [("2019", "8", "x")])
    assert done.cells("periodo_2") == [date(2019, 8, 1)]


def test_a_point_gives_latitude_and_longitude(ingest_rows: Ingest) -> None:
    done = ingest_rows(["geo_point_2d"], [("19.43,-99.13",), ("20.5, -100.25",)])
    assert done.cells("latitud") == [19.43, 20.5]
    assert done.cells("longitud") == [-99.13, -100.25]
    assert (done.role("latitud"), done.role("longitud")) == (Role.LATITUDE, Role.LONGITUDE)


def test_a_point_beside_coordinates_adds_nothing(ingest_rows: Ingest) -> None:
    done = ingest_rows(["lat", "lon", "punto_geo"], [("19.43", "-99.13", "19.43,-99.13")])
    assert [c.column.name for c in done.table().columns] == ["lat", "lon", "punto_geo"]
