"""How columns of text become columns of values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from data_loaders.ingest.readings import READINGS
from model.recipe import Recipe
from model.table import Cell, ColumnType
from tests.data_loaders.conftest import Ingest

T = ColumnType
DAY = date


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """Local time, as it is stored."""
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001


GOLDEN: list[tuple[str, list[str], ColumnType, Sequence[Cell]]] = [
    ("whole numbers", ["1", "-20", "0"], T.INTEGER, [1, -20, 0]),
    ("ids beyond 2^53", ["9007199254740993", "1"], T.INTEGER, [9007199254740993, 1]),
    ("decimals", ["1.5", "-.25", "3", "7.5e-05"], T.NUMBER, [1.5, -0.25, 3.0, 7.5e-05]),
    ("comma of thousands, whole", ["1,234", "12,345,678", "7"], T.INTEGER, [1234, 12345678, 7]),
    ("comma of thousands, decimals", ["1,234.5", "0.25"], T.NUMBER, [1234.5, 0.25]),
    ("comma of decimals", ["1.234,5", "12,5", "3"], T.NUMBER, [1234.5, 12.5, 3.0]),
    ("comma of decimals alone", ["12,5", "0,75"], T.NUMBER, [12.5, 0.75]),
    ("both commas at once are text", ["12,5", "1,234.5"], T.TEXT, ["12,5", "1,234.5"]),
    ("codes with leading zeros", ["01", "09", "32"], T.TEXT, ["01", "09", "32"]),
    ("one leading zero in thousands of rows", ["7"] * 6000 + ["007"], T.TEXT, ["7"] * 6000 + ["007"]),
    ("decimal codes with leading zeros", ["01.01", "02.03"], T.TEXT, ["01.01", "02.03"]),
    ("exponents that are codes", ["12E5", "3E1"], T.TEXT, ["12E5", "3E1"]),
    ("underscores and words of floats", ["1_000", "inf"], T.TEXT, ["1_000", "inf"]),
    ("percentages", ["12.5%", "3 %"], T.NUMBER, [12.5, 3.0]),
    ("pesos", ["$1,200.50", "$ 3"], T.NUMBER, [1200.5, 3.0]),
    ("some pesos are text", ["$1,200.50", "3 USD"], T.TEXT, ["$1,200.50", "3 USD"]),
    ("yes and no", ["Sí", "no", "SI"], T.BOOLEAN, [True, False, True]),
    ("only no is text", ["No", "No"], T.TEXT, ["No", "No"]),
    ("s and n are text", ["S", "N"], T.TEXT, ["S", "N"]),
    ("iso dates", ["2024-02-29", "1999-1-5"], T.DATE, [DAY(2024, 2, 29), DAY(1999, 1, 5)]),
    ("a day that is not", ["2024-02-30", "2024-02-28"], T.TEXT, ["2024-02-30", "2024-02-28"]),
    ("day first", ["25/12/2023", "01/02/2024"], T.DATE, [DAY(2023, 12, 25), DAY(2024, 2, 1)]),
    ("month first", ["12/25/2023", "01/02/2024"], T.DATE, [DAY(2023, 12, 25), DAY(2024, 1, 2)]),
    ("either: day first", ["01/02/2024", "03/04/2024"], T.DATE, [DAY(2024, 2, 1), DAY(2024, 4, 3)]),
    ("neither", ["25/12/2023", "12/25/2023"], T.TEXT, ["25/12/2023", "12/25/2023"]),
    ("dashes and dots", ["25-12-2023", "1.2.2024"], T.DATE, [DAY(2023, 12, 25), DAY(2024, 2, 1)]),
    ("short years", ["25/12/23", "01/02/98"], T.DATE, [DAY(2023, 12, 25), DAY(1998, 2, 1)]),
    ("year and month", ["2024-01", "2024-12"], T.DATE, [DAY(2024, 1, 1), DAY(2024, 12, 1)]),
    ("months in words", ["enero 2024", "Sept. de 2023"], T.DATE, [DAY(2024, 1, 1), DAY(2023, 9, 1)]),
    ("short months", ["ene-24", "dic-99"], T.DATE, [DAY(2024, 1, 1), DAY(1999, 12, 1)]),
    ("days in words", ["3 de marzo de 2021", "21-abr-2020"], T.DATE, [DAY(2021, 3, 3), DAY(2020, 4, 21)]),
    ("midnights", ["2024-01-02 00:00:00", "2024-01-03T00:00"], T.DATE, [DAY(2024, 1, 2), DAY(2024, 1, 3)]),
    (
        "moments", ["2024-01-02T03:04:05", "2024-01-02 23:59"],
        T.TIMESTAMP, [moment(2024, 1, 2, 3, 4, 5), moment(2024, 1, 2, 23, 59)],
    ),
    (
        "offsets", ["2024-07-01T00:00:00Z", "2024-07-01T00:00:00-0600"],
        T.TIMESTAMP, [moment(2024, 6, 30, 18), moment(2024, 7, 1)],
    ),
    ("offsets with summer time of 2020", ["2020-07-01T00:00:00Z"], T.TIMESTAMP, [moment(2020, 6, 30, 19)]),
    (
        "day first with clock", ["31/01/2024 1:05 p.m.", "01/02/2024 12:00 am"],
        T.TIMESTAMP, [moment(2024, 1, 31, 13, 5), moment(2024, 2, 1)],
    ),
    ("degrees", ["98°30'36\" W", "19°15'00.0\" N"], T.NUMBER, [-98.51, 19.25]),
    (
        "geometry", ['{"type": "Point", "coordinates": [1, 2]}'],
        T.GEOMETRY, ['{"type": "Point", "coordinates": [1, 2]}'],
    ),
    ("json that is no geometry", ['{"type": "Car"}'], T.TEXT, ['{"type": "Car"}']),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "kind", "values"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN])
def test_a_column_reads_as_it_should(
    ingest_column: Ingest, cells: list[str], kind: ColumnType, values: Sequence[Cell]
) -> None:
    done = ingest_column(cells)
    assert done.type("c") == kind
    assert sorted(done.cells("c"), key=str) == sorted(values, key=str)


def test_integers_beyond_64_bits_stay_exact(ingest_column: Ingest) -> None:
    done = ingest_column(["12345678901234567890123", "1"])
    assert [int(str(c)) for c in done.cells("c")] == [12345678901234567890123, 1]
    assert done.profile("c").maximum == 12345678901234567890123


def test_numbers_of_forty_digits_stay_text(ingest_column: Ingest) -> None:
    assert ingest_column(["1" * 45]).cells("c") == ["1" * 45]


def test_compact_dates_need_a_header_that_says_so(ingest_column: Ingest) -> None:
    assert ingest_column(["20240131"], header="fecha_corte").cells("fecha_corte") == [date(2024, 1, 31)]
    assert ingest_column(["20240131"], header="monto").cells("monto") == [20240131]


def test_an_empty_string_is_null_in_a_column_of_numbers(ingest_column: Ingest) -> None:
    done = ingest_column(["1", "", None, " "])
    assert sorted(done.cells("c"), key=str) == [1, None, None, None]
    assert done.report.changes == ()


def test_an_empty_string_is_not_null_in_a_column_of_text(ingest_column: Ingest) -> None:
    done = ingest_column(["a", "", None])
    assert sorted(done.cells("c"), key=str) == ["", None, "a"]
    assert (done.profile("c").nulls, done.profile("c").distinct) == (1, 2)


def test_text_keeps_its_spaces(ingest_column: Ingest) -> None:
    assert ingest_column([" a ", "b\u00a0"]).cells("c") == [" a ", "b\u00a0"]


def test_a_reinterpretation_is_counted_with_lines(ingest_column: Ingest) -> None:
    [change] = ingest_column(["7", "1,234", "8", "5,000"]).changes("c")
    assert (change.what, change.cells) == ("reinterpreted", 2)
    assert change.examples == ((3, "1,234"), (5, "5,000"))


def test_lines_count_the_line_breaks_inside_cells(ingest_rows: Ingest) -> None:
    done = ingest_rows(["n", "t"], [("1", "uno\ndos\ntres"), ("2", "x"), ("3,000", "y")])
    [change] = done.changes("n")
    assert change.examples == ((6, "3,000"),)


def test_a_declared_type_holds_and_what_does_not_read_is_counted(ingest_column: Ingest) -> None:
    done = ingest_column(["1", "2", "tres"], Recipe(types=(("C", "integer"),)))
    assert done.cells("c") == [1, 2, None]
    [change] = done.changes("c")
    assert (change.what, change.cells, change.examples) == ("null", 1, ((4, "tres"),))


def test_a_declared_text_stays_text(ingest_column: Ingest) -> None:
    assert ingest_column(["1", "2"], Recipe(types=(("c", "text"),))).cells("c") == ["1", "2"]


def test_days_that_could_be_months_are_read_alike_and_said(ingest_column: Ingest) -> None:
    note = "En «c» ninguna fecha distingue el día del mes: se leyeron como día/mes/año."
    assert note in ingest_column(["01/02/2024", "03/04/2024"]).result.report.notes
    assert note not in ingest_column(["28/02/2024", "03/04/2024"]).result.report.notes


def test_every_reading_has_a_name_of_its_own() -> None:
    assert len({r.name for r in READINGS}) == len(READINGS)
