"""Descriptions: short, right, the same each time."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from figures.charts import bar, line
from figures.charts import map as choropleth
from figures.describe import MOST_WORDS, describe
from figures.drawing import Caption
from model.table import Column, ColumnType, Role, Table
from model.view import Group, Measure, View
from tests.figures.drawer import example

YEAR = Column("anio", ColumnType.INTEGER, Role.TIME, "Año")
KIND = Column("tipo", ColumnType.TEXT, Role.CATEGORY, "Tipo")
COUNT = Column("count", ColumnType.INTEGER, Role.MEASURE, "Registros")
YEARLY = View("d", "r", groups=(Group("anio"),), measures=(Measure("count"),))


def test_bars_are_described_by_their_extremes() -> None:
    assert describe(example("bar")) == (
        "Gráfica de barras: Víctimas de homicidio doloso por entidad. "
        "Máximo: 3,148 (Guanajuato); mínimo: 82 (Aguascalientes)."
    )


def test_a_line_is_described_with_its_last_value_its_trend_and_its_gaps() -> None:
    rows = ((2018, 100), (2019, 150), (2021, 120), (2022, 130))
    text = describe(line.draw(YEARLY, Table((YEAR, COUNT), rows, 4), Caption("Robos por año")))
    assert text == (
        "Gráfica de líneas: Robos por año. Máximo: 150 (2019); mínimo: 100 (2018). Último valor: 130 (2022). "
        "Sube 30\u00a0% de inicio a fin. Hay un hueco sin dato. El eje no empieza en cero."
    )


def test_several_lines_are_described_with_their_last_values() -> None:
    assert "Último valor (diciembre de 2024): Guanajuato, 254; Estado de México, 224; Jalisco, 144." in describe(
        example("line")
    )


def test_a_map_says_how_many_places_have_no_data_and_what_did_not_match() -> None:
    view, table, caption = choropleth.example()
    text = describe(choropleth.draw(view, replace(table, rows=table.rows[2:]), caption))
    assert "Sin dato: 2 de 10." in text
    assert text.endswith("Registros que no corresponden a ningún lugar del mapa: 1.")


def test_a_description_in_english_is_in_english() -> None:
    view, table, caption = bar.example()
    text = describe(bar.draw(view, table, replace(caption, lang="en", title="Victims by state")))
    assert text == "Bar chart: Victims by state. Highest: 3,148 (Guanajuato); lowest: 82 (Aguascalientes)."


def test_equal_values_are_not_ranked() -> None:
    rows = ((2020, 5), (2021, 5))
    text = describe(line.draw(YEARLY, Table((YEAR, COUNT), rows, 2), Caption("T")))
    assert "Todos los valores son 5." in text
    assert "Casi sin cambio de inicio a fin." in text


words = st.text(max_size=400)


@given(
    st.lists(st.tuples(words, st.one_of(st.none(), st.floats())), max_size=12),
    words,
    st.lists(words, max_size=5),
    st.sampled_from(["es", "en"]),
)
def test_no_description_is_longer_than_sixty_words(
    rows: list[tuple[str, float | None]], title: str, notes: list[str], lang: str
) -> None:
    view = View("d", "r", groups=(Group("tipo"),), measures=(Measure("sum", "v"),))
    drawing = bar.draw(
        view, Table((KIND, COUNT), tuple(rows), len(rows)), Caption(title, notes=tuple(notes), lang=lang)
    )
    assert len(describe(drawing).split()) <= MOST_WORDS
    assert describe(drawing) == describe(drawing)


@given(st.lists(st.tuples(st.integers(1900, 2100), words, st.floats(-1e6, 1e6)), max_size=30), words)
def test_no_description_of_many_lines_is_longer_than_sixty_words(
    rows: list[tuple[int, str, float]], title: str
) -> None:
    view = View("d", "r", groups=(Group("anio"), Group("tipo")), measures=(Measure("sum", "v"),))
    drawing = line.draw(view, Table((YEAR, KIND, COUNT), tuple(rows), len(rows)), Caption(title))
    assert len(describe(drawing).split()) <= MOST_WORDS


def test_lines_that_end_in_different_years_are_each_told_with_their_own() -> None:
    view = View("d", "r", groups=(Group("anio"), Group("tipo")), measures=(Measure("count"),), color="tipo")
    rows = ((1998, "Guerrero", 700), (1998, "Colima", 60), (1999, "Colima", 62), (2008, "Guerrero", 941))
    drawn = line.draw(view, Table((YEAR, KIND, COUNT), rows, 4), Caption("Homicidios"))
    assert "Último valor: Guerrero, 941 (2008); Colima, 62 (1999)." in describe(drawn)
    drawn = line.draw(view, Table((YEAR, KIND, COUNT), rows, 4), Caption("Homicides", lang="en"))
    assert "Last value: Guerrero, 941 (2008); Colima, 62 (1999)." in describe(drawn)
