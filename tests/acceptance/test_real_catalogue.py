"""The real catalogue beside the checkout: all of it loads, or says why on its own page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from portal.portal import get_portal
from tests.conftest import Loaded

pytestmark = pytest.mark.acceptance
REFUSED = {
    "movilidad-en-la-ciudad-de-mexico/ciclovias-descarga-rota": "El archivo es una página HTML",
    "red-compartida-estandar-de-contrataciones-abiertas/arbol": "El archivo es código JavaScript",
}


@pytest.fixture
def client(real_site: Loaded) -> FlaskClient:
    return real_site.app.test_client()


def resources(site: Loaded) -> list[str]:
    with site.app.app_context():
        return [f"{d.slug}/{r.slug}" for d in get_portal().snapshot.datasets.values() for r in d.resources]


def test_all_but_two_of_the_31_resources_answer_with_their_rows(real_site: Loaded, client: FlaskClient) -> None:
    found = resources(real_site)
    assert len(found) == 31
    loaded = [r for r in found if r not in REFUSED]
    totals = {r: client.get(f"/explora/{r}.json?_size=1") for r in loaded}
    assert {r: answer.status_code for r, answer in totals.items()} == dict.fromkeys(loaded, 200)
    assert min(answer.get_json()["meta"]["total"] for answer in totals.values()) == 32
    assert len(loaded) == 29


@pytest.mark.parametrize("resource", REFUSED)
def test_a_file_that_is_no_table_says_why(client: FlaskClient, resource: str) -> None:
    answer = client.get(f"/explora/{resource}.json")
    assert answer.status_code == 404
    assert REFUSED[resource] in answer.get_json()["error"]["message"]
    page = client.get(f"/datos/{resource.partition('/')[0]}")
    assert page.status_code == 200


def test_every_dataset_has_a_page(real_site: Loaded, client: FlaskClient) -> None:
    datasets = sorted({r.partition("/")[0] for r in resources(real_site)})
    assert len(datasets) == 15
    assert {d: client.get(f"/datos/{d}").status_code for d in datasets} == dict.fromkeys(datasets, 200)


def test_every_tool_of_the_overlay_answers(client: FlaskClient) -> None:
    for slug in ("delitos", "gasolina", "plantas", "sequia"):
        page = client.get(f"/herramientas/{slug}")
        assert (slug, page.status_code) == (slug, 200)
        assert ".svg?" in page.get_data(as_text=True)
