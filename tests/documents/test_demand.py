"""What people look for, counted from real requests and told as JSON and as a page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from config import Settings
from participation.deadline import today
from portal.portal import Portal, get_portal
from portal.usecases import demand as told
from portal.usecases.ingest import open_ingest, work
from store import demand as stored

PERSON = {"User-Agent": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("demanda")
    app = create_app(Settings(catalog=_catalogue(folder), var=folder / "var", cache=folder / "cache"))
    with app.app_context():
        for _ in work(open_ingest(get_portal(), lambda _: None)):
            pass
    return app


def _catalogue(folder: Path) -> Path:
    home = folder / "datos"
    home.mkdir()
    (home / "casos.csv").write_text("anio,casos\n2020,5\n2021,7\n")
    (home / "roto.xlsx").write_bytes(b"PK\x03\x04 not a workbook at all" * 20)
    return home


@pytest.fixture
def portal(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Portal:
    monkeypatch.setattr(told, "KEPT_SECONDS", 1e-9)
    with app.app_context():
        return get_portal()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def visit(client: FlaskClient, portal: Portal, path: str, times: int = 1, headers: dict[str, str] | None = None) -> int:
    """Open a path; the status of the last time. What was counted is then in the store."""
    status = [client.get(path, headers={**PERSON, **(headers or {})}).status_code for _ in range(times)][-1]
    portal.counts.flush()
    return status


def data(client: FlaskClient, query: str = "") -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = client.get(f"/demanda.json{query}").get_json()["data"]
    return found


def test_a_search_without_result_is_told_from_the_fifth_time_on(client: FlaskClient, portal: Portal) -> None:
    assert visit(client, portal, "/datos?q=Zanates+Cantores", 4) == 200
    assert data(client)["searches"] == []
    visit(client, portal, "/datos?q=zanates++CANTORES", 1)
    assert data(client)["searches"] == [{"term": "zanates cantores", "times": 5}]
    stored.hide(portal.store, "zanates cantores", "prueba", datetime.now(UTC))
    assert data(client)["searches"] == []


def test_searches_that_found_something_or_came_from_crawlers_are_not_counted(
    client: FlaskClient, portal: Portal
) -> None:
    visit(client, portal, "/datos?q=casos", 6)
    visit(client, portal, "/datos?q=palabra+de+robot", 6, {"User-Agent": "SomeBot/1.0 (+http://bot.example)"})
    visit(client, portal, "/datos?q=palabra+adelantada", 6, {"Sec-Purpose": "prefetch;prerender"})
    assert data(client)["searches"] == []


def test_views_downloads_formats_failures_and_missing_pages_are_told(client: FlaskClient, portal: Portal) -> None:
    assert visit(client, portal, "/datos/casos", 2) == 200
    assert visit(client, portal, "/explora/casos/casos?_chart=line&_group=anio", 3) == 200
    assert visit(client, portal, "/explora/casos/casos.csv", 4) == 200
    assert visit(client, portal, "/explora/casos/casos.parquet", 2) == 404
    assert visit(client, portal, "/explora/roto/roto", 3) == 404
    assert visit(client, portal, "/apps/falta", 5) == 404
    found = data(client)
    home = "sin-dependencia"
    assert found["views"] == [{"agency": home, "dataset": "casos", "times": 5}]
    assert found["downloads"] == [{"agency": home, "dataset": "casos", "resource": "casos", "term": "csv", "times": 4}]
    assert found["formats"] == [
        {"agency": home, "dataset": "casos", "resource": "casos", "term": "parquet", "times": 2}
    ]
    assert [(line["dataset"], line["times"]) for line in found["failed"]] == [("roto", 3)]
    assert found["failed"][0]["note"]
    assert found["missing"] == [{"term": "/apps/falta", "times": 5}]
    (agency,) = found["agencies"]
    assert (agency["views"], agency["downloads"], agency["formats"], agency["failed"]) == (5, 4, 2, 3)


def test_nothing_of_who_asked_is_stored(client: FlaskClient, portal: Portal) -> None:
    client.set_cookie("ventanilla_persona", "secreto-de-ana")
    visit(client, portal, "/datos/casos?correo=ana@example.com", headers={"X-Forwarded-For": "203.0.113.9"})
    with portal.store.read() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM demand").all())
    for secret in ("secreto-de-ana", "203.0.113.9", "127.0.0.1", "ana@example.com", "Firefox"):
        assert secret not in rows


def test_the_answer_says_which_days_and_from_how_many_times_on(client: FlaskClient, portal: Portal) -> None:
    response = client.get("/demanda.json?dias=90")
    meta = response.get_json()["meta"]
    assert (meta["words_from"], meta["until"]) == (5, today(datetime.now(UTC)).isoformat())
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("query", ["?dias=1", "?dias=x", "?dependencia=nadie"])
def test_what_cannot_be_meant_is_a_400(client: FlaskClient, query: str) -> None:
    response = client.get(f"/demanda.json{query}")
    assert (response.status_code, "error" in response.get_json()) == (400, True)


def test_one_agency_alone_has_no_words_of_nobody(client: FlaskClient, portal: Portal) -> None:
    visit(client, portal, "/datos?q=quetzales+azules", 5)
    assert data(client)["searches"] != []
    assert data(client, "?dependencia=sin-dependencia")["searches"] == []


def test_serving_a_page_writes_nothing_to_the_store(
    client: FlaskClient, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    monkeypatch.setattr(stored, "add", lambda *given: calls.append(given))
    assert client.get("/datos/casos", headers=PERSON).status_code == 200
    assert calls == []
    portal.counts.flush()
    assert len(calls) == 1
