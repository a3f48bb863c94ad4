"""A survey as a form without scripts: what is kept and what is refused (threats D6, D12)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.errors import StoreDown
from portal import limits
from portal.portal import Portal
from store import survey_replies
from tests.survey_site import FORM, GOOD, RESULTS, people, post, renewed, surveyed, token


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return surveyed(tmp_path_factory.mktemp("encuestas"))


@pytest.fixture
def portal(app: Flask) -> Portal:
    return renewed(app)


@pytest.fixture
def client(app: Flask, portal: Portal) -> FlaskClient:
    assert portal.store
    return app.test_client()


def test_the_form_names_every_question_and_reading_it_sets_no_cookie(client: FlaskClient) -> None:
    response = client.get(FORM)
    page = response.get_data(as_text=True)
    assert "Set-Cookie" not in response.headers
    assert page.count("<legend>") == 4
    assert page.count('type="radio"') == 14
    assert page.count('type="checkbox"') == 7
    assert response.headers["Cache-Control"] == "no-store"


def test_an_answer_leads_to_the_results_which_hold_it_masked(client: FlaskClient, portal: Portal) -> None:
    response = post(client)
    assert (response.status_code, response.headers["Location"]) == (303, f"{RESULTS}#gracias")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("ventanilla_persona=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    page = client.get(RESULTS).get_data(as_text=True)
    assert "su respuesta está guardada" in page
    assert "1 persona respondió" in page
    assert "Más mapas. Mi correo es ●●●" in page
    assert "ana@example.com" not in page
    assert people(portal) == 1


def test_personal_data_are_warned_of_before_anything_is_kept(client: FlaskClient, portal: Portal) -> None:
    response = post(client, confirmo="")
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "parece llevar un correo electrónico" in page
    assert 'name="confirmo" value="1"' in page
    assert people(portal) == 0


def test_questions_left_out_are_named_and_the_rest_stays_filled_in(client: FlaskClient, portal: Portal) -> None:
    response = client.post(FORM, data={"clave": token(client), "r-encontro": "nada", "r-mejora": "<b>Hola</b>"})
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "Debe responder todas las preguntas." in page
    problems = page.partition('class="problems"')[2].partition("</div>")[0]
    assert [name in problems for name in ("r-para_que", "r-encontro", "r-facilidad", "r-siguiente", "r-mejora")] == [
        True, False, True, True, False,
    ]  # fmt: skip
    assert 'value="nada" checked' in page
    assert "&lt;b&gt;Hola&lt;/b&gt;" in page
    assert 'aria-describedby="r-para_que-problema"' in page
    assert people(portal) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"r-facilidad": "-1"},
        {"r-facilidad": "6"},
        {"r-facilidad": ["4", "5"]},
        {"r-encontro": "quizá"},
        {"r-siguiente": ["agua", "otra"]},
        {"r-siguiente": ["agua", "agua"]},
        {"r-mejora": "x" * 501},
        {"r-inventada": "1"},
        {"sitio": "http://spam.example"},
        {"clave": ""},
    ],
    ids=lambda changed: str(next(iter(changed.items())))[:30],
)
def test_manipulated_answers_are_refused(
    client: FlaskClient, portal: Portal, changed: dict[str, str | list[str]]
) -> None:
    assert post(client, **changed).status_code == 422
    assert people(portal) == 0


def test_a_hundred_thousand_answers_in_one_post_are_refused(client: FlaskClient, portal: Portal) -> None:
    many = "&".join(["r-siguiente=agua"] * 100_000)
    response = client.post(FORM, data=many, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert client.post(FORM, data={"clave": "x" * 10_000_000}).status_code == 413
    assert people(portal) == 0


def test_sending_the_same_form_twice_counts_once(client: FlaskClient, app: Flask, portal: Portal) -> None:
    form = {"clave": token(client), **GOOD}
    other = app.test_client()  # the second of two clicks leaves before the cookie of the first is there
    assert [c.post(FORM, data=form).status_code for c in (client, other, client)] == [303, 303, 303]
    assert people(portal) == 1


def test_a_second_form_of_the_same_person_is_a_conflict_that_can_be_sent_as_a_correction(
    client: FlaskClient, portal: Portal
) -> None:
    post(client)
    form = {"clave": "otra-hoja-abierta-antes", **GOOD, "r-encontro": "nada"}
    response = client.post(FORM, data=form)
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "ya respondió" in page
    assert 'name="corrige" value="1"' in page
    assert 'value="nada" checked' in page
    assert client.post(FORM, data={**form, "corrige": "1"}).status_code == 303
    assert people(portal) == 1
    assert 'value="nada" checked' in client.get(FORM).get_data(as_text=True)


def test_somebody_elses_cookie_is_another_person(app: Flask, client: FlaskClient, portal: Portal) -> None:
    post(client)
    forged = app.test_client()
    forged.set_cookie("ventanilla_persona", "ImFuYSI.forged")
    assert forged.get(FORM).get_data(as_text=True).count("checked") == 0
    assert post(forged).status_code == 303
    assert people(portal) == 2


def test_a_post_from_another_site_is_refused(client: FlaskClient, portal: Portal) -> None:
    form = {"clave": token(client), **GOOD}
    assert client.post(FORM, data=form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert people(portal) == 0


def test_too_many_answers_from_one_place_have_to_wait_and_what_was_said_stays(
    client: FlaskClient, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LIMITS", {**limits.LIMITS, "survey": (limits.Limit(0, limits.HOUR),)})
    response = post(client)
    assert response.status_code == 429
    assert 'value="nota" checked' in response.get_data(as_text=True)
    assert people(portal) == 0


def test_when_the_store_cannot_be_written_nobody_is_thanked(
    client: FlaskClient, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreDown

    key = token(client)
    monkeypatch.setattr(survey_replies, "reply", refuse)
    response = client.post(FORM, data={"clave": key, **GOOD})
    page = response.get_data(as_text=True)
    assert response.status_code == 503
    assert "no se guardó nada" in page
    assert 'value="nota" checked' in page
    assert people(portal) == 0
