"""What is read of threads: one page each, one list, one feed, and the letter for those who were not answered."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from config import Settings
from model.errors import BadRequest, Forbidden, InvalidForm
from model.people import User
from model.thread import Anchor, AnswerType, NewAnswer, NewThread, Thread, ThreadState
from participation import actions
from participation.deadline import CALENDAR, Term
from portal.formal import draft_of
from portal.portal import Portal, get_portal
from portal.usecases.replies import answer_thread, close_thread, review_thread
from store import threads
from store.tables.threads import threads as rows
from tests.conftest import Loaded, load_site

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)
STAFF = User(1, "ana@inegi.example", "Ana", "inegi", False)
OPERATOR = User(0, "", "Equipo del portal", "", True)
SERIES = "/explora/homicidios-por-entidad/serie-anual"
LINES = f"{SERIES}?_chart=line&_entidad=11&_group=anio&_measure=sum:homicidios"
DATASET = Anchor("/datos/homicidios-por-entidad", "homicidios-por-entidad", label="Homicidios por entidad")
GOOD = {"tipo": "razon", "texto": "Cambió el método.", "vista": LINES, "clave": "a" * 20}


@pytest.fixture
def portal(site: Loaded) -> Portal:
    with site.app.app_context():
        return get_portal()


def opened(portal: Portal, text: str, **more: object) -> Thread:
    given = {"kind": "pregunta", "anchor": DATASET, "now": NOW, "token": text, "name": "", **more}
    new = NewThread(str(given["kind"]), given["anchor"], text, str(given["token"]), str(given["name"]))  # type: ignore[arg-type]
    return actions.open_thread(portal.store, new, given["now"])  # type: ignore[arg-type]


def listed(client: FlaskClient, query: str) -> str:
    page = client.get(f"/preguntas?{query}")
    assert page.status_code == 200
    return page.text


def test_the_list_searches_without_accents_and_filters(client: FlaskClient, portal: Portal) -> None:
    first = opened(portal, "¿Cuántos árboles zarandeó el ciclón Ñandú?").folio
    idea = opened(portal, "Una idea sobre el ciclón Ñandú", kind="idea", anchor=Anchor("/herramientas")).folio
    late = opened(portal, "Pregunta vieja del ciclón Ñandú", now=LONG_AGO).folio
    assert all(folio in listed(client, "q=CICLON+nandu") for folio in (first, idea, late))
    assert first not in listed(client, "q=ciclon+idea")
    assert first not in listed(client, "q=nandu&tipo=idea")
    assert [idea in listed(client, f"q=nandu&dependencia={slug}") for slug in ("portal", "inegi")] == [True, False]
    overdue = listed(client, "q=nandu&vencidas=1")
    assert (late in overdue, first in overdue) == (True, False)
    assert "plazo vencido" in overdue
    assert "Nada con esos filtros" in listed(client, "q=nandu&estado=cerrada")
    assert first in listed(client, "q=nandu&estado=inventado&tipo=otro&pagina=-1")


def test_the_list_has_pages(client: FlaskClient, portal: Portal) -> None:
    for n in range(45):
        opened(portal, f"Palabra clavísima número {n}")
    first, last = listed(client, "q=clavisima"), listed(client, "q=clavisima&pagina=3")
    assert "45 mensajes" in first
    assert 'href="/preguntas?q=clavisima&amp;pagina=2"' in first
    assert "número 44" in first
    assert "número 4<" in last
    assert "Página 3 de 3" in last
    assert 'rel="next"' not in last


def test_the_feed_is_the_list_last_changed_first(client: FlaskClient, portal: Portal) -> None:
    folio = opened(portal, "Una palabra atómica \x0b primero", now=LONG_AGO).folio
    newer = opened(portal, "Otra palabra atómica después").folio
    answer_thread(portal, folio, GOOD, STAFF, NOW + timedelta(minutes=1))
    feed = client.get("/feed/preguntas.atom?q=atomica")
    assert feed.content_type.startswith("application/atom+xml")
    titles = [e.text or "" for e in ElementTree.fromstring(feed.data).iter("{http://www.w3.org/2005/Atom}title")][1:]
    assert [folio_ in link for folio_, link in zip((folio, newer), _links(feed.data), strict=True)] == [True, True]
    assert titles[0].endswith("(respondida)")
    assert "Respuesta oficial de Instituto Nacional de Estadística y Geografía: Cambió el método." in feed.text


def _links(feed: bytes) -> list[str]:
    atom = "{http://www.w3.org/2005/Atom}"
    found = [entry.find(f"{atom}link") for entry in ElementTree.fromstring(feed).iter(f"{atom}entry")]
    return [link.get("href", "") for link in found if link is not None]


def test_an_official_answer_is_sealed_and_cites_a_view_that_is_shown(client: FlaskClient, portal: Portal) -> None:
    folio = opened(portal, "¿Por qué cambió la cifra citada?").folio
    thread = answer_thread(portal, folio, GOOD, STAFF, NOW)
    cited = thread.answers[0].view
    assert cited.startswith(SERIES)
    assert "_version=" in cited
    page = client.get(f"/pregunta/{folio}/simple").text
    assert page.count('class="seal"') == 1
    assert cited.replace("&", "&amp;") in page
    picture = cited.replace("?", ".svg?", 1)
    assert f'src="{picture.replace("&", "&amp;")}"' in page
    assert client.get(picture).status_code == 200


@pytest.mark.parametrize(
    "view",
    [
        "https://otro.example/explora/homicidios-por-entidad/serie-anual",
        "/explora/nada/nada",
        f"{SERIES}?columna_inventada=1",
        "/datos/homicidios-por-entidad",
        "javascript:alert(1)",
        "http://[::1",
        f"{SERIES}?_version=000000000000",
    ],
)
def test_a_view_that_cannot_be_shown_is_not_cited(site: Loaded, portal: Portal, view: str) -> None:
    folio = opened(portal, f"¿Se puede citar {view}?").folio
    with site.app.test_request_context("/"), pytest.raises(InvalidForm) as invalid:
        answer_thread(portal, folio, {**GOOD, "vista": view}, STAFF, NOW)
    assert set(invalid.value.problems) == {"vista"}
    assert threads.by_folio(portal.store, folio).answers == ()


def test_a_view_may_be_cited_by_its_full_address(site: Loaded, portal: Portal) -> None:
    folio = opened(portal, "¿Se puede citar la dirección completa?").folio
    with site.app.test_request_context("/"):
        thread = answer_thread(portal, folio, {**GOOD, "vista": f"http://localhost{LINES}"}, STAFF, NOW)
    assert thread.answers[0].view.startswith(SERIES)


def test_each_type_of_answer_says_what_it_has_to(client: FlaskClient, portal: Portal) -> None:
    folio = opened(portal, "¿Qué tipos de respuesta hay?").folio
    later = (NOW + timedelta(days=400)).date().isoformat()
    uncited = {"vista": "", "sin_vista": "No hay datos de esto."}
    answer_thread(portal, folio, {**GOOD, **uncited, "tipo": "fecha", "fecha": later, "clave": "b" * 20}, STAFF, NOW)
    ground = "Artículo 113, fracción I, de la ley general."
    refusal = {**GOOD, **uncited, "tipo": "no_procede", "fundamento": ground, "clave": "c" * 20}
    answer_thread(portal, folio, refusal, STAFF, NOW)
    page = client.get(f"/pregunta/{folio}/simple").text
    assert "27 de diciembre de 2027" in page
    assert ground in page
    assert "No cita datos del portal:" in page


def test_the_history_is_public_with_reasons(site: Loaded, client: FlaskClient, portal: Portal) -> None:
    folio = opened(portal, "¿Qué ha pasado con esto hasta hoy?").folio
    review_thread(portal, folio, STAFF, NOW)
    with pytest.raises(Forbidden):
        close_thread(portal, folio, "no", dataclasses.replace(STAFF, agency="semar"), NOW)
    close_thread(portal, folio, "Se contestó en otro folio.", STAFF, NOW)
    page = client.get(f"/pregunta/{folio}/simple").text
    for words in ("Recibida", "En revisión", "Cerrada", "Se contestó en otro folio."):
        assert words in page


@pytest.mark.parametrize(("visibility", "status"), [("oculta", 410), ("por_revisar", 404)])
def test_what_was_hidden_is_gone_from_everywhere(
    client: FlaskClient, portal: Portal, visibility: str, status: int
) -> None:
    thread = opened(portal, f"Palabra escondidísima {visibility}")
    with portal.store.write() as connection:
        connection.execute(update(rows).where(rows.c.folio == thread.folio).values(visibility=visibility))
    for path in (f"/pregunta/{thread.folio}", f"/pregunta/{thread.folio}/simple"):
        assert (path, client.get(path).status_code) == (path, status)
    for path in ("/preguntas?q=escondidisima", "/feed/preguntas.atom?q=escondidisima", "/datos/homicidios-por-entidad"):
        assert thread.folio not in client.get(path).text
    assert "se está revisando o se ocultó" in client.get(f"/mis-preguntas/{thread.secret}").text


def test_after_the_deadline_the_formal_request_is_written(site: Loaded, client: FlaskClient, portal: Portal) -> None:
    text = "¿Dónde están los datos de 2025?"
    folio = opened(portal, text, now=LONG_AGO).folio
    assert f"/pregunta/{folio}/solicitud-formal" in client.get(f"/pregunta/{folio}/simple").text
    letter = client.get(f"/pregunta/{folio}/solicitud-formal").text
    assert letter.count(text) == 2
    for words in ("Unidad de Transparencia", "Instituto Nacional de Estadística y Geografía", folio, "6.º"):
        assert words in letter
    with site.app.test_request_context("/"), pytest.raises(BadRequest):
        draft_of(portal, opened(portal, "¿Y los que siguen en plazo?"), NOW)


def test_no_letter_for_what_was_answered(client: FlaskClient, portal: Portal) -> None:
    folio = opened(portal, "¿Y si ya contestaron tarde?", now=LONG_AGO).folio
    answer = NewAnswer(AnswerType.REASON, "Tarde, pero sí.", uncited="No hace falta.")
    assert actions.answer(portal.store, folio, answer, OPERATOR, NOW).state is ThreadState.ANSWERED
    assert client.get(f"/pregunta/{folio}/solicitud-formal").status_code == 400
    assert "solicitud-formal" not in client.get(f"/pregunta/{folio}/simple").text


def test_the_legal_text_and_the_term_are_settings(tmp_path: Path) -> None:
    legal = tmp_path / "legal.txt"
    legal.write_text("Con base en la ley de mi estado.\n\nAtentamente.")
    (tmp_path / "datos").mkdir()
    (tmp_path / "datos" / "casos.csv").write_text("grupo,casos\nA,5\nB,7\n")
    site = load_site(
        Settings(
            catalog=tmp_path / "datos", var=tmp_path / "var", cache=tmp_path / "cache", legal_text=legal, plazo=3,
            plazo_tipo=CALENDAR,
        )
    )  # fmt: skip
    with site.app.test_request_context("/"):
        portal = get_portal()
        new = NewThread("pregunta", Anchor("/datos"), "¿Qué ley aplica aquí?", "t" * 20)
        thread = actions.open_thread(portal.store, new, NOW, Term(portal.settings.plazo, portal.settings.plazo_tipo))
        assert thread.deadline == (NOW + timedelta(days=3)).date()
        draft = draft_of(portal, thread, NOW + timedelta(days=4))
    assert draft.legal == ("Con base en la ley de mi estado.", "Atentamente.")
