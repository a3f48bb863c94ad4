"""For any table: no row is lost, and every cell is what the source says or is listed as changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data_loaders.ingest.pipeline import ingest
from data_loaders.order import Limits
from data_loaders.raw import Delimited, RawFile, RawTable
from model.recipe import Recipe
from model.table import ColumnType
from tests.data_loaders.conftest import Ingested, write_csv

WORDS = st.sampled_from(
    ["", " ", "*", "N/D", "-", "Total", "total", "01", "007", "1,234", "12,5", "1.234,5", "-99", "Sí", "No"]
)
CELL = st.one_of(
    st.none(),
    WORDS,
    st.integers(-(10**20), 10**20).map(str),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(str),
    st.dates().map(str),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
)
COLUMN = st.one_of(
    st.just(CELL),
    st.just(st.integers(-5, 10**6).map(str)),
    st.just(st.one_of(st.integers(0, 40).map(str), st.sampled_from(["*", "N/D", ""]))),
    st.just(st.sampled_from(["Colima", "Jalisco", "Total", "MÉXICO"])),
)


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str | None, ...]]:
    """Rows of two to four cells; the last column numbers them."""
    columns = draw(st.lists(COLUMN, min_size=1, max_size=3))
    rows = draw(st.lists(st.tuples(*columns), min_size=1, max_size=12))
    return [(*row, f"fila{i}") for i, row in enumerate(rows)]


@given(tables())
@settings(max_examples=30, deadline=None)
def test_rows_and_cells_are_all_accounted_for(rows: list[tuple[str | None, ...]]) -> None:
    names = [*(f"c{i}x" for i in range(len(rows[0]) - 1)), "fila"]
    with tempfile.TemporaryDirectory() as folder:
        done = _ingest(Path(folder), names, rows)
        report = done.report
        assert report.rows_read == len(rows) == report.rows_kept + report.set_aside_rows
        kept = {str(fila) for fila in done.cells("fila")}
        totals = {str(fila) for fila in done.cells("fila", "totales")} if "totales" in done.names else set()
        assert kept | totals == {row[-1] for row in rows}
        assert not kept & totals
        written = {str(row[-1]): row for row in rows if row[-1] in kept}
        for i, name in enumerate(names[:-1]):
            _check(done, i, name, written)


def _check(done: Ingested, i: int, name: str, written: dict[str, tuple[str | None, ...]]) -> None:
    """Each stored cell equals the text, or is counted among the changes."""
    kind = done.type(name)
    nulled = reread = 0
    for fila, value in done.rows(columns=f'fila, "{name}"'):
        cell = written[str(fila)][i]
        if kind in (ColumnType.TEXT, ColumnType.GEOMETRY):
            assert value == cell
        elif value is None:
            nulled += bool(cell and cell.strip())
        elif kind == ColumnType.INTEGER:
            reread += str(int(str(value))) != (cell or "").strip()
        elif kind == ColumnType.NUMBER:
            reread += _differs(value, cell)
        elif kind == ColumnType.DATE:
            reread += str(value) != (cell or "").strip()
        else:
            reread += 1
    counted = {what: sum(c.cells for c in done.changes(name) if c.what == what) for what in ("null", "reinterpreted")}
    assert counted["null"] == nulled
    assert counted["reinterpreted"] >= reread


def _differs(value: object, cell: str | None) -> bool:
    try:
        return float(str(value)) != float((cell or "").strip())
    except ValueError:
        return True


def _ingest(folder: Path, names: list[str], rows: list[tuple[str | None, ...]]) -> Ingested:
    (folder / "trabajo").mkdir()
    path = folder / "fuente.csv"
    write_csv(path, names, rows)
    raw = RawFile("csv", (RawTable("", path, tuple(names), Delimited(), rows_read=len(rows)),))
    return Ingested(ingest(raw, Recipe(), folder, Limits(), lambda _: None), folder)
