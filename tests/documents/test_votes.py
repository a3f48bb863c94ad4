"""Voting by plain forms: what stuffing comes to (threat D3), and what a voter reads."""

from __future__ import annotations

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from config import Settings
from model.thread import Anchor, NewThread, Thread, Visibility
from participation import actions
from portal.person import COOKIE
from portal.portal import EXTENSION, Portal
from store.votes import counted

NOW = datetime.now(UTC)
NEW_PERSONS = 20  # of one address, a day


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site without data, with the limits that a site has."""
    folder: Path = tmp_path_factory.mktemp("votos")
    return create_app(Settings(var=folder / "var", cache=folder / "cache", form_seconds=0.0))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor at an address of their own, so that no test uses up another's limits."""
    visitor = app.test_client()
    visitor.environ_base["REMOTE_ADDR"] = (
        f"10.{secrets.randbelow(250)}.{secrets.randbelow(250)}.{secrets.randbelow(250)}"
    )
    return visitor


def portal(app: Flask) -> Portal:
    found = app.extensions[EXTENSION]
    assert isinstance(found, Portal)
    return found


def thread(app: Flask, kind: str = "pregunta", visibility: Visibility = Visibility.PUBLIC) -> Thread:
    new = NewThread(kind, Anchor("/datos"), "¿Qué cuenta esta columna?", secrets.token_hex(12))
    return actions.open_thread(portal(app).store, new, NOW, visibility=visibility)


def votes(app: Flask, folio: str) -> int:
    return counted(portal(app).store, [folio])[folio].total


def token() -> str:
    return secrets.token_hex(16)


def vote(client: FlaskClient, folio: str, clave: str, **more: str) -> int:
    return client.post(f"/pregunta/{folio}/voto", data={"clave": clave, **more}).status_code


def hidden(html: str) -> dict[str, str]:
    return {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)}


def test_a_vote_sets_the_cookie_that_reading_never_sets(app: Flask, client: FlaskClient) -> None:
    folio = thread(app).folio
    assert "Set-Cookie" not in client.get(f"/pregunta/{folio}/voto").headers
    assert "Set-Cookie" not in client.get("/solicitudes").headers
    answer = client.post(f"/pregunta/{folio}/voto", data={"clave": token()})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pregunta/{folio}/voto")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    page = client.get(f"/pregunta/{folio}/voto").text
    assert "Su voto cuenta." in page
    assert "No es una votación" in page


def test_the_same_cookie_counts_once_a_thousand_times(app: Flask, client: FlaskClient) -> None:
    folio = thread(app).folio
    assert {vote(client, folio, token()) for _ in range(50)} == {303}
    assert votes(app, folio) == 1


def test_fifty_parallel_posts_of_a_browser_without_a_cookie_are_one_person(app: Flask, client: FlaskClient) -> None:
    folio, clave = thread(app).folio, token()
    address = client.environ_base["REMOTE_ADDR"]

    def post(_: int) -> int:
        fresh = app.test_client()
        fresh.environ_base["REMOTE_ADDR"] = address
        return vote(fresh, folio, clave)

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(post, range(50))) == {303}
    assert votes(app, folio) == 1
    assert vote(client, folio, clave) == 303
    assert votes(app, folio) == 1


def test_new_persons_of_one_address_are_limited_and_told_so_politely(app: Flask, client: FlaskClient) -> None:
    folio = thread(app).folio
    said = []
    for _ in range(NEW_PERSONS + 10):
        client.delete_cookie(COOKIE)
        said.append(vote(client, folio, token()))
    assert said == [303] * NEW_PERSONS + [429] * 10
    assert votes(app, folio) == NEW_PERSONS
    client.delete_cookie(COOKIE)
    refused = client.post(f"/pregunta/{folio}/voto", data={"clave": token()}, headers={"Accept": "text/html"})
    assert int(refused.headers["Retry-After"]) > 0
    assert "Intente de nuevo" in refused.text


def test_a_forged_or_foreign_cookie_is_nobody_s(app: Flask, client: FlaskClient) -> None:
    folio = thread(app).folio
    client.set_cookie(COOKIE, "YWJj.firma-inventada")
    clave = token()
    for _ in range(2):
        client.set_cookie(COOKIE, "YWJj.firma-inventada")
        vote(client, folio, clave)
    assert votes(app, folio) == 1


def test_a_vote_is_taken_back_by_its_own_button_only(app: Flask, client: FlaskClient) -> None:
    folio = thread(app).folio
    vote(client, folio, token())
    page = client.get(f"/pregunta/{folio}/voto").text
    assert hidden(page)["accion"] == "retirar"
    stranger = app.test_client()
    assert vote(stranger, folio, token(), accion="retirar") == 303
    assert votes(app, folio) == 1
    assert vote(client, folio, token(), accion="retirar") == 303
    assert votes(app, folio) == 0


def test_a_vote_from_another_site_is_refused(app: Flask, client: FlaskClient) -> None:
    folio = thread(app).folio
    for headers in ({"Origin": "https://ajeno.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.post(f"/pregunta/{folio}/voto", data={"clave": token()}, headers=headers)
        assert answer.status_code == 403
    assert votes(app, folio) == 0


def test_in_place_the_answer_is_only_its_main_part(app: Flask, client: FlaskClient) -> None:
    folio = thread(app).folio
    answer = client.post(f"/pregunta/{folio}/voto", data={"clave": token()}, headers={"X-Fragment": "1"})
    assert answer.status_code == 201
    assert "<html" not in answer.text
    assert 'data-voted="si"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_not_public_has_no_votes(app: Flask, client: FlaskClient) -> None:
    folio = thread(app, visibility=Visibility.PENDING).folio
    assert client.get(f"/pregunta/{folio}/voto").status_code == 404
    assert vote(client, folio, token()) == 404
    assert vote(client, "VEN-2026-999999", token()) == 404


def test_without_votes_there_is_nothing_to_confirm(client: FlaskClient) -> None:
    assert "no hay votos por confirmar" in client.get("/votos/confirmar").text
