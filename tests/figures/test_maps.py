"""What maps and the charts of distributions choose to draw."""

from __future__ import annotations

from dataclasses import replace

import pytest

from figures import theme
from figures.charts import area, bar, box, heatmap, histogram, points, scatter, treemap
from figures.charts import map as choropleth
from figures.drawing import Caption, Drawing, Size
from model.errors import BadRequest
from model.table import Cell, Column, ColumnType, Role, Table
from model.view import Filter, Group, Measure, View
from tests.figures.drawer import words

COUNT = Column("count", ColumnType.INTEGER, Role.MEASURE, "Registros")
KIND = Column("tipo", ColumnType.TEXT, Role.CATEGORY, "Tipo")
SEX = Column("sexo", ColumnType.TEXT, Role.CATEGORY, "Sexo")
YEAR = Column("anio", ColumnType.INTEGER, Role.TIME, "Año")
BASE = View("d", "r", measures=(Measure("count"),))
CAPTION = Caption("Título", lang="es")
TOWN = Column("_municipio", ColumnType.TEXT, Role.MUNICIPALITY, "Municipio")


def answer(columns: tuple[Column, ...], *rows: tuple[Cell, ...]) -> Table:
    return Table(columns, rows, len(rows))


def by(*names: str) -> View:
    return replace(BASE, groups=tuple(Group(n) for n in names))


def test_a_stack_with_an_unknown_part_has_no_total_there() -> None:
    rows = ((2020, "a", 1), (2020, "b", 5), (2021, "a", 2), (2022, "a", 3), (2022, "b", 5))
    view = replace(by("anio", "tipo"), measures=(Measure("sum", "v"),))
    drawn = area.draw(view, answer((YEAR, KIND, COUNT), *rows), CAPTION)
    assert [s.y for s in drawn.series] == [(5.0, None, 5.0), (1.0, None, 3.0)]
    counted = area.draw(by("anio", "tipo"), answer((YEAR, KIND, COUNT), *rows), CAPTION)
    assert [s.y for s in counted.series] == [(5.0, 0.0, 5.0), (1.0, 2.0, 3.0)]


def test_a_scatter_without_two_numbers_says_what_it_needs() -> None:
    with pytest.raises(BadRequest, match="dos columnas de números"):
        scatter.draw(View("d", "r"), answer((KIND, SEX), ("a", "b")), CAPTION)


def test_a_scatter_counts_the_points_that_it_leaves_out() -> None:
    view, table, caption = scatter.example()
    more = replace(table, rows=(*table.rows, ("20", None, 5)), total=9000)
    drawn = scatter.draw(view, more, caption)
    assert drawn.notes == ("Registros sin dato, que no se dibujan: 1.", "Se dibujan 10 de 9,000 registros.")


def test_a_histogram_asks_for_intervals_and_counts() -> None:
    asked = histogram.question(View("d", "r", x="precio"))
    assert asked.groups == (Group("precio", "bin20"),)
    assert asked.measures == (Measure("count"),)


def test_a_histogram_counts_nulls_apart() -> None:
    drawn = histogram.draw(*histogram.example())
    assert "Registros sin dato, que no se dibujan: 118." in drawn.notes
    assert sum(y or 0 for y in drawn.series[0].y) == 10072


def test_a_histogram_takes_the_edges_that_it_is_given() -> None:
    column = Column("p:bin4", ColumnType.NUMBER, Role.CATEGORY, "P")
    view = replace(BASE, groups=(Group("p", "bin4"),))
    drawn = histogram.draw(
        view, answer((column, COUNT), (0.0, 5)), replace(CAPTION, edges=(0.0, 10.0, 20.0, 30.0, 40.0))
    )
    assert drawn.x.domain == (0.0, 40.0)
    assert drawn.series[0].y == (5.0, 0.0, 0.0, 0.0)


def test_boxes_ask_for_the_five_quantiles_of_the_column_in_view() -> None:
    asked = box.question(replace(by("tipo"), measures=(Measure("avg", "precio"),)))
    assert [m.function for m in asked.measures] == ["q5", "q25", "median", "q75", "q95"]
    assert {m.column for m in asked.measures} == {"precio"}


def test_boxes_stand_from_the_highest_median() -> None:
    drawn = box.draw(*box.example())
    medians = [y for y in drawn.series[0].y if y is not None]
    assert medians == sorted(medians, reverse=True)


def test_a_heat_map_needs_two_groups() -> None:
    with pytest.raises(BadRequest, match="dos columnas"):
        heatmap.draw(by("tipo"), answer((KIND, COUNT), ("a", 1)), CAPTION)


def test_a_heat_map_puts_time_across() -> None:
    drawn = heatmap.draw(by("tipo", "anio"), answer((KIND, YEAR, COUNT), ("a", 2020, 1), ("b", 2021, 4)), CAPTION)
    assert [c.label for c in drawn.x.categories] == ["2020", "2021"]
    assert [c.label for c in drawn.y.categories] == ["b", "a"]
    assert drawn.series[0].z == (1.0, 4.0)


