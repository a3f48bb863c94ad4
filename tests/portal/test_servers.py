"""The same site over SQLite with a cache on disk, and over a real PostgreSQL with a real Redis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config import Settings
from model.thread import ThreadState
from portal.pointing import Pointer
from portal.portal import get_portal
from portal.screening import stamp
from portal.usecases.replies import Sender, answer_question, open_thread
from tests.conftest import Loaded, load_site
from tests.servers import RedisServer

TABLE = "entidad,anio,casos\nJalisco,2020,5\nSonora,2020,7\nJalisco,2021,9\nSonora,2021,2\nColima,2021,1\n"
FACE = "/explora/casos/casos.json?_group=entidad&_measure=sum:casos"
FORM = {"texto": "¿Por qué bajaron los casos en Sonora?", "clave": "a" * 24}


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    server = RedisServer.start()
    yield server
    server.stop()


@pytest.fixture
def anywhere(store_url: str, backend: str, tmp_path: Path, redis: RedisServer) -> Loaded:
    """A small site, loaded, over each pair of store and cache."""
    (tmp_path / "datos").mkdir()
    (tmp_path / "datos" / "casos.csv").write_text(TABLE)
    return load_site(
        Settings(
            catalog=tmp_path / "datos",
            var=tmp_path / "var",
            cache=tmp_path / "cache",
            database_url=store_url,
            redis_url=redis.url if backend == "postgresql" else "",
            form_seconds=0.0,
        )
    )


def answered(client: FlaskClient) -> dict[str, int]:
    return {row["entidad"]: row["sum:casos"] for row in client.get(FACE).get_json()["data"]}


def test_a_table_is_loaded_asked_and_answered_again_from_the_cache(anywhere: Loaded) -> None:
    client = anywhere.app.test_client()
    expected = {"Colima": 1, "Jalisco": 14, "Sonora": 9}
    assert answered(client) == expected
    assert answered(client) == expected
    first, again = (client.get(FACE).get_json()["meta"]["elapsed_ms"] for _ in range(2))
    assert first == again  # the very same bytes


def test_a_question_gets_its_answer(anywhere: Loaded) -> None:
    with anywhere.app.app_context():
        form = {**FORM, "momento": stamp(get_portal().settings)}
        thread = open_thread(get_portal(), "pregunta", form, Pointer(FACE.replace(".json", "")), Sender())
        assert thread.anchor.view.startswith("/explora/casos/casos?")
        assert thread.anchor.version != ""
        done = answer_question(get_portal(), thread.folio, "Porque cambió la forma de contarlos.", "")
    assert done.state is ThreadState.ANSWERED
    assert done.answers[0].text == "Porque cambió la forma de contarlos."


def test_a_question_that_takes_too_long_is_told_to_come_back(tmp_path: Path) -> None:
    (tmp_path / "datos").mkdir()
    lines = "".join(f"{n % 977},{n * 7919 % 100003}\n" for n in range(400_000))
    (tmp_path / "datos" / "casos.csv").write_text("grupo,casos\n" + lines)
    settings = Settings(catalog=tmp_path / "datos", var=tmp_path / "var", cache=tmp_path / "cache", query_seconds=0.001)
    client = load_site(settings).app.test_client()
    response = client.get("/explora/casos/casos.json?_group=grupo&_measure=median:casos,distinct:casos")
    assert (response.status_code, response.get_json()["error"]["code"]) == (503, "too_slow")
    assert int(response.headers["Retry-After"]) > 0
