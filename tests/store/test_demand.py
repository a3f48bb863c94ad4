"""Counts of what people look for, on both stores."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from model.demand import What, Wish, Wished
from store import demand
from store.database import Store

DAY = date(2026, 11, 20)
WATER = Wish(What.SEARCH, term="agua potable")
VIEW = Wish(What.VIEW, "homicidios", "serie")


def shown(store: Store, least: int = 5, since: date = date(2026, 1, 1)) -> dict[str, int]:
    found = demand.totals(store, since, date(2026, 12, 31), least)
    return {item.wish.term or item.wish.dataset: item.times for item in found}


def test_counts_of_several_processes_add_up(store: Store) -> None:
    batch = Counter({(DAY, WATER): 2, (DAY, VIEW): 1})
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: demand.add(store, batch), range(20)))
    assert shown(store) == {"agua potable": 40, "homicidios": 20}


def test_words_are_shown_from_five_occurrences_on(store: Store) -> None:
    demand.add(store, Counter({(DAY, WATER): 4, (DAY, VIEW): 1}))
    assert shown(store) == {"homicidios": 1}
    demand.add(store, Counter({(date(2026, 11, 21), WATER): 1}))
    assert shown(store) == {"homicidios": 1, "agua potable": 5}


def test_the_days_asked_for_are_the_days_counted(store: Store) -> None:
    demand.add(store, Counter({(DAY, VIEW): 3, (date(2025, 1, 5), VIEW): 7}))
    assert shown(store) == {"homicidios": 3}
    assert shown(store, since=date(2024, 1, 1)) == {"homicidios": 10}


def test_the_most_wanted_come_first(store: Store) -> None:
    demand.add(store, Counter({(DAY, Wish(What.VIEW, "a")): 1, (DAY, Wish(What.VIEW, "b")): 3}))
    found = demand.totals(store, DAY, DAY, 5)
    assert found == (Wished(Wish(What.VIEW, "b"), 3), Wished(Wish(What.VIEW, "a"), 1))


def test_a_hidden_term_is_never_shown_until_it_is_shown_again(store: Store) -> None:
    demand.add(store, Counter({(DAY, WATER): 9}))
    demand.hide(store, "agua potable", "insulto", datetime(2026, 11, 22, tzinfo=UTC))
    demand.hide(store, "agua potable", "insulto", datetime(2026, 11, 23, tzinfo=UTC))
    assert shown(store) == {}
    assert demand.months(store, DAY, 1) == ()
    demand.hide(store, "agua potable", "", datetime(2026, 11, 24, tzinfo=UTC))
    assert shown(store) == {"agua potable": 9}


def test_a_month_shows_words_that_were_common_in_it(store: Store) -> None:
    october = date(2026, 10, 31)
    demand.add(store, Counter({(DAY, WATER): 5, (october, WATER): 4, (october, VIEW): 1, (DAY, VIEW): 2}))
    found = [(row.month, row.wish.what, row.times) for row in demand.months(store, DAY, 5)]
    assert found == [
        (date(2026, 10, 1), What.VIEW, 1),
        (date(2026, 11, 1), What.SEARCH, 5),
        (date(2026, 11, 1), What.VIEW, 2),
    ]
    assert [row.times for row in demand.months(store, october, 5)] == [1]


def test_old_counts_and_rare_words_are_forgotten(store: Store) -> None:
    old, lately = date(2024, 1, 1), date(2026, 8, 1)
    rare = Wish(What.SEARCH, term="mi nombre")
    demand.add(
        store, Counter({(old, VIEW): 5, (lately, VIEW): 1, (lately, rare): 4, (DAY, WATER): 1, (lately, WATER): 9})
    )
    demand.clear(store, date(2024, 11, 1), date(2026, 8, 15), 5)
    assert shown(store, least=1, since=date(2020, 1, 1)) == {"homicidios": 1, "agua potable": 10}


def test_a_day_holds_a_bounded_number_of_different_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demand, "MOST_A_DAY", 3)
    words = Counter({(DAY, Wish(What.SEARCH, term=f"palabra {n}")): 1 for n in range(10)})
    demand.add(store, words)
    assert len(shown(store, least=1)) == 3
    demand.add(store, words)
    assert set(shown(store, least=1).values()) == {2}
    demand.add(store, Counter({(DAY, VIEW): 1}))
    assert shown(store)["homicidios"] == 1
