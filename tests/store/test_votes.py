"""One person is one vote, however it is sent; counts survive crashes and backups (threats D3, D8, D13)."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from model.errors import BadRequest, NotFound
from model.thread import Visibility
from model.vote import Votes
from participation.actions import open_thread
from participation.votes import take_back, vote
from store import votes
from store.database import Store, open_store
from tests.servers import PostgresServer, postgres_folder
from tests.store.posts import post
from tests.store.processes import start

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def opened(store: Store, number: int = 1) -> str:
    """The folio of a new thread."""
    return open_thread(store, post(number), NOW).folio


def counts(store: Store, folio: str, person: str = "") -> Votes:
    return votes.counted(store, [folio], person)[folio]


def confirmed(store: Store, person: str, mail: str) -> int:
    with store.write() as connection:
        return votes.confirm(connection, person, mail)


def test_voting_twice_counts_once(store: Store) -> None:
    folio = opened(store)
    assert vote(store, folio, "ana", NOW) is True
    assert vote(store, folio, "ana", NOW) is False
    assert counts(store, folio, "ana") == Votes(0, 1, True)
    assert counts(store, folio, "eva") == Votes(0, 1, False)


def test_fifty_posts_at_once_count_once(store: Store) -> None:
    folio = opened(store)
    with ThreadPoolExecutor(50) as pool:
        fresh = list(pool.map(lambda _: vote(store, folio, "ana", NOW), range(50)))
    assert sum(fresh) == 1
    assert counts(store, folio) == Votes(0, 1)


def test_a_vote_taken_back_is_not_counted_and_can_be_given_again(store: Store) -> None:
    folio = opened(store)
    vote(store, folio, "ana", NOW)
    assert take_back(store, folio, "ana") is True
    assert take_back(store, folio, "ana") is False
    assert counts(store, folio, "ana") == Votes()
    assert vote(store, folio, "ana", NOW) is True


def test_confirmed_votes_are_counted_apart_and_one_address_counts_once(store: Store) -> None:
    folio = opened(store)
    for person in ("ana", "ana-en-otro-equipo", "eva"):
        vote(store, folio, person, NOW)
    assert confirmed(store, "ana", "h-ana") == 1
    assert counts(store, folio) == Votes(1, 2)
    assert confirmed(store, "ana-en-otro-equipo", "h-ana") == 1
    assert counts(store, folio, "ana-en-otro-equipo") == Votes(1, 1, True)
    assert confirmed(store, "ana", "h-ana") == 0


def test_whoever_confirmed_once_votes_confirmed_from_then_on(store: Store) -> None:
    first, second = opened(store, 1), opened(store, 2)
    vote(store, first, "ana", NOW)
    confirmed(store, "ana", "h-ana")
    vote(store, second, "ana", NOW)
    assert counts(store, second) == Votes(1, 0)


def test_votes_are_counted_for_many_threads_by_one_question(store: Store) -> None:
    folios = [opened(store, number) for number in range(5)]
    for folio, person in itertools.product(folios[:3], ("ana", "eva")):
        vote(store, folio, person, NOW)
    found = votes.counted(store, folios, "eva")
    assert [found[f] for f in folios] == [Votes(0, 2, True)] * 3 + [Votes()] * 2
    assert votes.counted(store, []) == {}


def test_nobody_cannot_vote_and_what_is_not_there_cannot_be_voted_for(store: Store) -> None:
    with pytest.raises(BadRequest):
        vote(store, opened(store), "", NOW)
    with pytest.raises(NotFound):
        vote(store, "VEN-2026-999999", "ana", NOW)


def test_what_is_hidden_cannot_be_voted_for(store: Store) -> None:
    folio = open_thread(store, post(1), NOW, visibility=Visibility.PENDING).folio
    with pytest.raises(NotFound):
        vote(store, folio, "ana", NOW)


def test_a_person_can_be_forgotten(store: Store) -> None:
    folio = opened(store)
    vote(store, folio, "ana", NOW)
    assert [f for f, _ in votes.of_person(store, "ana")] == [folio]
    with store.write() as connection:
        assert votes.forget(connection, "ana") == 1
    assert counts(store, folio) == Votes()


def test_every_acknowledged_vote_is_kept_though_voters_are_killed(store: Store, store_url: str) -> None:
    folio = opened(store)
    voters = [start("voter", store_url, folio, str(first), "500") for first in range(0, 4000, 1000)]
    said: list[str] = []
    for process in voters:
        assert process.stdout is not None
        said += [process.stdout.readline().strip() for _ in range(5)]
        process.kill()
        said += process.stdout.read().split()
        process.wait()
    found = counts(store, folio)
    assert found.confirmed == 0
    assert len(said) >= 20
    assert len(said) <= found.unconfirmed <= len(said) + len(voters)


@pytest.fixture
def restored(backend: str, store_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Restorer]:
    """What makes a backup of the store as it stands, and opens it."""
    server = request.getfixturevalue("postgres") if backend == "postgresql" else None
    made = Restorer(store_url, tmp_path, server)
    yield made
    made.close()


class Restorer:
    """Backs a store up by the means of its own database, and restores it beside."""

    def __init__(self, url: str, folder: Path, server: PostgresServer | None) -> None:
        self.url, self.folder, self.server = url, folder, server
        self.opened: list[Store] = []

    def __call__(self) -> Store:
        """A restored copy of the store as it stands now."""
        store = open_store(self._postgresql() if self.server else self._sqlite())
        self.opened.append(store)
        return store

    def close(self) -> None:
        for store in self.opened:
            store.close()
        if self.server:
            self.server.drop("restored")

    def _sqlite(self) -> str:
        copy = self.folder / f"copy{len(self.opened)}.sqlite"
        source = str(make_url(self.url).database)
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as backup:
            live.backup(backup)
        return f"sqlite:///{copy}"

    def _postgresql(self) -> str:
        assert self.server is not None
        tools, dump = postgres_folder(), self.folder / "dump"
        connection = self.server.conninfo("store")
        subprocess.run([tools / "pg_dump", "-Fc", "-f", dump, connection], check=True, capture_output=True)
        self.server.drop("restored")
        url = self.server.create("restored")
        target = self.server.conninfo("restored")
        subprocess.run([tools / "pg_restore", "-d", target, dump], check=True, capture_output=True)
        return url


def test_a_backup_made_while_people_vote_restores_to_counts_that_were_true(
    store: Store, store_url: str, restored: Restorer
) -> None:
    folio = opened(store)
    voter = start("voter", store_url, folio, "0", "300")
    assert voter.stdout is not None
    before = [voter.stdout.readline() for _ in range(10)]
    middle = counts(restored(), folio)
    said = [*before, *voter.stdout.read().splitlines()]
    assert voter.wait(60) == 0
    assert 10 <= middle.unconfirmed <= 300
    assert len(said) == 300
    confirmed(store, "persona-7", "h")
    copy = restored()
    assert counts(copy, folio) == counts(store, folio) == Votes(1, 299)
    assert vote(copy, folio, "persona-7", NOW) is False
