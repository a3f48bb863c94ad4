"""Mail goes out by a real SMTP server, in the clear, by STARTTLS, and when the server comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import create_app
from config import InvalidSettings, Settings, read_settings
from model.mail import Mail
from portal.mail import deliver, server_of
from portal.portal import EXTENSION, Portal
from portal.usecases.housekeeping import tidy
from store import outbox
from tests.mailserver import BUSY, REFUSED, certificate, mail_server, needs_password
from tests.serving import free_port

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
SUBJECT = "Pregunta VEN-2026-000001: año nuevo"


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A portal without a mail server yet."""
    app = create_app(Settings(var=tmp_path / "var", cache=tmp_path / "cache", mail_from="Ventanilla <aviso@v.mx>"))
    found = app.extensions[EXTENSION]
    assert isinstance(found, Portal)
    return found


def by(portal: Portal, url: str) -> Portal:
    return replace(portal, settings=replace(portal.settings, smtp_url=url))


def put(portal: Portal, *to: str) -> None:
    with portal.store.write() as connection:
        for address in to:
            mail = Mail(
                f"clave {address}", address, "Pregunta VEN-2026-000001: año nuevo", "¿Qué pasó?\n", (("X-V", "1"),)
            )
            outbox.put(connection, mail, NOW)


def test_a_mail_arrives_as_it_was_written(portal: Portal) -> None:
    put(portal, "ana@example.mx", "bea@example.mx")
    with mail_server() as (inbox, port):
        assert deliver(by(portal, f"smtp://127.0.0.1:{port}"), NOW) == 2
        assert deliver(by(portal, f"smtp://127.0.0.1:{port}"), NOW + timedelta(days=1)) == 0
    first = inbox.letters[0]
    assert inbox.envelopes == [["ana@example.mx"], ["bea@example.mx"]]
    assert (first["From"], first["To"], first["X-V"]) == ("Ventanilla <aviso@v.mx>", "ana@example.mx", "1")
    assert first["Subject"] == SUBJECT
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"].endswith("@v.mx>")
    assert first.get_content().replace("\r\n", "\n") == "¿Qué pasó?\n"
    assert "bea@example.mx" not in first.as_string()


def test_nothing_is_sent_and_nothing_is_lost_without_a_server(portal: Portal) -> None:
    put(portal, "ana@example.mx")
    assert deliver(portal, NOW) == 0
    assert len(outbox.due(portal.store, 10, NOW)) == 1


def test_a_server_that_is_down_gets_its_mail_when_it_is_up_again(portal: Portal) -> None:
    put(portal, "ana@example.mx", "bea@example.mx")
    port = free_port()
    down = by(portal, f"smtp://127.0.0.1:{port}")
    assert deliver(down, NOW) == 0
    assert deliver(down, NOW + timedelta(seconds=59)) == 0
    with mail_server(port) as (inbox, _):
        assert deliver(down, NOW + timedelta(minutes=1)) == 2
    assert sorted(str(letter["To"]) for letter in inbox.letters) == ["ana@example.mx", "bea@example.mx"]


def test_one_refused_recipient_does_not_keep_the_others_from_their_mail(portal: Portal) -> None:
    put(portal, REFUSED, BUSY, "ana@example.mx")
    with mail_server() as (inbox, port):
        assert deliver(by(portal, f"smtp://127.0.0.1:{port}"), NOW) == 1
        assert [letter.mail.to for letter in outbox.due(portal.store, 10, NOW + timedelta(days=1))] == [BUSY]
    assert inbox.envelopes == [["ana@example.mx"]]


def test_starttls_with_a_password(portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, authority = certificate(tmp_path)
    put(portal, "ana@example.mx")
    with mail_server(**needs_password("ventanilla", "se cre/ta", context)) as (inbox, port):
        right = f"smtp://ventanilla:se%20cre%2Fta@localhost:{port}?starttls=1"
        assert deliver(by(portal, right), NOW) == 0  # nobody vouches for the certificate
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert deliver(by(portal, right.replace("cre", "kre")), NOW + timedelta(minutes=1)) == 0
        assert deliver(by(portal, right), NOW + timedelta(minutes=5)) == 1
    assert inbox.secured == [True]


def test_what_a_server_says_of_a_password_is_not_kept(portal: Portal, tmp_path: Path) -> None:
    put(portal, "ana@example.mx")
    with mail_server() as (_, port):
        assert deliver(by(portal, f"smtp://u:muy%20secreto@127.0.0.1:{port}"), NOW) == 0
    kept = b"".join(path.read_bytes() for path in (tmp_path / "var").glob("ventanilla.sqlite*"))
    assert b"muy secreto" not in kept


def test_a_server_without_starttls_gets_nothing_in_the_clear(portal: Portal) -> None:
    put(portal, "ana@example.mx")
    with mail_server() as (inbox, port):
        assert deliver(by(portal, f"smtp://127.0.0.1:{port}?starttls=1"), NOW) == 0
    assert inbox.letters == []


def test_tls_from_the_first_byte(portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    put(portal, "ana@example.mx")
    with mail_server(ssl_context=context) as (inbox, port):
        assert deliver(by(portal, f"smtps://localhost:{port}"), NOW) == 1
    assert inbox.envelopes == [["ana@example.mx"]]


@pytest.mark.parametrize("url", ["http://x:25", "smtp://", "smtp://host:port", "smtp://host:99999"])
def test_a_wrong_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(InvalidSettings):
        server_of(url)


def test_mail_needs_an_address_to_come_from() -> None:
    with pytest.raises(InvalidSettings, match="MAIL_FROM"):
        read_settings({"SMTP_URL": "smtp://localhost"})
    with pytest.raises(InvalidSettings, match="SMTP_URL"):
        read_settings({"SMTP_URL": "http://localhost", "MAIL_FROM": "a@b.mx"})


def test_tidying_forgets_what_need_not_be_kept(portal: Portal) -> None:
    tidy(portal, NOW)
