"""The queue of loads: every job once, and none lost with its worker."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from model.errors import NotFound
from model.load import Load, LoadState
from store import catalogue, loads
from store.database import Store
from tests.store.processes import start
from tests.store.samples import NOW, entry, harvest, part

PARTS = [f"r{n:02}" for n in range(24)]
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _one_dataset(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno", *(part(name) for name in PARTS))))


def ask(store: Store, name: str = "r00", fingerprint: str = "f1", size: int = 0, again: bool = False) -> bool:
    return loads.enqueue(store, "uno", name, f"/{name}.csv", fingerprint, size=size, again=again, now=NOW)


def take(store: Store) -> Load:
    load = loads.claim(store, "w1", NOW)
    assert load is not None
    return load


def only(store: Store) -> Load:
    (load,) = loads.states(store).values()
    return load


def test_a_job_goes_from_pending_to_ready(store: Store) -> None:
    assert ask(store)
    assert only(store).state is LoadState.PENDING
    load = take(store)
    assert (load.resource, load.source, load.state, load.attempts) == ("r00", "/r00.csv", LoadState.LOADING, 1)
    assert loads.renew(store, load, "mitad", NOW)
    assert only(store).progress == "mitad"
    assert loads.finish(store, load, "aaaaaaaaaaaa", LATER)
    done = loads.states(store)[("uno", "r00")]
    assert (done.state, done.version, done.started, done.finished) == (LoadState.READY, "aaaaaaaaaaaa", NOW, LATER)
    assert loads.claim(store, "w1") is None


def test_a_failed_job_keeps_its_reason_and_the_version_loaded_before(store: Store) -> None:
    ask(store)
    loads.finish(store, take(store), "aaaaaaaaaaaa")
    assert ask(store, fingerprint="f2")
    assert loads.fail(store, take(store), "Es una página web, no un CSV.")
    failed = only(store)
    assert (failed.state, failed.reason) == (LoadState.FAILED, "Es una página web, no un CSV.")
    assert failed.version == "aaaaaaaaaaaa"


@pytest.mark.parametrize("ending", ["finish", "fail"])
def test_an_unchanged_file_is_not_loaded_again_unless_asked_to(store: Store, ending: str) -> None:
    ask(store)
    getattr(loads, ending)(store, take(store), "x")
    assert not ask(store)
    assert loads.claim(store, "w1") is None
    assert ask(store, again=True)
    assert take(store).attempts == 1


def test_small_files_go_first(store: Store) -> None:
    for name, size in (("r00", 3_000_000_000), ("r01", 10), ("r02", 500)):
        ask(store, name, size=size)
    assert [take(store).resource for _ in range(3)] == ["r01", "r02", "r00"]


def test_a_file_that_changes_while_it_is_loaded_is_loaded_again_and_the_old_worker_loses(store: Store) -> None:
    ask(store)
    old = take(store)
    assert ask(store, fingerprint="f2")
    assert not loads.renew(store, old)
    assert not loads.finish(store, old, "aaaaaaaaaaaa")
    assert take(store).fingerprint == "f2"


def test_a_job_whose_lease_ran_out_is_taken_again_and_the_old_claim_is_worth_nothing(store: Store) -> None:
    ask(store)
    old = take(store)
    assert loads.claim(store, "w2", NOW + timedelta(seconds=59)) is None
    new = loads.claim(store, "w2", NOW + timedelta(seconds=61))
    assert new is not None
    assert (new.worker, new.attempts) == ("w2", 2)
    assert not loads.finish(store, old, "aaaaaaaaaaaa")
    assert not loads.fail(store, old, "tarde")
    assert loads.finish(store, new, "bbbbbbbbbbbb")


def test_a_renewed_lease_holds(store: Store) -> None:
    ask(store)
    load = take(store)
    assert loads.renew(store, load, now=NOW + timedelta(seconds=50))
    assert loads.claim(store, "w2", NOW + timedelta(seconds=100)) is None


def test_a_job_that_kills_its_workers_is_failed_in_the_end(store: Store) -> None:
    ask(store)
    moment = NOW
    for _ in range(loads.MOST_ATTEMPTS):
        assert loads.claim(store, "w1", moment) is not None
        moment += timedelta(minutes=5)
    assert loads.claim(store, "w1", moment) is None
    assert only(store).state is LoadState.FAILED
    assert "interrumpió" in only(store).reason


def test_a_finished_job_cannot_be_finished_twice(store: Store) -> None:
    ask(store)
    load = take(store)
    assert loads.finish(store, load, "aaaaaaaaaaaa")
    assert not loads.fail(store, load, "no")
    assert not loads.finish(store, only(store), "bbbbbbbbbbbb")


def test_eight_threads_claim_each_job_once(store: Store) -> None:
    for name in PARTS:
        ask(store, name)

    def drain(worker: int) -> list[str]:
        mine = []
        while (load := loads.claim(store, f"w{worker}")) is not None:
            mine.append(load.resource)
        return mine

    with ThreadPoolExecutor(8) as pool:
        claimed = [name for names in pool.map(drain, range(8)) for name in names]
    assert Counter(claimed) == Counter(PARTS)


def test_four_processes_claim_each_job_once(store: Store, store_url: str) -> None:
    for name in PARTS:
        ask(store, name)
    workers = [start("claimer", store_url, f"w{n}", "finish") for n in range(4)]
    claimed = [name for worker in workers for name in worker.communicate(timeout=60)[0].split()]
    assert Counter(claimed) == Counter(PARTS)
    assert {load.state for load in loads.states(store).values()} == {LoadState.READY}


def test_the_job_of_a_killed_process_is_taken_again(store: Store, store_url: str) -> None:
    ask(store)
    worker = start("claimer", store_url, "doomed", "hang")
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "r00"
    worker.kill()
    worker.communicate()
    held = only(store)
    assert (held.state, held.worker) == (LoadState.LOADING, "doomed")
    assert held.started is not None
    again = loads.claim(store, "w2", held.started + timedelta(seconds=loads.LEASE_SECONDS + 1))
    assert again is not None
    assert again.resource == "r00"


def test_an_unknown_resource_cannot_be_enqueued(store: Store) -> None:
    with pytest.raises(NotFound):
        ask(store, "nadie")
