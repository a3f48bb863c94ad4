"""The bundled catalogue: whole, small, cited, and its facts agree with the totals that their sources publish."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from data_loaders.harvest import read_catalogue
from data_loaders.overlay import read_overlay
from model.dataset import Contact, Dataset
from model.themes import THEMES

CATALOG = Path(__file__).parents[2] / "catalog"
MOST_BYTES = 1_500_000
STATES = {f"{key:02d}" for key in range(1, 33)}


def rows(name: str) -> list[dict[str, str]]:
    with (CATALOG / "tablas" / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def datasets() -> tuple[Dataset, ...]:
    found = read_catalogue(CATALOG, read_overlay(CATALOG).agencies)
    assert found.problems == ()
    return found.datasets


def total(table: list[dict[str, str]], column: str, **where: str) -> int:
    return sum(int(row[column]) for row in table if all(row[name] == value for name, value in where.items()))


def test_every_dataset_says_who_when_and_under_which_terms() -> None:
    assert len(datasets()) >= 9
    for dataset in datasets():
        assert dataset.agency.acronym, dataset.title
        assert dataset.license.startswith("https://"), dataset.title
        assert dataset.modified, dataset.title
        assert dataset.contact == Contact(), "the sources name no contact: none is made up"
        assert dataset.description, dataset.title
        assert dataset.landing_page.startswith("https://"), dataset.title
        assert set(dataset.themes) <= set(THEMES), dataset.title
        assert all(not resource.unavailable for resource in dataset.resources)


def test_the_folder_is_small_and_every_table_stands_in_the_sources() -> None:
    files = [path for path in CATALOG.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    page = (CATALOG / "FUENTES.md").read_text(encoding="utf-8")
    used = {Path(r.location).name for d in datasets() for r in d.resources}
    assert used == {path.name for path in (CATALOG / "tablas").iterdir()}
    assert [name for name in used if f"`{name}`" not in page] == []


def test_every_resource_has_a_recipe_and_every_declared_column_exists() -> None:
    recipes = read_overlay(CATALOG).recipes
    assert set(recipes) == {f"{d.slug}/{r.slug}" for d in datasets() for r in d.resources}
    for dataset in datasets():
        for resource in dataset.resources:
            if not resource.location.endswith(".csv") or resource.slug == "cuadro-2025":
                continue
            recipe = recipes[f"{dataset.slug}/{resource.slug}"]
            header = set(rows(Path(resource.location).name)[0])
            assert {name for name, _ in recipe.labels} == header
            assert set(recipe.key) <= header


def test_the_population_is_declared_on_columns_that_exist() -> None:
    population = read_overlay(CATALOG).population
    assert population is not None
    dataset = next(d for d in datasets() if d.slug == population.dataset)
    resource = dataset.resource(population.resource)
    assert resource is not None
    assert {population.value, population.year} <= set(rows(Path(resource.location).name)[0])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("homicidios_entidad.csv", ("clave_entidad", "anio")),
        ("poblacion_entidad.csv", ("clave_entidad", "anio")),
        ("delitos_mes_2026.csv", ("clave_entidad", "mes", "delito")),
        ("lluvia_mensual.csv", ("clave_entidad", "mes")),
    ],
)
def test_a_table_by_state_has_every_state_once_in_every_group(name: str, key: tuple[str, ...]) -> None:
    groups: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in rows(name):
        groups[tuple(row[column] for column in key[1:])][row["clave_entidad"]] += 1
    assert all(set(group) == STATES and set(group.values()) == {1} for group in groups.values())


def test_the_census_adds_up_to_the_published_country() -> None:
    table = rows("poblacion_municipio_2020.csv")
    assert len(table) == 2469
    assert total(table, "poblacion") == 126_014_024
    assert (total(table, "hombres"), total(table, "mujeres")) == (61_473_390, 64_540_634)
    assert all(int(row["hombres"]) + int(row["mujeres"]) == int(row["poblacion"]) for row in table)
    assert all(row["clave_municipio"].startswith(row["clave_entidad"]) for row in table)


@pytest.mark.parametrize(
    ("year", "people"),
    [("1990", 84_502_988), ("2000", 99_368_858), ("2010", 114_756_059), ("2020", 128_209_170), ("2026", 134_407_258)],
)
def test_the_population_of_the_states_adds_up_to_the_published_country(year: str, people: int) -> None:
    assert total(rows("poblacion_entidad.csv"), "poblacion", anio=year) == people


def test_homicides_and_crimes_add_up_to_their_sources() -> None:
    homicides = rows("homicidios_entidad.csv")
    assert total(homicides, "homicidios", anio="2007") == 8_800
    assert total(homicides, "homicidios", anio="2008", entidad="Chihuahua") == 2_567
    crimes = rows("delitos_mes_2026.csv")
    by_month = [total(crimes, "delitos", delito="Homicidio doloso", mes=f"2026-0{m}-01") for m in (1, 2, 3)]
    assert by_month == [1392, 1206, 1398]


def test_remittances_and_spending_are_of_the_published_size() -> None:
    monthly = rows("remesas_mes.csv")
    year = sum(int(row["ingresos_usd"]) for row in monthly if row["mes"].startswith("2024"))
    assert year == 65_016_836_330
    assert all(
        abs(int(r["ingresos_usd"]) / int(r["ingresos_operaciones"]) - float(r["remesa_promedio_usd"])) < 0.01
        for r in monthly
    )
    spending = rows("gasto_ramos_2023.csv")
    assert len({row["ramo"] for row in spending}) == 34
    assert round(sum(float(row["ejercido"]) for row in spending)) == 6_311_046_213_124


def test_the_daily_series_is_long_and_the_dams_lie_in_the_country() -> None:
    assert len({row["fecha"] for row in rows("ciclistas_dia.csv")}) == 2254
    for dam in rows("presas.csv"):
        assert 14 < float(dam["latitud"]) < 33
        assert -118 < float(dam["longitud"]) < -86


def test_the_judged_queries_name_datasets_that_exist() -> None:
    queries = tomllib.loads((Path(__file__).parent / "judged_queries.toml").read_text(encoding="utf-8"))["query"]
    assert len(queries) == 30
    assert len({query["text"] for query in queries}) == 30
    slugs = {dataset.slug for dataset in datasets()}
    assert {query["expected"] for query in queries} <= slugs
    assert slugs == {query["expected"] for query in queries}


def test_no_slug_of_the_catalogue_reads_badly() -> None:
    slugs = [d.slug for d in datasets()] + [r.slug for d in datasets() for r in d.resources]
    assert [slug for slug in slugs if "ano" in slug.split("-")] == []


def test_the_catalogue_is_plain_utf_8_json() -> None:
    data = json.loads((CATALOG / "data.json").read_text(encoding="utf-8"))
    identifiers = [d["identifier"] for d in data["dataset"]]
    assert len(set(identifiers)) == len(identifiers)
