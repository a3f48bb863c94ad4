"""The catalogue keeps identity apart from slugs, and loses nothing."""

from __future__ import annotations

import dataclasses

import pytest

from model.dataset import Harvest, Problem
from model.errors import Moved, NotFound
from store import catalogue
from store.database import Store
from tests.store.samples import NOW, entry, harvest, part


def test_a_harvest_comes_back_as_it_went_in(store: Store) -> None:
    given = harvest(entry("poblacion", part("entidades"), part("municipios")), entry("delitos"))
    assert catalogue.save_harvest(store, given, NOW) == given
    assert catalogue.datasets(store) == given.datasets


def test_the_same_harvest_twice_changes_nothing(store: Store) -> None:
    given = harvest(entry("poblacion"), entry("delitos"))
    catalogue.save_harvest(store, given)
    catalogue.save_harvest(store, given)
    assert catalogue.datasets(store, stale=True) == given.datasets


def test_a_new_title_moves_the_slug_and_the_old_one_redirects(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("poblacion", identifier="p1")))
    catalogue.save_harvest(store, harvest(entry("habitantes", identifier="p1")))
    assert [d.slug for d in catalogue.datasets(store)] == ["habitantes"]
    with pytest.raises(Moved) as moved:
        catalogue.dataset(store, "poblacion")
    assert moved.value.location == "/datos/habitantes"
    with pytest.raises(Moved) as moved:
        catalogue.resource(store, "poblacion", "datos")
    assert moved.value.location == "/explora/habitantes/datos"


def test_an_old_slug_of_a_resource_redirects(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("delitos", part("enero", identifier="r1"))))
    catalogue.save_harvest(store, harvest(entry("delitos", part("febrero", identifier="r1"))))
    with pytest.raises(Moved) as moved:
        catalogue.resource(store, "delitos", "enero")
    assert moved.value.location == "/explora/delitos/febrero"
    assert catalogue.resource(store, "delitos", "febrero")[1].identifier == "r1"


def test_a_title_changed_and_changed_back_has_its_first_slug_again(store: Store) -> None:
    for name in ("uno", "dos", "uno"):
        catalogue.save_harvest(store, harvest(entry(name, identifier="x")))
    assert catalogue.dataset(store, "uno").identifier == "x"
    with pytest.raises(Moved) as moved:
        catalogue.dataset(store, "dos")
    assert moved.value.location == "/datos/uno"


def test_a_newcomer_never_takes_a_slug_that_redirects(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno", identifier="x")))
    kept = catalogue.save_harvest(store, harvest(entry("dos", identifier="x"), entry("uno", identifier="y")))
    assert [d.slug for d in kept.datasets] == ["dos", "uno-2"]
    assert catalogue.datasets(store) == kept.datasets


def test_two_datasets_of_one_title_are_told_apart_and_keep_their_slugs_in_any_order(store: Store) -> None:
    first, second = entry("censo", identifier="a"), entry("censo", identifier="b")
    catalogue.save_harvest(store, harvest(first, second))
    catalogue.save_harvest(store, harvest(dataclasses.replace(second, slug="censo"), first))
    assert {d.identifier: d.slug for d in catalogue.datasets(store)} == {"a": "censo", "b": "censo-2"}


def test_two_titles_exchanged_at_once_keep_both_addresses_alive(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno", identifier="a"), entry("dos", identifier="b")))
    catalogue.save_harvest(store, harvest(entry("dos", identifier="a"), entry("uno", identifier="b")))
    slugs = {d.identifier: d.slug for d in catalogue.datasets(store)}
    assert slugs["a"] == "dos-2"
    assert len(set(slugs.values())) == 2
    for old in ("uno", "dos"):
        with pytest.raises(Moved):
            catalogue.dataset(store, old)


def test_a_dataset_that_a_later_harvest_lacks_is_stale_and_still_there(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno"), entry("dos")))
    catalogue.save_harvest(store, harvest(entry("dos")))
    assert [d.slug for d in catalogue.datasets(store)] == ["dos"]
    assert [(d.slug, d.stale) for d in catalogue.datasets(store, stale=True)] == [("dos", False), ("uno", True)]
    lost = catalogue.dataset(store, "uno")
    assert lost.stale
    assert [r.stale for r in lost.resources] == [True]


def test_a_stale_dataset_that_returns_is_fresh_again(store: Store) -> None:
    both = harvest(entry("uno"), entry("dos"))
    catalogue.save_harvest(store, both)
    catalogue.save_harvest(store, harvest(entry("dos")))
    catalogue.save_harvest(store, both)
    assert catalogue.datasets(store) == both.datasets


def test_a_resource_that_a_later_harvest_lacks_is_stale(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno", part("a"), part("b"))))
    catalogue.save_harvest(store, harvest(entry("uno", part("b"))))
    assert [r.slug for r in catalogue.datasets(store)[0].resources] == ["b"]
    assert [(r.slug, r.stale) for r in catalogue.dataset(store, "uno").resources] == [("b", False), ("a", True)]


def test_an_empty_catalogue_makes_everything_stale(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno")))
    catalogue.save_harvest(store, Harvest(()))
    assert catalogue.datasets(store) == ()


def test_a_source_out_of_order_makes_nothing_stale(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno")))
    broken = Problem("data.json", "El archivo no es JSON.")
    catalogue.save_harvest(store, Harvest((), (broken,)))
    assert [d.slug for d in catalogue.datasets(store)] == ["uno"]
    assert catalogue.problems(store) == (broken,)


def test_problems_are_those_of_the_last_harvest(store: Store) -> None:
    catalogue.save_harvest(store, Harvest((entry("uno"),), (Problem("2", "Sin título."), Problem("5", "Sin archivo."))))
    assert [p.where for p in catalogue.problems(store)] == ["2", "5"]
    catalogue.save_harvest(store, harvest(entry("uno")))
    assert catalogue.problems(store) == ()


def test_a_repeated_identifier_is_a_problem_and_the_first_entry_stays(store: Store) -> None:
    twice = harvest(entry("uno", part("a"), part("b", identifier="a"), identifier="x"), entry("dos", identifier="x"))
    catalogue.save_harvest(store, twice)
    assert [(d.slug, len(d.resources)) for d in catalogue.datasets(store)] == [("uno", 1)]
    assert len(catalogue.problems(store)) == 2


def test_hostile_text_in_a_catalogue_is_kept_without_harm(store: Store) -> None:
    nasty = entry(
        "uno", part("a", title="NUL \0 y \ud800"), title="Robert'); DROP TABLE datasets;--\0", identifier="\0"
    )
    catalogue.save_harvest(store, harvest(nasty, entry("largo", identifier="x" * 100_000)))
    catalogue.save_harvest(store, harvest(nasty, entry("largo", identifier="x" * 100_000)))
    assert [d.slug for d in catalogue.datasets(store, stale=True)] == ["uno", "largo"]


def test_unknown_slugs_are_not_found(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno")))
    with pytest.raises(NotFound):
        catalogue.dataset(store, "otro")
    with pytest.raises(NotFound):
        catalogue.resource(store, "uno", "otro")


def test_an_agency_is_found_by_its_slug(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno")))
    found = catalogue.agency(store, "inegi")
    assert found is not None
    assert found.acronym == "INEGI"
    assert catalogue.agency(store, "nadie") is None
    assert catalogue.dataset_agency(store, "uno") == "inegi"
