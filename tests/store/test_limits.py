"""Counting without knowing whom: windows, salts that rotate, and nothing that can be traced back."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from store import limits
from store.database import Store
from store.limits import Tally
from store.tables.people import limits as rows
from store.tables.people import salts

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ADDRESS = "203.0.113.7"
ONE = Tally("thread", ADDRESS, 3600)


def times(store: Store, tally: Tally, now: datetime) -> int:
    return limits.count(store, [tally], now)[0].count


def test_each_window_counts_from_one(store: Store) -> None:
    assert [times(store, ONE, NOON + timedelta(minutes=m)) for m in (0, 10, 59, 60, 61)] == [1, 2, 3, 1, 2]
    assert limits.count(store, [ONE], NOON)[0].until == NOON + timedelta(hours=1)


def test_other_people_and_other_deeds_are_counted_apart(store: Store) -> None:
    times(store, ONE, NOON)
    assert times(store, Tally("thread", "203.0.113.8", 3600), NOON) == 1
    assert times(store, Tally("vote", ADDRESS, 3600), NOON) == 1
    assert times(store, Tally("thread", ADDRESS, 86400), NOON) == 1


def test_what_is_given_back_does_not_count_and_never_goes_below_nothing(store: Store) -> None:
    for _ in range(3):
        times(store, ONE, NOON)
    limits.give_back(store, [ONE], NOON)
    assert times(store, ONE, NOON) == 3
    for _ in range(5):
        limits.give_back(store, [ONE], NOON)
    assert times(store, ONE, NOON) == 1


def test_the_same_thing_sent_again_is_not_counted_again(store: Store) -> None:
    once = Tally("once", "token", 86400)
    assert limits.count(store, [ONE], NOON, once)[0].count == 1
    assert limits.count(store, [ONE], NOON, once) == ()
    assert times(store, ONE, NOON) == 2


def test_fifty_at_once_are_all_counted(store: Store) -> None:
    with ThreadPoolExecutor(10) as pool:
        counted = list(pool.map(lambda _: times(store, ONE, NOON), range(50)))
    assert sorted(counted) == list(range(1, 51))


def test_neither_the_address_nor_a_plain_hash_of_it_is_in_the_store(store: Store) -> None:
    times(store, ONE, NOON)
    with store.read() as connection:
        kept = str(connection.execute(select(rows)).all()) + str(connection.execute(select(salts)).all())
    assert ADDRESS not in kept
    assert hashlib.sha256(ADDRESS.encode()).hexdigest() not in kept


def test_salts_rotate_and_are_forgotten_with_their_windows(store: Store) -> None:
    times(store, ONE, NOON)
    times(store, ONE, NOON + timedelta(days=1))
    with store.read() as connection:
        assert len(set(connection.execute(select(salts.c.salt)).scalars())) == 2
    limits.clear(store, NOON + timedelta(days=3))
    with store.read() as connection:
        assert list(connection.execute(select(salts.c.day)).scalars()) == [NOON.date() + timedelta(days=1)]
        assert connection.execute(select(func.count()).select_from(rows)).scalar_one() == 0


def test_a_window_of_a_day_keeps_its_count_until_it_ends(store: Store) -> None:
    day = Tally("thread", ADDRESS, 86400)
    assert [times(store, day, NOON + timedelta(hours=h)) for h in (0, 11, 12)] == [1, 2, 1]
    limits.clear(store, NOON + timedelta(hours=13))
    assert times(store, day, NOON + timedelta(hours=13)) == 2
