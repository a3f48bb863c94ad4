"""What the figures are told beyond the table: titles, source, names of places and their outlines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from figures.drawing import Caption
from figures.formats import day
from model.view import PLACES
from portal.answer import Question
from portal.territory import LEVELS, outlines, place_names
from query.address import address


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
