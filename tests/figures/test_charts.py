"""What single charts choose to draw."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from figures import examples, theme
from figures.charts import area, bar, box, heatmap, histogram, line, points, scatter, treemap
from figures.charts import map as choropleth
from figures.drawing import Caption, Size
from figures.render import svg
from model.errors import BadRequest
from model.table import Cell, Column, ColumnType, Role, Table
from model.view import Group, Measure, Sort, View
from tests.figures.drawer import HOSTILE, words

COUNT = Column("count", ColumnType.INTEGER, Role.MEASURE, "Registros")
KIND = Column("tipo", ColumnType.TEXT, Role.CATEGORY, "Tipo")
SEX = Column("sexo", ColumnType.TEXT, Role.CATEGORY, "Sexo")
YEAR = Column("anio", ColumnType.INTEGER, Role.TIME, "Año")
BASE = View("d", "r", measures=(Measure("count"),))
CAPTION = Caption("Título", lang="es")


def answer(columns: tuple[Column, ...], *rows: tuple[Cell, ...]) -> Table:
    return Table(columns, rows, len(rows))


def by(*names: str) -> View:
    return replace(BASE, groups=tuple(Group(n) for n in names))


def test_bars_stand_from_the_largest_and_null_comes_last() -> None:
    table = answer((KIND, COUNT), ("b", 2), (None, 90), ("a", 7))
    drawn = bar.draw(by("tipo"), table, CAPTION)
    assert [c.label for c in drawn.x.categories] == ["a", "b", "Sin dato"]
    assert drawn.series[0].y == (7.0, 2.0, 90.0)


def test_null_and_the_empty_text_are_two_categories() -> None:
    drawn = bar.draw(by("tipo"), answer((KIND, COUNT), ("", 2), (None, 1)), CAPTION)
    assert [c.label for c in drawn.x.categories] == ["(vacío)", "Sin dato"]


def test_bars_always_start_at_zero() -> None:
    drawn = bar.draw(by("tipo"), answer((KIND, COUNT), ("a", 1000), ("b", 1001)), CAPTION)
    assert drawn.y.domain[0] == 0
    below = bar.draw(by("tipo"), answer((KIND, COUNT), ("a", -5), ("b", -4)), CAPTION)
    assert below.y.domain == (-5.0, 0.0)


def test_bars_of_years_stand_in_the_order_of_years() -> None:
    drawn = bar.draw(by("anio"), answer((YEAR, COUNT), (2024, 1), (2022, 5), (2023, 9)), CAPTION)
    assert [c.label for c in drawn.x.categories] == ["2022", "2023", "2024"]
    assert not drawn.horizontal


def test_many_categories_are_cut_and_the_rest_is_counted() -> None:
    rows = tuple((f"c{i}", i) for i in range(57))
    drawn = bar.draw(by("tipo"), answer((KIND, COUNT), *rows), CAPTION)
    assert len(drawn.y.categories) == 40
    assert drawn.y.categories[0].label == "c56"
    assert drawn.notes == ("Se muestran 40 de 57; los otros 17 están en la tabla.",)


def test_bars_asked_by_name_keep_the_order_of_the_names() -> None:
    view = replace(by("tipo"), sort=(Sort("tipo"),))
    drawn = bar.draw(view, answer((KIND, COUNT), ("a", 1), ("b", 9)), CAPTION)
    assert [c.label for c in drawn.x.categories] == ["a", "b"]


def test_few_series_stand_side_by_side_and_many_are_stacked() -> None:
    two = tuple((k, s, 3) for k in "ab" for s in ("Hombre", "Mujer"))
    drawn = bar.draw(by("tipo", "sexo"), answer((KIND, SEX, COUNT), *two), CAPTION)
    assert [s.slot[0] for s in drawn.series] == [-0.4, 0.0]
    five = tuple((k, s, 3) for k in "ab" for s in "vwxyz")
    stacked = bar.draw(by("tipo", "sexo"), answer((KIND, SEX, COUNT), *five), CAPTION)
    assert [s.base for s in stacked.series] == [(3.0 * i, 3.0 * i) for i in range(5)]
    assert stacked.y.domain == (0.0, 15.0)


def test_the_smallest_of_many_series_are_put_together() -> None:
    rows = tuple(("a", f"s{i:02d}", 100 - i) for i in range(12))
    drawn = bar.draw(by("tipo", "sexo"), answer((KIND, SEX, COUNT), *rows), CAPTION)
    assert drawn.series[-1].label == "Otros 5"
    assert drawn.series[-1].y == (float(sum(100 - i for i in range(7, 12))),)


def test_the_stressed_bar_alone_has_the_accent() -> None:
    drawn = bar.draw(replace(by("tipo"), highlight=("b",)), answer((KIND, COUNT), ("a", 2), ("b", 1)), CAPTION)
    assert drawn.series[0].colors == (theme.MUTED, theme.ACCENT)
    assert drawn.highlight == ("b",)


def test_the_denominators_of_a_rate_are_not_drawn() -> None:
    rate = Column("rate:count", ColumnType.NUMBER, Role.MEASURE, "Tasa", "por cada 100 mil habitantes")
    people = Column("_population", ColumnType.INTEGER)
    view = replace(by("_entidad"), measures=(Measure("count", ratio="rate"),))
    drawn = bar.draw(view, answer((examples.STATE, rate, people), ("14", 2.5, 8_000_000)), CAPTION)
    assert [s.y for s in drawn.series] == [(2.5,)]
    assert drawn.x.categories[0].label == "Jalisco"


def test_shares_are_written_as_percentages() -> None:
    share = Column("share:count", ColumnType.NUMBER, Role.MEASURE, "Parte", "%")
    view = replace(by("tipo"), measures=(Measure("count", ratio="share"),))
    drawn = bar.draw(view, answer((KIND, share), ("a", 62.5), ("b", 37.5)), CAPTION)
    assert drawn.series[0].labels == ("62.5 %", "37.5 %")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_what_is_no_number_is_a_gap(value: Cell) -> None:
    drawn = line.draw(by("anio"), answer((YEAR, COUNT), (2020, 1), (2021, value), (2022, 3)), CAPTION)
    assert drawn.series[0].y == (1.0, None, 3.0)
    json.dumps(line.plotly(drawn), allow_nan=False)


def test_a_missing_year_is_a_gap_and_a_lone_value_is_a_dot() -> None:
    drawn = line.draw(by("anio"), answer((YEAR, COUNT), (2018, 1), (2019, 2), (2022, 3), (2024, 3), (2025, 1)), CAPTION)
    assert drawn.series[0].x == (2018, 2019, 2020.5, 2022, 2023, 2024, 2025)
    assert drawn.series[0].y == (1, 2, None, 3, None, 3, 1)
    (trace,) = line.plotly(drawn)["data"]
    assert trace["marker"]["size"] == [0, 0, 0, 6, 0, 0, 0]


def test_weekends_are_no_gap_in_a_daily_series_and_a_missing_month_is() -> None:
    day = Column("fecha:day", ColumnType.DATE, Role.TIME, "Día")
    days = [date(2024, 1, 1 + i) for i in range(12) if date(2024, 1, 1 + i).weekday() < 5] + [date(2024, 3, 1)]
    view = replace(BASE, groups=(Group("fecha", "day"),))
    drawn = line.draw(view, answer((day, COUNT), *((d, 1) for d in days)), CAPTION)
    assert drawn.series[0].y.count(None) == 1


def test_lines_that_lie_far_from_zero_say_that_the_axis_does_not_start_there() -> None:
    drawn = line.draw(by("anio"), answer((YEAR, COUNT), (2020, 1000), (2021, 1010)), CAPTION)
    assert drawn.y.domain[0] >= 1000
    assert "El eje no empieza en cero." in drawn.notes


def test_lines_are_named_at_their_ends_where_they_are_few() -> None:
    rows = tuple((y, k, i + y) for i, k in enumerate("abcdef") for y in (2020, 2021))
    drawn = line.draw(by("anio", "tipo"), answer((YEAR, KIND, COUNT), *rows), CAPTION)
    assert drawn.legend.direct
    assert [s.label for s in drawn.series] == list("fedcba")
    assert set("abcdef") <= set(words(line.vega(drawn, Size())))


def test_of_many_lines_the_highest_stand_out_and_the_rest_is_grey() -> None:
    rows = tuple((y, f"k{i:02d}", i) for i in range(32) for y in (2020, 2021))
    drawn = line.draw(by("anio", "tipo"), answer((YEAR, KIND, COUNT), *rows), CAPTION)
    assert [s.label for s in drawn.series if not s.muted] == ["k31", "k30", "k29", "k28", "k27"]
    assert "Se destacan 5 de 32 series; las demás, en gris." in drawn.notes


def test_panels_share_their_scales() -> None:
    rows = tuple((y, k, n * (y - 2019)) for n, k in ((1, "a"), (50, "b")) for y in (2020, 2021, 2022))
    view = replace(by("anio", "tipo"), facet="tipo")
    drawn = line.draw(view, answer((YEAR, KIND, COUNT), *rows), CAPTION)
    assert [p.label for p in drawn.panels] == ["b", "a"]
    layout = line.plotly(drawn)["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"] == [0.0, 150.0]


def test_a_stack_with_an_unknown_part_has_no_total_there() -> None:
    rows = ((2020, "a", 1), (2020, "b", 5), (2021, "a", 2), (2022, "a", 3), (2022, "b", 5))
    view = replace(by("anio", "tipo"), measures=(Measure("sum", "v"),))
    drawn = area.draw(view, answer((YEAR, KIND, COUNT), *rows), CAPTION)
    assert [s.y for s in drawn.series] == [(5.0, None, 5.0), (1.0, None, 3.0)]
    counted = area.draw(by("anio", "tipo"), answer((YEAR, KIND, COUNT), *rows), CAPTION)
    assert [s.y for s in counted.series] == [(5.0, 0.0, 5.0), (1.0, 2.0, 3.0)]


def test_averages_are_not_stacked() -> None:
    view = replace(by("anio", "tipo"), measures=(Measure("avg", "v"),))
    drawn = area.draw(view, answer((YEAR, KIND, COUNT), (2020, "a", 1), (2020, "b", 5)), CAPTION)
    assert drawn.series[0].base == ()
    assert any("no se apilan" in note for note in drawn.notes)


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
    assert asked.groups == (Group("precio", "bin24"),)
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


def test_a_chart_without_a_figure_says_what_it_needs() -> None:
    with pytest.raises(BadRequest, match="necesita una cifra"):
        bar.draw(View("d", "r"), answer((KIND,), ("a",)), CAPTION)
