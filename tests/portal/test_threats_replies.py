"""Markup, floods, robots, sizes and privacy of what anonymous people send, on both stores."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, text

from portal.screening import stamp
from store import threads
from tests.offices import Offices, open_offices, sign_in

FORM = {"tipo": "pregunta", "sobre": "/datos/uno"}
XSS = (
    "<script>window.__xss = 1</script>",
    '"><img src=x onerror="window.__xss=1">',
    "'><svg onload=window.__xss=1>",
    "{{ 7*7 }}{% set x = 1 %}",
    "</textarea></title><script>window.__xss=1</script>",
    "javascript:window.__xss=1",
)


@pytest.fixture
def offices(tmp_path: Path, store_url: str) -> Offices:
    """A site with two agencies, whose forms may be sent at once and often."""
    return open_offices(tmp_path, store_url, form_seconds=0.0)


@pytest.fixture
def strict(tmp_path: Path, store_url: str) -> Offices:
    """The same with the limits that ship."""
    return open_offices(tmp_path, store_url, form_seconds=0.0, limit_factor=1.0)


def filled(offices: Offices, words: str, **more: str) -> dict[str, str]:
    offices.made += 1
    return FORM | {"texto": words, "clave": f"k-{offices.made:022}", "momento": stamp(offices.portal.settings)} | more


class Markup(HTMLParser):
    """The elements, handlers and addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.dangerous: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and not (given.get("src") or "").startswith("/assets/"):
            self.dangerous.append(f"<{tag}>")
        self.dangerous += [name for name in given if name.startswith("on")]
        self.dangerous += [v for n, v in attrs if v and n in ("href", "src", "action") and v.startswith("java")]


def test_markup_in_what_people_write_is_text_for_everyone_and_for_staff(offices: Offices) -> None:
    client, staff = offices.client(), offices.client(offices.inegi)
    for attack in XSS:
        sent = client.post("/participar", data=filled(offices, f"¿Qué pasó? {attack}", nombre=attack[:80]))
        assert sent.status_code == 303, sent.text
    folios = [t.folio for t in threads.waiting(offices.portal.store)]
    form = {"motivo": "insultos", "nota": XSS[0], "momento": stamp(offices.portal.settings)}
    assert client.post(f"/reportar/{folios[0]}", data=form).status_code == 303
    pages = ["/preguntas", "/mis-preguntas", *(f"/pregunta/{folio}/simple" for folio in folios)]
    seen = [client.get(path).text for path in pages]
    seen += [staff.get(path).text for path in ("/bandeja", *(f"/pregunta/{folio}/responder" for folio in folios))]
    for page in seen:
        assert Markup(page).dangerous == []
        assert "¿Qué pasó? 49" not in page
    assert "&lt;script&gt;window.__xss" in "".join(seen)
    assert "¿Qué pasó? {{ 7*7 }}" in "".join(seen)
    assert client.get("/participacion.csv").content_type.startswith("text/csv")
    assert client.get("/participacion.json").content_type == "application/json"
    feed = client.get("/feed/preguntas.atom")
    assert "<script" not in feed.text
    assert feed.headers["X-Content-Type-Options"] == "nosniff"


def test_a_flood_from_one_address_is_stopped_and_told_when_to_go_on(strict: Offices) -> None:
    client = strict.client()
    said = []
    for n in range(21):
        answer = client.post("/participar", data=filled(strict, f"Pregunta distinta número {n}"))
        said.append(answer.status_code)
        if answer.status_code == 429:
            break
    assert said[-1] == 429
    assert set(said[:-1]) == {303}
    assert "demasiados" in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 24 * 3600
    assert len(threads.waiting(strict.portal.store)) == len(said) - 1


def test_a_forged_header_does_not_make_another_address(strict: Offices) -> None:
    client = strict.client()
    said = {
        client.post(
            "/participar", data=filled(strict, f"Distinta {n} otra vez"), headers={"X-Forwarded-For": f"198.51.100.{n}"}
        ).status_code
        for n in range(21)
    }
    assert 429 in said


def test_behind_a_declared_proxy_each_visitor_has_a_count(tmp_path: Path, store_url: str) -> None:
    offices = open_offices(tmp_path, store_url, form_seconds=0.0, limit_factor=1.0, proxies=1)
    client = offices.client()

    def post(n: int, header: str) -> int:
        headers = {"X-Forwarded-For": header}
        return client.post("/participar", data=filled(offices, f"Distinta {n} y más"), headers=headers).status_code

    assert {post(n, f"198.51.100.{n}") for n in range(21)} == {303}
    assert 429 in {post(100 + n, f"6.6.6.{n}, 203.0.113.9") for n in range(21)}  # only the last one is the proxy's


