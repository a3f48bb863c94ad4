"""What readers stumbled over: unnamed figures, limits that two classes share, numbers that collide."""

from __future__ import annotations

from datetime import date

from figures.charts import line
from figures.classes import classify
from figures.describe import describe
from figures.drawing import Axis, Caption
from figures.reading import period_of
from figures.ticks import brief, interval
from model.table import Column, ColumnType, Role, Table
from model.view import Group, Measure, View
from tests.figures.drawer import example

COLUMNS = (
    Column("anio", ColumnType.INTEGER, Role.TIME, "Año"),
    Column("tipo", ColumnType.TEXT, Role.CATEGORY, "Tipo"),
    Column("count", ColumnType.INTEGER, Role.MEASURE, "Registros"),
)


def test_the_one_stressed_line_among_many_is_named() -> None:
    view = View("d", "r", groups=(Group("anio"), Group("tipo")), measures=(Measure("count"),), highlight=("a",))
    rows = ((2007, "a", 20), (2008, "a", 10), (2007, "b", 5), (2008, "b", 50))
    text = describe(line.draw(view, Table(COLUMNS, rows, 4), Caption("Casos")))
    assert "a: 10 en 2008, baja 50\u00a0% de inicio a fin." in text
    assert "Último valor" not in text


def test_boxes_are_compared_by_their_medians() -> None:
    text = describe(example("box"))
    assert "Mediana más alta: " in text
    assert "Máximo" not in text


def test_limits_of_classes_have_the_same_decimals_and_are_not_shared() -> None:
    labels = [c.label for c in classify([1.5, 2.5, 5.0, 6.25, 6.4, 7.0], "equal2", Axis(), "es")]
    assert labels == ["1.50 a menos de 4.25", "4.25 a 7.00"]


def test_large_limits_are_written_in_words() -> None:
    assert brief((6e6, 16_992_418), Axis(), "es", lambda _words: True) == ("6 millones", "17 millones")
    assert brief((6e6, 16_992_418), Axis(), "es", lambda _words: False) == ("6 mill.", "17 mill.")


def test_an_interval_is_rounded_to_its_width() -> None:
    assert interval(81, 96_203.1, Axis(unit="habitantes"), "es") == "81 a 96,203 habitantes"


def test_first_days_of_months_stand_for_their_months() -> None:
    assert period_of([date(2026, 1, 1), date(2026, 2, 1)]) == "month"
    assert period_of([date(2026, 1, 1), date(2026, 2, 2)]) == ""
