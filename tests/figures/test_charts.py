"""What bars, lines and areas choose to draw."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from figures import examples, theme
from figures.charts import area, bar, line
from figures.drawing import Caption, Size
from model.errors import BadRequest
from model.table import Cell, Column, ColumnType, Role, Table
from model.view import Group, Measure, Sort, View
from tests.figures.drawer import words

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
    assert drawn.series[0].texts == ("a\n62.5 %", "b\n37.5 %")


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


def test_averages_are_not_stacked() -> None:
    view = replace(by("anio", "tipo"), measures=(Measure("avg", "v"),))
    drawn = area.draw(view, answer((YEAR, KIND, COUNT), (2020, "a", 1), (2020, "b", 5)), CAPTION)
    assert drawn.series[0].base == ()
    assert any("no se apilan" in note for note in drawn.notes)


def test_a_chart_without_a_figure_says_what_it_needs() -> None:
    with pytest.raises(BadRequest, match="necesita una cifra"):
        bar.draw(View("d", "r"), answer((KIND,), ("a",)), CAPTION)
