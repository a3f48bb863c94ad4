"""Search over titles, words, columns and category values: folded, stemmed, and forgiving of misspellings."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from types import MappingProxyType

import snowballstemmer
from rapidfuzz import fuzz, process

from model.dataset import Dataset
from model.spelling import fold
from model.version import Manifest
from portal.synonyms import SYNONYMS

WEIGHTS = MappingProxyType(
    {
        "title": 10.0,
        "keywords": 6.0,
        "agency": 4.0,
        "resources": 3.0,
        "description": 2.0,
        "columns": 2.0,
        "cells": 1.0,
    }
)
# fmt: off
STOPWORDS = frozenset((
    "a", "al", "como", "con", "cual", "cuantos", "datos", "de", "del", "desde", "donde", "el", "en", "entre", "es",
    "esta", "este", "hay", "la", "las", "lo", "los", "mas", "mi", "mis", "o", "para", "por", "que", "se", "sin",
    "sobre", "su", "sus", "un", "una", "y",
))
# fmt: on
LENGTHS_APART = 2  # letters by which a misspelt word may be longer or shorter
NEAR = 78.0  # of 100: how alike a word must be to stand for a misspelt one
CELLS_PER_COLUMN = 200
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Hits:
    """Dataset slugs, best first; `corrected` is the text searched instead, where the words as typed found nothing."""

    slugs: tuple[str, ...]
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """A full-text index in memory; safe to ask from several threads."""

    _db: sqlite3.Connection
    _lock: Lock
    _vocabulary: tuple[str, ...]

    def search(self, text: str) -> Hits:
        """The datasets that hold all of the words, else words that begin so, else some, else words like them."""
        words = _words(text)[:MOST_WORDS]
        if not words:
            return Hits(())
        for whole in (True, False):
            if found := self._match(words, " AND ", whole=whole):
                return Hits(found)
        nearest = [self._nearest(word) for word in words]
        if all(nearest) and (found := self._match(nearest, " AND ")):
            return Hits(found, " ".join(nearest))
        if found := self._most(words):
            return Hits(found)
        known = [word or typed for word, typed in zip(nearest, words, strict=True)]
        found = self._most(known)
        return Hits(found, " ".join(word for word in nearest if word) if found else "")

    def _most(self, words: list[str]) -> tuple[str, ...]:
        """The datasets that hold more than half of the words: one word of two says too little."""
        held = Counter(slug for word in words for slug in self._match([word], " OR "))
        return tuple(slug for slug in self._match(words, " OR ") if 2 * held[slug] > len(words))

    def _nearest(self, word: str) -> str:
        alike = [term for term in self._vocabulary if abs(len(term) - len(word)) <= LENGTHS_APART]
        best = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=NEAR)
        return str(best[0]) if best else ""

    def _match(self, words: Iterable[str], join: str, *, whole: bool = False) -> tuple[str, ...]:
        """`whole` words only, so that «agua» is not found in Aguascalientes; else words that begin so too."""
        question = join.join(
            _any([_stem(w)] if whole else [f"{q}*" for q in sorted(_forms(w))], _SYNONYMS.get(_stem(w), ()))
            for w in words
        )
        if not question:
            return ()
        weights = ", ".join(str(w) for w in (0.0, *WEIGHTS.values()))
        sql = f"SELECT slug FROM pages WHERE pages MATCH ? ORDER BY bm25(pages, {weights}), slug"  # noqa: S608
        with self._lock:
            return tuple(row[0] for row in self._db.execute(sql, (question,)))


def build_index(entries: Iterable[tuple[Dataset, Collection[Manifest]]]) -> Index:
    """The index of these datasets with what their loaded files hold."""
    db = sqlite3.connect(":memory:", check_same_thread=False)
    columns = ", ".join(WEIGHTS)
    db.execute(f"CREATE VIRTUAL TABLE pages USING fts5(slug UNINDEXED, {columns})")
    for dataset, manifests in entries:
        texts = _texts(dataset, manifests)
        row = (dataset.slug, *(" ".join(_indexed(texts[name])) for name in WEIGHTS))
        db.execute(f"INSERT INTO pages VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(pages, row)")
    terms = tuple(row[0] for row in db.execute("SELECT term FROM vocabulary WHERE length(term) > 3"))
    return Index(db, Lock(), terms)


def _texts(dataset: Dataset, manifests: Collection[Manifest]) -> dict[str, str]:
    profiles = [p for m in manifests for t in m.tables for p in t.columns]
    return {
        "title": dataset.title,
        "keywords": " ".join((*dataset.keywords, *dataset.themes)),
        "agency": f"{dataset.agency.name} {dataset.agency.acronym}",
        "resources": " ".join(f"{r.title} {r.description}" for r in dataset.resources),
        "description": f"{dataset.description} {dataset.spatial}",
        "columns": " ".join(f"{p.column.name} {p.column.label}" for p in profiles),
        "cells": " ".join(
            value for p in profiles if not p.column.type.numeric for value, _ in p.top[:CELLS_PER_COLUMN]
        ),
    }


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a text that say something, in its order."""
    return tuple(_stem(word) for word in _words(text))


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"[a-z0-9]+", fold(text)) if w not in STOPWORDS]


def _indexed(text: str) -> Iterable[str]:
    return (form for word in _words(text) for form in sorted(_forms(word)))


def _forms(word: str) -> frozenset[str]:
    """The word and its stem: plurals and endings meet in the stem."""
    return frozenset((word, _stem(word)))


def _any(forms: Iterable[str], synonyms: Iterable[str]) -> str:
    return f"({' OR '.join((*forms, *synonyms))})"


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(snowballstemmer.stemmer("spanish").stemWord(word))


_SYNONYMS = MappingProxyType(
    {_stem(fold(word)): tuple(_stem(fold(other)) for other in others) for word, others in SYNONYMS.items()}
)
