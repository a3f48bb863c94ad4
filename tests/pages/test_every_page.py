"""A walk over the page registry: each page opens, has its question panel, and passes axe."""

from __future__ import annotations

import dash
import pytest
from flask.testing import FlaskClient

from components.dataset import dataset_page
from components.search import search_page
from portal.catalogue import find
from portal.exploring import live
from portal.portal import get_portal
from query.address import parse
from tests.conftest import Loaded

EXAMPLES = {
    "/datos/<dataset>": "/datos/homicidios-por-entidad",
    "/explora/<dataset>/<resource>": "/explora/homicidios-por-entidad/serie-anual?_chart=line&_group=anio",
    "/herramientas/<slug>": "/herramientas/homicidios",
    "/dependencia/<siglas>": "/dependencia/inegi",
    "/pregunta/<folio>": "",
}


def test_every_page_of_the_registry_answers_200_with_its_own_title(site: Loaded, client: FlaskClient) -> None:
    titles = {}
    for page in dash.page_registry.values():
        template = page["path_template"] or page["path"]
        path = EXAMPLES.get(template, template)
        if path and "not_found" not in page["module"]:
            response = client.get(path)
            assert (path, response.status_code) == (path, 200)
            titles[path] = response.get_data(as_text=True).partition("<title>")[2].partition("</title>")[0]
    assert len(set(titles.values())) == len(titles) >= 7


@pytest.mark.parametrize(
    "path", ["/datos/nada", "/explora/nada/nada", "/herramientas/nada", "/dependencia/nada", "/pregunta/nada", "/nada"]
)
def test_what_does_not_exist_is_a_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_bare_explorer_address_leads_to_the_suggested_view(client: FlaskClient) -> None:
    response = client.get("/explora/homicidios-por-entidad/serie-anual")
    assert response.status_code == 302
    assert "_chart=" in response.headers["Location"]


@pytest.mark.parametrize("path", ["/preguntas", "/solicitudes", "/moderacion", "/privacidad"])
def test_every_public_document_has_the_panel_about_itself(client: FlaskClient, path: str) -> None:
    html = client.get(path).get_data(as_text=True)
    assert 'id="pregunta"' in html
    assert f'href="/participar?sobre={path}"' in html


@pytest.mark.parametrize("added", ["_lang=en", "fbclid=x", "utm_source=boletin&_lang=en", "_page=1"])
def test_an_address_that_asks_nothing_leads_to_the_suggested_view_in_its_language(
    client: FlaskClient, added: str
) -> None:
    response = client.get(f"/explora/homicidios-por-entidad/serie-anual?{added}")
    assert response.status_code == 302
    assert "_chart=" in response.headers["Location"]
    assert ("_lang=en" in response.headers["Location"]) == ("_lang=en" in added)
    assert "fbclid" not in response.headers["Location"]


def test_an_address_that_asks_something_leads_nowhere_else(client: FlaskClient) -> None:
    assert client.get("/explora/homicidios-por-entidad/serie-anual?_chart=table&fbclid=x").status_code == 200
    assert client.get("/explora/homicidios-por-entidad/serie-anual?anio=2008").status_code == 200


def test_the_rows_of_a_view_are_offered_where_its_address_says_nothing(site: Loaded) -> None:
    with site.app.app_context():
        portal = get_portal()
        question = portal.question(parse("homicidios-por-entidad", "serie-anual", ""))
    assert live(question, ".csv").partition("?")[0] == "/explora/homicidios-por-entidad/serie-anual.csv"


def test_an_acronym_in_capitals_leads_to_the_agency(client: FlaskClient) -> None:
    response = client.get("/dependencia/CONAPO?_lang=en")
    assert (response.status_code, response.headers["Location"]) == (301, "/dependencia/conapo?_lang=en")
    assert client.get("/dependencia/NADA").status_code == 404


def test_the_facets_of_a_search_are_named_in_the_readers_language(site: Loaded) -> None:
    with site.app.test_request_context("/datos?_lang=en"):
        said = str(search_page(get_portal(), "", {}, find(get_portal(), "", {})))
    assert all(word in said for word in ("By state", "Territory", "Format"))
    assert "Por estado" not in said


def test_a_dataset_whose_source_names_no_contact_says_so(site: Loaded) -> None:
    with site.app.test_request_context("/datos/homicidios-por-entidad"):
        portal = get_portal()
        said = str(dataset_page(portal, portal.dataset("homicidios-por-entidad")))
    assert "La fuente no da ninguno." in said
