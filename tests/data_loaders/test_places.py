"""Rows find their state and municipality."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model.table import Role
from tests.data_loaders.conftest import Ingest

NAMES = [
    ("01001", "Aguascalientes"),
    ("14039", "Guadalajara"),
    ("14120", "Zapopan"),
    ("19026", "Guadalupe"),
    ("32017", "Guadalupe"),
]


@pytest.fixture
def outlines(tmp_path: Path) -> Path:
    """A GeoJSON of five municipalities."""
    return write_outlines(tmp_path, NAMES)


def write_outlines(folder: Path, names: list[tuple[str, str]]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"CVEGEO": key, "NOMGEO": name},
            "geometry": {"type": "Point", "coordinates": [0, 0]},
        }
        for key, name in names
    ]
    path = folder / "municipios.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_states_are_known_by_name_in_any_spelling(ingest_rows: Ingest) -> None:
    names = ["COAHUILA DE ZARAGOZA", "estado de méxico", "México", "Distrito Federal", "Veracruz"]
    done = ingest_rows(["Entidad", "n"], [(name, str(i)) for i, name in enumerate(names)])
    assert [key for _, key in done.rows(columns="n, _entidad")] == ["05", "15", "15", "09", "30"]
    assert done.role("Entidad") == Role.STATE
    assert done.table().places == ("_entidad",)
    assert "_entidad" not in [c.column.name for c in done.table().columns]


def test_states_are_known_by_key_with_and_without_zero(ingest_rows: Ingest) -> None:
    assert ingest_rows(["cve_ent", "n"], [("1", "5"), ("32", "6")]).cells("_entidad") == ["01", "32"]
    assert ingest_rows(["cve_ent", "n"], [("01", "5"), ("32", "6")]).cells("_entidad") == ["01", "32"]


def test_small_numbers_without_a_name_for_states_are_numbers(ingest_rows: Ingest) -> None:
    assert ingest_rows(["dias", "n"], [("1", "5"), ("32", "6")]).table().places == ()


def test_a_place_that_is_not_known_is_counted(ingest_rows: Ingest) -> None:
    rows = [("Colima", "1"), ("Jalisco", "2"), ("Sonora", "3"), ("No especificado", "4"), ("", "5")]
    done = ingest_rows(["estado", "n"], rows)
    assert [key for _, key in done.rows(columns="n, _entidad")] == ["06", "14", "26", None, None]
    assert done.table().unmatched == 1


def test_estado_as_a_condition_is_no_place(ingest_rows: Ingest) -> None:
    assert ingest_rows(["estado", "n"], [("abierto", "1"), ("cerrado", "2")]).table().places == ()


def test_municipalities_are_known_by_five_digits(ingest_rows: Ingest) -> None:
    done = ingest_rows(["CVEGEO", "n"], [("01001", "1"), ("14039", "2")])
    assert done.rows(columns="_entidad, _municipio") == [("01", "01001"), ("14", "14039")]
    assert done.role("CVEGEO") == Role.MUNICIPALITY


def test_municipalities_are_known_by_state_and_three_digits(ingest_rows: Ingest) -> None:
    done = ingest_rows(["cve_ent", "cve_mun", "n"], [("1", "1", "5"), ("14", "39", "6")])
    assert done.rows(columns="_municipio") == [("01001",), ("14039",)]


def test_postal_codes_are_no_municipalities(ingest_rows: Ingest) -> None:
    done = ingest_rows(["estado", "cp"], [("Colima", "28017"), ("Jalisco", "44100"), ("Sonora", "83000")])
    assert done.table().places == ("_entidad",)


def test_municipalities_are_known_by_name_within_their_state(ingest_rows: Ingest, outlines: Path) -> None:
    rows = [("Nuevo León", "GUADALUPE", "1"), ("Zacatecas", "Guadalupe", "2"), ("Jalisco", "Zapopan", "3")]
    done = ingest_rows(["estado", "municipio", "n"], rows, municipalities=outlines)
    assert done.rows(columns="n, _municipio") == [(1, "19026"), (2, "32017"), (3, "14120")]


def test_municipalities_are_known_by_the_names_that_come_with_the_project(ingest_rows: Ingest) -> None:
    rows = [("Jalisco", "Zapopan", "1"), ("Colima", "Colima", "2"), ("Quintana Roo", "PUERTO MORELOS", "3")]
    done = ingest_rows(["estado", "municipio", "n"], rows)
    assert done.rows(columns="n, _municipio") == [(1, "14120"), (2, "06002"), (3, "23011")]
    assert done.table().places == ("_entidad", "_municipio")
    assert done.table().unmatched == 0


def test_the_operators_own_outlines_add_names_and_take_none_away(ingest_rows: Ingest, tmp_path: Path) -> None:
    outlines = write_outlines(tmp_path, [("23011", "Morelos del Puerto"), ("14120", "Zapopan")])
    rows = [("Quintana Roo", "Morelos del Puerto", "1"), ("Quintana Roo", "Puerto Morelos", "2")]
    done = ingest_rows(["estado", "municipio", "n"], rows, municipalities=outlines)
    assert done.rows(columns="n, _municipio") == [(1, "23011"), (2, "23011")]


def test_a_name_that_two_municipalities_of_a_state_share_tells_neither(ingest_rows: Ingest) -> None:
    rows = [("Oaxaca", "San Juan Mixtepec", "1"), ("Oaxaca", "San Blas Atempa", "2"), ("Oaxaca", "Salina Cruz", "3")]
    done = ingest_rows(["estado", "municipio", "n"], rows)
    assert done.rows(columns="n, _municipio") == [(1, None), (2, "20124"), (3, "20079")]
    assert done.table().unmatched == 1


def test_boroughs_of_mexico_city_are_known_without_a_table(ingest_rows: Ingest) -> None:
    done = ingest_rows(
        ["Alcaldía", "n"], [("Miguel Hidalgo", "1"), ("CUAUHTEMOC", "2"), ("La Magdalena Contreras", "3")]
    )
    assert done.rows(columns="n, _entidad, _municipio") == [(1, "09", "09016"), (2, "09", "09015"), (3, "09", "09008")]


def test_a_source_column_of_the_same_name_does_not_clash(ingest_rows: Ingest) -> None:
    done = ingest_rows(["_entidad", "Estado"], [("x", "Colima"), ("y", "Jalisco"), ("z", "Sonora")])
    assert done.cells("_entidad") == ["06", "14", "26"]
    assert done.cells("_entidad_2") == ["x", "y", "z"]
