"""The store goes away: data are still served, and nothing pretends to be saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from config import Settings
from tests.conftest import load_site
from tests.documents.asking import FORM, FRAGMENT, opened
from tests.servers import PostgresServer


def test_pages_and_data_are_served_while_the_store_is_down_and_a_question_is_not_saved(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    (tmp_path / "datos").mkdir()
    (tmp_path / "datos" / "casos.csv").write_text("grupo,casos\nA,5\nB,7\n")
    settings = Settings(
        catalog=tmp_path / "datos", var=tmp_path / "var", cache=tmp_path / "cache", database_url=postgres.create("down")
    )
    client = load_site(replace(settings, form_seconds=0.0)).app.test_client()
    assert client.get("/datos/casos").status_code == 200
    postgres.halt()
    try:
        _served_and_not_saved(client)
    finally:
        postgres.resume()


def _served_and_not_saved(client: FlaskClient) -> None:
    for path in (
        "/",
        "/datos",
        "/datos/casos",
        "/explora/casos/casos?_chart=table",
        "/explora/casos/casos.json?grupo=A",
    ):
        assert (path, client.get(path).status_code) == (path, 200)
    form = {**opened(client), "texto": "¿Se guarda esta pregunta?"}
    sent = client.post(FORM, data=form)
    assert sent.status_code == 503
    assert "no se guardó nada" in sent.text
    assert "¿Se guarda esta pregunta?</textarea>" in sent.text
    in_place = client.post(FORM, data=form, headers=FRAGMENT)
    assert in_place.status_code == 503
    assert "no se guardó nada" in in_place.text
    assert "VEN-" not in sent.text + in_place.text
    for path in ("/preguntas", "/mis-preguntas/x", "/pregunta/VEN-2026-000001", "/pregunta/VEN-2026-000001/simple"):
        assert (path, client.get(path).status_code) == (path, 503)
