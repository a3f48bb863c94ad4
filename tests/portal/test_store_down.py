"""The store goes away: data are still served, and nothing pretends to be saved."""

from __future__ import annotations

import json
from pathlib import Path

from flask.testing import FlaskClient

from config import Settings
from tests.conftest import load_site
from tests.servers import PostgresServer

UPDATE = "/_dash-update-component"


def test_pages_and_data_are_served_while_the_store_is_down_and_a_question_is_not_saved(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    (tmp_path / "datos").mkdir()
    (tmp_path / "datos" / "casos.csv").write_text("grupo,casos\nA,5\nB,7\n")
    settings = Settings(
        catalog=tmp_path / "datos", var=tmp_path / "var", cache=tmp_path / "cache", database_url=postgres.create("down")
    )
    client = load_site(settings).app.test_client()
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
    known = client.get("/_dash-dependencies").get_json()
    send = next(c for c in known if "pregunta" in c["output"])
    values = {"pregunta-texto": "¿Se guarda esta pregunta?", "pregunta-ancla": "/datos", "pregunta-envio": "a" * 24}
    body = {
        "output": send["output"],
        "outputs": [
            dict(zip(("id", "property"), o.rsplit(".", 1), strict=True)) for o in send["output"].strip(".").split("...")
        ],
        "inputs": [{**i, "value": 1} for i in send["inputs"]],
        "state": [{**i, "value": values.get(i["id"], "")} for i in send["state"]],
        "changedPropIds": [],
    }
    said = json.dumps(client.post(UPDATE, json=body).get_json(), ensure_ascii=False)
    assert "VEN-" not in said
    assert "problem" in said
