"""What is shown of a survey: when it is closed, kept back or edited, and what people wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation.deadline import today
from portal.portal import Portal
from store import survey_replies, surveys
from tests.survey_site import FORM, GOOD, RESULTS, SLUG, edit, people, post, renewed, surveyed, token


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


def test_a_closed_survey_says_so_and_takes_nothing(client: FlaskClient, portal: Portal) -> None:
    key = token(client)
    edit(portal, open=False)
    page = client.get(FORM)
    assert (page.status_code, "está cerrada" in page.get_data(as_text=True)) == (200, True)
    assert client.post(FORM, data={"clave": key, **GOOD}).status_code == 409
    assert people(portal) == 0


def test_a_survey_to_come_says_when(client: FlaskClient, portal: Portal) -> None:
    edit(portal, opens=today(datetime.now(UTC)) + timedelta(days=3))
    assert "todavía no abre" in client.get(FORM).get_data(as_text=True)


def test_an_unpublished_survey_does_not_exist(client: FlaskClient, portal: Portal) -> None:
    key = token(client)
    edit(portal, published=False)
    assert client.get(FORM).status_code == 404
    assert client.get(RESULTS).status_code == 404
    assert client.post(FORM, data={"clave": key, **GOOD}).status_code == 404
    assert client.get("/encuesta/nada").status_code == 404


def test_results_that_are_kept_are_not_told(client: FlaskClient, portal: Portal) -> None:
    edit(portal, sealed=True)
    post(client)
    page = client.get(RESULTS).get_data(as_text=True)
    assert "Los resultados se publican al cerrar" in page
    assert "persona respondió" not in page
    edit(portal, open=False)
    assert "1 persona respondió" in client.get(RESULTS).get_data(as_text=True)


def test_what_was_removed_is_still_counted_and_so_marked(client: FlaskClient, portal: Portal) -> None:
    post(client)
    survey = surveys.by_slug(portal.store, SLUG)
    first, second = survey.questions[0], survey.questions[1]
    fewer = replace(first, options=tuple(o for o in first.options if o.id != "nota"))
    edit(portal, questions=(fewer, *survey.questions[2:]))
    page = client.get(RESULTS).get_data(as_text=True)
    assert re.search(r"Para una nota[^<]*<span class=\"tag\">opción retirada</span>", page)
    assert f'{second.text} <span class="tag">pregunta retirada</span>' in page
    assert "nota" not in client.get(FORM).get_data(as_text=True).partition("<form class")[2]
    edit(portal, questions=survey.questions)


def test_answers_are_text_and_a_hidden_one_is_gone(client: FlaskClient, portal: Portal) -> None:
    post(client, **{"r-mejora": "<script>window.__xss=1</script>\u202eal revés"})
    page = client.get(RESULTS).get_data(as_text=True)
    assert "<script>window.__xss" not in page
    assert "&lt;script&gt;window.__xss=1&lt;/script&gt;al revés" in page
    (said,) = survey_replies.said(portal.store, SLUG, "mejora", limit=9)
    survey_replies.hide(portal.store, SLUG, said.id, "insulto")
    assert "window.__xss" not in client.get(RESULTS).get_data(as_text=True)


def test_an_answer_with_a_listed_word_waits_for_a_moderator(
    client: FlaskClient, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.surveys.holds_listed_word", lambda _settings, text: "zopenco" in text)
    post(client, **{"r-mejora": "Qué zopenco quien hizo esto"})
    assert "zopenco" not in client.get(RESULTS).get_data(as_text=True)
    (said,) = survey_replies.said(portal.store, SLUG, "mejora", limit=9, hidden=True)
    assert said.hidden == "palabra de la lista"
    survey_replies.hide(portal.store, SLUG, said.id, "")
    assert "zopenco" in client.get(RESULTS).get_data(as_text=True)


@pytest.mark.parametrize("page", ["0", "-1", "9" * 50, "x", "²", ""])
def test_a_page_of_answers_that_does_not_exist_is_no_error(client: FlaskClient, page: str) -> None:
    assert client.get(RESULTS, query_string={"pregunta": "mejora", "pagina": page}).status_code == 200
