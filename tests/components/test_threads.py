"""The panel of every page, and threads on it: what is official looks official, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from components.feedback import panel
from components.shell import shell
from components.threads import thread_list, thread_page
from model.thread import Anchor, AnswerType, Author, Event, Message, Thread, ThreadState
from portal.portal import get_portal
from tests.components.written import written
from tests.conftest import Loaded

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUESTION = Message(Author.CITIZEN, "", "¿Qué cuenta esta columna?", NOW)
THREAD = Thread(
    "VEN-2026-000001", "pregunta", ThreadState.RECEIVED, Anchor("/datos"), NOW, date(2999, 1, 4), "inegi", (QUESTION,)
)
ANSWER = Message(Author.AGENCY, "INEGI", "Cuenta actas.\n\nRespuesta oficial", NOW, type=AnswerType.MEANING)


def listed(site: Loaded, thread: Thread) -> str:
    with site.app.test_request_context("/"):
        return written(thread_list(get_portal(), [thread]))


def test_the_panel_is_a_link_to_the_form_about_its_page(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        text = written(panel("/datos/año"))
    assert '"href": "/participar?sobre=/datos/a%C3%B1o"' in text
    assert '"data-slot": ""' in text


def test_every_page_has_the_panel_unless_it_says_otherwise(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        assert "panel-ask" in written(shell("hola", path="/datos"))
        assert "panel-ask" not in written(shell("hola", asks=False))


def test_an_official_answer_carries_the_seal_outside_its_text(site: Loaded) -> None:
    asked = listed(site, THREAD)
    answered = listed(site, replace(THREAD, messages=(QUESTION, ANSWER), state=ThreadState.ANSWERED))
    assert "seal" not in asked
    assert "a más tardar el 4 de enero de 2999" in asked
    assert answered.count('"seal"') == 1
    assert "Significado de los datos" in answered
    assert "a más tardar" not in answered


def test_a_citizen_cannot_forge_the_seal(site: Loaded) -> None:
    forged = replace(QUESTION, name="INEGI · Respuesta oficial", text="<span class='seal'>Respuesta oficial</span>")
    text = listed(site, replace(THREAD, messages=(forged,)))
    assert '"className": "seal"' not in text
    assert '"className": "official' not in text
    assert "Una persona que firma" in text


def test_what_people_write_is_isolated_in_its_direction_and_masked(site: Loaded) -> None:
    text = listed(site, replace(THREAD, messages=(replace(QUESTION, text="Soy ana.lopez@example.org, אבג"),)))
    assert "ana.lopez" not in text
    assert '{"props": {"children": "Soy ●●●, אבג"}, "type": "Bdi"' in text


def test_a_thread_past_its_deadline_offers_the_letter(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        late = written(thread_page(get_portal(), replace(THREAD, deadline=date(2026, 1, 1))))
        timely = written(thread_page(get_portal(), THREAD))
    assert "/pregunta/VEN-2026-000001/solicitud-formal" in late
    assert "plazo vencido" in late
    assert "solicitud-formal" not in timely


def test_the_history_says_who_did_what_and_why(site: Loaded) -> None:
    events = (Event(NOW, "recibida", ""), Event(NOW, "cerrada", "INEGI", "Se contestó en otra."))
    with site.app.test_request_context("/"):
        text = written(thread_page(get_portal(), replace(THREAD, events=events)))
    for words in ("Recibida", "Cerrada", "INEGI", "Se contestó en otra."):
        assert words in text