def test_the_same_words_many_times_too_many_links_and_robots(strict: Offices) -> None:
    def post(words: str, n: int = 0, **more: str) -> int:
        client = strict.client()
        form = filled(strict, words, **more)
        return client.post("/participar", data=form, environ_overrides={"REMOTE_ADDR": f"203.0.113.{n}"}).status_code

    same = [post("Compre  RELOJES, baratos", n) for n in range(3)]
    assert same == [303, 303, 303]
    assert post("compre relojes baratos!", 4) == 429
    assert post("com\u200bpre relo\u2060jes baratos", 5) == 429  # invisible letters make no other words
    assert post(" ".join(f"https://x{n}.example" for n in range(30)), 6) == 422
    assert post("Una pregunta con trampa", 7, sitio="https://spam.example") == 422
    assert post("Una pregunta sin sello", 8, momento="") == 422
    assert post("Una pregunta con sello falso", 9, momento="MQ.abc") == 422


def test_a_form_sent_sooner_than_a_person_can_is_asked_to_wait(tmp_path: Path, store_url: str) -> None:
    offices = open_offices(tmp_path, store_url)
    refused = offices.client().post("/participar", data=filled(offices, "¿Demasiado rápido para ser persona?"))
    assert refused.status_code == 422
    assert "Espere unos segundos" in refused.text


def test_what_is_too_large_or_no_text_is_refused(offices: Offices) -> None:
    client = offices.client()
    assert client.post("/participar", data=filled(offices, "x" * 10_000_000)).status_code == 413
    for words in ("x" * 4_001, "¿Qué\x00 pasó en 2024?"):
        assert client.post("/participar", data=filled(offices, words)).status_code == 422
    body = (
        "&".join(f"{k}={v}" for k, v in filled(offices, "").items() if k != "texto") + "&texto=hola%ED%A0%80+mundo+roto"
    )
    sent = client.post("/participar", data=body, content_type="application/x-www-form-urlencoded")
    assert sent.status_code in (303, 422)
    many = {f"campo{n}": "x" for n in range(5_000)}
    assert client.post("/participar", data=filled(offices, "Una pregunta normal") | many).status_code in (303, 413)
    for thread in threads.waiting(offices.portal.store):
        thread.question.text.encode()


def test_no_address_and_no_unasked_mail_is_in_the_store(offices: Offices) -> None:
    client = offices.client()
    address = {"REMOTE_ADDR": "203.0.113.77"}
    words = "Escríbame a pedro.paramo@correo.mx por favor"
    assert (
        client.post("/participar", data=filled(offices, words, confirmo="1"), environ_overrides=address).status_code
        == 303
    )
    sign_in(client, offices.inegi.email, "otra cosa larga")
    dumped = dump(offices)
    assert "203.0.113.77" not in dumped
    assert dumped.count("pedro.paramo@correo.mx") == 1  # in the message itself, which is theirs
    assert "otra cosa larga" not in dumped


def test_an_answer_is_the_agencys_by_what_no_text_can_write(offices: Offices) -> None:
    client = offices.client()
    words = "\u202eRespuesta oficial\u202c \u2066INEGI\u2069: ya se res\u200bpondió así"
    sent = client.post("/participar", data=filled(offices, words, nombre="Аgеncia INEGI\u202e"))
    assert sent.status_code == 303
    (thread,) = threads.waiting(offices.portal.store)
    page = client.get(f"/pregunta/{thread.folio}/simple").text
    for trick in ("\u202e", "\u202c", "\u2066", "\u2069", "\u200b"):
        assert trick not in page
    assert 'class="seal"' not in page
    assert "«<bdi>Аgеncia INEGI</bdi>»" in page


def dump(offices: Offices) -> str:
    """Every row of every table, as text."""
    with offices.portal.store.read() as connection:
        names = inspect(connection).get_table_names()
        return "\n".join(str(connection.execute(text(f'SELECT * FROM "{name}"')).all()) for name in names)


def test_the_dump_sees_what_is_there(offices: Offices) -> None:
    client: FlaskClient = offices.client()
    client.post("/participar", data=filled(offices, "¿Palabra que se encuentra?"))
    assert "Palabra que se encuentra" in dump(offices)
