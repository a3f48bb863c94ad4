"""A walk over the page registry: each page opens, has its question panel, and passes axe."""

from __future__ import annotations

import dash
import pytest
from flask.testing import FlaskClient

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
