"""What is hidden, taken back or personal is nowhere in public, and everyone may take their own along."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from model.thread import Anchor, NewThread, Thread
from participation import actions
from participation.votes import vote
from portal.screening import stamp
from store import threads
from store.tables.threads import threads as rows
from tests.offices import Offices, open_offices, ticket

CURP, PHONE, EMAIL = "HEGG560427MVZRRL04", "55 1234 5678", "ana.perez@correo.mx"
FORM = {"tipo": "pregunta", "sobre": "/datos/uno", "texto": "¿Por qué bajó la cifra en 2024?"}
PUBLIC = ("/preguntas", "/participacion.csv", "/participacion.json", "/datos/uno", "/feed/preguntas.atom")


@pytest.fixture
def offices(tmp_path: Path, store_url: str) -> Offices:
    """A site with two agencies, whose forms may be sent at once."""
    return open_offices(tmp_path, store_url, form_seconds=0.0)


def send(offices: Offices, client: FlaskClient, **more: str) -> str:
    """The folio of a thread sent by the plain form."""
    sent = client.post("/participar", data=filled(offices) | more)
    assert sent.status_code == 303, sent.text
    return str(json.loads(client.get("/mis-datos.json").text)["preguntas"][0]["folio"])


def filled(offices: Offices) -> dict[str, str]:
    offices.made += 1
    return FORM | {"clave": f"clave-{offices.made:020}", "momento": stamp(offices.portal.settings)}


def everywhere(offices: Offices) -> str:
    """All public text of threads that needs no folio."""
    client = offices.client()
    found = []
    for path in PUBLIC:
        answer = client.get(path)
        assert answer.status_code in (200, 404), path
        found.append(answer.text if answer.status_code == 200 else "")
    return "\n".join(found)


def test_personal_data_are_warned_of_then_masked_everywhere_public(offices: Offices) -> None:
    client = offices.client()
    text = f"Soy {EMAIL}, CURP {CURP}, llame al {PHONE}: ¿por qué bajó?"
    form = filled(offices) | {"texto": text}
    warned = client.post("/participar", data=form)
    assert warned.status_code == 422
    assert "Su mensaje parece llevar un correo electrónico, una CURP y un teléfono" in warned.text
    assert 'name="confirmo"' in warned.text
    assert client.post("/participar", data=form | {"confirmo": "1"}).status_code == 303
    folio = json.loads(client.get("/mis-datos.json").text)["preguntas"][0]["folio"]
    seen = everywhere(offices) + offices.client().get(f"/pregunta/{folio}/simple").text
    seen += offices.client().get(f"/pregunta/{folio}").text
    assert folio in seen
    for secret in (EMAIL, CURP, PHONE):
        assert secret not in seen
    assert CURP in offices.client(offices.inegi).get(f"/pregunta/{folio}/responder").text


def test_a_hidden_thread_is_gone_from_all_that_is_public(offices: Offices) -> None:
    folio = send(offices, offices.client(), texto="Palabra rarísima: murciélago azul")
    assert "murciélago" in everywhere(offices)
    staff = offices.client(offices.inegi)
    staff.post(f"/pregunta/{folio}/ocultar", data={"motivo": "insultos"} | ticket(staff))
    assert "murciélago" not in everywhere(offices)
    client = offices.client()
    for path in (f"/pregunta/{folio}", f"/pregunta/{folio}/simple", f"/reportar/{folio}"):
        gone = client.get(path, headers={"Accept": "text/html"})
        assert gone.status_code == 410
        assert "murciélago" not in gone.text
        assert "Insultos, amenazas o discriminación" in gone.text
    assert "murciélago" not in client.get("/preguntas?q=murcielago").text.replace('value="murcielago"', "")
    assert client.post(f"/pregunta/{folio}/voto", data={"clave": "c" * 30}).status_code in (404, 410)


def test_what_waits_for_a_decision_is_not_public_yet(offices: Offices) -> None:
    folio = offices.waiting(text="Palabra rarísima: murciélago azul").folio
    assert "murciélago" not in everywhere(offices)
    assert offices.client().get(f"/pregunta/{folio}/simple").status_code == 404


def test_an_agency_that_looks_first_gets_a_queue(offices: Offices) -> None:
    done = offices.app.test_cli_runner().invoke(args=["agency", "premoderate", "INEGI"])
    assert (done.exit_code, done.output) == (0, "inegi: se revisa antes de publicar\n")
    folio = send(offices, offices.client(), texto="¿Se ve esto de inmediato?")
    assert "de inmediato" not in everywhere(offices)
    staff = offices.client(offices.inegi)
    assert folio in staff.get("/bandeja").text
    staff.post(f"/pregunta/{folio}/publicar", data=ticket(staff))
    assert "de inmediato" in everywhere(offices)


def test_a_listed_word_waits_for_a_person(tmp_path: Path, store_url: str) -> None:
    words = tmp_path / "palabras.txt"
    words.write_text("# groserías\nTarugo\ncompre ya\n", encoding="utf-8")
    offices = open_offices(tmp_path, store_url, form_seconds=0.0, words=words)
    for text, public in (("¿Qué TARÚGO hizo esto?", False), ("¡Compre  YA relojes!", False), ("tarugos y más", True)):
        folio = send(offices, offices.client(), texto=text)
        assert threads.by_folio(offices.portal.store, folio).public is public, text


def test_open_data_hold_no_names_and_read_back_exactly(offices: Offices) -> None:
    folio = send(offices, offices.client(), nombre="Pedro Paramo", texto='¿Por qué, "según" usted,\nbajó; la cifra?')
    staff = offices.client(offices.inegi)
    answer = {"tipo": "razon", "texto": "Escriba a datos@inegi.example.mx.", "sin_vista": "No hay."}
    assert staff.post(f"/pregunta/{folio}/responder", data=answer | ticket(staff)).status_code == 303
    client = offices.client()
    (row,) = csv.DictReader(io.StringIO(client.get("/participacion.csv").text, newline=""))
    assert row["texto"] == '¿Por qué, "según" usted,\nbajó; la cifra?'
    assert (row["folio"], row["conjunto"], row["respuesta"]) == (folio, "uno", "Escriba a datos@inegi.example.mx.")
    (item,) = client.get("/participacion.json").get_json()["data"]
    assert item["respuestas"][0]["de"] == "Instituto Nacional de Estadística y Geografía"
    for text in (client.get("/participacion.csv").text, client.get("/participacion.json").text):
        assert "Pedro" not in text
        assert offices.inegi.name not in text
        assert "Access-Control-Allow-Origin" in client.get("/participacion.json").headers


def test_everyone_takes_their_own_data_along_and_back(offices: Offices) -> None:
    client, other = offices.client(), offices.client()
    folio = send(offices, client, texto=f"Mi caso, con teléfono {PHONE}", nombre="Pedro", confirmo="1")
    foreign = send(offices, other, texto="La pregunta de otra persona")
    kept = json.loads(client.get("/mis-datos.json").text)
    assert [(t["folio"], t["nombre"]) for t in kept["preguntas"]] == [(folio, "Pedro")]
    assert PHONE in kept["preguntas"][0]["texto"]
    assert client.post("/mis-datos/borrar", data={}).status_code == 422
    assert client.post("/mis-datos/borrar", data={"seguro": "si"}).status_code == 303
    assert json.loads(client.get("/mis-datos.json").text)["preguntas"] == []
    thread = threads.by_folio(offices.portal.store, folio)
    assert (thread.question.text, thread.question.name) == ("Retirada por quien la escribió", "")
    assert threads.by_folio(offices.portal.store, foreign).question.text == "La pregunta de otra persona"
    assert "Retirada por quien la escribió" in offices.client().get(f"/pregunta/{folio}/simple").text
    assert "Mi caso" not in everywhere(offices)


def test_a_secret_link_takes_back_one_thread_whose_answer_stays(offices: Offices) -> None:
    thread = asked(offices)
    staff = offices.client(offices.inegi)
    answer = {"tipo": "razon", "texto": "Por el método.", "sin_vista": "No hay."} | ticket(staff)
    staff.post(f"/pregunta/{thread.folio}/responder", data=answer)
    client = offices.client()
    (own,) = client.get(f"/mis-datos.json?secreto={thread.secret}").get_json()["preguntas"]
    assert own["texto"] == "Mi caso particular es este"
    assert client.get("/mis-datos.json?secreto=otro").status_code == 404
    assert client.post("/mis-datos/borrar", data={"seguro": "si", "secreto": "otro"}).status_code == 404
    assert client.post("/mis-datos/borrar", data={"seguro": "si", "secreto": thread.secret}).status_code == 303
    kept = threads.by_folio(offices.portal.store, thread.folio)
    assert (kept.question.text, kept.answers[0].text) == ("Retirada por quien la escribió", "Por el método.")
    found = offices.client().get("/preguntas?q=particular").text
    assert thread.folio not in found


def test_votes_of_who_goes_are_gone(offices: Offices) -> None:
    client = offices.client()
    send(offices, client, texto="¿Quién vota por esto?")
    kept = json.loads(client.get("/mis-datos.json").text)
    folio = kept["preguntas"][0]["folio"]
    person = threads_person(offices, folio)
    vote(offices.portal.store, folio, person, datetime.now(UTC))
    assert json.loads(client.get("/mis-datos.json").text)["votos"][0]["folio"] == folio
    client.post("/mis-datos/borrar", data={"seguro": "si"})
    assert json.loads(client.get("/mis-datos.json").text)["votos"] == []


def test_a_report_reaches_the_queue_and_is_settled(offices: Offices) -> None:
    folio = send(offices, offices.client(), texto="Un mensaje que molesta a alguien")
    client = offices.client()
    assert client.post(f"/reportar/{folio}", data={"momento": stamp(offices.portal.settings)}).status_code == 422
    form = {"motivo": "insultos", "nota": f"me llamó por {PHONE}", "momento": stamp(offices.portal.settings)}
    assert client.post(f"/reportar/{folio}", data=form).status_code == 303
    staff = offices.client(offices.inegi)
    page = staff.get("/bandeja").text
    assert "Reportadas" in page
    assert "Insultos, amenazas o discriminación" in page
    assert PHONE not in page
    assert "molesta" in everywhere(offices)
    staff.post("/bandeja/decidir", data=ticket(staff) | {"folio": [folio], "decision": "descartar"})
    assert "Reportadas" not in staff.get("/bandeja").text
    assert client.post("/reportar/VEN-1999-000001", data=form).status_code == 404


@pytest.mark.parametrize("path", ["/privacidad", "/moderacion", "/mis-datos", "/entrar"])
def test_the_notices_stand(offices: Offices, path: str) -> None:
    answer = offices.client().get(path)
    assert answer.status_code == 200
    assert "<h1>" in answer.text
    assert "Set-Cookie" not in answer.headers


def asked(offices: Offices) -> Thread:
    """A thread with its secret."""
    offices.made += 1
    new = NewThread("pregunta", Anchor("/datos/uno", "uno"), "Mi caso particular es este", f"t-{offices.made:022}")
    return actions.open_thread(offices.portal.store, new, datetime.now(UTC))


def threads_person(offices: Offices, folio: str) -> str:
    """The hash of who opened a thread."""
    with offices.portal.store.read() as connection:
        found = connection.execute(select(rows.c.person_hash).where(rows.c.folio == folio)).scalar_one()
    return str(found)
