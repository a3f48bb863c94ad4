"""A site with a mail server and a visitor who asks to follow things, for tests."""

from __future__ import annotations

import re
from email.message import EmailMessage

from flask.testing import FlaskClient

from model.follow import Follow
from portal.mail import deliver
from portal.portal import get_portal
from store import follows
from tests.mailserver import Inbox
from tests.versions import Versions

BASE = "http://localhost"
ANA = "ana@example.mx"


class Desk:
    """A site, its mail server, and a visitor."""

    def __init__(self, versions: Versions, inbox: Inbox) -> None:
        self.versions, self.inbox = versions, inbox
        self.client: FlaskClient = versions.app.test_client()

    def post(self) -> list[EmailMessage]:
        """Send what is due; the letters that came with it."""
        before = len(self.inbox.letters)
        with self.versions.app.app_context():
            deliver(get_portal())
        return self.inbox.letters[before:]

    def ask(self, about: str, email: str = ANA) -> str:
        """Ask to follow; the path of the link in the mail."""
        page = self.client.get("/seguir", query_string={"sobre": about})
        assert page.status_code == 200, page.text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        hidden = {name: value.replace("&amp;", "&") for name, value in hidden.items()}
        sent = self.client.post("/seguir", data={**hidden, "correo": email})
        assert (sent.status_code, sent.headers.get("Location")) == (303, "/seguir/enviado"), sent.text
        (letter,) = self.post()
        assert letter["To"] == email
        return path_of(letter, "confirmar")

    def follow(self, about: str, email: str = ANA) -> None:
        """Ask, and confirm."""
        path = self.ask(about, email)
        assert self.client.post(path).status_code == 303

    def followed(self, email: str = ANA) -> tuple[Follow, ...]:
        with self.versions.app.app_context():
            return follows.by_email(get_portal().store, email)


def path_of(letter: EmailMessage, what: str) -> str:
    """The path of the link of a letter that confirms (`confirmar`) or ends (`baja`)."""
    found = re.search(rf"{BASE}(/seguir/{what}/\S+)", words(letter))
    assert found is not None, words(letter)
    return found.group(1)


def words(letter: EmailMessage) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")
