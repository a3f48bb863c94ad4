"""Threads: readable folios without races, and no acknowledged word lost."""

from __future__ import annotations

import dataclasses
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest

from model.errors import NotFound
from model.spelling import fold
from model.thread import Anchor, AnswerType, Author, Event, Message, NewThread, Thread, ThreadState, Visibility
from participation.actions import answer, open_thread
from store import catalogue, threads
from store.database import Store
from store.thread_lists import Wanted, listed
from store.threads import Admission, Step
from tests.store.posts import OPERATOR, post, reply_to
from tests.store.processes import start
from tests.store.samples import NOW, entry, harvest, part

PROCESSES, POSTS, KILLED = 8, 15, 4


def keep(store: Store, new: NewThread, year: int = 2026, **more: Any) -> Thread:
    thread, _ = threads.add(store, new, admission(new, year=year, **more))
    return thread


def admission(new: NewThread, **more: Any) -> Admission:
    given = {"year": 2026, "agency": "inegi", "created": NOW, "deadline": date(2026, 4, 13)}
    given |= {"secret_hash": f"secret {new.token}", "token_hash": new.token, "folded": fold(new.text)}
    return Admission(**{**given, **more})


def reply(text: str = "Sí.") -> Message:
    return Message(Author.AGENCY, "INEGI", text, NOW, AnswerType.REFUSED, None, "artículo 1", "/explora/a/b", "")


def step(state: ThreadState, *allowed: ThreadState) -> Step:
    return Step(state, allowed or tuple(ThreadState), Event(NOW, state, "INEGI", "porque sí"))


ANSWERED = step(ThreadState.ANSWERED)


@pytest.fixture
def catalogued(store: Store) -> Store:
    catalogue.save_harvest(store, harvest(entry("uno", part("a"), part("b"), identifier="x"), entry("dos")))
    return store


def test_a_thread_comes_back_as_it_went_in(catalogued: Store) -> None:
    anchor = Anchor(
        "/explora/uno/a", "uno", "a", "aaaaaaaaaaaa", "/explora/uno/a?x=1", "{}", "año", "Guanajuato · 2024", "3148"
    )
    new = NewThread("pregunta", anchor, "¿Por qué\n3 148? 🦜", "t" * 20, "Ñandú", (("tipo", "calidad"),))
    made = keep(catalogued, new)
    expected = Thread(
        folio="VEN-2026-000001",
        kind="pregunta",
        state=ThreadState.RECEIVED,
        anchor=anchor,
        created=NOW,
        deadline=date(2026, 4, 13),
        agency="inegi",
        messages=(Message(Author.CITIZEN, "Ñandú", "¿Por qué\n3 148? 🦜", NOW),),
        details=(("tipo", "calidad"),),
        updated=NOW,
        events=(Event(NOW, "recibida", ""),),
    )
    assert made == expected
    assert threads.by_folio(catalogued, " ven-2026-000001 ") == expected
    assert threads.by_secret(catalogued, f"secret {'t' * 20}") == expected


def test_folios_count_from_one_each_year(store: Store) -> None:
    folios = [keep(store, post(n), year).folio for n, year in enumerate((2026, 2026, 2027, 2026))]
    assert folios == ["VEN-2026-000001", "VEN-2026-000002", "VEN-2027-000001", "VEN-2026-000003"]


def test_the_same_token_is_one_thread_and_takes_no_further_folio(store: Store) -> None:
    first = keep(store, post(1))
    assert keep(store, dataclasses.replace(post(1), text="otra cosa, más tarde")) == first
    assert keep(store, post(2)).folio == "VEN-2026-000002"


def test_the_same_token_at_the_same_moment_is_one_thread(store: Store) -> None:
    ready = Barrier(8)

    def send(_: int) -> str:
        ready.wait()
        return keep(store, post(1)).folio

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(8))) == {"VEN-2026-000001"}
    assert len(threads.for_anchor(store)) == 1
    assert keep(store, post(2)).folio == "VEN-2026-000002"


