"""A drawing holds no more than its picture can be made of in seconds, and says what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from figures.charts import area, bar, line, points, scatter
from figures.describe import describe
from figures.drawing import Caption, Chart, Drawing
from figures.limits import MOST_MARKS, MOST_SERIES
from figures.split import MOST_PANELS, OTHERS
from model.errors import BadRequest
from model.table import Cell, Column, ColumnType, Role, Table
from model.view import Group, Measure, View
from tests.figures.drawer import marks, plotly, vega

YEAR = Column("anio", ColumnType.INTEGER, Role.TIME, "Año")
ROUTE = Column("ruta", ColumnType.TEXT, Role.CATEGORY, "Ruta")
MONTH = Column("mes", ColumnType.TEXT, Role.CATEGORY, "Mes")
MEAN = Column("avg:v", ColumnType.NUMBER, Role.MEASURE, "Promedio")
COUNT = Column("count", ColumnType.INTEGER, Role.MEASURE, "Registros")
CAPTION = Caption("Viajes por año")
LEFT_OUT = "Se dibujan 40 de 3,000 series; las otras 2,960 están en la tabla."


def wide(chart: Chart, years: int, measure: Measure, routes: int = 3000, panels: int = MOST_PANELS) -> Drawing:
    """Routes, each in every panel, over some years."""
    view = View(
        "d",
        "r",
        groups=(Group("anio"), Group("ruta"), Group("mes")),
        measures=(measure,),
        chart=chart.name,
        color="ruta",
        facet="mes",
    )
    rows = tuple(_rows(years, routes, panels))
    figure = COUNT if measure.function == "count" else MEAN
    return chart.draw(view, Table((YEAR, ROUTE, MONTH, figure), rows, len(rows)), CAPTION)


def _rows(years: int, routes: int, panels: int) -> Iterator[tuple[Cell, ...]]:
    for route in range(routes):
        for panel in range(panels):
            for year in range(years):
                yield (2000 + year, f"Ruta {route:04}", f"Mes {panel:02}", routes - route)


def held(drawing: Drawing) -> int:
    return sum(1 for one in drawing.series for y in one.y if y is not None)


@pytest.mark.parametrize("chart", [line.CHART, area.CHART, bar.CHART])
def test_of_thousands_of_series_in_many_panels_no_more_is_drawn_than_a_picture_can_hold(chart: Chart) -> None:
    drawing = wide(chart, 2, Measure("avg", "v"))
    assert len(drawing.panels) == MOST_PANELS
    assert len({s.key for s in drawing.series}) == MOST_SERIES
    assert len(drawing.series) <= MOST_SERIES * MOST_PANELS
    assert held(drawing) <= MOST_MARKS
    assert LEFT_OUT in drawing.notes
    assert LEFT_OUT in describe(drawing)
    assert len(plotly(drawing)["data"]) <= MOST_SERIES * MOST_PANELS + MOST_PANELS
    assert sum(1 for _ in marks(vega(drawing), "group")) <= 3 * MOST_SERIES * MOST_PANELS


def test_the_series_drawn_are_those_with_the_highest_figures_and_those_that_are_stressed() -> None:
    drawing = wide(line.CHART, 2, Measure("avg", "v"), panels=1)
    assert {s.label for s in drawing.series} == {f"Ruta {i:04}" for i in range(MOST_SERIES)}
    view, rows = _asked("Ruta 2999"), tuple(_rows(2, 3000, 1))
    stressed = line.draw(view, Table((YEAR, ROUTE, MONTH, MEAN), rows, len(rows)), CAPTION)
    assert stressed.highlight == ("Ruta 2999",)
    assert len({s.key for s in stressed.series}) == MOST_SERIES


def _asked(route: str) -> View:
    groups = (Group("anio"), Group("ruta"), Group("mes"))
    view = View("d", "r", groups=groups, measures=(Measure("avg", "v"),), chart="line", color="ruta", facet="mes")
    return replace(view, highlight=(route,))


def test_few_series_of_many_points_are_fewer_still() -> None:
    drawing = wide(line.CHART, 400, Measure("avg", "v"), routes=12)
    assert len({s.key for s in drawing.series}) == MOST_MARKS // (400 * MOST_PANELS)
    assert "Se dibujan 4 de 12 series; las otras 8 están en la tabla." in drawing.notes


def test_counted_areas_are_drawn_whole_their_small_layers_together() -> None:
    drawing = wide(area.CHART, 2, Measure("count"))
    assert len({s.key for s in drawing.series}) == area.MOST_LAYERS
    assert sum(y or 0 for s in drawing.series for y in s.y) == 2 * MOST_PANELS * sum(range(1, 3001))


@pytest.mark.parametrize("chart", [line.CHART, area.CHART])
def test_series_of_one_point_each_are_no_lines(chart: Chart) -> None:
    with pytest.raises(BadRequest, match=r"3,000 valores y cada uno un solo punto.*Quite el color"):
        wide(chart, 1, Measure("avg", "v"), panels=1)


def test_where_not_two_series_fit_the_way_out_is_said() -> None:
    with pytest.raises(BadRequest, match="quite «Ruta», agrupe por periodos más largos"):
        wide(line.CHART, 900, Measure("avg", "v"), routes=3)


def test_points_of_too_many_colours_are_all_drawn_the_rare_ones_as_others() -> None:
    columns = (Column("a", ColumnType.NUMBER, Role.MEASURE), Column("b", ColumnType.NUMBER, Role.MEASURE), ROUTE)
    rows = tuple((float(i), float(i % 7), f"Ruta {i % 1000:04}") for i in range(4000))
    view = View("d", "r", columns=("a", "b", "ruta"), chart="scatter", x="a", y="b", color="ruta")
    drawing = scatter.draw(view, Table(columns, rows, len(rows)), CAPTION)
    assert len(drawing.series) == MOST_SERIES
    assert held(drawing) == 4000
    (rest,) = (s for s in drawing.series if s.key == OTHERS)
    assert rest.label == "Otros 961"
    assert rest.texts[0].startswith("Ruta 0039")


def test_a_map_of_points_of_too_many_colours_has_all_its_points() -> None:
    view, table, caption = points.example()
    place = [table.index(c.name) for c in table.columns if c.role in (Role.LATITUDE, Role.LONGITUDE)]
    rows = tuple((*(table.rows[0][i] for i in place), f"Ruta {n:04}") for n in range(500))
    columns = (*(table.columns[i] for i in place), ROUTE)
    asked = replace(view, columns=tuple(c.name for c in columns), color="ruta")
    drawing = points.draw(asked, Table(columns, rows, len(rows)), caption)
    assert len(drawing.series) == MOST_SERIES
    assert held(drawing) == 500
    assert drawing.series[-1].label == "Otros 461"
