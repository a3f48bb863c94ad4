"""A site with two agencies and their people, on a given store, for the tests of the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from config import Settings
from model.dataset import Agency, Contact
from model.people import User
from model.thread import Anchor, NewThread, Thread, Visibility
from participation import actions, people
from portal.portal import EXTENSION, Portal
from store.catalogue import save_harvest
from tests.store.samples import entry, harvest

PASSWORD = "una ventana al patio"
SEMAR = Agency("Secretaría de Marina", "semar", "SEMAR")
FICHA = re.compile(r'name="ficha" value="([0-9a-f]{64})"')


@dataclass
class Offices:
    """INEGI (dataset `uno`) and SEMAR (dataset `dos`), each with a person, and the portal's operator."""

    app: Flask
    portal: Portal
    inegi: User
    semar: User
    operator: User
    made: int = 0

    def asked(self, dataset: str = "uno", text: str = "", name: str = "") -> Thread:
        """A new thread about a dataset, public at once."""
        self.made += 1
        new = NewThread(
            "pregunta",
            Anchor(f"/datos/{dataset}", dataset),
            text or f"¿Pregunta número {self.made}?",
            f"t-{self.made:022}",
            name,
        )
        return actions.open_thread(self.portal.store, new, datetime.now(UTC))

    def waiting(self, dataset: str = "uno", text: str = "¿Se publica esto?") -> Thread:
        """A new thread that waits for a decision."""
        self.made += 1
        new = NewThread("pregunta", Anchor(f"/datos/{dataset}", dataset), text, f"t-{self.made:022}")
        return actions.open_thread(self.portal.store, new, datetime.now(UTC), visibility=Visibility.PENDING)

    def client(self, user: User | None = None) -> FlaskClient:
        """A browser, signed in as `user`."""
        client = self.app.test_client()
        if user is not None:
            assert sign_in(client, user.email).status_code == 303
        return client


def open_offices(folder: Path, url: str, **settings: object) -> Offices:
    """The site over an empty store with its tables."""
    given = Settings(var=folder / "var", cache=folder / "cache", database_url=url, limit_factor=1000.0)
    app = create_app(replace(given, **settings))  # type: ignore[arg-type]
    portal = app.extensions[EXTENSION]
    contact = Contact("Atención", "mailto:atencion@inegi.example.mx")
    marine = replace(entry("dos"), agency=SEMAR, contact=Contact())
    save_harvest(portal.store, harvest(replace(entry("uno"), contact=contact), marine))
    portal.keeper.forget()
    now = datetime.now(UTC) - timedelta(days=1)

    def add(name: str, agency: str) -> User:
        email = f"{name}@{agency or 'portal'}.example.mx"
        return people.add_user(portal.store, email, name.title(), agency, PASSWORD, now, operator=not agency)

    return Offices(app, portal, add("ana", "inegi"), add("sam", "semar"), add("olga", ""))


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Send the form of `/entrar`."""
    return client.post("/entrar", data={"correo": email, "contrasena": password, **more})


def ticket(client: FlaskClient, path: str = "/bandeja") -> dict[str, str]:
    """The hidden field of the session's forms, as it stands on a page."""
    found = FICHA.search(client.get(path).text)
    assert found is not None
    return {"ficha": found.group(1)}
