"""From a question to its answer: compile, run, draw. Nobody else runs a query."""

from __future__ import annotations

import time
from dataclasses import replace

from model.table import Cell, Table
from model.view import View
from portal.answer import Answer, Question
from portal.caption import caption
from portal.portal import Portal, charts
from query.compile import compile_view

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
    whole = _lone(portal, question, chart.whole(asked))
    unplaced = int(str(_lone(portal, question, chart.unplaced(asked, table)) or 0))
    words = caption(question, portal.settings, chart, table.unpopulated, whole, unplaced)
    return Answer(question, table, chart.draw(view, table, words))


def count_rows(portal: Portal, question: Question) -> int:
    """How many rows the view has in all its pages, without fetching them."""
    compiled = compile_view(question.view, portal.schema(question.manifest), 1)
    if compiled.known is not None:
        return compiled.known
    return int(str(portal.engine.run(compiled.total, portal.settings.query_seconds)[0][0]))


def _lone(portal: Portal, question: Question, asked: View | None) -> Cell:
    """The one figure that a chart asks for beside its answer; None where it asks for none."""
    return _table(portal, question, asked, 1).rows[0][0] if asked else None


def _table(portal: Portal, question: Question, view: View, limit: int) -> Table:
    """The asked page of rows with the exact total; of a rate's denominators only the count of missing ones stays."""
    started = time.perf_counter()
    compiled = compile_view(view, portal.schema(question.manifest), limit)
    seconds = portal.settings.query_seconds
    page = compiled.read(portal.engine.run(compiled.rows, seconds))
    total = page.total
    if total is None:
        total = int(str(portal.engine.run(compiled.total, seconds)[0][0]))
    elapsed = (time.perf_counter() - started) * 1000
    return Table(page.columns, page.rows, total, page.truncated, elapsed, page.missing)
