"""The contract of the drawer: every chart, both encoders, the same values, order, colours, domains and words."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from figures.describe import MOST_WORDS, describe
from figures.drawing import Drawing, Series
from figures.formats import moment_of
from figures.render import svg
from figures.ticks import ticks
from model.table import Table
from tests.figures.drawer import CARTESIAN, CHARTS, example, marks, plotly, rows, vega, words

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(CHARTS)


def lit(drawing: Drawing) -> list[Series]:
    """Series in the order in which Vega draws them: muted ones first."""
    if drawing.chart in ("line", "scatter", "points"):
        return sorted(drawing.series, key=lambda s: not s.muted)
    return list(drawing.series)


def numbers(values: list[Any]) -> list[float]:
    return [v for v in values if v is not None]


def test_the_drawer_holds_the_ten_charts_of_the_design() -> None:
    assert set(NAMES) == {*CARTESIAN, "treemap", "map", "points"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("form", "width"), [("plotly", 0), ("wide", 960), ("narrow", 360)])
def test_every_example_is_encoded_as_its_golden_file_says(name: str, form: str, width: int) -> None:
    drawing = example(name)
    spec = vega(drawing, width) if width else plotly(drawing)
    text = json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
    path = GOLDEN / f"{name}.{form}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [960, 360])
def test_every_example_renders_to_an_image_of_its_width_that_says_all_its_words(name: str, width: int) -> None:
    drawing = example(name)
    spec = vega(drawing, width)
    root = ElementTree.fromstring(svg(spec))
    text = "".join(root.itertext()).replace(" ", "")
    assert root.get("width") == str(width)
    assert root.get("height") == str(spec["height"])
    for phrase in (drawing.title, drawing.subtitle, drawing.source, drawing.url, *drawing.notes):
        assert phrase.replace(" ", "") in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [960, 360])
def test_no_text_of_an_example_leaves_the_image(name: str, width: int) -> None:
    spec = vega(example(name), width)
    for mark in spec["marks"]:
        if mark["type"] == "text":
            assert 0 <= mark["encode"]["enter"]["x"]["value"] <= width
            assert 0 <= mark["encode"]["enter"]["y"]["value"] <= spec["height"]
    foot = spec["marks"][-1]
    bottom = foot["encode"]["enter"]["y"]["value"]
    assert all(bottom + m["encode"]["enter"]["y"]["value"] <= spec["height"] for m in foot["marks"])


@pytest.mark.parametrize("name", NAMES)
def test_the_description_of_every_example_is_short_and_begins_with_the_kind(name: str) -> None:
    text = describe(example(name))
    assert 8 <= len(text.split()) <= MOST_WORDS
    assert vega(example(name))["description"] == text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_chart_draws_an_answer_without_rows_and_says_so(name: str, lang: str) -> None:
    chart = CHARTS[name]
    view, table, caption = chart.example()
    drawing = chart.draw(view, Table(table.columns, (), 0), replace(caption, lang=lang))
    assert ("There is nothing to draw." if lang == "en" else "No hay datos que dibujar.") in drawing.notes
    json.dumps(chart.plotly(drawing), allow_nan=False)
    assert svg(vega(drawing)).startswith("<svg ")


@pytest.mark.parametrize("name", NAMES)
def test_the_question_of_a_chart_asked_twice_is_the_same_question(name: str) -> None:
    chart = CHARTS[name]
    asked = chart.question(chart.example()[0])
    assert chart.question(asked) == asked
    assert asked.size > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_draws_the_same_from_the_asked_view_and_from_the_first_one(name: str) -> None:
    chart = CHARTS[name]
    view, table, caption = chart.example()
    assert chart.draw(chart.question(view), table, caption) == chart.draw(view, table, caption)


def test_both_encoders_show_the_same_bars() -> None:
    drawing = example("bar")
    (trace,), (data,) = plotly(drawing)["data"], rows(vega(drawing))
    assert [row["value"] for row in data] == trace["x"] == list(drawing.series[0].y)
    assert [row["fill"] for row in data] == trace["marker"]["color"]
    assert [row["key"] for row in data] == trace["customdata"]
    assert [row["at"] for row in data] == [y + trace["offset"] for y in trace["y"]]
    assert trace["text"][0] == "3,148"
    assert "3,148" in words(vega(drawing))
    assert plotly(drawing)["layout"]["yaxis"]["ticktext"][0] == "Guanajuato"
    assert "Guanajuato" in words(vega(drawing))


def test_both_encoders_show_the_same_lines_with_the_same_gap() -> None:
    drawing = example("line")
    lines = [m["from"] for m in marks(vega(drawing), "line")]
    data = rows(vega(drawing))[: len(lines)]
    for series, trace, points in zip(lit(drawing), plotly(drawing)["data"], data, strict=True):
        assert [row["y"] for row in points] == trace["y"] == list(series.y)
        assert [moment_of(row["x"]).isoformat() for row in points] == trace["x"]
        assert trace["line"]["color"] == series.color
    assert [line["encode"]["enter"]["stroke"]["value"] for line in marks(vega(drawing), "line")] == [
        s.color for s in lit(drawing)
    ]
    assert [s.y.count(None) for s in drawing.series] == [0, 0, 1, 0]


def test_both_encoders_stack_the_same_layers() -> None:
    drawing = example("area")
    for series, trace, points in zip(drawing.series, plotly(drawing)["data"], rows(vega(drawing)), strict=True):
        assert [row["y"] for row in points] == trace["customdata"] == list(series.y)
        assert [row["base"] for row in points] == list(series.base)
        assert trace["fillcolor"] == series.color
        tops = numbers(trace["y"])[: sum(v is not None for v in series.y)]
        assert max(tops) <= max(row["end"] for row in points)


def test_both_encoders_show_the_same_points() -> None:
    drawing = example("scatter")
    (trace,), (data,) = plotly(drawing)["data"], rows(vega(drawing))
    shown = sorted((row["x"], row["y"], row["fill"]) for row in data)
    assert shown == sorted(zip(trace["x"], trace["y"], trace["marker"]["color"], strict=True))
    assert {"Guanajuato", "Estado de México"} <= set(words(vega(drawing)))


def test_both_encoders_show_the_same_intervals() -> None:
    drawing = example("histogram")
    (trace,), (data,) = plotly(drawing)["data"], rows(vega(drawing))
    assert [row["value"] for row in data] == trace["y"]
    assert [[row["x"], row["x2"]] for row in data] == trace["customdata"]
    assert trace["y"][15] == 0


def test_both_encoders_show_the_same_boxes() -> None:
    drawing = example("box")
    *boxes, dots = plotly(drawing)["data"]
    data = rows(vega(drawing))[0]
    for row, box in zip(data, boxes, strict=True):
        quantiles = [box[k][0] for k in ("lowerfence", "q1", "median", "q3", "upperfence")]
        assert quantiles == [row[k] for k in ("q5", "q25", "q50", "q75", "q95")]
        assert box["customdata"] == [row["key"]]
    assert dots["x"] == [row["q50"] for row in data]


def test_both_encoders_show_the_same_cells_in_the_same_colours() -> None:
    drawing = example("heatmap")
    trace, *entries = plotly(drawing)["data"]
    for row in rows(vega(drawing))[0]:
        x, y = int(row["x"] + 0.5), int(row["y"] + 0.5)
        assert trace["customdata"][y][x] == row["value"]
        assert drawing.classes[trace["z"][y][x]].color == row["fill"]
    assert [e["marker"]["color"] for e in entries] == [c.color for c in drawing.classes]
    assert {entry["name"] for entry in entries} <= set(words(vega(drawing)))


def test_both_encoders_show_the_same_tiles() -> None:
    drawing = example("treemap")
    (trace,) = plotly(drawing)["data"]
    shown = {row["key"]: (row["value"], row["fill"]) for data in rows(vega(drawing)) for row in data}
    leaves = [i for i, parent in enumerate(trace["parents"]) if parent]
    assert {trace["customdata"][i]: (trace["values"][i], trace["marker"]["colors"][i]) for i in leaves} == shown
    tall = sum(row["w"] * row["h"] for data in rows(vega(drawing)) for row in data)
    assert tall > 0.8 * 916 * 330


def test_tiles_have_surfaces_in_proportion_to_their_figures() -> None:
    data = [row for data in rows(vega(example("treemap"))) for row in data if data]
    becas = next(r for r in data if r["key"] == "Becas")
    hospitals = next(r for r in data if r["key"] == "Hospitales")
    ratio = (becas["w"] * becas["h"]) / (hospitals["w"] * hospitals["h"])
    assert ratio == pytest.approx(84.2 / 57.9, rel=0.08)


def test_the_page_and_the_image_colour_the_same_places() -> None:
    drawing = example("map")
    payload, (data,) = plotly(drawing), rows(vega(drawing))
    assert {r["key"]: (r["value"], r["fill"]) for r in data} == {
        key: (one["v"], one["color"]) for key, one in payload["values"].items()
    }
    assert [c["label"] for c in payload["classes"]] == [
        w for w in words(vega(drawing)) if " a " in w and w[0].isdigit()
    ]


def test_the_page_and_the_image_show_the_same_number_of_points() -> None:
    drawing = example("points")
    assert len(plotly(drawing)["points"]) == 90
    assert sum(len(data) for data in rows(vega(drawing))[1:]) == 90


@pytest.mark.parametrize("name", [n for n in CARTESIAN if n != "heatmap"])
def test_both_encoders_have_the_same_domains(name: str) -> None:
    drawing = example(name)
    layout = plotly(drawing)["layout"]
    panel = next(m for m in marks(vega(drawing), "group") if "scales" in m)
    for scale, axis in zip(panel["scales"], (drawing.x, drawing.y), strict=True):
        assert scale["domain"] == list(axis.domain)
        span = layout[f"{scale['name']}axis"]["range"]
        if axis.type == "time":
            assert span == [moment_of(v).isoformat() for v in axis.domain]
        else:
            assert sorted(span) == sorted(axis.domain)


@pytest.mark.parametrize("name", CARTESIAN)
def test_the_labels_of_plotly_axes_are_those_that_the_axis_writes(name: str) -> None:
    drawing = example(name)
    layout = plotly(drawing)["layout"]
    for axis, key in ((drawing.x, "xaxis"), (drawing.y, "yaxis")):
        written = {" ".join(t.lines) for n in range(2, 60) for t in ticks(axis, n, drawing.lang, short=key == "xaxis")}
        assert {text.replace("<br>", " ") for text in layout[key]["ticktext"]} <= written
