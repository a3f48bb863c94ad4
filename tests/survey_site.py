"""A site whose only survey is the bundled one, for the tests of its form and its results."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from config import ROOT, Settings
from model.survey import Survey
from portal.portal import Portal, get_portal
from portal.usecases.ingest import open_ingest
from store import survey_replies, surveys

SLUG = "este-portal"
FORM = f"/encuesta/{SLUG}"
RESULTS = f"{FORM}/resultados"
GOOD: dict[str, str | list[str]] = {
    "r-para_que": "nota",
    "r-encontro": "todo",
    "r-facilidad": "4",
    "r-siguiente": ["agua", "salud"],
    "r-mejora": "Más mapas. Mi correo es ana@example.com",
    "confirmo": "1",
}


def surveyed(folder: Path) -> Flask:
    """A site with one table, the bundled survey's file and one that cannot be read."""
    home = folder / "datos"
    (home / "encuestas").mkdir(parents=True)
    (home / "casos.csv").write_text("anio,casos\n2020,5\n")
    seed = ROOT / "catalog" / "encuestas" / f"{SLUG}.toml"
    (home / "encuestas" / seed.name).write_text(seed.read_text())
    (home / "encuestas" / "mala.toml").write_text('title = "sin preguntas"')
    return create_app(Settings(catalog=home, var=folder / "var", cache=folder / "cache", limit_factor=1000.0))


def renewed(app: Flask) -> Portal:
    """The portal, with the bundled survey open and nobody's answers."""
    with app.app_context():
        found = get_portal()
        said: list[str] = []
        open_ingest(found, said.append)
    assert any("mala.toml" in line for line in said)
    edit(found, open=True, published=True, sealed=False, opens=None, closes=None)
    with found.store.read() as connection:
        answered = [row[0] for row in connection.exec_driver_sql("SELECT person FROM survey_replies")]
    for person in answered:
        survey_replies.forget_person(found.store, person)
    return found


def edit(portal: Portal, **changed: object) -> Survey:
    """The survey, kept with some fields changed."""
    survey = replace(surveys.by_slug(portal.store, SLUG), **changed)  # type: ignore[arg-type]
    surveys.save(portal.store, survey, datetime.now(UTC))
    return survey


def token(client: FlaskClient) -> str:
    """The token of a fresh form."""
    found = re.search(r'name="clave" value="([^"]+)"', client.get(FORM).get_data(as_text=True))
    assert found
    return found[1]


def post(client: FlaskClient, **changed: str | list[str]) -> TestResponse:
    """Send a good form with some fields changed."""
    return client.post(FORM, data={"clave": token(client), **GOOD, **changed})


def people(portal: Portal) -> int:
    """How many answered."""
    return survey_replies.results(portal.store, SLUG).people
