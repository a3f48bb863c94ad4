"""A real SMTP server on loopback, which keeps what it is sent."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.serving import free_port

REFUSED = "no-existe@example.mx"
BUSY = "ocupado@example.mx"


class Inbox:
    """aiosmtpd's handler: `letters` holds each mail that was accepted, `envelopes` its recipients."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[list[str]] = []
        self.secured: list[bool] = []

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, unless it is one that we refuse or that is busy."""
        if address == REFUSED:
            return "550 no such user"
        if address == BUSY:
            return "451 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail."""
        content = envelope.content
        message: Message = message_from_bytes(content if isinstance(content, bytes) else b"", policy=default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        self.envelopes.append(list(envelope.rcpt_tos))
        self.secured.append(session.ssl is not None)
        return "250 kept"


@contextmanager
def mail_server(port: int = 0, **options: Any) -> Iterator[tuple[Inbox, int]]:
    """A server that takes mail, and its port."""
    inbox = Inbox()
    chosen = port or free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=chosen, **options)
    controller.start()
    try:
        yield inbox, chosen
    finally:
        controller.stop()


def needs_password(user: str, password: str, certificate: ssl.SSLContext) -> dict[str, Any]:
    """Options of a server that wants STARTTLS, then this user and password."""

    def check(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right)

    return {"tls_context": certificate, "require_starttls": True, "authenticator": check, "auth_required": True}


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context for `localhost`, and the file of the authority to trust."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names)
    subprocess.run([*made, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context, cert
