"""Small multiples: the same scales in every panel, as many as can be read, and both encoders of one mind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from figures.drawing import Drawing, Panel, Series
from figures.formats import moment_of
from figures.render import svg
from figures.split import MOST_IN_PANELS, MOST_PANELS
from model.table import Cell, Column, ColumnType, Role, Table
from model.view import Group, View
from tests.figures.drawer import CHARTS, marks, plotly, rows, vega, words

FACETED = sorted(name for name, chart in CHARTS.items() if chart.facets)
SEX = Column("sexo", ColumnType.TEXT, Role.CATEGORY, "Sexo")
LONG = "Organismos descentralizados de la administración pública y sus delegaciones en los municipios"


def faceted(name: str, values: tuple[str | None, ...] = ("Mujeres", "Hombres")) -> Drawing:
    """The chart's example, once for each value of one more column, its figures smaller each time."""
    chart = CHARTS[name]
    view, table, caption = chart.example()
    at = len(view.groups)
    spread: list[tuple[Cell, ...]] = []
    for number, value in enumerate(values):
        for row in table.rows:
            figures = tuple(_less(c, number, table.columns[at + i]) for i, c in enumerate(row[at:]))
            spread.append((*row[:at], value, *figures))
    columns = (*table.columns[:at], SEX, *table.columns[at:])
    groups = (*view.groups, Group("sexo")) if view.grouped else ()
    asked = replace(view, groups=groups, facet="sexo", columns=() if view.grouped else tuple(c.name for c in columns))
    return chart.draw(asked, Table(columns, tuple(spread), len(spread)), caption)


def _less(cell: Cell, number: int, column: Column) -> Cell:
    numeric = isinstance(cell, (int, float)) and not isinstance(cell, bool) and column.role is Role.MEASURE
    return float(str(cell)) / (number + 1) if numeric else cell


def panels(drawing: Drawing) -> Iterator[dict[str, Any]]:
    """The groups of a Vega specification that have scales: one a panel."""
    return (mark for mark in marks(vega(drawing), "group") if "scales" in mark)


def of(drawing: Drawing, panel: int) -> list[Series]:
    return [s for s in drawing.series if s.panel == panel]


@pytest.mark.parametrize("name", FACETED)
def test_each_value_has_its_panel_and_no_figure_is_in_two(name: str) -> None:
    drawing, alone = faceted(name), CHARTS[name].draw(*CHARTS[name].example())
    assert [p.label for p in drawing.panels] == ["Mujeres", "Hombres"]
    count = sum(y is not None for s in alone.series for y in s.y)
    for panel in range(2):
        assert sum(y is not None for s in of(drawing, panel) for y in s.y) == count


@pytest.mark.parametrize("name", FACETED)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_whole_name_of_every_panel_stands_in_the_picture(name: str, width: int) -> None:
    drawing = faceted(name, ("Mujeres", LONG))
    written = words(vega(drawing, width))
    assert "Mujeres" in written
    assert LONG in written
    root = ElementTree.fromstring(svg(vega(drawing, width)))
    assert root.get("width") == str(width)


@pytest.mark.parametrize("name", FACETED)
def test_more_panels_than_can_be_read_are_said_in_words(name: str) -> None:
    drawing = faceted(name, tuple(f"Valor {i:02}" for i in range(MOST_PANELS + 3)))
    assert len(drawing.panels) == MOST_PANELS
    assert max(s.panel for s in drawing.series) == MOST_PANELS - 1
    said = "Se dibujan 12 de 15 recuadros, uno por cada valor de «Sexo»; los otros 3 están en la tabla."
    assert said in drawing.notes
    json.dumps(plotly(drawing), allow_nan=False)


@pytest.mark.parametrize("name", [n for n in FACETED if n != "map"])
def test_all_panels_have_the_scales_of_the_drawing(name: str) -> None:
    drawing = faceted(name)
    layout = plotly(drawing)["layout"]
    domains = [list(drawing.x.domain), list(drawing.y.domain)]
    assert [[scale["domain"] for scale in panel["scales"]] for panel in panels(drawing)] == [domains, domains]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]
    names = [note["text"] for note in layout["annotations"]]
    assert {"<b>Mujeres</b>", "<b>Hombres</b>"} <= set(names)


def shown(drawing: Drawing, panel: int) -> list[list[dict[str, Any]]]:
    """The data of a panel in Vega."""
    return rows(list(panels(drawing))[panel])


def traces(drawing: Drawing, panel: int) -> list[dict[str, Any]]:
    axis = "x" if panel == 0 else f"x{panel + 1}"
    return [t for t in plotly(drawing)["data"] if t.get("xaxis") == axis]


