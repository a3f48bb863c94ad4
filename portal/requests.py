"""Data requests: the board, what is like a new one, and who is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz

from model.dataset import Dataset
from model.errors import StoreDown
from model.spelling import fold
from model.thread import AnswerType, Thread, ThreadState
from participation.kind import kind_named
from portal.catalogue import find
from portal.portal import Portal
from portal.search import stems
from portal.telling import title_of
from store import requests
from store.requests import KIND, Wanted
from store.thread_lists import Listed

PAGE = 20
PORTAL = "portal"  # in an address, for requests that are addressed to nobody else
ORDERS = MappingProxyType({"votos": "Más votos", "recientes": "Más recientes"})
STATES = MappingProxyType(
    {
        **{state.value: state.label for state in ThreadState},
        AnswerType.PUBLISHED.value: "publicada",
        AnswerType.REFUSED.value: "no procede",
    }
)
ALIKE = 72.0  # of 100: from here on a request may be the same
TITLE, TEXT = 1.0, 0.9  # how much words in the title and in the text count
MOST_ALIKE = 4
MOST_DATASETS = 3
SHORTEST = 4
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Alike:
    """What is there already: requests that may be the same, the most alike first, and datasets that may answer one."""

    requests: tuple[Thread, ...]
    datasets: tuple[Dataset, ...]

    @property
    def any(self) -> bool:
        return bool(self.requests or self.datasets)


@dataclass(frozen=True, slots=True)
class _Entry:
    thread: Thread
    title: str
    text: str


def board(portal: Portal, given: Mapping[str, str], page: int) -> Listed:
    """A page of PAGE public requests by `q` (words, accents aside), `dependencia`, `estado`, `formato`, `orden`.

    What is not known filters nothing. Raises StoreDown.
    """
    agency = given.get("dependencia", "")
    wanted = Wanted(
        agency=("" if agency == PORTAL else agency) if agency else None,
        state=given.get("estado", "") if given.get("estado") in STATES else "",
        format=given.get("formato", "") if given.get("formato") in formats() else "",
        words=tuple(fold(given.get("q", "")).split())[:MOST_WORDS],
    )
    return requests.listed(portal.store, wanted, by_votes=given.get("orden") != "recientes", page=page, size=PAGE)


def formats() -> Mapping[str, str]:
    """The formats that can be asked for, by value."""
    kind = kind_named(KIND)
    field = next((f for f in kind.fields if f.name == "formato"), None) if kind else None
    return dict(field.choices) if field else {}


def alike(portal: Portal, text: str) -> Alike:
    """What may be the same as a request for `text`; nothing for a few letters, or while the store is down."""
    asked = " ".join(stems(text))
    if len(asked) < SHORTEST:
        return Alike((), ())
    try:
        entries = _entries(portal, requests.stamp(portal.store))
    except StoreDown:
        entries = ()
    scored = [(_score(asked, entry), entry.thread) for entry in entries]
    best = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])[:MOST_ALIKE]
    return Alike(tuple(thread for _, thread in best), _published(portal, text, asked))


def agency_named(portal: Portal, name: str) -> str:
    """The slug of the agency with this name, acronym or slug, accents and capitals aside; "" for none."""
    wanted = " ".join(fold(name).split())
    if not wanted:
        return ""
    for agency in portal.snapshot.agencies():
        if wanted in (agency.slug, " ".join(fold(agency.name).split()), fold(agency.acronym)):
            return agency.slug
    return ""


@lru_cache(maxsize=2)
def _entries(portal: Portal, _stamp: tuple[int, int, datetime | None]) -> tuple[_Entry, ...]:
    """Every public request with its stems, read again only when one is added, hidden or answered."""
    return tuple(
        _Entry(thread, " ".join(stems(title_of(thread))), " ".join(stems(thread.question.text)))
        for thread in requests.newest(portal.store)
    )


def _score(asked: str, entry: _Entry) -> float:
    """How alike two requests are, 0 to 100; words of one that the other lacks count less than words they share."""
    return max(TITLE * _alike(asked, entry.title), TEXT * _alike(asked, entry.text))


def _alike(one: str, other: str) -> float:
    """One shared word among several is no likeness, though the shorter text may be all in the longer one."""
    words, others = set(one.split()), set(other.split())
    if len(words) > 1 and len(words & others) < 2 and fuzz.token_sort_ratio(one, other) < ALIKE:
        return 0.0
    return fuzz.token_set_ratio(one, other)


def _published(portal: Portal, text: str, asked: str) -> tuple[Dataset, ...]:
    """Datasets whose title holds most of the words."""
    found = find(portal, text, {}).datasets[: 3 * MOST_DATASETS]
    near = [d for d in found if _alike(asked, " ".join(stems(d.title))) >= ALIKE]
    return tuple(near[:MOST_DATASETS])
