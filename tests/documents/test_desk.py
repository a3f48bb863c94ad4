"""The desk: who comes in, what they see, and what they may do, on both stores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from model.thread import ThreadState, Visibility
from store import threads
from store.audit import newest
from store.tables.threads import threads as rows
from tests.offices import Offices, open_offices, sign_in, ticket

ANSWER = {"tipo": "razon", "texto": "Cambió el método en 2024.", "sin_vista": "No hay una vista de esto."}


@pytest.fixture
def offices(tmp_path: Path, store_url: str) -> Offices:
    """A site with two agencies."""
    return open_offices(tmp_path, store_url)


def test_nobody_sees_the_desk_without_signing_in(offices: Offices) -> None:
    sent = offices.client().get("/bandeja")
    assert (sent.status_code, sent.location) == (303, "/entrar?next=%2Fbandeja")
    folio = offices.asked().folio
    sent = offices.client().get(f"/pregunta/{folio}/responder")
    assert sent.location == f"/entrar?next=%2Fpregunta%2F{folio}%2Fresponder"


def test_signing_in_leads_to_where_one_came_from_on_this_site_only(offices: Offices) -> None:
    for onward, to in (
        ("/pregunta/VEN-2026-000001/responder", "/pregunta/VEN-2026-000001/responder"),
        ("", "/bandeja"),
        ("//evil.test/", "/bandeja"),
        ("/\\evil.test", "/bandeja"),
        ("https://evil.test", "/bandeja"),
        ("javascript:alert(1)", "/bandeja"),
        ("/x\r\nSet-Cookie: a=b", "/bandeja"),
        ("bandeja", "/bandeja"),
    ):
        sent = sign_in(offices.client(), offices.inegi.email, next=onward)
        assert (onward, sent.status_code, sent.location) == (onward, 303, to)


def test_a_wrong_password_and_an_unknown_account_read_the_same(offices: Offices) -> None:
    wrong = sign_in(offices.client(), offices.inegi.email, "otra cosa larga")
    unknown = sign_in(offices.client(), "nadie@example.mx", "otra cosa larga")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.text.replace(offices.inegi.email, "X") == unknown.text.replace("nadie@example.mx", "X")
    assert "otra cosa larga" not in wrong.text
    failures = [(a.actor, a.outcome) for a in newest(offices.portal.store, 2)]
    assert failures == [("cuenta desconocida", "negado"), (offices.inegi.email, "negado")]


def test_the_desk_lists_ones_own_threads_late_ones_first(offices: Offices) -> None:
    first, second = offices.asked(text="¿La primera de todas?"), offices.asked(text="¿La segunda de todas?")
    foreign = offices.asked("dos")
    late(offices, second.folio)
    page = offices.client(offices.inegi).get("/bandeja").text
    assert page.index(second.folio) < page.index(first.folio)
    assert "Vencida hace" in page
    assert "1 ya venció" in page
    assert "Quedan 30 días" in page
    assert foreign.folio not in page
    assert foreign.folio in offices.client(offices.operator).get("/bandeja").text


def test_an_answer_is_public_signed_by_the_agency_and_in_the_audit(offices: Offices) -> None:
    folio = offices.asked().folio
    client = offices.client(offices.inegi)
    form = client.get(f"/pregunta/{folio}/responder").text
    assert "Publicar la respuesta" in form
    sent = client.post(f"/pregunta/{folio}/responder", data=ANSWER | ticket(client))
    assert (sent.status_code, sent.location) == (303, f"/pregunta/{folio}")
    thread = threads.by_folio(offices.portal.store, folio)
    assert thread.state is ThreadState.ANSWERED
    assert thread.answers[0].name == "Instituto Nacional de Estadística y Geografía"
    plain = offices.client().get(f"/pregunta/{folio}/simple").text
    assert "Respuesta oficial" in plain
    assert "Cambió el método" in plain
    assert offices.inegi.name not in plain
    act = newest(offices.portal.store, 1)[0]
    assert (act.actor, act.action, act.target, act.outcome) == (offices.inegi.email, "responder", folio, "hecho")


def test_a_form_with_problems_comes_back_with_what_was_written(offices: Offices) -> None:
    folio = offices.asked().folio
    client = offices.client(offices.inegi)
    sent = client.post(
        f"/pregunta/{folio}/responder",
        data={"tipo": "no_procede", "texto": "<b>No procede</b>, por ley.", "clave": "a" * 30} | ticket(client),
    )
    assert sent.status_code == 422
    assert "&lt;b&gt;No procede&lt;/b&gt;, por ley." in sent.text
    assert 'id="responder-fundamento-problema"' in sent.text
    assert 'id="responder-vista-problema"' in sent.text
    assert f'value="{"a" * 30}"' in sent.text
    assert threads.by_folio(offices.portal.store, folio).answers == ()


def test_the_same_answer_sent_twice_is_one(offices: Offices) -> None:
    folio = offices.asked().folio
    client = offices.client(offices.inegi)
    form = ANSWER | ticket(client) | {"clave": "b" * 30}
    for _ in range(2):
        assert client.post(f"/pregunta/{folio}/responder", data=form).status_code == 303
    assert len(threads.by_folio(offices.portal.store, folio).answers) == 1


def test_review_and_close(offices: Offices) -> None:
    folio = offices.asked().folio
    client = offices.client(offices.inegi)
    field = ticket(client)
    assert client.post(f"/pregunta/{folio}/revisar", data=field).status_code == 303
    assert threads.by_folio(offices.portal.store, folio).state is ThreadState.IN_REVIEW
    assert client.post(f"/pregunta/{folio}/cerrar", data=field).status_code == 422
    assert (
        client.post(f"/pregunta/{folio}/cerrar", data=field | {"motivo": "Repetida varias veces."}).status_code == 303
    )
    assert threads.by_folio(offices.portal.store, folio).state is ThreadState.CLOSED


def test_a_moved_thread_belongs_to_the_other_agency(offices: Offices) -> None:
    folio = offices.asked().folio
    client = offices.client(offices.inegi)
    form = {"dependencia": "semar", "motivo": "Los puertos son de Marina."}
    assert client.post(f"/pregunta/{folio}/mover", data=form | ticket(client)).status_code == 303
    thread = threads.by_folio(offices.portal.store, folio)
    assert (thread.agency, thread.events[-1].what) == ("semar", "movida")
    assert thread.events[-1].reason == "A Secretaría de Marina. Los puertos son de Marina."
    assert folio not in client.get("/bandeja").text
    assert folio in offices.client(offices.semar).get("/bandeja").text
    assert client.post(f"/pregunta/{folio}/revisar", data=ticket(client)).status_code == 403


@pytest.mark.parametrize(
    "form", [{"dependencia": "marte", "motivo": "Porque sí, de verdad."}, {"dependencia": "semar"}, {}]
)
def test_a_thread_is_not_moved_to_nowhere_nor_without_a_reason(offices: Offices, form: dict[str, str]) -> None:
    folio = offices.asked().folio
    client = offices.client(offices.inegi)
    assert client.post(f"/pregunta/{folio}/mover", data=form | ticket(client)).status_code == 422
    assert threads.by_folio(offices.portal.store, folio).agency == "inegi"


def test_a_thread_joined_to_another_points_there(offices: Offices) -> None:
    old, new = offices.asked(), offices.asked()
    client = offices.client(offices.inegi)
    sent = client.post(f"/pregunta/{new.folio}/unir", data={"folio": old.folio.lower()} | ticket(client))
    assert sent.status_code == 303
    assert threads.by_folio(offices.portal.store, new.folio).merged_into == old.folio
    assert old.folio in offices.client().get(f"/pregunta/{new.folio}/simple").text
    assert new.folio not in client.get("/bandeja").text
    for folio, into in ((old.folio, new.folio), (new.folio, old.folio), (old.folio, old.folio)):
        assert client.post(f"/pregunta/{folio}/unir", data={"folio": into} | ticket(client)).status_code == 400
    for into in ("VEN-1999-000001", offices.asked("dos").folio, offices.waiting().folio, ""):
        assert client.post(f"/pregunta/{old.folio}/unir", data={"folio": into} | ticket(client)).status_code == 422


def test_what_waits_is_published_or_refused_from_the_queue(offices: Offices) -> None:
    good, bad, foreign = offices.waiting(), offices.waiting(text="¿Compra relojes?"), offices.waiting("dos")
    client = offices.client(offices.inegi)
    page = client.get("/bandeja").text
    assert good.folio in page
    assert foreign.folio not in page
    form = ticket(client) | {"folio": [bad.folio, foreign.folio], "decision": "ocultar", "motivo": "publicidad"}
    assert client.post("/bandeja/decidir", data=form).location == "/bandeja?hecho=1"
    form = ticket(client) | {"folio": [good.folio], "decision": "publicar"}
    assert client.post("/bandeja/decidir", data=form).location == "/bandeja?hecho=1"
    seen = {f: threads.by_folio(offices.portal.store, f).visibility for f in (good.folio, bad.folio, foreign.folio)}
    assert list(seen.values()) == [Visibility.PUBLIC, Visibility.HIDDEN, Visibility.PENDING]
    refused = newest(offices.portal.store, 10)
    assert ("ocultar", foreign.folio, "negado") in {(a.action, a.target, a.outcome) for a in refused}


def test_a_flood_is_refused_at_once(offices: Offices) -> None:
    folios = [offices.waiting(text=f"Compre relojes {n}").folio for n in range(40)]
    client = offices.client(offices.inegi)
    assert client.get("/bandeja").status_code == 200
    assert "Las 40 de esta lista" in client.get("/bandeja").text
    form = ticket(client) | {"lista": folios, "todas": "1", "decision": "ocultar", "motivo": "publicidad"}
    assert client.post("/bandeja/decidir", data=form).location == "/bandeja?hecho=40"
    assert "Por revisar" not in client.get("/bandeja").text


def test_hiding_needs_a_reason_and_leaves_a_line_in_the_public_log(offices: Offices) -> None:
    thread = offices.asked(text="Llame a Juan Pérez, de Coyoacán", name="Pedro Secreto")
    client = offices.client(offices.inegi)
    assert client.post(f"/pregunta/{thread.folio}/ocultar", data=ticket(client)).status_code == 422
    form = {"motivo": "datos_personales", "nota": "lo pidió Juan Pérez"}
    assert client.post(f"/pregunta/{thread.folio}/ocultar", data=form | ticket(client)).location == "/bandeja"
    log = offices.client().get("/moderacion").text
    assert thread.folio in log
    assert "Contiene datos personales" in log
    for secret in ("Juan", "Pedro", offices.inegi.name, offices.inegi.email):
        assert secret not in log


def test_signing_out_ends_the_session_and_a_stolen_cookie_with_it(offices: Offices) -> None:
    client = offices.client(offices.inegi)
    cookie = client.get_cookie("ventanilla")
    assert cookie is not None
    assert client.post("/salir").status_code == 403  # without the session's field
    assert client.post("/salir", data=ticket(client)).status_code == 303
    assert client.get_cookie("ventanilla") is None
    thief = offices.client()
    thief.set_cookie("ventanilla", cookie.value)
    assert thief.get("/bandeja").status_code == 303


def test_the_cookie_is_host_only_secure_in_production_and_rotated(tmp_path: Path, store_url: str) -> None:
    offices = open_offices(tmp_path, store_url, production=True, secret_key="x" * 40)
    client = offices.client()
    client.set_cookie("__Host-ventanilla", "planted", secure=True, path="/")
    sent = client.post(
        "/entrar", data={"correo": offices.inegi.email, "contrasena": "una ventana al patio"}, base_url="https://v.mx"
    )
    (cookie,) = [c for c in sent.headers.getlist("Set-Cookie") if c.startswith("__Host-ventanilla=")]
    flags = cookie.split("; ")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=43200"} <= set(flags)
    assert not any(flag.startswith("Domain") for flag in flags)
    assert "planted" not in cookie
    assert sent.headers["Cache-Control"] == "no-store"


def test_a_page_that_knows_the_session_is_never_kept_for_others(offices: Offices) -> None:
    folio = offices.asked().folio
    for path in ("/bandeja", f"/pregunta/{folio}/responder", "/entrar"):
        signed, nobody = offices.client(offices.inegi).get(path), offices.client().get(path)
        for answer in (signed, nobody):
            assert "Cookie" in answer.headers["Vary"]
            assert answer.headers["Cache-Control"] == "no-store"


def test_the_session_dies_idle(tmp_path: Path, store_url: str) -> None:
    offices = open_offices(tmp_path, store_url, session_idle_minutes=0)
    client = offices.client(offices.inegi)
    assert client.get_cookie("ventanilla") is not None
    assert client.get("/bandeja").status_code == 303


def late(offices: Offices, folio: str) -> None:
    """Let the deadline of a thread be past."""
    with offices.portal.store.write() as connection:
        past = (datetime.now(UTC) - timedelta(days=9)).date()
        connection.execute(update(rows).where(rows.c.folio == folio).values(deadline=past))


def test_a_fragment_is_only_the_form(offices: Offices) -> None:
    folio = offices.asked().folio
    client: FlaskClient = offices.client(offices.inegi)
    part = client.get(f"/pregunta/{folio}/responder", headers={"X-Fragment": "1"}).text
    assert "<html" not in part
    assert "data-inplace" in part
    sent = client.post(f"/pregunta/{folio}/responder", data=ANSWER | ticket(client), headers={"X-Fragment": "1"})
    assert sent.status_code == 201
    assert "ya es pública" in sent.text
