"""Answering a survey: once a person, while it is open, and only what it asks (threats D12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from model.errors import Conflict, InvalidForm, NotFound
from model.survey import Option, Question, Survey, SurveyState
from participation import surveys as rules
from participation.surveys import Sheet
from store import survey_replies, surveys
from store.database import Store
from store.survey_replies import Kept

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
TODAY = date(2026, 11, 22)
USE = Question("uso", "single", "¿Para qué?", options=(Option("a", "Escuela"), Option("b", "Otro")))
LIKES = Question("gusta", "multiple", "¿Qué?", options=(Option("x", "Mapas"), Option("y", "CSV")))
EASE = Question("facil", "scale", "¿Qué tanto?", options=tuple(Option(str(n), str(n)) for n in range(1, 6)))
WORDS = Question("mejora", "text", "¿Qué cambiaría?", required=False)
SURVEY = Survey("portal", "¿Sirve?", questions=(USE, LIKES, EASE, WORDS), open=True, published=True)
GOOD = {"r-uso": ["a"], "r-gusta": ["x", "y"], "r-facil": ["4"], "r-mejora": [" Más\u200b mapas "]}


def sheet(fields: dict[str, list[str]], person: str = "ana", token: str = "t" * 20) -> Sheet:
    return Sheet(person, token, fields)


def problems(survey: Survey, fields: dict[str, list[str]], **more: str) -> dict[str, str]:
    with pytest.raises(InvalidForm) as raised:
        rules.validate(survey, sheet(fields, **more))
    return raised.value.problems


def test_what_was_sent_is_kept_clean() -> None:
    assert rules.validate(SURVEY, sheet(GOOD)) == {
        "uso": ("a",),
        "gusta": ("x", "y"),
        "facil": ("4",),
        "mejora": ("Más mapas",),
    }


def test_every_question_that_is_not_optional_must_be_answered() -> None:
    assert problems(SURVEY, {"r-uso": ["b"], "r-mejora": [""]}) == {
        "r-gusta": rules.UNANSWERED,
        "r-facil": rules.UNANSWERED,
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"r-facil": ["-1"]},
        {"r-facil": ["99999999999999999999"]},
        {"r-facil": ["NaN"]},
        {"r-facil": ["4", "5"]},
        {"r-uso": ["c"]},
        {"r-uso": ["a", "b"]},
        {"r-uso": ["a"] * 100_000},
        {"r-gusta": ["x", "z"]},
        {"r-gusta": ["x"] * 100_000},
        {"r-mejora": ["a", "b"]},
        {"r-mejora": ["x" * 501]},
        {"r-mejora": ["\0"]},
        {"r-mejora": ["\ud800"]},
    ],
    ids=lambda changed: f"{next(iter(changed))}-{len(str(changed))}",
)
def test_negative_out_of_range_and_extra_answers_are_refused(changed: dict[str, list[str]]) -> None:
    assert list(problems(SURVEY, {**GOOD, **changed})) == list(changed)


def test_an_answer_to_a_question_that_is_not_asked_is_refused() -> None:
    assert problems(SURVEY, {**GOOD, "r-otra": ["1"]}) == {"clave": rules.STRANGE}
    gone = replace(SURVEY, questions=(USE, replace(LIKES, removed=True)))
    assert problems(gone, {"r-uso": ["a"], "r-gusta": ["x"]}) == {"clave": rules.STRANGE}


def test_programs_that_fill_everything_in_are_refused() -> None:
    assert list(problems(SURVEY, {**GOOD, "sitio": ["http://x"]})) == ["sitio"]
    assert list(problems(SURVEY, GOOD, token="")) == ["clave"]


@pytest.mark.parametrize(
    ("survey", "state"),
    [
        (SURVEY, SurveyState.OPEN),
        (replace(SURVEY, open=False), SurveyState.CLOSED),
        (replace(SURVEY, opens=TODAY, closes=TODAY), SurveyState.OPEN),
        (replace(SURVEY, opens=TODAY + timedelta(1)), SurveyState.SOON),
        (replace(SURVEY, closes=TODAY - timedelta(1)), SurveyState.CLOSED),
        (replace(SURVEY, open=False, opens=TODAY + timedelta(1)), SurveyState.CLOSED),
    ],
)
def test_switch_and_dates_decide_together(survey: Survey, state: SurveyState) -> None:
    assert survey.state(TODAY) is state


def test_the_last_day_ends_at_midnight_of_mexico(store: Store) -> None:
    surveys.save(store, replace(SURVEY, closes=TODAY), NOW)
    late = datetime(2026, 11, 23, 5, 59, tzinfo=UTC)
    assert rules.reply(store, "portal", sheet(GOOD), late) is Kept.NEW
    with pytest.raises(Conflict, match="cerrada"):
        rules.reply(store, "portal", sheet(GOOD, "beto", "u" * 20), late + timedelta(minutes=1))


def test_a_closed_survey_takes_nothing_and_a_draft_does_not_exist(store: Store) -> None:
    surveys.save(store, replace(SURVEY, open=False), NOW)
    with pytest.raises(Conflict, match="cerrada"):
        rules.reply(store, "portal", sheet(GOOD), NOW)
    surveys.switch(store, "portal", is_open=True, published=False)
    for attempt in (
        lambda: rules.reply(store, "portal", sheet(GOOD), NOW),
        lambda: rules.results(store, "portal", NOW),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert survey_replies.results(store, "portal").people == 0


def test_a_person_answers_once_and_corrects_only_when_they_say_so(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    assert rules.reply(store, "portal", sheet(GOOD), NOW) is Kept.NEW
    assert rules.reply(store, "portal", sheet(GOOD), NOW) is Kept.SAME
    other = {**GOOD, "r-uso": ["b"]}
    with pytest.raises(Conflict, match="ya respondió"):
        rules.reply(store, "portal", sheet(other, token="u" * 20), NOW)
    assert rules.reply(store, "portal", sheet({**other, "corrige": ["1"]}, token="u" * 20), NOW) is Kept.CORRECTED
    assert rules.results(store, "portal", NOW).people == 1


def test_results_may_be_kept_until_it_closes(store: Store) -> None:
    surveys.save(store, replace(SURVEY, sealed=True, closes=TODAY), NOW)
    with pytest.raises(Conflict, match="cuando cierre"):
        rules.results(store, "portal", NOW)
    assert rules.results(store, "portal", NOW + timedelta(days=1)).people == 0
    surveys.switch(store, "portal", is_open=False)
    assert rules.results(store, "portal", NOW).people == 0
