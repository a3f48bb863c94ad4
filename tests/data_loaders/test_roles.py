"""What each column is for, and what tells rows apart."""

from __future__ import annotations

import pytest

from data_loaders.facts import Facts
from data_loaders.roles import role_of
from model.recipe import Recipe
from model.table import ColumnType, Role
from tests.data_loaders.conftest import Ingest

T, R = ColumnType, Role


def facts(
    name: str,
    kind: ColumnType,
    distinct: int = 50,
    low: float | None = None,
    high: float | None = None,
    values: str = "",
    longest: int = 10,
) -> Facts:
    return Facts(name, kind, 100, 0, distinct, low, high, tuple(values.split()), longest)


@pytest.mark.parametrize(
    ("fact", "role"),
    [
        (facts("fecha", T.DATE), R.TIME),
        (facts("Año", T.INTEGER, 10, 1990, 2030), R.TIME),
        (facts("n_year", T.INTEGER, 1, 2024, 2024), R.TIME),
        (facts("Mes", T.INTEGER, 12, 1, 12), R.TIME),
        (facts("Mes", T.TEXT, 2, values="Marzo enero"), R.TIME),
        (facts("Día", T.INTEGER, 31, 1, 31), R.CATEGORY),
        (facts("place_id", T.INTEGER, 90, 1, 30000), R.IDENTIFIER),
        (facts("cre_id", T.TEXT, 90), R.IDENTIFIER),
        (facts("CVE_OC", T.INTEGER, 13, 1, 13), R.IDENTIFIER),
        (facts("clavesih", T.TEXT, 100), R.IDENTIFIER),
        (facts("Código postal", T.INTEGER, 60, 1000, 99000), R.IDENTIFIER),
        (facts("Teléfono", T.INTEGER, 99, 5512345678, 5598765432), R.IDENTIFIER),
        (facts("ID", T.INTEGER, 100, 1, 100), R.IDENTIFIER),
        (facts("districtCode", T.INTEGER, 5, 1, 9), R.IDENTIFIER),
        (facts("nearbyStations/0", T.INTEGER, 50, 1, 480), R.IDENTIFIER),
        (facts("inicioop", T.INTEGER, 50, 1565, 1998), R.CATEGORY),
        (facts("latitud", T.NUMBER, 90, 14.5, 32.1), R.LATITUDE),
        (facts("location/lon", T.NUMBER, 90, -117.0, -86.7), R.LONGITUDE),
        (facts("X", T.NUMBER, 90, -117.0, -86.7), R.LONGITUDE),
        (facts("Y", T.NUMBER, 90, 0.5, 2.5), R.MEASURE),
        (facts("VALOR_USD", T.INTEGER, 100, 5, 9000), R.MEASURE),
        (facts("Enero", T.INTEGER, 40, 0, 500), R.MEASURE),
        (facts("precio", T.NUMBER, 40, 0.0, 25.5), R.MEASURE),
        (facts("sexo", T.INTEGER, 2, 1, 2), R.CATEGORY),
        (facts("MC", T.INTEGER, 2, 0, 1), R.CATEGORY),
        (facts("activo", T.BOOLEAN, 2), R.CATEGORY),
        (facts("Modalidad", T.TEXT, 8), R.CATEGORY),
        (facts("nombre", T.TEXT, 99), R.TEXT),
        (facts("notas", T.TEXT, 20, longest=900), R.TEXT),
        (facts(".geo", T.GEOMETRY, 90), R.TEXT),
    ],
    ids=lambda value: value.name if isinstance(value, Facts) else str(value),
)
def test_a_column_gets_its_role(fact: Facts, role: Role) -> None:
    assert role_of(fact) == role


def test_the_key_is_the_smallest_set_that_never_repeats(ingest_rows: Ingest) -> None:
    rows = [(str(year), kind, "5") for year in (2020, 2021) for kind in ("a", "b")]
    assert ingest_rows(["Año", "tipo", "n"], rows).table().key == ("Año", "tipo")


def test_an_identifier_that_never_repeats_is_the_key(ingest_rows: Ingest) -> None:
    assert ingest_rows(["tipo", "folio"], [("a", "x1"), ("b", "x2")]).table().key == ("folio",)


def test_repeated_rows_have_no_key(ingest_rows: Ingest) -> None:
    assert ingest_rows(["tipo", "n"], [("a", "1"), ("a", "1")]).table().key == ()


def test_a_measure_that_happens_to_be_unique_is_no_key(ingest_rows: Ingest) -> None:
    assert ingest_rows(["monto", "x"], [("10", "a"), ("25", "a")]).table().key == ()


def test_a_declared_key_holds_only_where_it_is_unique(ingest_rows: Ingest) -> None:
    recipe = Recipe(key=("TIPO", "n"))
    assert ingest_rows(["tipo", "n"], [("a", "1"), ("a", "2")], recipe).table().key == ("tipo", "n")
    assert ingest_rows(["tipo", "n"], [("a", "1"), ("a", "1")], recipe).table().key == ()


def test_labels_and_units_are_the_recipes(ingest_rows: Ingest) -> None:
    recipe = Recipe(labels=(("N", "Casos"),), units=(("n", "personas"),))
    column = ingest_rows(["n", "x"], [("1", "a")], recipe).profile("n").column
    assert (column.title, column.unit) == ("Casos", "personas")


def test_counts_are_exact(ingest_rows: Ingest) -> None:
    done = ingest_rows(["tipo", "n"], [("a", "1"), ("b", ""), ("a", "7")])
    tipo, n = done.profile("tipo"), done.profile("n")
    assert (tipo.distinct, tipo.nulls, tipo.top) == (2, 0, (("a", 2), ("b", 1)))
    assert (n.distinct, n.nulls, n.minimum, n.maximum) == (2, 1, 1, 7)
