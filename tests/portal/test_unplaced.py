"""What a map says it cannot show is counted in its own answer: at its level, after its filters, in rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from config import Settings
from portal.answer import Answer, Question
from portal.portal import Portal
from tests.conftest import load_site

KNOWN = [f"Jalisco,14{i:03},lodos,{i}" for i in range(1, 25)] + [
    f"Guanajuato,11{i:03},lagunas,{i}" for i in range(1, 25)
]
UNKNOWN = ["Jalisco,14998,lodos,30", "Jalisco,14999,lagunas,40", "Guanajuato,11999,lagunas,60"]
PLANTS = "\n".join(("entidad,clave_municipio,tipo,caudal", *KNOWN, *UNKNOWN, ""))
NOTE = "Registros que no corresponden a ningún lugar del mapa: "


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site with one table, some of whose municipalities are not known, and all of whose states are."""
    home = tmp_path_factory.mktemp("plantas")
    (home / "plantas.csv").write_text(PLANTS, encoding="utf-8")
    dataset = {
        "identifier": "plantas",
        "title": "Plantas",
        "description": "Plantas de tratamiento.",
        "publisher": {"name": "CONAGUA"},
        "distribution": [{"title": "Plantas", "downloadURL": "plantas.csv", "mediaType": "text/csv"}],
    }
    (home / "data.json").write_text(json.dumps({"dataset": [dataset]}), encoding="utf-8")
    return load_site(Settings(catalog=home, var=home / "var", cache=home / "cache")).app.test_client()


def drawn(client: FlaskClient, query: str) -> Mapping[str, Any]:
    answer = client.get(f"/explora/plantas/plantas.figure.json?{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: Mapping[str, Any] = answer.get_json()
    return found


@pytest.mark.parametrize("measure", ["count", "sum:caudal", "avg:caudal", "distinct:tipo"])
@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("_group=_entidad", 0),
        ("_group=_municipio&_level=municipio", 3),
        ("tipo=lodos&_group=_municipio&_level=municipio", 1),
        ("caudal__lt=25&_group=_municipio&_level=municipio", 0),
        ("entidad=Jalisco&_group=_municipio&_level=municipio", 2),
        ("_group=_municipio,tipo&_facet=tipo&_level=municipio", 3),
    ],
)
def test_the_rows_of_no_place_are_those_of_the_answer(client: FlaskClient, measure: str, query: str, rows: int) -> None:
    found = drawn(client, f"_chart=map&{query}&_measure={measure}")
    assert found["figure"]["unmatched"] == rows
    assert [n for n in found["notes"] if n.startswith(NOTE)] == ([f"{NOTE}{rows}."] if rows else [])


def test_a_chart_that_is_no_map_says_nothing_of_one(client: FlaskClient) -> None:
    assert not any(NOTE in n for n in drawn(client, "_chart=bar&_group=_municipio")["notes"])


def test_an_export_past_the_limit_is_refused_before_its_rows_are_fetched(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetched(_portal: Portal, _question: Question, **_: Any) -> Answer:
        raise AssertionError("the rows were fetched")

    portal = client.application.extensions["ventanilla"]
    small = replace(portal, settings=replace(portal.settings, export_rows=2))
    monkeypatch.setitem(client.application.extensions, "ventanilla", small)
    monkeypatch.setattr("portal.face.answer", fetched)
    for query, total in (("", 51), ("caudal__gte=30", 3), ("_group=entidad,clave_municipio", 51)):
        answer = client.get(f"/explora/plantas/plantas.csv?{query}")
        assert answer.status_code == 400
        assert f"{total} renglones" in answer.get_json()["error"]["message"]
