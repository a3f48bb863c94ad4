"""Who is told of a new thread: the contact point, the agency's people, else the operator; once each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from model.mail import Mail
from participation import people
from portal.mail import deliver
from portal.portal import Portal
from portal.screening import stamp
from portal.usecases import desk
from portal.usecases.notices.opened import opened
from store import outbox
from tests.mailserver import mail_server
from tests.offices import Offices, open_offices

LATER = timedelta(days=2)


@pytest.fixture
def offices(tmp_path: Path, store_url: str) -> Offices:
    """A site that can send mail and is known by its address."""
    return open_offices(
        tmp_path,
        store_url,
        form_seconds=0.0,
        smtp_url="smtp://127.0.0.1:1",
        mail_from="aviso@v.mx",
        mail_operator="operador@v.mx",
        base_url="https://v.mx",
    )


def mails(offices: Offices) -> dict[str, Mail]:
    """What waits in the outbox, by recipient."""
    return {letter.mail.to: letter.mail for letter in outbox.due(offices.portal.store, 100, datetime.now(UTC) + LATER)}


def test_the_contact_point_and_the_agencys_people_get_folio_deadline_and_link(offices: Offices) -> None:
    form = {
        "tipo": "pregunta", "sobre": "/datos/uno", "texto": "¿Por qué bajó? Llame al 55 1234 5678", "confirmo": "1",
        "clave": "k" * 30, "momento": stamp(offices.portal.settings), "nombre": "Pedro",
    }  # fmt: skip
    assert offices.client().post("/participar", data=form).status_code == 303
    sent = mails(offices)
    assert set(sent) == {"atencion@inegi.example.mx", offices.inegi.email}
    mail = sent[offices.inegi.email]
    assert "https://v.mx/pregunta/VEN-" in mail.text
    assert "¿Por qué bajó? Llame al ●●●" in mail.text
    assert "contestar a más tardar el" in mail.subject
    assert "atencion@" not in mail.text
    assert "\n" not in mail.subject


def test_telling_again_tells_nobody_twice(offices: Offices) -> None:
    thread = offices.asked()
    opened(offices.portal, thread)
    assert len(mails(offices)) == 2
    opened(offices.portal, thread)
    with offices.portal.store.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()
    assert count == 2


def test_an_agency_without_people_falls_to_the_operator(offices: Offices) -> None:
    people.set_enabled(offices.portal.store, offices.semar.email, False, datetime.now(UTC))
    opened(offices.portal, offices.asked("dos"))
    assert set(mails(offices)) == {"operador@v.mx"}


def test_without_an_address_of_the_operator_their_accounts_are_told(offices: Offices) -> None:
    people.set_enabled(offices.portal.store, offices.semar.email, False, datetime.now(UTC))
    bare = settings(offices, mail_operator="")
    opened(bare, offices.asked("dos"))
    assert set(mails(offices)) == {offices.operator.email}


def test_a_moved_thread_is_told_to_its_new_agency_alone(offices: Offices) -> None:
    thread = offices.asked()
    with offices.app.test_request_context("/"):
        desk.move(offices.portal, thread.folio, "semar", "Los puertos son de Marina.", offices.inegi)
    assert set(mails(offices)) == {offices.semar.email}


def test_what_waits_is_told_to_who_decides_and_later_to_the_contact_point(offices: Offices) -> None:
    thread = offices.waiting()
    opened(offices.portal, thread)
    first = mails(offices)
    assert set(first) == {offices.inegi.email}
    assert "espera a que usted la revise" in first[offices.inegi.email].text
    desk.show(offices.portal, thread.folio, offices.inegi)
    assert "atencion@inegi.example.mx" in mails(offices)


def test_without_a_mail_server_nothing_is_put_aside(offices: Offices) -> None:
    opened(settings(offices, smtp_url=""), offices.asked())
    assert mails(offices) == {}


def test_a_label_cannot_write_headers(offices: Offices) -> None:
    opened(offices.portal, offices.asked(text="Hola\r\nBcc: todos@example.mx\r\n\r\nCuerpo"))
    with mail_server() as (inbox, port):
        deliver(settings(offices, smtp_url=f"smtp://127.0.0.1:{port}"), datetime.now(UTC) + timedelta(minutes=1))
    assert len(inbox.letters) == 2
    for letter, to in zip(inbox.letters, inbox.envelopes, strict=True):
        assert letter["Bcc"] is None
        assert to == [letter["To"]]


def settings(offices: Offices, **changed: str) -> Portal:
    """The portal with other settings."""
    return replace(offices.portal, settings=replace(offices.portal.settings, **changed))  # type: ignore[arg-type]
