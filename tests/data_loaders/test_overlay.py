"""`portal.toml`: what it declares arrives as recipes, and each mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_loaders.harvest import read_catalogue
from data_loaders.overlay import COLUMN, LOOKUP, POPULATION, RESOURCE, TOP, read_overlay, recipe_for
from model.declared import InvalidDeclaration
from model.recipe import Lookup, Overlay, Population, Recipe

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

WHOLE = """
[population]
dataset = "poblacion"
resource = "anual"
value = "habitantes"
year = "anio"
source = "CONAPO"

[agencies]
"Comisión Nacional del Agua" = "CONAGUA"

[resource."aire/*"]
masks = ["-99"]

[resource."aire/ozono"]
masks = ["-99", "N/D"]
key = ["fecha", "hora"]
header_row = 3
encoding = "cp1252"
[resource."aire/ozono".columns]
"location/lat" = { label = "Latitud", unit = "grados", type = "number", masks = ["0"] }
clave = { type = "text" }
[[resource."aire/ozono".lookups]]
name = "estacion"
dataset = "aire"
resource = "estaciones"
on = { id = "clave" }
"""


def overlay(tmp_path: Path, text: str) -> Overlay:
    (tmp_path / "portal.toml").write_text(text, encoding="utf-8")
    return read_overlay(tmp_path)


def test_no_overlay_is_an_empty_one(tmp_path: Path) -> None:
    assert read_overlay(None) == Overlay()
    assert read_overlay(tmp_path) == Overlay()
    assert read_overlay(tmp_path / "otro.toml") == Overlay()


def test_everything_declared_arrives(tmp_path: Path) -> None:
    found = overlay(tmp_path, WHOLE)
    assert found.population == Population("poblacion", "anual", "habitantes", "anio", source="CONAPO")
    assert found.agencies == (("Comisión Nacional del Agua", "CONAGUA"),)
    assert found.recipes["aire/ozono"] == Recipe(
        masks=("-99", "N/D"),
        column_masks=(("location/lat", "0"),),
        key=("fecha", "hora"),
        types=(("location/lat", "number"), ("clave", "text")),
        labels=(("location/lat", "Latitud"),),
        units=(("location/lat", "grados"),),
        header_row=3,
        encoding="cp1252",
        lookups=(Lookup("estacion", "aire", "estaciones", (("id", "clave"),)),),
    )


def test_a_resource_takes_its_own_entry_then_that_of_its_dataset(tmp_path: Path) -> None:
    found = overlay(tmp_path, WHOLE)
    assert recipe_for(found, "aire", "ozono").masks == ("-99", "N/D")
    assert recipe_for(found, "aire", "pm25").masks == ("-99",)
    assert recipe_for(found, "otro", "recurso") == Recipe(population=found.population)


def test_every_resource_but_the_population_itself_gets_the_population(tmp_path: Path) -> None:
    found = overlay(tmp_path, WHOLE)
    assert recipe_for(found, "aire", "ozono").population == found.population
    assert recipe_for(found, "poblacion", "anual").population is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[resource", "no es TOML válido"),
        ("[recursos]", "«recursos» no se conoce"),
        ('[resource."a/b"]\nmask = ["*"]', "¿Quiso decir «masks»?"),
        ('[resource."a/b"]\nmasks = "*"', "lista de textos"),
        ('[resource."a/b"]\nmasks = [-99]', "lista de textos"),
        ('[resource."a/b"]\nheader_row = 0', "número entero desde 1"),
        ('[resource."a/b"]\nheader_row = true', "número entero desde 1"),
        ('[resource."a/b"]\nencoding = "marciano"', "codificación «marciano»"),
        ('[resource."a/b"]\nencoding = "base64"', "codificación «base64»"),
        ('[resource."a/b".columns]\nx = "Equis"', "debe ser una tabla"),
        ('[resource."a/b".columns]\nx = { tipo = "text" }', "no se conoce"),
        ('[resource."a/b".columns]\nx = { type = "texto" }', "integer, number"),
        ('[resource."a/b".columns]\nx = { label = " " }', "texto entre comillas"),
        ('[resource."sin-recurso"]', "conjunto/recurso"),
        ('[resource."a/b/c"]', "conjunto/recurso"),
        ('resource = 3', "debe ser una tabla"),
        ('[resource."a/b"]\nlookups = 3', "lista de tablas"),
        ('[[resource."a/b".lookups]]\nname = "e"\ndataset = "d"\nresource = "r"', "Falta «on»"),
        ('[[resource."a/b".lookups]]\nname = "e"\ndataset = "d"\nresource = "r"\non = {}', "no une ninguna"),
        ('[[resource."a/b".lookups]]\nname = "a:b"\ndataset = "d"\nresource = "r"\non = { a = "b" }', "dos puntos"),
        ('[population]\ndataset = "d"', "Falta «resource»"),
        ('[agencies]\nINEGI = 3', "texto entre comillas"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InvalidDeclaration) as error:
        overlay(tmp_path, text)
    assert reason in error.value.message
    assert "portal.toml" in error.value.message


def test_two_lookups_may_not_share_a_name(tmp_path: Path) -> None:
    one = '[[resource."a/b".lookups]]\nname = "e"\ndataset = "d"\nresource = "r"\non = { a = "b" }\n'
    with pytest.raises(InvalidDeclaration, match="repite un nombre"):
        overlay(tmp_path, one + one)


def test_a_file_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    (tmp_path / "portal.toml").write_bytes("[agencies]\nx = 'á'".encode("latin-1"))
    with pytest.raises(InvalidDeclaration, match="UTF-8"):
        read_overlay(tmp_path)


def test_every_name_stands_in_the_documentation() -> None:
    page = (ROOT / "docs" / "portal-toml.md").read_text(encoding="utf-8")
    names = {*TOP, *RESOURCE, *COLUMN, *LOOKUP, *POPULATION}
    assert sorted(name for name in names if f"`{name}`" not in page) == []


@pytest.mark.acceptance
@pytest.mark.skipif(not (SHARED / "catalogo").exists(), reason="the real catalogue is not here")
def test_the_overlay_of_the_real_catalogue_names_resources_that_exist() -> None:
    found = read_overlay(ROOT / "tests" / "overlays" / "catalogo")
    datasets = read_catalogue(SHARED / "catalogo", found.agencies).datasets
    known = {f"{d.slug}/{r.slug}" for d in datasets for r in d.resources} | {f"{d.slug}/*" for d in datasets}
    assert set(found.recipes) - known == set()
    lookups = [lookup for recipe in found.recipes.values() for lookup in recipe.lookups]
    assert [f"{lookup.dataset}/{lookup.resource}" in known for lookup in lookups] == [True]
