"""A release points to a version; versions can be taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from model.errors import NotFound, Withdrawn
from store import catalogue, releases
from store.database import Store
from tests.store.samples import NOW, entry, harvest, part

A, B = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


@pytest.fixture(autouse=True)
def _one_dataset(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno", part("a"), part("b"), identifier="x")))


def test_going_back_to_an_older_version_is_a_third_release(store: Store) -> None:
    for day, version in enumerate((A, B, A)):
        releases.publish(store, "uno", "a", version, now=NOW + timedelta(days=day))
    history = releases.released(store, "uno", "a")
    assert [r.version for r in history] == [A, B, A]
    assert len({r.id for r in history}) == 3
    assert [r.published for r in history] == [NOW + timedelta(days=d) for d in (2, 1, 0)]
    assert releases.current(store) == {("uno", "a"): history[0]}


def test_publishing_the_present_version_again_is_no_new_release(store: Store) -> None:
    first = releases.publish(store, "uno", "a", A, "primera", NOW)
    assert releases.publish(store, "uno", "a", A, "otra vez") == first
    assert len(releases.released(store, "uno", "a")) == 1


def test_publishing_at_once_from_many_threads_is_one_release(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: releases.publish(store, "uno", "a", A), range(16)))
    assert len({r.id for r in made}) == 1


def test_each_resource_has_its_own_release(store: Store) -> None:
    releases.publish(store, "uno", "a", A)
    releases.publish(store, "uno", "b", B)
    assert {key: r.version for key, r in releases.current(store).items()} == {("uno", "a"): A, ("uno", "b"): B}


def test_a_release_outlives_a_change_of_slugs_and_says_where_its_version_lies(store: Store) -> None:
    releases.publish(store, "uno", "a", A)
    catalogue.save_harvest(store, harvest(entry("dos", part("c", identifier="a"), part("b"), identifier="x")))
    found = releases.current(store)[("dos", "c")]
    assert (found.dataset, found.resource, found.version) == ("uno", "a", A)
    assert releases.released(store, "uno", "a") == releases.released(store, "dos", "c") == (found,)
    releases.publish(store, "uno", "a", B)
    assert releases.current(store)[("dos", "c")].version == B


def test_a_withdrawn_version_is_not_public_and_cannot_be_published_again(store: Store) -> None:
    releases.publish(store, "uno", "a", B)
    releases.publish(store, "uno", "a", A)
    releases.withdraw(store, "uno", "a", A, "datos personales", NOW)
    releases.withdraw(store, "uno", "a", A, "datos personales", NOW)
    assert releases.withdrawn(store) == {("uno", "a", A)}
    assert releases.current(store) == {}
    with pytest.raises(Withdrawn):
        releases.publish(store, "uno", "a", A)
    releases.publish(store, "uno", "a", "cccccccccccc")
    assert releases.current(store)[("uno", "a")].version == "cccccccccccc"


def test_a_version_that_was_never_released_cannot_be_withdrawn(store: Store) -> None:
    with pytest.raises(NotFound):
        releases.withdraw(store, "uno", "a", A, "por error")


def test_an_unknown_resource_cannot_be_published(store: Store) -> None:
    with pytest.raises(NotFound):
        releases.publish(store, "uno", "z", A)
    with pytest.raises(NotFound):
        releases.publish(store, "uno", "", A)
