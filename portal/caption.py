"""What the figures are told beyond the table: titles, source, names of places and their outlines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from data_loaders.territories import Level, Outlines, read_outlines
from figures.drawing import Caption
from figures.formats import day
from model.view import PLACES
from portal.answer import Question
from query.address import address

LEVELS: Mapping[str, Level] = {"_entidad": "entidad", "_municipio": "municipio"}


@lru_cache(maxsize=8)
def outlines(level: Level, folder: Path | None) -> Outlines | None:
    """The outlines of a level, read once per process; None where the operator gave none."""
    return read_outlines(level, folder)


def place_names(folder: Path | None) -> Mapping[str, Mapping[str, str]]:
    """Names by key, for each place column whose outlines are there."""
    found = {place: outlines(level, folder) for place, level in LEVELS.items()}
    return {place: dict(known.names()) for place, known in found.items() if known}


def caption(question: Question, folder: Path | None, unpopulated: int = 0) -> Caption:
    """The words around the drawing of a question; `folder` holds the operator's outlines."""
    view, words = question.view, question.words
    levels: dict[str, Any] = {level: known.geojson for level in LEVELS.values() if (known := outlines(level, folder))}
    mapped = view.chart in ("map", "points")
    return Caption(
        title=words.title,
        subtitle=" · ".join((words.subtitle, words.denominator) if words.denominator else (words.subtitle,)),
        source=_source(question),
        url=address(view),
        labels={p.column.name: p.column.title for p in question.profile.columns},
        values=place_names(folder),
        outlines=levels if mapped else None,
        lang=view.lang,
        notes=_notes(question, unpopulated),
        unmatched=question.profile.unmatched if any(g.column in PLACES for g in view.groups) else 0,
    )


def _source(question: Question) -> str:
    agency = question.dataset.agency
    parts = [agency.acronym or agency.name, question.dataset.title]
    if question.dataset.modified:
        parts.append(day(question.dataset.modified, question.view.lang))
    return ", ".join(parts)


def _notes(question: Question, unpopulated: int) -> tuple[str, ...]:
    if not unpopulated:
        return ()
    if question.view.lang == "en":
        return (f"{unpopulated} without a declared population are left out.",)
    return (f"{unpopulated} sin población declarada quedan fuera.",)
