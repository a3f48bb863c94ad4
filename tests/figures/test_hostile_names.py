"""Hostile names are shown as typed."""

from __future__ import annotations

import json

import pytest

from figures.charts import bar, heatmap, line, points, treemap
from figures.drawing import Caption, Size
from figures.render import svg
from model.table import Column, ColumnType, Role
from model.view import View
from tests.figures.drawer import HOSTILE
from tests.figures.test_maps import CAPTION, COUNT, KIND, YEAR, answer, by


@pytest.mark.parametrize("chart", [bar, line, treemap, heatmap])
def test_hostile_names_are_shown_as_typed(chart: object) -> None:
    rows = tuple((name, 2020 + i % 2, i + 1) for i, name in enumerate(HOSTILE))
    caption = Caption(HOSTILE[0] + HOSTILE[1], HOSTILE[2], HOSTILE[6], "https://x.mx/?a=<b>", notes=HOSTILE[:3])
    drawn = chart.draw(by("tipo", "anio"), answer((KIND, YEAR, COUNT), *rows), caption)  # type: ignore[attr-defined]
    image = svg(chart.vega(drawn, Size()))  # type: ignore[attr-defined]
    assert "<script" not in image
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in image
    figure = chart.plotly(drawn)  # type: ignore[attr-defined]
    shown = json.dumps([_texts(trace) for trace in figure["data"]] + [figure["layout"]], ensure_ascii=False)
    assert "<script" not in shown
    assert "<b>negrita" not in shown
    assert "hovertemplate" not in json.dumps(figure)
    assert "texttemplate" not in json.dumps(figure)


def _texts(trace: dict[str, object]) -> list[object]:
    return [trace.get(k) for k in ("name", "text", "hovertext", "labels", "legendgroup")]


def test_a_point_map_shows_hostile_names_as_typed() -> None:
    columns = (
        Column("n", ColumnType.TEXT, Role.TEXT, "<b>N</b>"),
        Column("a", ColumnType.NUMBER, Role.LATITUDE),
        Column("o", ColumnType.NUMBER, Role.LONGITUDE),
    )
    drawn = points.draw(View("d", "r"), answer(columns, ("<script>", 19.4, -99.1)), CAPTION)
    assert points.plotly(drawn)["points"] == [[19.4, -99.1, 0, "<script>", ["<script>"]]]
