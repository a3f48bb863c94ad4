"""Sending what the outbox holds, by the SMTP server of the settings."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from types import MappingProxyType
from urllib.parse import parse_qs, unquote, urlsplit

from config import InvalidSettings
from model.mail import Mail
from portal.portal import Portal
from store import outbox
from store.outbox import Letter

SECONDS = 20.0  # for each answer of the server
BATCH = 50
PORTS = MappingProxyType({"smtp": 25, "smtps": 465})


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes: `tls` from the first byte, or `starttls` before anything is said."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str
    password: str


def offered(portal: Portal) -> bool:
    """Whether mail can be sent at all: no form promises one otherwise."""
    return bool(portal.settings.smtp_url)


def server_of(url: str) -> Server:
    """The server of `smtp[s]://user:password@host:port?starttls=1`. Raises InvalidSettings."""
    try:
        parts = urlsplit(url)
        standard = PORTS[parts.scheme]
        port = parts.port or standard
    except (ValueError, KeyError):
        raise InvalidSettings("SMTP_URL must be smtp://host:port or smtps://host:port") from None
    if not parts.hostname:
        raise InvalidSettings("SMTP_URL names no host")
    return Server(
        host=parts.hostname,
        port=port,
        tls=parts.scheme == "smtps",
        starttls=parse_qs(parts.query).get("starttls", ["0"])[0] == "1",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def deliver(portal: Portal, now: datetime | None = None) -> int:
    """Send what is due; how many were taken by the server. What it refuses is tried again later. Raises StoreDown."""
    if not offered(portal):
        return 0
    moment = now or datetime.now(UTC)
    letters = outbox.due(portal.store, BATCH, moment)
    if not letters:
        return 0
    left = list(letters)
    done = 0
    try:
        with _connected(server_of(portal.settings.smtp_url)) as connection:
            while left:
                done += _send(portal, connection, left[0], moment)
                left.pop(0)
    except (OSError, smtplib.SMTPException) as error:
        for letter in left:
            outbox.failed(portal.store, letter, _said(error), moment)
    return done


def written(mail: Mail, sender: str, now: datetime) -> EmailMessage:
    """The mail as it goes out; the policy refuses a line end in any header."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip(" >") or None)
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers:
        message[name] = value
    message.set_content(mail.text)
    return message


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """An open, trusted and signed-in connection. Raises OSError, SMTPException."""
    context = ssl.create_default_context()
    if server.tls:
        opened: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        opened = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with opened as connection:
        if server.starttls:
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        yield connection


def _send(portal: Portal, connection: smtplib.SMTP, letter: Letter, now: datetime) -> int:
    """1 if the server took it. Raises what ends the connection; what concerns this mail alone is kept with it."""
    try:
        connection.send_message(written(letter.mail, portal.settings.mail_from, now))
    except smtplib.SMTPRecipientsRefused as error:
        code, _ = next(iter(error.recipients.values()))
        outbox.failed(portal.store, letter, f"recipient refused ({code})", now, for_good=code >= 500)
        return 0
    except (smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError) as error:
        outbox.failed(portal.store, letter, _said(error), now)
        return 0
    outbox.sent(portal.store, letter, now)
    return 1


def _said(error: Exception) -> str:
    """What went wrong, without what the server says: that may repeat an address or a password."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
