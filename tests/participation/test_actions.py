"""Who may write what, on both stores."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from model.dataset import Agency, Dataset, Harvest, Resource
from model.errors import BadRequest, Forbidden, InvalidForm, NotFound, StoreDown
from model.people import User
from model.thread import Anchor, AnswerType, Author, Event, NewAnswer, NewThread, ThreadState
from participation import actions
from participation.deadline import Term
from store import catalogue, threads
from store.database import Store, open_store
from store.tables.threads import threads as thread_rows
from store.thread_lists import Wanted, listed

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
INEGI = Agency("Instituto Nacional de Estadística y Geografía", "inegi", "INEGI")
QUESTION = NewThread(
    "pregunta", Anchor("/explora/uno/a", "uno", "a"), "¿Por qué bajó en 2024?", "a1B2-c3D4_e5F6g7H8i9", "Ana"
)
STAFF = User(1, "ana@inegi.example", "Ana", "inegi", False)
OPERATOR = User(2, "op@portal.example", "Operadora", "", True)
ABOUT_PORTAL = dataclasses.replace(QUESTION, anchor=Anchor("/herramientas"))


def said(text: str, token: str = "") -> NewAnswer:
    return NewAnswer(AnswerType.REASON, text, uncited="No hace falta.", token=token)


@pytest.fixture(autouse=True)
def _one_dataset(store: Store) -> None:
    resource = Resource("a", "a", "A", "a.csv")
    catalogue.save_harvest(store, Harvest((Dataset("x", "uno", "Uno", INEGI, resources=(resource,)),)))


def test_a_question_is_received_for_the_agency_of_its_dataset(store: Store) -> None:
    thread = actions.open_thread(store, QUESTION, NOW, Term(30))
    assert (thread.folio, thread.state, thread.agency) == ("VEN-2026-000001", ThreadState.RECEIVED, "inegi")
    assert (thread.created, thread.deadline) == (NOW, date(2026, 4, 16))
    assert (thread.question.name, thread.question.text) == ("Ana", "¿Por qué bajó en 2024?")


def test_a_folio_is_of_the_year_in_mexico(store: Store) -> None:
    assert actions.open_thread(store, QUESTION, datetime(2027, 1, 1, 3, tzinfo=UTC)).folio == "VEN-2026-000001"


def test_the_secret_is_shown_once_and_never_stored(store: Store) -> None:
    thread = actions.open_thread(store, QUESTION, NOW)
    assert len(thread.secret) >= 32
    assert actions.by_secret(store, thread.secret) == threads.by_folio(store, thread.folio)
    assert threads.by_folio(store, thread.folio).secret == ""
    with store.read() as connection:
        row = connection.execute(select(thread_rows)).one()
    assert thread.secret not in str(row)
    assert QUESTION.token not in str(row)
    for wrong in ("", thread.secret[:-1], "\ud800"):
        with pytest.raises(NotFound):
            actions.by_secret(store, wrong)


def test_sending_a_form_again_is_the_same_thread_without_its_secret(store: Store) -> None:
    first = actions.open_thread(store, QUESTION, NOW)
    again = actions.open_thread(store, QUESTION, NOW + timedelta(minutes=1))
    assert again == dataclasses.replace(first, secret="")
    assert len(threads.for_anchor(store)) == 1


def test_a_form_sent_again_with_other_words_is_not_lost(store: Store) -> None:
    actions.open_thread(store, QUESTION, NOW)
    actions.open_thread(store, dataclasses.replace(QUESTION, text="¿Por qué subió en 2025?"), NOW)
    assert [t.question.text for t in threads.for_anchor(store)] == ["¿Por qué subió en 2025?", QUESTION.text]


def test_a_question_about_a_dataset_that_is_not_there_is_not_kept(store: Store) -> None:
    with pytest.raises(NotFound):
        actions.open_thread(store, dataclasses.replace(QUESTION, anchor=Anchor("/datos/z", "z")), NOW)
    assert threads.for_anchor(store) == ()


def test_the_agency_answers_in_its_name(store: Store) -> None:
    folio = actions.open_thread(store, QUESTION, NOW).folio
    answered = actions.answer(store, folio, said("Por un cambio de método."), STAFF, NOW + timedelta(days=2))
    assert answered.state is ThreadState.ANSWERED
    (official,) = answered.answers
    assert (official.author, official.name) == (Author.AGENCY, INEGI.name)
    assert (official.text, official.created) == ("Por un cambio de método.", NOW + timedelta(days=2))


@pytest.mark.parametrize("agency", ["semar", "", "INEGI"])
def test_no_one_else_may_answer_review_or_close(store: Store, agency: str) -> None:
    other = User(3, "otro@semar.example", "Otro", agency, False)
    for question in (QUESTION, ABOUT_PORTAL):
        folio = actions.open_thread(store, question, NOW).folio
        with pytest.raises(Forbidden):
            actions.answer(store, folio, said("Respuesta."), other, NOW)
        with pytest.raises(Forbidden):
            actions.review(store, folio, other, NOW)
        with pytest.raises(Forbidden):
            actions.close(store, folio, other, NOW, "porque sí")
        assert threads.by_folio(store, folio).state is ThreadState.RECEIVED


def test_an_operator_answers_in_the_name_of_the_agency_or_of_the_portal(store: Store) -> None:
    asked = actions.open_thread(store, QUESTION, NOW).folio
    assert actions.answer(store, asked, said("Respuesta."), OPERATOR, NOW).answers[0].name == INEGI.name
    about_portal = actions.open_thread(store, ABOUT_PORTAL, NOW).folio
    assert actions.answer(store, about_portal, said("Respuesta."), OPERATOR, NOW).answers[0].name == (
        "Equipo del portal"
    )
    assert actions.answer(store, about_portal, said("Otra."), OPERATOR, NOW, agency="inegi").answers[1].name == (
        INEGI.name
    )


def test_a_person_of_an_agency_answers_in_no_name_but_its_own(store: Store) -> None:
    folio = actions.open_thread(store, QUESTION, NOW).folio
    answered = actions.answer(store, folio, said("Respuesta."), STAFF, NOW, agency="semar")
    assert answered.answers[0].name == INEGI.name


def test_a_thread_goes_from_received_to_closed_and_stays_there(store: Store) -> None:
    folio = actions.open_thread(store, QUESTION, NOW).folio
    assert actions.review(store, folio, STAFF, NOW).state is ThreadState.IN_REVIEW
    assert actions.answer(store, folio, said("Primera."), STAFF, NOW).state is ThreadState.ANSWERED
    assert len(actions.answer(store, folio, said("Corrección."), STAFF, NOW).answers) == 2
    with pytest.raises(BadRequest):
        actions.review(store, folio, STAFF, NOW)
    assert actions.close(store, folio, STAFF, NOW).state is ThreadState.CLOSED
    with pytest.raises(BadRequest, match="cerrada"):
        actions.close(store, folio, STAFF, NOW)
    with pytest.raises(BadRequest, match="cerrada"):
        actions.review(store, folio, STAFF, NOW)
    with pytest.raises(BadRequest):
        actions.answer(store, folio, said("Tarde."), STAFF, NOW)
    found = threads.by_folio(store, folio)
    assert len(found.answers) == 2
    assert [(e.what, e.by) for e in found.events] == [
        ("recibida", ""),
        ("en_revision", INEGI.name),
        ("respondida", INEGI.name),
        ("respondida", INEGI.name),
        ("cerrada", INEGI.name),
    ]


def test_closing_without_an_answer_says_why_in_the_history(store: Store) -> None:
    folio = actions.open_thread(store, QUESTION, NOW).folio
    with pytest.raises(InvalidForm) as invalid:
        actions.close(store, folio, STAFF, NOW, "  ")
    assert set(invalid.value.problems) == {"motivo"}
    closed = actions.close(store, folio, STAFF, NOW, " Es la misma que VEN-2026-000001. ")
    assert closed.events[-1] == Event(NOW, "cerrada", INEGI.name, "Es la misma que VEN-2026-000001.")


def test_an_answer_sent_twice_is_kept_once(store: Store) -> None:
    folio = actions.open_thread(store, QUESTION, NOW).folio
    for _ in range(2):
        answered = actions.answer(store, folio, said("Sí.", token="b" * 20), STAFF, NOW)
    assert len(answered.answers) == 1
    assert len(actions.answer(store, folio, said("Sí.", token="c" * 20), STAFF, NOW).answers) == 2


def test_an_answer_keeps_its_type_day_ground_and_view(store: Store) -> None:
    folio = actions.open_thread(store, QUESTION, NOW).folio
    actions.answer(
        store, folio, NewAnswer(AnswerType.DATE, "En mayo.", date(2026, 5, 4), view="/explora/uno/a"), STAFF, NOW
    )
    refused = NewAnswer(AnswerType.REFUSED, "No se puede.", ground="Artículo 113.", uncited="No hay datos.")
    first, second = actions.answer(store, folio, refused, STAFF, NOW).answers
    assert (first.type, first.day, first.view) == (AnswerType.DATE, date(2026, 5, 4), "/explora/uno/a")
    assert (second.type, second.ground, second.uncited) == (AnswerType.REFUSED, "Artículo 113.", "No hay datos.")


def test_what_is_masked_in_public_cannot_be_searched_for(store: Store) -> None:
    said_so = dataclasses.replace(QUESTION, text="Escríbanme a ana.lopez@example.org, por favor")
    actions.open_thread(store, said_so, NOW)
    assert listed(store, Wanted(words=("escribanme",))).total == 1
    assert listed(store, Wanted(words=("ana.lopez@example.org",))).total == 0


def test_an_unknown_folio_cannot_be_answered(store: Store) -> None:
    with pytest.raises(NotFound):
        actions.answer(store, "VEN-2026-999999", said("Respuesta."), STAFF, NOW)


def test_a_question_that_cannot_be_saved_is_never_said_to_be() -> None:
    down = open_store("sqlite:////no/such/folder/s.sqlite")
    with pytest.raises(StoreDown):
        actions.open_thread(down, ABOUT_PORTAL, NOW)
