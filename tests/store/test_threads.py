"""Threads: readable folios without races, and no acknowledged word lost."""

from __future__ import annotations

import dataclasses
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier

import pytest

from model.errors import NotFound
from model.thread import Anchor, Author, Message, NewThread, Thread, ThreadState
from participation.actions import open_thread
from store import catalogue, threads
from store.database import Store
from tests.store.posts import post
from tests.store.processes import start
from tests.store.samples import NOW, entry, harvest, part

PROCESSES, POSTS = 4, 50


def keep(store: Store, new: NewThread, year: int = 2026, token: str = "") -> Thread:
    thread, _ = threads.add(
        store,
        new,
        year=year,
        agency="inegi",
        created=NOW,
        deadline=date(2026, 4, 13),
        secret_hash=f"secret {new.token}",
        token_hash=token or new.token,
    )
    return thread


def reply(text: str = "Sí.", now: datetime = NOW) -> Message:
    return Message(Author.AGENCY, "INEGI", text, now)


@pytest.fixture
def catalogued(store: Store) -> Store:
    catalogue.save_harvest(store, harvest(entry("uno", part("a"), part("b"), identifier="x"), entry("dos")))
    return store


def test_a_thread_comes_back_as_it_went_in(catalogued: Store) -> None:
    anchor = Anchor(
        "/explora/uno/a", "uno", "a", "aaaaaaaaaaaa", "/explora/uno/a?x=1", "11", "año", "Guanajuato · 2024"
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
    answered = threads.add_answer(store, folio, reply())
    assert answered is not None
    assert answered.state is ThreadState.ANSWERED
    assert answered.answers == (reply(),)
    assert answered.question.author is Author.CITIZEN
    assert threads.waiting(store) == ()


def test_a_state_changes_only_from_the_states_allowed(store: Store) -> None:
    folio = keep(store, post(1)).folio
    assert threads.set_state(store, folio, ThreadState.CLOSED, [ThreadState.ANSWERED]) is None
    closed = threads.set_state(store, folio, ThreadState.CLOSED, [ThreadState.RECEIVED])
    assert closed is not None
    assert closed.state is ThreadState.CLOSED
    assert threads.add_answer(store, folio, reply(), [ThreadState.RECEIVED]) is None
    assert threads.by_folio(store, folio).answers == ()


def test_an_unknown_folio_or_link_is_not_found(store: Store) -> None:
    for ask in (threads.by_folio, threads.by_secret):
        with pytest.raises(NotFound):
            ask(store, "VEN-2026-\0")
    with pytest.raises(NotFound):
        threads.add_answer(store, "VEN-2026-000009", reply())


def test_waiting_threads_are_those_of_the_agency_due_first(store: Store) -> None:
    keep(store, post(1))
    keep(store, post(2))
    assert [t.folio[-1] for t in threads.waiting(store, "inegi")] == ["1", "2"]
    assert threads.waiting(store, "otra") == ()


def test_no_acknowledged_post_is_lost_when_its_process_is_killed(store: Store, store_url: str) -> None:
    processes = [start("poster", store_url, str(n * POSTS), str(POSTS)) for n in range(PROCESSES)]
    doomed, survivors = processes[:2], processes[2:]
    said = [_kill_after(process, lines) for process, lines in zip(doomed, (3, 17), strict=True)]
    said += [process.communicate(timeout=100)[0].splitlines() for process in survivors]
    assert [len(lines) for lines in said[2:]] == [POSTS, POSTS]

    acknowledged = dict(line.split() for lines in said for line in lines if len(line.split()) == 2)
    stored = {t.question.text: t.folio for t in threads.for_anchor(store, limit=1000)}
    for number, folio in acknowledged.items():
        assert stored[post(int(number)).text] == folio
    # of each killed process at most one post was kept without having been acknowledged
    assert len(acknowledged) <= len(stored) <= len(acknowledged) + len(doomed)
    assert len(set(stored.values())) == len(stored)

    for each in range(PROCESSES * POSTS):
        open_thread(store, post(each), NOW)
    again = threads.for_anchor(store, limit=1000)
    assert len(again) == PROCESSES * POSTS
    assert {t.question.text for t in again} == {post(n).text for n in range(PROCESSES * POSTS)}


def _kill_after(process: subprocess.Popen[str], count: int) -> list[str]:
    """Kill the process by SIGKILL after so many posts; the lines that it said."""
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(count)]
    time.sleep(0.005)
    process.kill()
    return lines + process.communicate()[0].splitlines()
