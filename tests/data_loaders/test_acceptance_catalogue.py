"""The real catalogue beside the checkout: every file loads, or says why, and its figures are the source's."""

from __future__ import annotations

import csv
import json
import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data_loaders.lake import Lake
from data_loaders.load import LoadOrder, load
from model.errors import LoadError
from model.recipe import Recipe
from model.version import Manifest, TableRef

SHARED = Path(__file__).parents[2].parent / "shared"
FILES = SHARED / "catalogo" / "archivos"
EXPECTED = json.loads((Path(__file__).parent / "catalogo_esperado.json").read_text(encoding="utf-8"))
pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(not FILES.is_dir(), reason="the real catalogue is not beside the checkout"),
]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lake")


def loaded(lake: Path, name: str) -> Manifest:
    return load(
        LoadOrder(
            "catalogo", name.lower().replace("/", "-"), FILES / name, Recipe(), lake, municipalities=SHARED / "geo"
        )
    )


def test_all_31_resources_are_expected() -> None:
    assert len(EXPECTED) == 31
    assert sum("error" in found for found in EXPECTED.values()) == 2


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_loads_as_expected_or_says_why(name: str, lake: Path) -> None:
    expected = EXPECTED[name]
    if "error" in expected:
        with pytest.raises(LoadError, match=expected["error"]):
            loaded(lake, name)
        return
    manifest = loaded(lake, name)
    report = manifest.report.tables[0]
    data = manifest.table("datos")
    assert data is not None
    found = {
        "kept": report.rows_kept,
        "aside": report.set_aside_rows,
        "nulls": sum(column.nulls for column in data.columns),
        "places": list(data.places),
        "tables": [table.name for table in manifest.tables],
    }
    assert found == expected
    assert report.rows_read == report.rows_kept + report.set_aside_rows
    totals = manifest.table("totales")
    assert report.rows_kept + (totals.rows if totals else 0) == records(FILES / name, manifest.report.encoding)


def records(path: Path, encoding: str) -> int:
    """The data rows of a source, counted without our code."""
    if path.suffix == ".parquet":
        return len(pd.read_parquet(path, partitioning=None))
    if path.suffix == ".shp":
        return int(struct.unpack("<I", path.with_suffix(".dbf").read_bytes()[4:8])[0])
    if path.suffix == ".xml":
        return path.read_bytes().count(b"<place ")
    if path.suffix in (".xls", ".xlsx"):
        sheet = pd.read_excel(path, header=None, engine="calamine").dropna(how="all")
        widths = sheet.notna().sum(axis=1)
        return int((widths > sheet.shape[1] * 0.5).sum()) - 1
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
        rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
    [(width, _)] = Counter(len(row) for row in rows).most_common(1)
    filled = [row for row in rows if len(row) == width and sum(bool(cell.strip()) for cell in row) > max(1, width / 4)]
    return len(filled) - (path.name not in HEADER_OF_ANOTHER_WIDTH)


HEADER_OF_ANOTHER_WIDTH = ("inegi_consulta_censo2020.csv",)


def one(manifest: Manifest, lake: Path, sql: str, table: str = "datos") -> Iterator[object]:
    path = Lake(lake).tables(TableRef(manifest.dataset, manifest.resource, manifest.version))
    with duckdb.connect(str(path), read_only=True) as con:
        yield from con.execute(sql.format(t=f'"{table}"')).fetchone() or ()


def source_column(name: str, column: str, encoding: str = "utf-8-sig") -> list[str]:
    with (FILES / name).open(encoding=encoding, newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def test_remittances_sum_as_in_the_source(lake: Path) -> None:
    manifest = loaded(lake, "remesas_entidad.csv")
    rows = zip(
        source_column("remesas_entidad.csv", "CVE_ENT"), source_column("remesas_entidad.csv", "VALOR_USD"), strict=True
    )
    expected = sum(int(value) for key, value in rows if key == "14")
    assert list(one(manifest, lake, "SELECT sum(VALOR_USD) FROM {t} WHERE _entidad = '14'")) == [expected]


def test_ozone_averages_leave_the_masks_out(lake: Path) -> None:
    values = [int(v) for v in source_column("aire_o3_2024.csv", "AJM") if v not in ("", "-99")]
    found = list(
        one(loaded(lake, "aire_o3_2024.csv"), lake, "SELECT count(AJM), sum(AJM), max(fecha_hora)::VARCHAR FROM {t}")
    )
    assert found == [len(values), sum(values), "2025-01-01 00:00:00"]


def test_crimes_in_the_long_view_are_those_of_the_wide_one(lake: Path) -> None:
    name = "incidencia_delictiva_estatal_2026.csv"
    months = [source_column(name, month, "cp1252") for month in ("Enero", "Febrero", "Marzo")]
    expected = sum(int(cell) for cells in months for cell in cells if cell)
    manifest = loaded(lake, name)
    assert list(one(manifest, lake, "SELECT sum(valor), count(DISTINCT periodo) FROM {t}", "largo")) == [expected, 3]
    assert list(one(manifest, lake, "SELECT sum(Enero) + sum(Febrero) + sum(Marzo) FROM {t}")) == [expected]


def test_the_census_sums_to_the_nation(lake: Path) -> None:
    found = list(
        one(
            loaded(lake, "inegi_consulta_censo2020.csv"),
            lake,
            'SELECT sum("Total"), count(DISTINCT _municipio) FROM {t}',
        )
    )
    assert found == [126_014_024, 2469]


def test_localities_sum_to_their_state(lake: Path) -> None:
    manifest = loaded(lake, "censo2020_localidades/NOM_ENT=Tlaxcala/part-0.parquet")
    assert list(one(manifest, lake, "SELECT sum(POBTOT), min(_entidad), max(_entidad) FROM {t}")) == [
        1_342_977,
        "29",
        "29",
    ]


def test_prices_are_all_there(lake: Path) -> None:
    source = pd.read_parquet(FILES / "gasolina_precios_diarios.parquet", columns=["tipo", "precio"])
    expected = source.groupby("tipo", observed=True)["precio"].agg(["size", "max"])
    manifest = loaded(lake, "gasolina_precios_diarios.parquet")
    for kind in expected.index:
        found = list(one(manifest, lake, f"SELECT count(*), max(precio) FROM {{t}} WHERE tipo = '{kind}'"))
        assert found == [expected.loc[kind, "size"], expected.loc[kind, "max"]]
