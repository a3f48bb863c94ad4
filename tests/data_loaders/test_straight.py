"""Large plain files go straight to Parquet; the answer is that of looking at every cell first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_loaders.ingest.pipeline import ingest
from data_loaders.order import Limits
from data_loaders.raw import Delimited, RawFile, RawTable
from model.recipe import Recipe
from model.table import ColumnType
from tests.data_loaders.conftest import PLAIN, Ingested, Rows, write_csv

HEAD = 8
STATES = ("Jalisco", "Colima", "México", "Sonora", "Nuevo León")
ODD = st.one_of(
    st.none(),
    st.sampled_from(["0", "007", "-0", "+5", "0x1F", "1e3", "5.", ".5", "00.5", "-007.5", "inf", "nan", "1_0", "1,5"]),
    st.sampled_from(
        [" 8", "8 ", "\t8", "", " ", "N/D", "*", "-99", "Total", "total general", "x", 'di"jo', "dos\nlíneas"]
    ),
    st.sampled_from(
        ["99999999999999999999", "1234567890123456.5", "2024-1-5", "0999-01-01", "2100-01-01", "2024-02-30"]
    ),
    st.sampled_from(["2024-01-05 10:20:30", "2024-01-05 00:00:00", "05/01/2024", "Sí", "12%", "$ 5", "00", "14"]),
)
COLUMNS = (
    ("n", st.integers(-50, 10**12).map(str)),
    ("casos", st.integers(0, 9).map(str)),
    ("monto", st.decimals(-1000, 1000, places=2).map(str)),
    ("tasa", st.sampled_from(["0.5", "12", "-3.25", "0"])),
    ("fecha", st.dates().filter(lambda d: d.year >= 1000).map(str)),
    ("momento", st.datetimes().filter(lambda d: d.year >= 1900).map(lambda d: d.isoformat(" ", "seconds"))),
    ("activo", st.sampled_from(["Sí", "No"])),
    ("alta", st.sampled_from(["05/01/2024", "25/01/2024", "31/12/2023"])),
    ("entidad", st.sampled_from(STATES)),
    ("cve_mun", st.sampled_from(["14039", "06002", "15106", "26030", "19039"])),
    ("municipio", st.sampled_from(["001", "002", "039"])),
    ("texto", st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9)),
)


def load(folder: Path, names: list[str], rows: Rows, way: str, recipe: Recipe = PLAIN) -> Ingested:
    """The table as a large plain file whose sample is its first rows, or as a small one."""
    (folder / "trabajo").mkdir(parents=True)
    path, part = folder / "fuente.csv", folder / "muestra.csv"
    write_csv(path, names, rows)
    write_csv(part, names, rows[:HEAD])
    part.write_bytes(part.read_bytes().split(b"\n", 1)[1])
    raw = RawTable("", path, tuple(names), Delimited(proper=way == "straight"), rows_read=len(rows))
    table = raw if way == "small" else replace(raw, careful=lambda: raw, sample=part)
    return Ingested(ingest(RawFile("csv", (table,)), recipe, folder, Limits(), lambda _: None), folder)


def same(tmp_path: Path, names: list[str], rows: Rows, recipe: Recipe = PLAIN) -> Ingested:
    """The table as it came straight, found to be the same as when every cell is looked at."""
    straight, small = (load(tmp_path / way, names, rows, way, recipe) for way in ("straight", "small"))
    assert straight.result == small.result
    assert straight.rows() == small.rows()
    return straight


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], Rows]:
    """Columns of one kind each, with now and then an odd cell anywhere."""
    chosen = draw(st.lists(st.sampled_from(COLUMNS), min_size=2, max_size=5, unique_by=lambda c: c[0]))
    count = draw(st.integers(HEAD + 1, 30))
    rows: list[list[str | None]] = [[*(draw(kind) for _, kind in chosen), f"fila {i}"] for i in range(count)]
    for _ in range(draw(st.integers(0, 2))):
        row = rows[draw(st.integers(0, count - 1))]
        row[draw(st.integers(0, len(chosen) - 1))] = draw(ODD)
    return [*(name for name, _ in chosen), "fila"], rows


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(table=tables())
def test_any_table_is_the_same_straight_and_by_all_its_cells(
    table: tuple[list[str], Rows], tmp_path_factory: pytest.TempPathFactory
) -> None:
    same(tmp_path_factory.mktemp("t"), *table)


def plain_rows(count: int = 60) -> list[list[str | None]]:
    return [
        [STATES[i % 5], f"2024-01-{i % 28 + 1:02}", str(i % 7), f"{i / 4}", ("Sí", "No")[i % 2], f"texto {i}"]
        for i in range(count)
    ]


NAMES = ["entidad", "fecha", "casos", "monto", "activo", "nota"]


def test_a_plain_table_goes_straight_with_types_places_and_exact_counts(tmp_path: Path) -> None:
    done = same(tmp_path, NAMES, plain_rows())
    assert done.straight
    types = [done.type(name) for name in NAMES]
    text, number = ColumnType.TEXT, ColumnType.NUMBER
    assert types == [text, ColumnType.DATE, ColumnType.INTEGER, number, ColumnType.BOOLEAN, text]
    assert done.table().places == ("_entidad",)
    assert {row[-1] for row in done.rows()} == {"14", "06", "15", "26", "19"}
    assert done.profile("monto").distinct == 60
    assert [c.cells for c in done.changes("activo")] == [60]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("casos", "007"), ("casos", "-0"), ("casos", "0x1F"), ("casos", "+5"), ("casos", " 8"), ("casos", "\t8"),
        ("casos", "-99"), ("casos", "99999999999999999999"), ("monto", "00.5"), ("monto", "1e3"),
        ("monto", "nan"), ("monto", "1234567890123456.5"), ("fecha", "2100-01-01"), ("fecha", "0999-12-31"),
        ("fecha", "2024-1-5"), ("activo", "quizá"), ("nota", "Total"), ("entidad", "Total nacional"),
    ],
)  # fmt: skip
def test_a_cell_that_is_not_plain_sends_the_file_the_careful_way(column: str, cell: str, tmp_path: Path) -> None:
    rows = plain_rows()
    rows[40][NAMES.index(column)] = cell
    assert not same(tmp_path, NAMES, rows).straight


def test_nulls_quotes_and_line_breaks_go_straight(tmp_path: Path) -> None:
    rows = plain_rows()
    rows[30] = [None, None, "", "", None, 'dijo "sí",\ny se fue']
    done = same(tmp_path, NAMES, rows)
    assert done.straight
    assert [done.profile(name).nulls for name in NAMES] == [1, 1, 1, 1, 1, 0]


def test_a_row_without_anything_does_not_go_straight(tmp_path: Path) -> None:
    rows = plain_rows()
    rows[30] = [None] * len(NAMES)
    assert not load(tmp_path, NAMES, rows, "straight").straight


def test_declared_masks_wide_tables_and_dates_in_parts_do_not_go_straight(tmp_path: Path) -> None:
    assert not same(tmp_path / "a", NAMES, plain_rows(), Recipe(masks=("5",))).straight
    wide = [[f"x{i}", *(str(i + k) for k in range(12))] for i in range(30)]
    assert not same(tmp_path / "b", ["serie", *(str(2000 + k) for k in range(12))], wide).straight
    parts = [[str(2000 + i % 9), str(i % 12 + 1), f"x{i}"] for i in range(60)]
    assert not same(tmp_path / "c", ["anio", "mes", "serie"], parts).straight
