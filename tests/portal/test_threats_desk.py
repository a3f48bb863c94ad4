"""Guessing, forged forms, other people's threads and the audit: what must not work at the desk, on both stores."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from model.thread import Thread
from participation import moderation
from participation.audit import record
from store import threads
from store.audit import newest
from tests.offices import Offices, open_offices, sign_in, ticket

# Every route that takes a POST stands in one of these; a new one that does not fails a test below.
ANYONE = {
    "threads.send", "people.enter", "people.leave", "moderation.reported", "moderation.erase_own_data", "votes.cast",
    "votes.ask_confirmation", "follows.send", "follows.accept", "follows.leave", "surveys.send", "requests.send",
    "/_dash-update-component",
}  # fmt: skip
STAFF = {"people.act", "people.decide"}


@pytest.fixture
def offices(tmp_path: Path, store_url: str) -> Offices:
    """A site with two agencies, whose forms may be sent at once and often."""
    return open_offices(tmp_path, store_url, form_seconds=0.0)


@pytest.fixture
def strict(tmp_path: Path, store_url: str) -> Offices:
    """The same with the limits that ship."""
    return open_offices(tmp_path, store_url, form_seconds=0.0, limit_factor=1.0)


def test_fifty_wrong_passwords_do_not_lock_the_owner_out(strict: Offices) -> None:
    owner = strict.client(strict.inegi)  # their device is known to the account from now on
    thief = strict.client()
    said = [
        thief.post(
            "/entrar",
            data={"correo": strict.inegi.email, "contrasena": f"adivinanza {n}"},
            environ_overrides={"REMOTE_ADDR": f"198.51.100.{n}"},
        ).status_code
        for n in range(50)
    ]
    assert 429 in said
    assert said.count(422) <= 20  # ten in each of the two windows that the test may touch
    right = strict.client()
    blocked = sign_in(right, strict.inegi.email)
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["Retry-After"]) <= 900
    assert sign_in(owner, strict.inegi.email).status_code == 303
    assert [a for a in newest(strict.portal.store, 60) if a.outcome == "limitado"]


def test_one_password_on_many_accounts_is_stopped_by_address(strict: Offices) -> None:
    client = strict.client()
    said = [sign_in(client, f"persona{n}@inegi.example.mx", "Verano-2026-Mx").status_code for n in range(30)]
    assert 429 in said
    assert said.count(422) <= 20


def test_every_post_of_the_site_refuses_another_site(offices: Offices) -> None:
    client = offices.client(offices.inegi)
    for path in posts(offices, offices.asked().folio):
        for headers in ({"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
            for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
                answer = client.post(path, data=b"a=b", headers=headers, content_type=kind)
                assert (path, answer.status_code) == (path, 403)


def test_every_post_is_known_to_be_for_anyone_or_for_staff(offices: Offices) -> None:
    found = {rule.endpoint for rule in offices.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert found - ANYONE - STAFF == set(), "say in ANYONE or STAFF who may send this"


def test_nobody_acts_for_staff_without_signing_in(offices: Offices) -> None:
    folio = offices.asked().folio
    client = offices.client()
    for path in posts(offices, folio, STAFF):
        for headers in ({}, {"X-Fragment": "1"}):
            answer = client.post(path, data={"ficha": "0" * 64, "folio": folio}, headers=headers)
            assert (path, answer.status_code) == (path, 401)
    client.set_cookie("ventanilla", "x" * 43)
    assert {client.post(path).status_code for path in posts(offices, folio, STAFF)} == {401}
    assert threads.by_folio(offices.portal.store, folio).events[1:] == ()


def test_signed_in_people_need_the_field_of_their_own_session(offices: Offices) -> None:
    folio = offices.asked().folio
    mine, colleague = offices.client(offices.inegi), offices.client(offices.inegi)
    for given in ({}, {"ficha": ""}, {"ficha": "0" * 64}, {"ficha": "ñ"}, ticket(colleague)):
        for path in posts(offices, folio, STAFF):
            assert (path, mine.post(path, data=given).status_code) == (path, 403)


def test_another_agency_may_do_nothing_in_a_thread_and_every_try_is_in_the_audit(offices: Offices) -> None:
    folio, own = offices.asked().folio, offices.asked("dos").folio
    client = offices.client(offices.semar)
    everything = {
        "tipo": "razon", "texto": "Respuesta ajena.", "sin_vista": "no hay", "motivo": "publicidad", "folio": own,
        "dependencia": "semar",
    }  # fmt: skip
    tried = list(posts(offices, folio, {"people.act"}))
    assert len(tried) == 8
    for path in tried:
        form = everything | ticket(client) | ({"motivo": "Porque nos toca a nosotros."} if "mover" in path else {})
        assert (path, client.post(path, data=form).status_code) == (path, 403)
    assert client.get(f"/pregunta/{folio}/responder").status_code == 403
    assert folio not in client.get("/bandeja").text
    thread = threads.by_folio(offices.portal.store, folio)
    assert (thread.answers, thread.agency, thread.public, thread.merged_into) == ((), "inegi", True, "")
    denied = {a.action for a in newest(offices.portal.store, 20) if a.outcome == "negado" and a.target == folio}
    assert denied == {
        "responder", "en revisión", "cerrar", "ocultar", "publicar", "descartar reportes", "mover", "unir", "abrir",
    }  # fmt: skip
    assert all(a.actor == offices.semar.email for a in newest(offices.portal.store, 20) if a.outcome == "negado")


def test_a_folio_of_nothing_is_not_found_for_staff(offices: Offices) -> None:
    client = offices.client(offices.inegi)
    for path in posts(offices, "VEN-1999-000001", {"people.act"}):
        form = {"motivo": "publicidad", "tipo": "razon", "texto": "x y", "sin_vista": "no", "dependencia": "semar"}
        assert (path, client.post(path, data=form | ticket(client)).status_code) == (path, 404)


def test_a_line_of_the_log_cannot_be_forged(offices: Offices, caplog: pytest.LogCaptureFixture) -> None:
    now = datetime.now(UTC)
    forged = 'VEN-1\r\n{"who": "root"}\u2028\x1b[2J'
    with caplog.at_level(logging.INFO, logger="ventanilla.audit"):
        record(offices.portal.store, "ana", "ocultar", forged, "hecho", now, forged)
        sign_in(offices.client(), "x\r\nroot@example.mx", "secreto muy largo")
    for line in (r.getMessage() for r in caplog.records):
        assert line.isascii()
        assert line.isprintable()
        assert set(json.loads(line)) == {"at", "who", "what", "on", "outcome", "detail"}
        assert "secreto muy largo" not in line
    assert "root@example.mx" not in caplog.text
    shown = offices.app.test_cli_runner().invoke(args=["user", "audit"]).output
    assert all("\x1b" not in line and "\r" not in line for line in shown.splitlines())


def test_what_moderators_do_is_in_the_audit_with_who_and_why(offices: Offices) -> None:
    thread: Thread = offices.asked()
    moderation.hide(offices.portal.store, thread.folio, "publicidad", offices.inegi, datetime.now(UTC), "vende relojes")
    act = newest(offices.portal.store, 1)[0]
    assert (act.actor, act.action, act.target) == (offices.inegi.email, "ocultar", thread.folio)
    assert act.detail == "publicidad. vende relojes"


def posts(offices: Offices, folio: str, endpoints: set[str] | None = None) -> Iterator[str]:
    """The address of every POST route of the app, about `folio` where it needs one."""
    for rule in offices.app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and (endpoints is None or rule.endpoint in endpoints):
            yield from _addresses(rule, folio)


def _addresses(rule: Rule, folio: str) -> Iterator[str]:
    path = rule.rule.replace("<folio>", folio)
    deeds = re.search(r"<any\(([^)]*)\):deed>", path)
    paths = [path.replace(deeds.group(0), d.strip()) for d in deeds.group(1).split(",")] if deeds else [path]
    for one in paths:
        yield re.sub(r"<[^>]+>", "uno", one)
