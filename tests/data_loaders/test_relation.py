"""Headers, widths and broken files."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data_loaders.ingest.pipeline import ingest
from data_loaders.ingest.relation import final_names, free_name
from data_loaders.order import Limits
from data_loaders.raw import Delimited, RawFile, RawTable
from model.errors import LoadError
from model.recipe import Recipe
from model.table import ColumnType
from model.version import SetAside
from tests.data_loaders.conftest import PLAIN, Ingest, Ingested


def test_headers_are_trimmed_unique_and_never_empty() -> None:
    names = (" MC ", "mc", "", "Año ", "a\x00b\nc", "", "MC_2")
    assert final_names(names) == ("MC", "mc_2", "columna_3", "Año", "a b c", "columna_6", "MC_2_2")


def test_a_free_name_looks_at_case() -> None:
    assert free_name("periodo", ("Periodo", "periodo_2")) == "periodo_3"


@pytest.mark.parametrize(
    "header", ['"; DROP TABLE datos; --', "a'b", "system:index", ".geo", "30%   (F)  ", "rowid", "select", "c0", "🦎"]
)
def test_any_header_is_a_name_and_nothing_else(ingest_rows: Ingest, header: str) -> None:
    done = ingest_rows([header, "n"], [("a", "1"), ("b", "2")])
    assert done.cells(header.strip()) == ["a", "b"]


def test_too_many_columns_are_refused_with_the_limit(ingest_rows: Ingest) -> None:
    with pytest.raises(LoadError, match="4,000"):
        ingest_rows([f"c{i}" for i in range(20_000)], [("1",) * 20_000])


def test_control_characters_in_cells_are_kept(ingest_rows: Ingest) -> None:
    assert ingest_rows(["t", "n"], [("a\x01\tb", "1")]).cells("t") == ["a\x01\tb"]


def _parquet(tmp_path: Path, table: pa.Table, recipe: Recipe = PLAIN) -> Ingested:
    (tmp_path / "trabajo").mkdir()
    path = tmp_path / "f.parquet"
    pq.write_table(table, path)
    raw = RawFile("parquet", (RawTable("", path, tuple(table.column_names), first_line=1),))
    return Ingested(ingest(raw, recipe, tmp_path, Limits(), lambda _: None), tmp_path)


def test_typed_parquet_keeps_its_types(tmp_path: Path) -> None:
    table = pa.table(
        {"f": pa.array([1.5, float("nan"), 2.0], pa.float32()), "i": [1, 2, 2**53 + 1], "t": ["a", None, ""]}
    )
    done = _parquet(tmp_path, table)
    assert [done.type(n) for n in "fit"] == [ColumnType.NUMBER, ColumnType.INTEGER, ColumnType.TEXT]
    assert sorted(done.cells("i"), key=str) == [1, 2, 2**53 + 1]
    assert done.profile("f").nulls == 1
    assert done.profile("t").nulls == 1


def test_a_declared_mask_holds_in_typed_columns(tmp_path: Path) -> None:
    done = _parquet(tmp_path, pa.table({"f": [1.5, -99.0, -3.0]}), Recipe(masks=("-99",)))
    assert sorted(done.cells("f"), key=str) == [-3.0, 1.5, None]
    assert done.report.changes[0].cells == 1


def test_irregular_rows_are_read_again_with_care(tmp_path: Path) -> None:
    (tmp_path / "trabajo").mkdir()
    bad, good = tmp_path / "malo.csv", tmp_path / "bueno.csv"
    bad.write_text("a,b\n1,2\n3,4,5,6\n")
    good.write_text("a,b\n1,2\n")
    aside = (SetAside(3, "campos de más", "3,4,5,6"),)
    careful = RawTable("", good, ("a", "b"), Delimited(), rows_read=2, set_aside=aside)
    raw = RawFile("csv", (RawTable("", bad, ("a", "b"), Delimited(), careful=lambda: careful),))
    done = Ingested(ingest(raw, Recipe(), tmp_path, Limits(), lambda _: None), tmp_path)
    assert done.rows() == [(1, 2)]
    assert (done.report.rows_read, done.report.rows_kept, done.report.set_aside) == (2, 1, aside)


def test_the_largest_table_is_the_data_and_the_others_keep_their_names(tmp_path: Path) -> None:
    (tmp_path / "trabajo").mkdir()
    tables = []
    for name, rows in (("Metadatos 2020", 1), ("Cifras", 3), ("Vacía", 0)):
        path = tmp_path / f"{name}.csv"
        path.write_text("a\n" + "x\n" * rows)
        tables.append(RawTable(name, path, ("a",), Delimited()))
    done = Ingested(ingest(RawFile("xlsx", tuple(tables)), Recipe(), tmp_path, Limits(), lambda _: None), tmp_path)
    assert [(t.name, t.title, t.rows) for t in done.result.tables] == [
        ("datos", "Cifras", 3),
        ("metadatos-2020", "Metadatos 2020", 1),
    ]
    assert any("«Vacía»" in note for note in done.result.report.notes)