def test_threads_are_found_by_what_they_are_about(catalogued: Store) -> None:
    keep(catalogued, post(1, "/datos/uno", dataset="uno"))
    keep(catalogued, post(2, "/explora/uno/a", dataset="uno", resource="a", view="/explora/uno/a?x=1"))
    keep(catalogued, post(3, "/explora/uno/b", dataset="uno", resource="b"))
    keep(catalogued, post(4, "/explora/dos/datos", dataset="dos", resource="datos"))
    keep(catalogued, post(5, "/herramientas"))

    def numbers(**anchor: str) -> list[int]:
        return [int(t.folio[-1]) for t in threads.for_anchor(catalogued, **anchor)]  # type: ignore[arg-type]

    assert numbers() == [5, 4, 3, 2, 1]
    assert numbers(page="/herramientas") == [5]
    assert numbers(dataset="uno") == [3, 2, 1]
    assert numbers(dataset="uno", resource="a") == [2]
    assert numbers(dataset="uno", resource="a", view="/explora/uno/a?x=1") == [2]
    assert numbers(dataset="uno", view="/explora/uno/a?x=2") == []
    assert numbers(dataset="nadie") == []
    assert len(threads.for_anchor(catalogued, limit=2)) == 2


def test_a_thread_follows_its_dataset_to_a_new_slug(catalogued: Store) -> None:
    keep(catalogued, post(1, "/explora/uno/a", dataset="uno", resource="a"))
    catalogue.save_harvest(catalogued, harvest(entry("tres", part("a"), part("b"), identifier="x")))
    (found,) = threads.for_anchor(catalogued, dataset="tres")
    assert (found.anchor.dataset, found.anchor.resource) == ("tres", "a")
    assert threads.for_anchor(catalogued, dataset="uno") == (found,)


def test_a_thread_about_nothing_that_exists_is_not_kept(catalogued: Store) -> None:
    with pytest.raises(NotFound):
        keep(catalogued, post(1, dataset="uno", resource="z"))
    assert threads.for_anchor(catalogued) == ()
    assert keep(catalogued, post(2)).folio == "VEN-2026-000001"


def test_an_answer_is_added_and_the_thread_is_answered(store: Store) -> None:
    folio = keep(store, post(1)).folio
    assert [t.folio for t in threads.waiting(store)] == [folio]
    answered = threads.add_answer(store, folio, reply(), ANSWERED)
    assert answered is not None
    assert answered.state is ThreadState.ANSWERED
    assert answered.answers == (reply(),)
    assert answered.question.author is Author.CITIZEN
    assert [e.what for e in answered.events] == ["recibida", "respondida"]
    assert answered.events[1] == Event(NOW, "respondida", "INEGI", "porque sí")
    assert threads.waiting(store) == ()


def test_an_answer_sent_twice_is_one_answer_and_one_step(store: Store) -> None:
    folio = keep(store, post(1)).folio
    for _ in range(3):
        threads.add_answer(store, folio, reply(), ANSWERED, token_hash="answer 1")
    found = threads.by_folio(store, folio)
    assert (len(found.answers), len(found.events)) == (1, 2)
    threads.add_answer(store, folio, reply("Otra cosa."), ANSWERED, token_hash="answer 2")
    assert len(threads.by_folio(store, folio).answers) == 2


def test_a_state_changes_only_from_the_states_allowed(store: Store) -> None:
    folio = keep(store, post(1)).folio
    assert threads.set_state(store, folio, step(ThreadState.CLOSED, ThreadState.ANSWERED)) is None
    closed = threads.set_state(store, folio, step(ThreadState.CLOSED, ThreadState.RECEIVED))
    assert closed is not None
    assert closed.state is ThreadState.CLOSED
    assert threads.add_answer(store, folio, reply(), step(ThreadState.ANSWERED, ThreadState.RECEIVED)) is None
    assert threads.by_folio(store, folio).answers == ()
    assert [e.what for e in threads.by_folio(store, folio).events] == ["recibida", "cerrada"]


def test_an_unknown_folio_or_link_is_not_found(store: Store) -> None:
    for ask in (threads.by_folio, threads.by_secret):
        with pytest.raises(NotFound):
            ask(store, "VEN-2026-\0")
    with pytest.raises(NotFound):
        threads.add_answer(store, "VEN-2026-000009", reply(), ANSWERED)


def test_waiting_threads_are_those_of_the_agency_due_first(store: Store) -> None:
    keep(store, post(1))
    keep(store, post(2))
    assert [t.folio[-1] for t in threads.waiting(store, "inegi")] == ["1", "2"]
    assert threads.waiting(store, "otra") == ()


def test_a_list_finds_words_whatever_their_accents_and_counts_all(store: Store) -> None:
    for n, text in enumerate(("Homicidios en León, año 2024", "Años de sequía al 100 %", "sequia_2")):
        keep(store, dataclasses.replace(post(n), text=text))

    def found(*words: str) -> list[str]:
        return [t.question.text for t in listed(store, Wanted(words=words)).threads]

    assert found("sequia") == ["sequia_2", "Años de sequía al 100 %"]
    assert found("ano") == ["Años de sequía al 100 %", "Homicidios en León, año 2024"]
    assert found("leon", "2024") == ["Homicidios en León, año 2024"]
    assert found("100 %") == ["Años de sequía al 100 %"]
    assert found("%") == ["Años de sequía al 100 %"]
    assert found("_") == ["sequia_2"]
    assert found("ven-2026-000003") == ["sequia_2"]
    page = listed(store, Wanted(), page=2, size=2)
    assert ([t.question.text for t in page.threads], page.total) == (["Homicidios en León, año 2024"], 3)