def test_a_treemap_refuses_what_does_not_add_up_and_counts_what_it_cannot_draw() -> None:
    with pytest.raises(BadRequest, match="suma o un conteo"):
        treemap.draw(replace(by("tipo"), measures=(Measure("avg", "v"),)), answer((KIND, COUNT), ("a", 1)), CAPTION)
    drawn = treemap.draw(by("tipo"), answer((KIND, COUNT), ("a", 1), ("b", -2), ("c", 0)), CAPTION)
    assert drawn.series[0].y == (1.0,)
    assert drawn.notes == ("Valores negativos o en cero, que no se dibujan: 2.",)


def test_the_map_asks_for_every_place_of_its_level() -> None:
    asked = choropleth.question(replace(by("tipo"), level="municipio"))
    assert asked.groups == (Group("_municipio"),)
    assert asked.size >= 2480


def test_the_map_ranks_places_and_knows_the_national_total() -> None:
    drawn = choropleth.draw(*choropleth.example())
    payload = choropleth.plotly(drawn)
    assert payload["values"]["11"]["rank"] == 1
    assert payload["values"]["11"]["text"] == ["Guanajuato", "3,148", "Lugar 1 de 10"]
    assert payload["total"] == {"v": 13317.0, "text": "Total nacional: 13,317"}
    assert payload["unmatched"] == 1


def test_an_average_has_no_national_total_unless_it_is_given() -> None:
    view, table, caption = choropleth.example()
    asked = replace(view, measures=(Measure("avg", "v"),))
    assert choropleth.plotly(choropleth.draw(asked, table, caption))["total"] is None
    given = choropleth.plotly(choropleth.draw(asked, table, replace(caption, total=7.5)))
    assert given["total"]["v"] == 7.5


@pytest.mark.parametrize("measure", [Measure("avg", "v"), Measure("median", "v"), Measure("sum", "v", "rate")])
def test_the_map_asks_for_the_same_measure_without_places_where_places_do_not_add_up(measure: Measure) -> None:
    view = replace(choropleth.example()[0], measures=(measure,))
    asked = choropleth.whole(choropleth.question(view))
    assert asked is not None
    assert (asked.groups, asked.measures, asked.filters) == ((), (measure,), view.filters)


@pytest.mark.parametrize("measure", [Measure("sum", "v"), Measure("count"), Measure("sum", "v", "share")])
def test_the_map_asks_for_nothing_more_where_places_add_up_or_are_parts(measure: Measure) -> None:
    view = replace(choropleth.example()[0], measures=(measure,))
    assert choropleth.whole(choropleth.question(view)) is None


def test_a_figure_of_the_whole_country_that_is_no_sum_is_not_called_a_total() -> None:
    view, table, caption = choropleth.example()
    rate = replace(view, measures=(Measure("sum", "v", "rate"),))
    payload = choropleth.plotly(choropleth.draw(rate, table, replace(caption, total=28.5)))
    assert payload["total"] == {"v": 28.5, "text": "En todo el país: 28.5"}


def test_shares_percentages_and_some_states_have_no_total() -> None:
    view, table, caption = choropleth.example()
    share = replace(view, measures=(Measure("sum", "v", "share"),))
    assert choropleth.plotly(choropleth.draw(share, table, caption))["total"] is None
    level = replace(caption, summable=False)
    assert choropleth.plotly(choropleth.draw(view, table, level))["total"] is None
    some = replace(view, filters=(Filter("_entidad", "in", ("11", "14")),))
    assert choropleth.plotly(choropleth.draw(some, table, caption))["total"] is None
    boxed = replace(view, bbox=(-104.0, 20.0, -103.0, 21.0))
    assert choropleth.plotly(choropleth.draw(boxed, table, caption))["total"] is None


def test_a_place_without_a_figure_is_grey_and_counted() -> None:
    view, table, caption = choropleth.example()
    drawn = choropleth.draw(view, replace(table, rows=(*table.rows[:8], ("20", None))), caption)
    assert drawn.series[0].colors[-1] == theme.NO_DATA
    assert drawn.legend.entries[-1].label == "Sin dato"


def test_a_map_without_outlines_shows_the_highest_places_as_bars() -> None:
    view, table, caption = choropleth.example()
    drawn = choropleth.draw(view, table, replace(caption, outlines=None))
    assert any("No hay contornos" in n for n in drawn.notes)
    assert {"Guanajuato", "3,148"} <= set(words(choropleth.vega(drawn, Size())))


def test_a_map_needs_places() -> None:
    view, table, caption = bar.example()
    with pytest.raises(BadRequest, match="por entidad o por municipio"):
        choropleth.draw(view, replace(table, columns=(KIND, *table.columns[1:])), caption)


