"""Surveys in the store: edited without losing answers, one reply a person, the same on both stores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from model.errors import BadRequest, NotFound
from model.survey import Answers, Option, Question, Survey
from store import survey_replies, surveys
from store.database import Store
from store.survey_replies import Kept

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
USE = Question("uso", "single", "¿Para qué?", options=(Option("escuela", "Escuela"), Option("otro", "Otro")))
LIKES = Question("gusta", "multiple", "¿Qué le sirve?", options=(Option("mapa", "Mapas"), Option("csv", "CSV")))
WORDS = Question("mejora", "text", "¿Qué cambiaría?", required=False)
SURVEY = Survey("portal", "¿Sirve?", "Dos minutos.", questions=(USE, LIKES, WORDS), open=True, published=True)


def say(store: Store, person: str, answers: Answers, token: str = "", correcting: bool = False) -> Kept:
    return survey_replies.reply(
        store,
        "portal",
        lambda _: answers,
        person=person,
        token=token or f"t-{person}-{sorted(answers.items())}",
        correcting=correcting,
        now=NOW,
    )


def counts(store: Store) -> dict[str, dict[str, int]]:
    found = survey_replies.results(store, "portal")
    return {t.question.id: {option.id: times for option, times in t.counts} for t in found.tallies}


def test_a_survey_comes_back_as_it_was_saved(store: Store) -> None:
    survey = replace(SURVEY, opens=date(2026, 11, 1), closes=date(2026, 12, 1), sealed=True, agency="inegi")
    assert surveys.save(store, survey, NOW)
    assert surveys.by_slug(store, "portal") == survey
    assert surveys.published(store) == (survey,)


def test_a_seed_never_overwrites_what_is_there(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    assert not surveys.save(store, replace(SURVEY, title="Otro"), NOW, only_new=True)
    assert surveys.by_slug(store, "portal").title == "¿Sirve?"


def test_switches_turn_alone(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    assert surveys.switch(store, "portal", is_open=False) == replace(SURVEY, open=False)
    assert surveys.switch(store, "portal", published=False) == replace(SURVEY, open=False, published=False)
    assert surveys.published(store) == ()
    assert len(surveys.every(store)) == 1
    with pytest.raises(NotFound):
        surveys.switch(store, "nada", is_open=True)


def test_answers_are_counted_by_option_and_by_people(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    assert say(store, "ana", {"uso": ("escuela",), "gusta": ("mapa", "csv"), "mejora": ("Más mapas",)}) is Kept.NEW
    assert say(store, "beto", {"uso": ("otro",), "gusta": ("mapa",)}) is Kept.NEW
    results = survey_replies.results(store, "portal")
    assert results.people == 2
    assert [tally.answered for tally in results.tallies] == [2, 2, 1]
    assert counts(store) == {"uso": {"escuela": 1, "otro": 1}, "gusta": {"mapa": 2, "csv": 1}, "mejora": {}}
    assert results.last == NOW
    assert [said.text for said in survey_replies.said(store, "portal", "mejora", limit=9)] == ["Más mapas"]
    assert survey_replies.answers_of(store, "portal", "ana") == {
        "uso": ("escuela",),
        "gusta": ("mapa", "csv"),
        "mejora": ("Más mapas",),
    }
    assert survey_replies.answers_of(store, "portal", "carla") is None


def test_a_person_counts_once_and_may_correct(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    first: Answers = {"uso": ("escuela",), "gusta": ("mapa",), "mejora": ("Uno",)}
    assert say(store, "ana", first, token="t1") is Kept.NEW
    assert say(store, "ana", first, token="t1") is Kept.SAME
    assert say(store, "ana", {"uso": ("otro",)}, token="t2") is Kept.ALREADY
    assert counts(store)["uso"] == {"escuela": 1, "otro": 0}
    assert say(store, "ana", {"uso": ("otro",), "gusta": ("csv",)}, token="t3", correcting=True) is Kept.CORRECTED
    assert counts(store) == {"uso": {"escuela": 0, "otro": 1}, "gusta": {"mapa": 0, "csv": 1}, "mejora": {}}
    assert survey_replies.results(store, "portal").people == 1


def test_fifty_parallel_replies_of_one_person_count_once(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda n: say(store, "ana", {"uso": ("otro",)}, token=f"t{n}"), range(50)))
    assert sorted(kept) == sorted([Kept.NEW] + [Kept.ALREADY] * 49)
    assert counts(store)["uso"] == {"escuela": 0, "otro": 1}


def test_parallel_corrections_leave_one_whole_reply(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    say(store, "ana", {"uso": ("otro",)}, token="t0")
    choices = ("escuela", "otro")

    def correct(n: int) -> Kept:
        return say(store, "ana", {"uso": (choices[n % 2],)}, token=f"c{n}", correcting=True)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(correct, range(24))) == {Kept.CORRECTED}
    assert sum(counts(store)["uso"].values()) == 1


def test_a_removed_option_keeps_its_answers_under_its_last_label(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    say(store, "ana", {"uso": ("escuela",), "gusta": ("mapa",)})
    shorter = replace(
        USE, text="¿Para qué usa los datos?", options=(Option("otro", "Otra cosa"), Option("nota", "Una nota"))
    )
    surveys.save(store, replace(SURVEY, questions=(shorter,)), NOW)
    found = survey_replies.results(store, "portal")
    uso, gusta, mejora = found.tallies
    assert uso.question.text == "¿Para qué usa los datos?"
    assert uso.counts == (
        (Option("otro", "Otra cosa"), 0),
        (Option("nota", "Una nota"), 0),
        (Option("escuela", "Escuela", removed=True), 1),
    )
    assert (gusta.question.removed, {o.id: n for o, n in gusta.counts}["mapa"]) == (True, 1)
    assert mejora.question.removed
    assert [q.id for q in surveys.by_slug(store, "portal").asked()] == ["uso"]


def test_correcting_keeps_what_was_said_to_a_question_that_is_gone(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    say(store, "ana", {"uso": ("escuela",), "gusta": ("mapa",)})
    surveys.save(store, replace(SURVEY, questions=(USE,)), NOW)
    assert say(store, "ana", {"uso": ("otro",)}, token="t2", correcting=True) is Kept.CORRECTED
    assert counts(store)["gusta"]["mapa"] == 1
    assert counts(store)["uso"] == {"escuela": 0, "otro": 1}


def test_a_question_that_comes_back_has_its_answers(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    say(store, "ana", {"uso": ("escuela",), "gusta": ("mapa",)})
    surveys.save(store, replace(SURVEY, questions=(USE,)), NOW)
    surveys.save(store, SURVEY, NOW)
    assert surveys.by_slug(store, "portal") == SURVEY
    assert counts(store)["gusta"] == {"mapa": 1, "csv": 0}


def test_a_question_with_answers_stays_of_its_type(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    changed = replace(SURVEY, title="Otro", questions=(replace(WORDS, id="uso"),))
    say(store, "ana", {"uso": ("escuela",)})
    with pytest.raises(BadRequest, match="dele otro «id»"):
        surveys.save(store, changed, NOW)
    assert surveys.by_slug(store, "portal") == SURVEY


def test_a_hidden_answer_stays_hidden_when_it_is_corrected(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    say(store, "ana", {"mejora": ("Un insulto",)}, token="t1")
    (said,) = survey_replies.said(store, "portal", "mejora", limit=9)
    survey_replies.hide(store, "portal", said.id, "insulto")
    assert survey_replies.said(store, "portal", "mejora", limit=9) == ()
    say(store, "ana", {"mejora": ("Otro insulto",)}, token="t2", correcting=True)
    assert survey_replies.said(store, "portal", "mejora", limit=9) == ()
    (again,) = survey_replies.said(store, "portal", "mejora", limit=9, hidden=True)
    assert (again.text, again.hidden) == ("Otro insulto", "insulto")
    survey_replies.hide(store, "portal", again.id, "")
    assert len(survey_replies.said(store, "portal", "mejora", limit=9)) == 1


def test_only_an_open_answer_of_that_survey_can_be_hidden(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    surveys.save(store, replace(SURVEY, slug="otra"), NOW)
    say(store, "ana", {"mejora": ("Hola",)})
    (said,) = survey_replies.said(store, "portal", "mejora", limit=9)
    for slug, answer in (("otra", said.id), ("portal", said.id + 1)):
        with pytest.raises(NotFound):
            survey_replies.hide(store, slug, answer, "x")


def test_a_person_can_be_forgotten(store: Store) -> None:
    surveys.save(store, SURVEY, NOW)
    say(store, "ana", {"uso": ("escuela",), "mejora": ("Hola",)})
    say(store, "beto", {"uso": ("otro",)})
    assert survey_replies.of_person(store, "ana") == (("portal", NOW),)
    assert survey_replies.forget_person(store, "ana") == 1
    assert survey_replies.of_person(store, "ana") == ()
    assert counts(store)["uso"] == {"escuela": 0, "otro": 1}
