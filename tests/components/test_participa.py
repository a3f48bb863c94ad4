"""What the pages of participation show, from what is in the store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from components.bars import Bar, bars
from components.participa import participa_page, promise
from components.surveys import survey_card, survey_list
from model.survey import Question, Survey, SurveyState
from portal.portal import Portal, get_portal
from portal.usecases.participating import overview
from portal.usecases.surveys import listed
from store import surveys
from tests.conftest import Loaded

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
SURVEY = Survey("una", "¿Una?", questions=(Question("a", "text", "¿Qué?"),), open=True, published=True)


def written(component: object) -> str:
    """The component as the browser gets it."""
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)


@pytest.fixture
def portal(site: Loaded) -> Portal:
    with site.app.app_context():
        return get_portal()


def test_the_page_promises_the_deadline_of_the_settings_and_offers_the_open_survey(site: Loaded) -> None:
    with site.app.test_request_context("/participa"):
        portal = get_portal()
        text = written(participa_page(portal, overview(portal, DAY), DAY))
        assert promise(portal) == "30 días hábiles"
    assert "en 30 días hábiles" in text
    assert "/encuesta/este-portal" in text
    for way in ("pregunta", "error", "solicitud", "comentario", "idea"):
        assert f"/participar?tipo={way}&sobre=%2Fparticipa" in text


def test_surveys_are_listed_open_ones_first_ten_a_page(site: Loaded) -> None:
    with site.app.test_request_context("/encuestas"):
        portal = get_portal()
        for number in range(11):
            name = f"prueba-{number:02}"
            surveys.save(portal.store, replace(SURVEY, slug=name, title=name, open=number % 2 == 0), NOW)
        surveys.save(portal.store, replace(SURVEY, slug="borrador", published=False), NOW)
        try:
            found = listed(portal, DAY)
            states = [state for _, state in found]
            assert states == sorted(states, key=[SurveyState.OPEN, SurveyState.CLOSED].index)
            assert "borrador" not in [survey.slug for survey, _ in found]
            pages = [written(survey_list(portal, found, page, DAY)) for page in (1, 2, 3)]
        finally:
            for survey, _ in listed(portal, DAY):
                if survey.slug.startswith("prueba"):
                    surveys.switch(portal.store, survey.slug, published=False)
    assert [page.count('"className": "card stack-s survey-card"') for page in pages] == [10, 2, 0]
    assert "Página 1 de 2" in pages[0]
    assert "No hay más encuestas" in pages[2]


@pytest.mark.parametrize(
    ("survey", "said", "href"),
    [
        (SURVEY, "Abierta", "/encuesta/una"),
        (replace(SURVEY, closes=DAY), "Hoy es el último día", "/encuesta/una"),
        (replace(SURVEY, closes=date(2026, 12, 1)), "Abierta hasta el 1 dic 2026", "/encuesta/una"),
        (replace(SURVEY, opens=date(2026, 12, 1)), "Abre el 1 dic 2026", "/encuesta/una"),
        (replace(SURVEY, closes=date(2026, 11, 1)), "Cerró el 1 nov 2026", "/encuesta/una/resultados"),
        (replace(SURVEY, open=False), "Cerrada", "/encuesta/una/resultados"),
    ],
)
def test_a_card_says_when_and_leads_to_form_or_results(site: Loaded, survey: Survey, said: str, href: str) -> None:
    with site.app.test_request_context("/"):
        text = written(survey_card(get_portal(), survey, DAY))
    assert f'"{said}"' in text
    assert f'"href": "{href}"' in text


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    text = written(bars([Bar("A", 8), Bar("B", 2), Bar("C", 0)], caption="c", what="w", counted="n"))
    assert [part.split('"')[2] for part in text.split('"--length')[1:]] == ["100.0%", "25.0%", "0.0%"]
    assert "0.0%" in written(bars([Bar("A", 0)], caption="c", what="w", counted="n"))
