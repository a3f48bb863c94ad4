"""What an address follows: asked for once, confirmed by its owner, gone when it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from model.errors import NotFound
from model.follow import Follow, Followed, Target
from participation.actions import open_thread
from participation.follows import forget_unconfirmed
from store import catalogue, follows, releases
from store.database import Store
from tests.store.posts import post
from tests.store.samples import entry, harvest, part

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VIEW = Target(Followed.VIEW, dataset="uno", resource="a", query="anio=2024")
DATASET = Target(Followed.DATASET, dataset="uno")
OLD, NEW = "a" * 12, "b" * 12


@pytest.fixture
def catalogued(store: Store) -> Store:
    catalogue.save_harvest(store, harvest(entry("uno", part("a"), part("b"), identifier="x"), entry("dos")))
    return store


def ask(store: Store, target: Target, email: str = "ana@example.mx", now: datetime = NOW) -> Follow:
    with store.write() as connection:
        return follows.ask(connection, target, email, now)


def confirm(store: Store, follow: Follow) -> Follow | None:
    with store.write() as connection:
        return follows.confirm(connection, follow.id, NOW)


def behind(store: Store, kind: Followed) -> list[int]:
    with store.read() as connection:
        return [f.id for f in follows.behind(connection, kind)]


def test_what_is_asked_for_comes_back_unconfirmed_and_asked_again_is_the_same(catalogued: Store) -> None:
    first = ask(catalogued, VIEW)
    assert (first.target, first.email, first.confirmed, first.seen) == (VIEW, "ana@example.mx", None, 0)
    assert ask(catalogued, VIEW, now=NOW + timedelta(days=1)) == first
    assert ask(catalogued, VIEW, "eva@example.mx").id != first.id
    assert ask(catalogued, Target(Followed.VIEW, dataset="uno", resource="a")).id != first.id


def test_only_confirmed_follows_are_behind_and_only_of_their_own_resource(catalogued: Store) -> None:
    releases.publish(catalogued, "uno", "a", OLD)
    view, whole, other = ask(catalogued, VIEW), ask(catalogued, DATASET), ask(catalogued, VIEW, "eva@example.mx")
    assert view.seen == whole.seen > 0
    confirm(catalogued, view)
    confirm(catalogued, whole)
    assert behind(catalogued, Followed.VIEW) == []
    releases.publish(catalogued, "uno", "b", NEW)
    assert behind(catalogued, Followed.VIEW) == []
    assert behind(catalogued, Followed.DATASET) == [whole.id]
    newest = releases.publish(catalogued, "uno", "a", NEW)
    assert behind(catalogued, Followed.VIEW) == [view.id]
    assert other.confirmed is None
    with catalogued.write() as connection:
        follows.saw(connection, view, newest.id)
    assert behind(catalogued, Followed.VIEW) == []


def test_those_who_follow_a_thread_or_another_dataset_are_not_behind(catalogued: Store) -> None:
    folio = open_thread(catalogued, post(1), NOW).folio
    for target in (Target(Followed.THREAD, folio=folio), Target(Followed.DATASET, dataset="dos")):
        confirm(catalogued, ask(catalogued, target))
    releases.publish(catalogued, "uno", "a", OLD)
    assert behind(catalogued, Followed.VIEW) == behind(catalogued, Followed.DATASET) == []
    releases.publish(catalogued, "dos", "datos", OLD)
    assert len(behind(catalogued, Followed.DATASET)) == 1


def test_a_follow_outlives_a_change_of_slugs(catalogued: Store) -> None:
    follow = ask(catalogued, VIEW)
    catalogue.save_harvest(catalogued, harvest(entry("nuevo", part("z", identifier="a"), identifier="x")))
    with catalogued.read() as connection:
        found = follows.one(connection, follow.id)
    assert found is not None
    assert (found.target.dataset, found.target.resource, found.target.query) == ("nuevo", "z", "anio=2024")


def test_followers_of_a_thread_are_told_once_each(catalogued: Store) -> None:
    folio = open_thread(catalogued, post(1), NOW).folio
    target = Target(Followed.THREAD, folio=folio)
    for email in ("ana@example.mx", "eva@example.mx"):
        confirm(catalogued, ask(catalogued, target, email))
    ask(catalogued, target, "nadie@example.mx")
    with catalogued.read() as connection:
        assert sorted(f.email for f in follows.of_thread(connection, folio)) == ["ana@example.mx", "eva@example.mx"]


def test_ending_a_follow_deletes_the_address(catalogued: Store) -> None:
    follow = ask(catalogued, DATASET)
    for _ in range(2):
        with catalogued.write() as connection:
            follows.end(connection, follow.id)
    assert follows.by_email(catalogued, "ana@example.mx") == ()
    assert confirm(catalogued, follow) is None


def test_the_id_of_an_ended_follow_is_never_another_s(catalogued: Store) -> None:
    ended = ask(catalogued, DATASET)
    with catalogued.write() as connection:
        follows.end(connection, ended.id)
    assert ask(catalogued, DATASET, "eva@example.mx").id > ended.id


def test_unconfirmed_follows_are_forgotten_after_seven_days_and_confirmed_ones_are_not(catalogued: Store) -> None:
    confirm(catalogued, ask(catalogued, DATASET))
    ask(catalogued, VIEW)
    assert forget_unconfirmed(catalogued, NOW + timedelta(days=6, hours=23)) == 0
    assert forget_unconfirmed(catalogued, NOW + timedelta(days=7, hours=1)) == 1
    assert [f.target for f in follows.by_email(catalogued, "ana@example.mx")] == [DATASET]


def test_an_address_can_be_forgotten_everywhere(catalogued: Store) -> None:
    for target in (VIEW, DATASET):
        ask(catalogued, target)
    with catalogued.write() as connection:
        assert follows.forget(connection, "ana@example.mx") == 2
    assert follows.by_email(catalogued, "ana@example.mx") == ()


@pytest.mark.parametrize(
    "target",
    [
        Target(Followed.THREAD, folio="VEN-2026-999999"),
        Target(Followed.DATASET, dataset="tres"),
        Target(Followed.VIEW, dataset="uno", resource="zeta"),
    ],
)
def test_what_is_not_there_cannot_be_followed(catalogued: Store, target: Target) -> None:
    with pytest.raises(NotFound):
        ask(catalogued, target)