@pytest.mark.parametrize("panel", [0, 1])
def test_both_encoders_show_the_same_boxes_in_a_panel(panel: int) -> None:
    drawing = faceted("box")
    *boxes, dots = traces(drawing, panel)
    data = shown(drawing, panel)[0]
    for row, trace in zip(data, boxes, strict=True):
        quantiles = [trace[k][0] for k in ("lowerfence", "q1", "median", "q3", "upperfence")]
        assert quantiles == [row[k] for k in ("q5", "q25", "q50", "q75", "q95")]
    assert dots["x"] == [row["q50"] for row in data] == list(of(drawing, panel)[0].y)


@pytest.mark.parametrize("panel", [0, 1])
def test_both_encoders_show_the_same_points_in_a_panel(panel: int) -> None:
    drawing = faceted("scatter")
    (trace,), data = traces(drawing, panel), shown(drawing, panel)[0]
    assert sorted((row["x"], row["y"]) for row in data) == sorted(zip(trace["x"], trace["y"], strict=True))
    assert len(data) == 10


@pytest.mark.parametrize("panel", [0, 1])
def test_both_encoders_show_the_same_cells_in_a_panel(panel: int) -> None:
    drawing = faceted("heatmap")
    (trace,) = traces(drawing, panel)
    data = shown(drawing, panel)[0]
    assert data
    for row in data:
        x, y = int(row["x"] + 0.5), int(row["y"] + 0.5)
        assert trace["customdata"][y][x] == row["value"]
        assert drawing.classes[trace["z"][y][x]].color == row["fill"]


@pytest.mark.parametrize("panel", [0, 1])
def test_both_encoders_show_the_same_lines_in_a_panel(panel: int) -> None:
    drawing = faceted("line")
    for series, trace in zip(of(drawing, panel), traces(drawing, panel), strict=True):
        assert trace["y"] == list(series.y)
        assert trace["x"] == [moment_of(x).isoformat() for x in series.x if x is not None]
    assert sorted(map(str, ([r["y"] for r in data] for data in shown(drawing, panel)))) == sorted(
        str(list(s.y)) for s in of(drawing, panel)
    )


def test_the_maps_of_the_page_and_of_the_image_colour_the_same_places() -> None:
    drawing = faceted("map")
    payload = plotly(drawing)
    assert payload["still"] is True
    assert [p["label"] for p in payload["panels"]] == ["Mujeres", "Hombres"]
    for panel, data in zip(payload["panels"], rows(vega(drawing)), strict=True):
        assert {r["key"]: (r["value"], r["fill"]) for r in data} == {
            key: (one["v"], one["color"]) for key, one in panel["values"].items()
        }
    assert payload["panels"][0]["values"]["11"]["text"] == ["Guanajuato", "3,148", "Lugar 1 de 10"]
    assert payload["panels"][1]["values"]["11"]["text"] == ["Guanajuato", "1,574", "Lugar 1 de 10"]
    assert payload["total"] is None
    assert payload["values"] == {}


def test_maps_without_outlines_become_bars_of_the_same_places() -> None:
    chart = CHARTS["map"]
    view, table, caption = chart.example()
    spread = tuple((key, sex, n) for key, n in table.rows for sex in ("Mujeres", "Hombres"))
    asked = replace(view, groups=(*view.groups, Group("sexo")), facet="sexo")
    answer = Table((table.columns[0], SEX, table.columns[1]), spread, len(spread))
    drawing = chart.draw(asked, answer, replace(caption, outlines=None))
    first, second = ([r["key"] for data in shown(drawing, p) for r in data] for p in (0, 1))
    assert first == second
    assert first[0] == "11"


@pytest.mark.parametrize("name", ["bar", "box"])
def test_lying_categories_are_fewer_in_each_of_several_panels(name: str) -> None:
    chart = CHARTS[name]
    kind = Column("tipo", ColumnType.TEXT, Role.CATEGORY, "Tipo")
    view, table, caption = chart.example()
    measures = table.columns[1:]
    spread = tuple(
        (f"Lugar {i:02}", sex, *(float(i + 1) for _ in measures)) for i in range(20) for sex in ("Mujeres", "Hombres")
    )
    asked = replace(
        View("d", "r", measures=view.measures), groups=(Group("tipo"), Group("sexo")), facet="sexo", sort=()
    )
    drawing = chart.draw(asked, Table((kind, SEX, *measures), spread, len(spread)), caption)
    assert len(drawing.y.categories) == MOST_IN_PANELS
    assert "Se muestran 12 de 20; los otros 8 están en la tabla." in drawing.notes


def test_a_drawing_without_a_facet_has_one_panel_without_a_name() -> None:
    for name in FACETED:
        assert CHARTS[name].draw(*CHARTS[name].example()).panels == (Panel(),)
