"""Large clean files are typed by a sample and one pass; the answer is that of looking at every cell first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_loaders.formats.delimited import FORMAT
from data_loaders.ingest.pipeline import ingest
from data_loaders.limits import LIMITS
from data_loaders.order import Limits
from data_loaders.raw import Delimited, RawFile, RawTable
from data_loaders.spread import write_sample
from data_loaders.text.aside import BLANK
from data_loaders.text.dialect import Dialect
from model.recipe import Recipe
from model.table import ColumnType
from tests.data_loaders.conftest import PLAIN, Ingested, Rows, write_csv

HEAD = 6
CELLS = st.one_of(
    st.none(),
    st.sampled_from(["0", "7", "007", "12", "-3", "1.5", "1,234", "1.234,5", "N/D", "*", "-99", "Total", "", " ", "x"]),
    st.sampled_from(["No", "Sí", "2024-01-05", "05/01/2024", "25/01/2024", "01/25/2024", "Jalisco", "14", "00", "12%"]),
)


def load(folder: Path, names: list[str], rows: Rows, sampled: bool, recipe: Recipe = PLAIN) -> Ingested:
    """The table as a large file whose sample is its first rows, or as a small one."""
    (folder / "trabajo").mkdir(parents=True)
    path, part = folder / "fuente.csv", folder / "muestra.csv"
    write_csv(path, names, rows)
    write_csv(part, names, rows[:HEAD])
    part.write_bytes(part.read_bytes().split(b"\n", 1)[1])
    raw = RawTable("", path, tuple(names), Delimited(), rows_read=len(rows))
    table = replace(raw, careful=lambda: raw, sample=part) if sampled else raw
    return Ingested(ingest(RawFile("csv", (table,)), recipe, folder, Limits(), lambda _: None), folder)


def both(tmp_path: Path, names: list[str], rows: Rows, recipe: Recipe = PLAIN) -> tuple[Ingested, Ingested]:
    return load(tmp_path / "a", names, rows, True, recipe), load(tmp_path / "b", names, rows, False, recipe)


@pytest.mark.parametrize(
    "late",
    ["007", "1,234", "N/D", "x", "12.5", "Total", "-99", "99999999999999999999", " 8 ", "1e3"],
)
def test_what_comes_after_the_sample_counts_as_much(late: str, tmp_path: Path) -> None:
    rows = [(str(i), f"2024-01-{i % 28 + 1:02}", "No", "") for i in range(1, 40)] + [(late, "2024-02-01", "Sí", "ñ")]
    quick, slow = both(tmp_path, ["n", "fecha", "activo", "vacía"], rows)
    assert quick.result == slow.result
    assert quick.rows() == slow.rows()


def test_declared_masks_are_nulled_and_counted(tmp_path: Path) -> None:
    rows = [(str(i % 7), "s/r" if i % 3 else "a") for i in range(50)]
    quick, slow = both(tmp_path, ["n", "t"], rows, Recipe(masks=("S/R", "5")))
    assert quick.result == slow.result
    assert quick.profile("n").nulls == sum(i % 7 == 5 for i in range(50))
    assert quick.profile("t").nulls == sum(i % 3 > 0 for i in range(50))


def test_leading_zeros_far_into_a_file_keep_the_column_text(tmp_path: Path) -> None:
    rows = [(str(10000 + i), "x") for i in range(30)] + [("01001", "x")]
    assert load(tmp_path / "a", ["clave", "t"], rows, sampled=True).type("clave") == ColumnType.TEXT


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS, st.just("fin")), min_size=HEAD + 1, max_size=30))
def test_any_table_is_read_the_same_by_sample_and_by_all_its_cells(
    rows: Rows, tmp_path_factory: pytest.TempPathFactory
) -> None:
    quick, slow = both(tmp_path_factory.mktemp("t"), ["cve_ent", "valor", "z"], rows)
    assert quick.result == slow.result
    assert quick.rows() == slow.rows()


def test_a_row_of_separators_in_a_large_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "trabajo").mkdir()
    path = tmp_path / "grande.csv"
    line = "Jalisco,12345,2024-01-31\n"
    half = line * (LIMITS.careful_bytes // len(line) // 2 + 1000)
    path.write_text("estado,n,fecha\n" + half + ",,\n" + half)
    raw = FORMAT.read(path, Recipe(), tmp_path / "trabajo")
    assert raw.tables[0].sample is not None
    done = Ingested(ingest(raw, Recipe(), tmp_path, Limits(), lambda _: None), tmp_path)
    assert [(one.line, one.reason) for one in done.report.set_aside] == [(2 + half.count("\n"), BLANK)]
    assert done.report.rows_kept == 2 * half.count("\n")


def test_a_sample_is_of_whole_rows_and_leaves_out_what_is_cut_in_a_quote(tmp_path: Path) -> None:
    path, part = tmp_path / "t.csv", tmp_path / "m.csv"
    path.write_text("a,b\n" + "".join(f'{i},"uno\ndos, tres"\n' for i in range(300_000)))
    assert write_sample(path, part, Dialect(), 2, 1) == part
    with part.open(newline="") as stream:
        records = list(Dialect().records(stream))
    assert records[0] == ["0", "uno\ndos, tres"]
    assert {len(r) for r in records} == {2}
