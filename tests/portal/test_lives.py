"""The lives of an address: a new title, a version taken back, a table that another one looks things up in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config import Settings
from portal.portal import get_portal
from store.releases import withdraw
from tests.conftest import Loaded, load_site

CASES = "clave,casos\nA,5\nB,7\nA,9\n"
NAMES = "clave,nombre\nA,Alameda\nB,Balderas\n"
TOML = """
[[resource."casos/casos".lookups]]
name = "estacion"
dataset = "casos"
resource = "estaciones"
on = { clave = "clave" }
"""


def catalogue(folder: Path, title: str = "Casos") -> Settings:
    home = folder / "datos"
    home.mkdir(exist_ok=True)
    (home / "casos.csv").write_text(CASES)
    (home / "estaciones.csv").write_text(NAMES)
    (home / "portal.toml").write_text(TOML)
    files = [("Casos", "casos.csv"), ("Estaciones", "estaciones.csv")]
    dataset = {
        "identifier": "casos-2026",
        "title": title,
        "description": "Casos por estación.",
        "publisher": {"name": "INEGI"},
        "distribution": [{"title": t, "downloadURL": f, "mediaType": "text/csv"} for t, f in files],
    }
    (home / "data.json").write_text(json.dumps({"dataset": [dataset]}))
    return Settings(catalog=home, var=folder / "var", cache=folder / "cache")


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load_site(catalogue(tmp_path))


def version_of(client: FlaskClient, resource: str) -> str:
    return str(client.get(f"/explora/casos/{resource}.json").get_json()["meta"]["version"])


def take_back(site: Loaded, resource: str, version: str) -> None:
    with site.app.app_context():
        withdraw(get_portal().store, "casos", resource, version, "datos personales")
        get_portal().keeper.forget()


def test_a_first_start_loads_every_file_in_the_order_that_lookups_need(loaded: Loaded) -> None:
    assert [line for line in loaded.said if "✗" in line] == []
    rows = loaded.app.test_client().get("/explora/casos/casos.json?_group=lookup:estacion:nombre&_measure=sum:casos")
    assert rows.get_json()["data"] == [
        {"lookup:estacion:nombre": "Alameda", "sum:casos": 14},
        {"lookup:estacion:nombre": "Balderas", "sum:casos": 7},
    ]


def test_a_renamed_dataset_answers_under_its_new_name_and_old_addresses_lead_there(tmp_path: Path) -> None:
    first, second = catalogue(tmp_path), catalogue(tmp_path, "Casos por estación")
    (first.catalog / "portal.toml").unlink()  # its recipe names the dataset by its present slug
    catalogue_json = (first.catalog / "data.json").read_text()
    (first.catalog / "data.json").write_text(catalogue_json.replace("Casos por estaci\\u00f3n", "Casos"))
    old = version_of(load_site(first).app.test_client(), "casos")
    (first.catalog / "data.json").write_text(catalogue_json)
    client = load_site(second).app.test_client()
    answer = client.get("/explora/casos-por-estacion/casos.json?_measure=sum:casos")
    assert answer.get_json()["data"] == [{"sum:casos": 21}]
    assert answer.get_json()["meta"]["version"] == old
    moved = client.get(f"/explora/casos/casos.json?_measure=sum:casos&_version={old}")
    location = f"/explora/casos-por-estacion/casos.json?_measure=sum:casos&_version={old}"
    assert (moved.status_code, moved.headers["Location"]) == (301, location)
    page = client.get("/explora/casos/casos?_chart=table&clave=A")
    assert (page.status_code, page.headers["Location"]) == (
        301,
        "/explora/casos-por-estacion/casos?_chart=table&clave=A",
    )
    bare = client.get("/explora/casos-por-estacion/casos")
    assert bare.status_code == 302
    assert client.get(bare.headers["Location"]).status_code == 200
    original = client.get(f"/datos/casos/casos/original/{old}")
    location = f"/datos/casos-por-estacion/casos/original/{old}"
    assert (original.status_code, original.headers["Location"]) == (301, location)
    assert client.get(location).data == CASES.encode()


def test_a_version_taken_back_is_gone_everywhere(loaded: Loaded) -> None:
    client = loaded.app.test_client()
    version = version_of(client, "casos")
    face = f"/explora/casos/casos.json?_version={version}"
    assert client.get(face).status_code == 200
    take_back(loaded, "casos", version)
    for path in (face, f"/explora/casos/casos.csv?_version={version}", f"/datos/casos/casos/original/{version}"):
        assert (path, client.get(path).status_code) == (path, 410)


def test_nothing_is_looked_up_in_a_version_taken_back(loaded: Loaded) -> None:
    client = loaded.app.test_client()
    face = "/explora/casos/casos.json?_group=lookup:estacion:nombre&_measure=sum:casos"
    assert client.get(face).status_code == 200
    take_back(loaded, "estaciones", version_of(client, "estaciones"))
    assert client.get(face).status_code == 400
    assert client.get("/explora/casos/casos.json?_measure=sum:casos").get_json()["data"] == [{"sum:casos": 21}]


def test_a_file_put_back_after_its_version_was_taken_back_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    settings = catalogue(tmp_path)
    site = load_site(settings)
    version = version_of(site.app.test_client(), "casos")
    take_back(site, "casos", version)
    (settings.catalog / "casos.csv").write_text(CASES + "B,1\n")
    load_site(settings)
    (settings.catalog / "casos.csv").write_text(CASES)
    (settings.catalog / "estaciones.csv").write_text(NAMES + "C,Centro\n")
    said = load_site(settings).said
    assert any("✗ casos/casos" in line for line in said)
    assert any("✓ casos/estaciones: 3" in line for line in said)


def test_an_export_past_the_limit_is_refused_with_a_way_out(tmp_path: Path) -> None:
    settings = catalogue(tmp_path)
    small = Settings(catalog=settings.catalog, var=settings.var, cache=settings.cache, export_rows=2)
    client = load_site(small).app.test_client()
    response = client.get("/explora/casos/casos.csv")
    assert response.status_code == 400
    assert "3 renglones" in response.get_json()["error"]["message"]
    assert client.get("/explora/casos/casos.csv?clave=A").get_data(as_text=True).splitlines() == [
        "clave,casos",
        "A,5",
        "A,9",
    ]


def test_the_policy_holds_the_hash_of_every_inline_script_from_the_first_answer_on(loaded: Loaded) -> None:
    first, later = (loaded.app.test_client().get("/").headers["Content-Security-Policy"] for _ in range(2))
    assert first == later
    assert first.count("sha256-") == 2
