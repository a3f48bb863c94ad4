"""Lines over time: gaps stay gaps, and few lines are named where they end."""

from __future__ import annotations

from dataclasses import replace

from figures import examples, plotly_traces, vega_lines
from figures.drawing import Caption, Chart, Drawing, Form, Size, Spec
from figures.lines import draw_lines
from figures.plotly_figure import figure
from figures.timeline import complete_over_time, time_question
from figures.vega_plot import cartesian
from model.chart import Choices, Suggestion
from model.table import Table
from model.view import View

FORM = Form("line", "Gráfica de líneas", "Line chart")
FEW_LINES = 6


def complete(view: View, choose: Choices) -> View:
    """A time and, beside it, what was there; BadRequest without a time."""
    return complete_over_time(view, choose)


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """Three periods or more; columns that measure one thing in several places are drawn together."""
    periods, time = choose.periods(), choose.time()
    if time is None or periods < 3:
        return ()
    score = 41 if choose.has_spells() else 90 if periods >= 6 else 60
    alike = choose.sisters(FEW_LINES)
    if alike:
        measures = tuple(choose.figure(p, time) for p in alike)
        return (Suggestion(score, replace(bare, groups=(time,), measures=measures)),)
    groups = (time, *choose.kinds(FEW_LINES))
    return (Suggestion(score, replace(bare, groups=groups, measures=(choose.measure(time),))),)


def question(view: View) -> View:
    """All periods, in order."""
    return time_question(view)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; BadRequest without a first axis or a figure."""
    return draw_lines(FORM, question(view), table, caption)


def plotly(drawing: Drawing) -> Spec:
    """A plotly figure."""
    return figure(drawing, plotly_traces.lines)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return cartesian(drawing, size, vega_lines.LINES)


def example() -> tuple[View, Table, Caption]:
    """Monthly homicides of four states, one month missing in one of them."""
    return examples.months(View("homicidios", "por-mes", chart=FORM.name))


CHART = Chart(
    name=FORM.name,
    label="Líneas",
    order=20,
    icon="M3 18l6-7 4 4 8-10",
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
