"""What the figures are told beyond the table: titles, source, names of places and their outlines."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from config import Settings
from figures.drawing import Caption, Chart
from figures.formats import day
from model.chart import MAPPED
from model.table import Cell
from portal.answer import Question
from portal.territory import LEVELS, names_for, outlines
from query.bins import bin_edges
from query.choose import measures_level
from query.grammar import bins_of
from query.labels import shared_figure
from query.words import row_words

MEXICO = ZoneInfo("America/Mexico_City")


def caption(
    question: Question,
    settings: Settings,
    chart: Chart | None,
    unpopulated: int = 0,
    whole: Cell = None,
    unplaced: int = 0,
) -> Caption:
    """The words around the drawing of a question. `whole` is the figure of all groups together, where it is not their
    sum; `unpopulated` counts rows whose rate lacks a population, `unplaced` rows of the answer that are of no place.
    """
    view, words, folder = question.view, question.words, settings.territories
    levels: dict[str, Any] = {level: known.geojson for level in LEVELS.values() if (known := outlines(level, folder))}
    return Caption(
        title=words.title,
        subtitle=" · ".join(part for part in (words.subtitle, words.rate) if part),
        source=_source(question),
        url=_address(question, settings.base_url),
        labels={p.column.name: p.column.title for p in question.profile.columns},
        values=names_for(question, folder),
        outlines=levels if chart is not None and chart.mode == MAPPED else None,
        lang=view.lang,
        notes=tuple(note for note in (*_notes(question, unpopulated), words.denominator) if note),
        total=whole,
        edges=_edges(question),
        figure=shared_figure(view.measures, view.lang),
        rows=row_words(question.profile, view.lang),
        summable=not any(measures_level(m, question.profile) for m in view.measures),
        unmatched=unplaced,
    )


def _edges(question: Question) -> tuple[float, ...]:
    """The edges of the intervals of a histogram, () where the view has none."""
    group = next((g for g in question.view.groups if bins_of(g.by)), None)
    profile = question.profile.profile(group.column) if group else None
    return bin_edges(profile, bins_of(group.by)) if group and profile else ()


def _address(question: Question, base_url: str) -> str:
    """Where the data stands, short enough to be read under a drawing, and the version that was drawn."""
    view = question.view
    version = "version" if view.lang == "en" else "versión"
    return f"{base_url}/explora/{view.dataset}/{view.resource} · {version} {question.manifest.version}"


def _source(question: Question) -> str:
    agency = question.dataset.agency
    parts = [agency.acronym or agency.name, question.dataset.title]
    parts.append(day(question.release.published.astimezone(MEXICO).date(), question.view.lang))
    return ", ".join(parts)


def _notes(question: Question, unpopulated: int) -> tuple[str, ...]:
    if not unpopulated:
        return ()
    if question.view.lang == "en":
        return (f"{unpopulated} without a declared population are left out.",)
    return (f"{unpopulated} sin población declarada quedan fuera.",)