@pytest.mark.parametrize(
    ("latitude", "longitude", "fault"),
    [
        (19.4, -99.1, ""),
        (0.0, 0.0, "zero"),
        (-99.1, 19.4, "swapped"),
        (48.8, 2.3, "outside"),
        (None, -99.1, "null"),
        (19.4, None, "null"),
        (32.5, -117.1, ""),
        (20.5, -86.7, ""),
    ],
)
def test_coordinates_that_cannot_be_right_are_found(
    latitude: float | None, longitude: float | None, fault: str
) -> None:
    assert points.check(latitude, longitude) == fault


def test_points_that_are_not_drawn_are_counted_by_fault() -> None:
    drawn = points.draw(*points.example())
    assert sum(len(s.x) for s in drawn.series) == 90
    assert len(drawn.notes) == 4
    assert points.plotly(drawn)["dropped"] == 4


def square(key: str, west: float) -> dict[str, object]:
    ring = [[west, 20.0], [west + 1, 20.0], [west + 1, 21.0], [west, 21.0], [west, 20.0]]
    return {
        "type": "Feature",
        "properties": {"key": key, "name": f"Municipio {key}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def towns(*rows: tuple[Cell, ...], measure: str = "sum", total: Cell = None) -> Drawing:
    view = replace(by("_municipio"), chart="map", level="municipio", measures=(Measure(measure, "v"),))
    places = {"features": [square("01001", -102.0), square("01002", -103.0), square("14001", -104.0)]}
    caption = Caption(
        "Casos", outlines={"municipio": places, "entidad": {"features": [square("01", -102.0)]}}, total=total
    )
    return choropleth.draw(view, answer((TOWN, COUNT), *rows), caption)


def test_figures_of_one_state_are_drawn_on_that_state_alone_and_named_after_it() -> None:
    drawn = towns(("01001", 5), ("01002", 7))
    assert [f["properties"]["key"] for f in drawn.territory.features] == ["01001", "01002"]
    assert drawn.territory.borders is None
    assert drawn.subtitle == "Aguascalientes"
    payload = choropleth.plotly(drawn)
    assert payload["within"] == "01"
    assert payload["total"] == {"v": 12, "text": "Total de Aguascalientes: 12"}


def test_figures_of_several_states_are_drawn_on_the_whole_country() -> None:
    drawn = towns(("01001", 5), ("14001", 7))
    assert len(drawn.territory.features) == 3
    assert choropleth.plotly(drawn)["total"]["text"] == "Total nacional: 12"


def test_an_average_of_all_places_is_not_called_a_total() -> None:
    drawn = towns(("01001", 5), ("14001", 7), measure="avg", total=6.5)
    assert choropleth.plotly(drawn)["total"]["text"] == "En todo el país: 6.5"


def test_bars_of_thousands_of_millions_bear_short_figures() -> None:
    view = replace(by("tipo"), measures=(Measure("sum", "v"),))
    drawn = bar.draw(view, answer((KIND, COUNT), ("Poder Ejecutivo", 6.31e12), ("Poder Legislativo", 7.9e10)), CAPTION)
    assert drawn.series[0].labels == ("6.31 billones", "79,000 millones")


def test_a_map_of_counts_counts_the_rows_of_no_place_itself() -> None:
    view, table, caption = choropleth.example()
    counted = replace(view, measures=(Measure("count"),))
    payload = choropleth.plotly(choropleth.draw(counted, table, replace(caption, unmatched=99)))
    assert payload["unmatched"] == 17
    assert "Registros que no corresponden a ningún lugar del mapa: 17." in payload["notes"]
    assert choropleth.unplaced(choropleth.question(counted), table) is None


def test_a_map_of_figures_asks_how_many_rows_are_of_no_place_and_only_where_there_are_some() -> None:
    view, table, _ = choropleth.example()
    kept = (Filter("tipo", "eq", ("robo",)),)
    asked = choropleth.unplaced(choropleth.question(replace(view, filters=kept)), table)
    assert asked is not None
    assert (asked.groups, asked.measures) == ((), (Measure("count"),))
    assert asked.filters == (*kept, Filter("_entidad", "isnull", ()))
    assert choropleth.unplaced(choropleth.question(view), replace(table, rows=table.rows[:-1])) is None


def test_bars_by_place_say_nothing_of_a_map() -> None:
    assert bar.draw(*bar.example()).notes == ()


def test_a_map_of_many_places_has_fewer_panels() -> None:
    places = tuple(f"{i // 600 + 10}{i % 600:03}" for i in range(2400))
    town = Column("_municipio", ColumnType.TEXT, Role.MUNICIPALITY, "Municipio")
    rows = tuple((key, f"Tipo {n:02}", 1) for key in places for n in range(12))
    groups = (Group("_municipio"), Group("tipo"))
    view = View("d", "r", groups=groups, measures=(Measure("count"),), chart="map", facet="tipo", level="municipio")
    drawn = choropleth.draw(view, Table((town, KIND, COUNT), rows, len(rows)), CAPTION)
    assert len(drawn.panels) == 8
    assert sum(len(s.y) for s in drawn.series) == 19_200
    assert "Se dibujan 8 de 12 recuadros, uno por cada valor de «Tipo»; los otros 4 están en la tabla." in drawn.notes