def test_a_list_filters_by_kind_state_agency_and_deadline(store: Store) -> None:
    keep(store, post(1))
    keep(store, dataclasses.replace(post(2), kind="idea"), agency="")
    late = keep(store, post(3), deadline=date(2026, 4, 10)).folio
    answered = keep(store, post(4), deadline=date(2026, 4, 10)).folio
    threads.add_answer(store, answered, reply(), ANSWERED)

    def folios(wanted: Wanted) -> list[int]:
        return [int(t.folio[-1]) for t in listed(store, wanted).threads]

    assert folios(Wanted(kinds=("idea",))) == [2]
    assert folios(Wanted(states=(ThreadState.ANSWERED,))) == [4]
    assert folios(Wanted(agency="")) == [2]
    assert folios(Wanted(agency="inegi")) == [4, 3, 1]
    assert folios(Wanted(due_before=date(2026, 4, 11))) == [3]
    assert folios(Wanted(due_before=date(2026, 4, 10))) == []
    moved = Step(ThreadState.IN_REVIEW, tuple(ThreadState), Event(NOW + timedelta(days=1), "en_revision", "INEGI"))
    threads.set_state(store, late, moved)
    assert listed(store, Wanted(), by_change=True).threads[0].folio == late


@pytest.mark.parametrize("visibility", [Visibility.PENDING, Visibility.HIDDEN])
def test_what_is_not_public_is_in_no_list_but_its_authors(store: Store, visibility: Visibility) -> None:
    folio = keep(store, post(1), visibility=visibility, person_hash="ana").folio
    assert (listed(store, Wanted()).total, threads.for_anchor(store)) == (0, ())
    assert [t.folio for t in threads.of_person(store, "ana")] == [folio]
    assert threads.of_person(store, "") == ()
    assert not threads.by_folio(store, folio).public


def test_no_acknowledged_word_is_lost_when_its_process_is_killed(store: Store, store_url: str) -> None:
    catalogue.save_harvest(store, harvest(entry("uno")))
    processes = [start("poster", store_url, str(n * POSTS), str(POSTS)) for n in range(PROCESSES)]
    doomed, survivors = processes[:KILLED], processes[KILLED:]
    said = [_kill_after(process, lines) for process, lines in zip(doomed, (3, 8, 17, 29), strict=True)]
    said += [process.communicate(timeout=100)[0].splitlines() for process in survivors]
    assert [len(lines) for lines in said[KILLED:]] == [2 * POSTS] * len(survivors)

    words = [line.split() for lines in said for line in lines if len(line.split()) == 3]
    opened = {number: folio for deed, number, folio in words if deed == "abierta"}
    answered = {folio for deed, _, folio in words if deed == "respondida"}
    stored = threads.for_anchor(store, limit=1000)
    by_text = {t.question.text: t.folio for t in stored}
    for number, folio in opened.items():
        assert by_text[post(int(number)).text] == folio
    kept = {t.folio for t in stored if t.answers}
    assert answered <= kept
    # of each killed process at most one thread and one answer were kept without having been acknowledged
    assert len(opened) <= len(stored) <= len(opened) + KILLED
    assert len(kept) <= len(answered) + KILLED
    assert len({t.folio for t in stored}) == len(stored)
    for thread in stored:  # the history says just what was done
        assert [e.what for e in thread.events] == ["recibida", *["respondida" for _ in thread.answers]]

    for n in range(PROCESSES * POSTS):  # sent again, all of it is there once
        answer(store, open_thread(store, post(n), NOW).folio, reply_to(n), OPERATOR, NOW)
    again = threads.for_anchor(store, limit=1000)
    assert {t.question.text for t in again} == {post(n).text for n in range(PROCESSES * POSTS)}
    assert {(len(t.messages), len(t.events)) for t in again} == {(2, 2)}


def _kill_after(process: subprocess.Popen[str], count: int) -> list[str]:
    """Kill the process by SIGKILL after so many lines; those that it said."""
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(count)]
    time.sleep(0.005)
    process.kill()
    return lines + process.communicate()[0].splitlines()
