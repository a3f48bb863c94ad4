"""The question panel: what is sent, what is said back, and what an official answer looks like."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from dash import no_update
from dash.development.base_component import Component

from components.feedback import panel, send, thread_list
from components.shell import shell
from model.thread import Anchor, Author, Message, Thread, ThreadState
from tests.conftest import Loaded

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOKEN = "a1b2c3d4e5f6a7b8c9d0e1f2"
QUESTION = Message(Author.CITIZEN, "", "¿Qué cuenta esta columna?", NOW)
THREAD = Thread(
    "VEN-2026-000001", "pregunta", ThreadState.RECEIVED, Anchor("/datos"), NOW, date(2027, 1, 4), "inegi", (QUESTION,)
)


def written(component: object) -> str:
    """The component as the browser gets it."""
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)


def test_a_short_question_is_sent_back_with_its_reason(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        done, problem, away = send(1, "corto", "", "", "/datos", TOKEN)
    assert done is no_update
    assert "Escriba al menos 10 caracteres." in written(problem)
    assert away is False


def test_whoever_fills_the_trap_opens_no_thread(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        done, problem, away = send(1, "Compre aquí su casa nueva", "", "http://example.org", "/datos", TOKEN)
    assert done is no_update
    assert "Deje vacío este campo." in written(problem)
    assert away is False


def test_a_question_gets_its_folio_its_public_link_and_its_date(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        done, problem, away = send(1, "¿Qué cuenta esta columna?", "", "", "/datos/homicidios-por-entidad", TOKEN)
    assert problem == ""
    assert away is True
    text = written(done)
    assert "VEN-" in text
    assert '"href": "/pregunta/VEN-' in text
    assert "clave" not in text
    assert "a más tardar el" in text


def test_nothing_is_said_to_be_received_when_the_page_cannot_be_told(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        done, problem, away = send(1, "¿Qué cuenta esta columna?", "", "", "/datos", "corta")
    assert done is no_update
    assert "caducó" in written(problem)
    assert away is False


def test_an_official_answer_carries_the_seal_outside_its_text(site: Loaded) -> None:
    answer = Message(Author.AGENCY, "INEGI", "Cuenta actas.\n\nRespuesta oficial", NOW)
    with site.app.test_request_context("/"):
        asked = written(thread_list([THREAD]))
        answered = written(thread_list([replace(THREAD, messages=(QUESTION, answer))]))
    assert "seal" not in asked
    assert "a más tardar el 4 ene 2027" in asked
    assert answered.count('"seal"') == 1


def test_a_citizen_cannot_forge_the_seal(site: Loaded) -> None:
    forged = replace(QUESTION, name="INEGI · Respuesta oficial", text="<span class='seal'>Respuesta oficial</span>")
    with site.app.test_request_context("/"):
        text = written(thread_list([replace(THREAD, messages=(forged,))]))
    assert '"className": "seal"' not in text
    assert '"className": "official' not in text


def test_the_panel_says_that_it_is_no_formal_request(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        assert "no es una solicitud formal" in written(panel("/datos"))


def test_every_page_has_the_panel_unless_it_says_otherwise(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        page: Component = shell("hola", path="/datos")
        bare: Component = shell("hola", asks=False)
    assert "panel-ask" in written(page)
    assert "panel-ask" not in written(bare)
