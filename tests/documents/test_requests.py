"""The board of data requests and its form, without scripts."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from config import Settings
from model.errors import InvalidForm
from model.people import User
from model.thread import Anchor, NewThread, Thread
from participation import actions, moderation
from portal.portal import EXTENSION, Portal
from portal.usecases.replies import answer_thread
from store.catalogue import save_harvest
from store.thread_lists import by_folio
from store.votes import counted
from tests.documents.test_votes import NOW
from tests.store.samples import entry, harvest

ATOM = {"a": "http://www.w3.org/2005/Atom"}
WAITS = {
    "datos": "Tiempos de espera en urgencias",
    "texto": "Para comparar hospitales de cada estado.",
    "institucion": "inegi",
    "formato": "csv",
}
OPERATOR = User(0, "", "Equipo del portal", "", True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site with one agency and limits that tests do not reach."""
    folder: Path = tmp_path_factory.mktemp("solicitudes")
    app = create_app(Settings(var=folder / "var", cache=folder / "cache", form_seconds=0.0, limit_factor=1000.0))
    portal = portal_of(app)
    save_harvest(portal.store, harvest(entry("agua", title="Calidad del agua en ríos y lagos")))
    portal.keeper.forget()
    return app


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


def portal_of(app: Flask) -> Portal:
    found = app.extensions[EXTENSION]
    assert isinstance(found, Portal)
    return found


def ask(client: FlaskClient, **fields: str) -> TestResponse:
    """Open the form and send it."""
    html = client.get("/solicitudes/nueva").text
    hidden = {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)}
    return client.post("/solicitudes/nueva", data={**hidden, **fields}, headers={"X-Fragment": "1"})


def asked(client: FlaskClient, **fields: str) -> str:
    """The folio of a request that was kept."""
    answer = ask(client, otra="1", **fields)
    assert answer.status_code == 201, answer.text
    found = re.search(r'data-sent="([^"]+)"', answer.text)
    assert found is not None
    return found.group(1)


def listed(client: FlaskClient, **filters: str) -> list[str]:
    """The folios on the board, in its order."""
    page = client.get("/solicitudes", query_string=filters)
    assert page.status_code == 200
    return re.findall(r'<article class="request" id="([^"]+)"', page.text)


def thread(site: Flask, folio: str) -> Thread:
    return by_folio(portal_of(site).store, folio)


def test_a_request_is_on_the_board_with_its_state_its_deadline_and_its_author_s_vote(
    site: Flask, client: FlaskClient
) -> None:
    folio = asked(client, **WAITS)
    found = thread(site, folio)
    assert (found.kind, found.agency) == ("solicitud", "inegi")
    assert dict(found.details)["formato"] == "csv"
    card = client.get("/solicitudes").text.partition(f'id="{folio}"')[2].partition("</article>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", card).split())
    assert "recibida" in words
    assert "responde a más tardar el" in words
    assert "1 persona" in words
    assert "Quitar mi voto" in words


def test_the_board_is_filtered_searched_and_ordered(site: Flask, client: FlaskClient) -> None:
    first = asked(
        client, datos="Rutas de camiones urbanos", texto="Para planear mis viajes diarios.", formato="geojson"
    )
    second = asked(client, datos="Presupuesto de cada escuela", texto="Para la contraloría social.", formato="xlsx")
    for _ in range(2):
        visitor = site.test_client()
        visitor.post(f"/pregunta/{first}/voto", data={"clave": f"{first}{_}".ljust(24, "x")})
    assert listed(client, formato="geojson") == [first]
    assert listed(client, q="ESCUELÁ presupuesto") == [second]
    assert listed(client)[0] == first
    assert listed(client, orden="recientes")[0] == second
    assert first not in listed(client, dependencia="inegi")
    assert first in listed(client, dependencia="portal")
    assert listed(client, estado="cerrada") == []
    assert first in listed(client, estado="recibida", formato="otra-cosa", orden="nada")


def test_what_is_alike_is_shown_before_anything_is_kept(site: Flask, client: FlaskClient) -> None:
    folio = asked(client, datos="Accidentes de bicicleta por calle", texto="Para pedir ciclovías en mi colonia.")
    before = set(listed(client, orden="recientes"))
    answer = ask(client, datos="Accidentes en bicicleta en cada calle", texto="Para mi tesis de urbanismo.")
    assert answer.status_code == 300
    assert folio in answer.text
    assert "Es otra cosa, enviar" in answer.text
    assert set(listed(client, orden="recientes")) == before
    kept = {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text)}
    sent = client.post("/solicitudes/nueva", data={**kept, "accion": ""})
    assert sent.status_code == 303
    assert len(listed(client, orden="recientes")) == len(before) + 1


def test_what_is_published_already_is_shown_too(client: FlaskClient) -> None:
    answer = ask(client, datos="Calidad del agua de los ríos", texto="Para saber si puedo nadar ahí.")
    assert answer.status_code == 300
    assert 'href="/datos/agua"' in answer.text


def test_while_typing_the_same_is_suggested_as_json(site: Flask, client: FlaskClient) -> None:
    folio = asked(client, datos="Incendios forestales por municipio", texto="Para prevenirlos en mi ejido.")
    answer = client.get("/solicitudes/parecidas.json?q=incendio forestal")
    data = json.loads(answer.text)["data"]
    assert [(d["folio"], d["href"], d["state"], d["votes"]) for d in data] == [
        (folio, f"/pregunta/{folio}", "recibida", 1)
    ]
    assert json.loads(client.get("/solicitudes/parecidas.json?q=xyz").text) == {"data": [], "datasets": []}
    assert json.loads(client.get("/solicitudes/parecidas.json?q=" + "a" * 5000).text)["data"] == []


