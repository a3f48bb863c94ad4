"""Search finds what people mean."""

from __future__ import annotations

import tomllib

import pytest

from config import ROOT
from portal.catalogue import find
from portal.portal import get_portal
from tests.conftest import Loaded

JUDGED = tomllib.loads((ROOT / "tests" / "catalog" / "judged_queries.toml").read_text())["query"]
ENOUGH = 27


def first_three(site: Loaded, text: str) -> list[str]:
    with site.app.app_context():
        return [d.slug for d in find(get_portal(), text, {}).datasets[:3]]


def test_the_right_dataset_is_among_the_first_three_for_nearly_all_judged_queries(site: Loaded) -> None:
    missed = [q["text"] for q in JUDGED if q["expected"] not in first_three(site, q["text"])]
    assert len(JUDGED) == 30
    assert len(JUDGED) - len(missed) >= ENOUGH, missed


@pytest.mark.parametrize("text", ["HOMICIDIOS", "homicidio", "homicídios", "omicidios"])
def test_case_number_accents_and_a_slip_do_not_matter(site: Loaded, text: str) -> None:
    assert first_three(site, text)[0] == "homicidios-por-entidad"


def test_a_misspelt_search_says_what_was_searched_instead(site: Loaded) -> None:
    with site.app.app_context():
        assert find(get_portal(), "omicidios", {}).corrected.startswith("homicidio")


def test_nothing_is_found_for_words_that_are_nowhere(site: Loaded) -> None:
    assert first_three(site, "xyzzyq wwwkkk") == []


def test_a_facet_narrows_and_its_counts_add_up(site: Loaded) -> None:
    with site.app.app_context():
        everything = find(get_portal(), "", {})
        agencies = {v.value: v.count for v in everything.facets["dependencia"]}
        narrowed = find(get_portal(), "", {"dependencia": "inegi"})
    assert sum(agencies.values()) == len(everything.datasets)
    assert len(narrowed.datasets) == agencies["inegi"]
    assert {d.agency.slug for d in narrowed.datasets} == {"inegi"}


def test_a_whole_word_is_not_found_in_a_longer_one(site: Loaded) -> None:
    with site.app.app_context():
        found = [d.slug for d in find(get_portal(), "agua", {}).datasets]
    assert "presas-principales" in found
    assert "remesas-por-entidad" not in found


def test_the_beginning_of_a_word_is_enough(site: Loaded) -> None:
    assert first_three(site, "homici")[0] == "homicidios-por-entidad"


def test_everyday_words_find_what_the_data_call_otherwise(site: Loaded) -> None:
    assert first_three(site, "asesinatos")[0] == "homicidios-por-entidad"


def test_one_word_of_two_is_not_enough(site: Loaded) -> None:
    assert first_three(site, "secretaria de qwertzu") == []
