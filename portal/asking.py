"""From a question to its answer: compile, run, draw. Nobody else runs a query."""

from __future__ import annotations

import time
from dataclasses import replace

from figures.reading import ADDITIVE
from model.table import Cell, Table
from model.view import View
from portal.answer import Answer, Question
from portal.caption import caption
from portal.portal import Portal, charts
from query.compile import POPULATION, compile_view

PAGE_ROWS = 100
CHART_ROWS = 5_000


def ask(portal: Portal, view: View, *, rows: int = 0, draw: bool = True) -> Answer:
    """The answer to `view`. `rows` > 0 asks for that many from the first, whatever page the view names.

    Without `draw` the answer is the view's own page of rows, with no drawing. Raises the errors of `Portal.question`,
    and TooSlow past the time limit of the settings.
    """
    return answer(portal, portal.question(view), rows=rows, draw=draw)


def answer(portal: Portal, question: Question, *, rows: int = 0, draw: bool = True) -> Answer:
    """The answer to a question already made canonical."""
    view = question.view
    chart = charts().get(view.chart) if draw and not rows else None
    if chart is None:
        asked = replace(view, page=1, size=rows) if rows else view
        return Answer(question, _table(portal, question, asked, asked.size or PAGE_ROWS), None)
    asked = chart.question(view)
    table = _table(portal, question, asked, asked.size or CHART_ROWS)
    words = caption(question, portal.settings, table.unpopulated, _national(portal, question, asked))
    return Answer(question, table, chart.draw(view, table, words))


def _national(portal: Portal, question: Question, asked: View) -> Cell:
    """The figure of all places together, where adding up those of the map would be wrong (averages, rates)."""
    measure = asked.measures[0] if asked.measures else None
    if asked.chart != "map" or measure is None or (measure.function in ADDITIVE and measure.ratio != "rate"):
        return None
    whole = replace(asked, groups=(), measures=(measure,), sort=(), size=1)
    return _table(portal, question, whole, 1).rows[0][0]


def _table(portal: Portal, question: Question, view: View, limit: int) -> Table:
    """The asked page of rows with the exact total; of a rate's denominators only the count of missing ones stays."""
    started = time.perf_counter()
    compiled = compile_view(view, portal.schema(question.manifest), limit)
    seconds = portal.settings.query_seconds
    rows = portal.engine.run(compiled.rows, seconds)
    truncated = len(rows) > compiled.size
    skipped = (view.page - 1) * compiled.size
    rated = compiled.rows.columns[-1].name == POPULATION
    total, missing = skipped + len(rows), 0
    if truncated or rated or (skipped and not rows):
        total, missing = _counted(portal.engine.run(compiled.total, seconds)[0])
    columns, kept = compiled.rows.columns, rows[: compiled.size]
    if rated:
        columns, kept = columns[:-1], tuple(row[:-1] for row in kept)
    elapsed = (time.perf_counter() - started) * 1000
    return Table(columns, kept, total, truncated, elapsed, missing)


def _counted(row: tuple[Cell, ...]) -> tuple[int, int]:
    total, missing = (*row, 0)[:2]
    return int(str(total)), int(str(missing))