def test_a_request_with_problems_comes_back_as_it_was(client: FlaskClient) -> None:
    answer = ask(client, datos="x", texto="corto", formato="csv", institucion="INEGI")
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 2
    assert '<option value="csv" selected>' in answer.text
    assert 'value="INEGI"' in answer.text


def test_the_form_is_prefilled_from_its_address(client: FlaskClient) -> None:
    page = client.get("/solicitudes/nueva", query_string={"datos": 'Ríos "limpios"', "institucion": "INEGI"}).text
    assert 'value="Ríos &#34;limpios&#34;"' in page
    assert 'list="instituciones"' in page
    assert 'name="correo"' not in page  # no mail server, so none is promised


def test_a_request_sent_twice_is_one(site: Flask, client: FlaskClient) -> None:
    html = client.get("/solicitudes/nueva").text
    hidden = {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)}
    form = {**hidden, "datos": "Cosechas de maíz criollo", "texto": "Para mi cooperativa de productores.", "otra": "1"}
    before = len(listed(client, q="maiz"))
    for _ in range(2):
        assert client.post("/solicitudes/nueva", data=form).status_code == 303
    assert len(listed(client, q="maiz")) == before + 1


def test_a_published_request_leads_to_its_data(site: Flask, client: FlaskClient) -> None:
    folio = asked(client, datos="Descargas de aguas residuales", texto="Para el comité de cuenca.")
    done = site.test_cli_runner().invoke(args=["request", "publish", folio, "agua"])
    assert (done.exit_code, done.output.strip()) == (0, f"{folio}: publicada en /datos/agua")
    assert folio in listed(client, estado="publicada")
    assert folio not in listed(client, estado="respondida")
    card = client.get("/solicitudes?estado=publicada").text
    assert 'href="/datos/agua"' in card
    assert "Ver los datos publicados" in card


def test_a_refused_request_says_on_which_legal_ground(site: Flask, client: FlaskClient) -> None:
    folio = asked(client, datos="Domicilios de beneficiarios", texto="Para visitarlos a todos en su casa.")
    done = site.test_cli_runner().invoke(args=["request", "refuse", folio, "--fundamento", "LGTAIP, artículo 116"])
    assert done.exit_code == 0, done.output
    assert listed(client, estado="no_procede") == [folio]
    assert "LGTAIP, artículo 116" in client.get("/solicitudes?estado=no_procede").text


def test_the_agency_publishes_by_its_answer_form_and_only_what_is_there(site: Flask, client: FlaskClient) -> None:
    folio = asked(client, datos="Niveles de las presas", texto="Para saber si habrá agua en mayo.")
    sent = {"tipo": "publicada", "texto": "Ya están publicados.", "clave": "k" * 24}
    agency = User(7, "eva@example.mx", "Eva", "", True)
    with site.test_request_context("/"):
        for address in ("", "/datos/no-hay", "https://example.org/datos/agua"):
            with pytest.raises(InvalidForm) as wrong:
                answer_thread(portal_of(site), folio, {**sent, "vista": address}, agency)
            assert "vista" in wrong.value.problems
        answer_thread(portal_of(site), folio, {**sent, "vista": "http://localhost/datos/agua"}, agency)
    assert thread(site, folio).standing == "publicada"
    assert folio in listed(client, estado="publicada")


def test_only_a_request_can_be_published(site: Flask) -> None:
    store = portal_of(site).store
    question = actions.open_thread(store, NewThread("pregunta", Anchor("/datos"), "¿Qué cuenta?", "p" * 24), NOW)
    done = site.test_cli_runner().invoke(args=["request", "publish", question.folio, "agua"])
    assert done.exit_code == 1
    assert "no es una solicitud" in done.output
    gone = site.test_cli_runner().invoke(args=["request", "publish", "VEN-2026-999999", "agua"])
    assert "No existe ese folio" in gone.output


def test_a_merged_request_brings_its_votes_and_leaves_the_board(site: Flask, client: FlaskClient) -> None:
    kept = asked(client, datos="Baches reportados por colonia", texto="Para pedir que los tapen pronto.")
    gone = asked(site.test_client(), datos="Baches reportados en colonias", texto="Para pedir que se tapen.")
    assert kept != gone
    moderation.merge(portal_of(site).store, gone, kept, OPERATOR, NOW)
    assert gone not in listed(client)
    found = counted(portal_of(site).store, [kept])[kept]
    assert found.total == 2


def test_the_board_s_feed_tells_folio_state_and_deadline(site: Flask, client: FlaskClient) -> None:
    folio = asked(client, datos="Camas de hospital\x0bocupadas", texto="Para saber a cuál hospital ir.")
    page = client.get("/solicitudes").text
    assert 'type="application/atom+xml"' in page
    answer = client.get("/feed/solicitudes.atom")
    assert answer.content_type.startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.data)
    entry_ = next(e for e in feed.findall("a:entry", ATOM) if (e.findtext("a:id", "", ATOM)).endswith(folio))
    assert entry_.findtext("a:title", "", ATOM).startswith("Camas de hospital")
    assert f"{folio} · recibida, respuesta a más tardar el" in entry_.findtext("a:summary", "", ATOM)
    again = client.get("/feed/solicitudes.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
