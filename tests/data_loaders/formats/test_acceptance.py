"""The real catalogue: every file detected, its header right, its rows counted by independent means."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pyarrow.parquet as pq
import pytest

from data_loaders.detect import detect
from data_loaders.raw import RawTable
from model.errors import LoadError
from tests.data_loaders.formats.reading import cells, only, read_path

CATALOGUE = Path(__file__).parents[3].parent / "shared" / "catalogo"
FILES = CATALOGUE / "archivos"
pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(not CATALOGUE.exists(), reason="the real catalogue is not beside the checkout"),
]
PLAIN = {  # file: (encoding, lines above the header)
    "aire_o3_2024.csv": ("utf-8", 0),
    "aire_pm25_2024.csv": ("utf-8", 0),
    "ciclovias.csv": ("utf-8", 0),
    "contador-ciclistas.csv": ("utf-8", 0),
    "covid19_confirmed_mx.csv": ("utf-8", 0),
    "cuenta_publica_2023.csv": ("utf-8", 0),
    "cve_nom_municipios.csv": ("utf-8", 0),
    "edca.csv": ("cp1252", 0),
    "estaciones-de-ecobici.csv": ("utf-8", 0),
    "fotocivicas.csv": ("utf-8", 0),
    "incidencia_delictiva_estatal_2026.csv": ("cp1252", 0),
    "inegi_consulta_zm2015.csv": ("cp1252", 0),
    "max_rachas_sequia_municipios.csv": ("utf-8", 0),
    "mex_chirps_pr_mm_mun_month_2024.csv": ("utf-8", 0),
    "mex_chirps_pr_mm_mun_month_2025.csv": ("utf-8", 0),
    "plantas_tratamiento.csv": ("utf-8-sig", 1),
    "presas.csv": ("utf-8", 0),
    "prueba-parquimetros.csv": ("utf-8", 0),
    "remesas_entidad.csv": ("utf-8", 0),
    "remesas_mensuales.csv": ("utf-8", 0),
}


def resources() -> list[str]:
    if not CATALOGUE.exists():
        return []
    catalogue = json.loads((CATALOGUE / "data.json").read_text(encoding="utf-8"))
    return [unquote(r["downloadURL"]) for d in catalogue["dataset"] for r in d["distribution"]]


def as_plain(row: tuple[str | None, ...]) -> list[str]:
    return [cell or "" for cell in row]


def test_all_but_the_html_page_and_the_script_are_read(tmp_path: Path) -> None:
    refused: dict[str, str] = {}
    for location in resources():
        try:
            detect(CATALOGUE / location)
        except LoadError as error:
            refused[location] = error.message
    assert len(resources()) == 31
    assert set(refused) == {"archivos/ciclovias.2022-error.csv", "archivos/edca_datos.json"}
    assert "página HTML" in refused["archivos/ciclovias.2022-error.csv"]
    assert "JavaScript" in refused["archivos/edca_datos.json"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_csv_has_the_header_and_every_cell_that_the_csv_module_reads(name: str, tmp_path: Path) -> None:
    encoding, above = PLAIN[name]
    with (FILES / name).open(encoding=encoding, newline="") as source:
        records = list(csv.reader(source))[above:]
    header, rows = records[0], [row for row in records[1:] if any(c.strip() for c in row)]
    table = only(read_path(FILES / name, tmp_path))
    assert list(table.names) == [column.strip() for column in header]
    assert [as_plain(row) for row in cells(table)] == rows
    assert table.rows_read == len(records) - 1 + above


def test_the_query_of_inegi_has_its_table_between_titles_and_source(tmp_path: Path) -> None:
    with (FILES / "inegi_consulta_censo2020.csv").open(encoding="latin-1", newline="") as source:
        records = list(csv.reader(source))
    table = only(read_path(FILES / "inegi_consulta_censo2020.csv", tmp_path))
    assert table.names == ("columna_1", "columna_2", "Total", "Hombres", "Mujeres")
    assert [as_plain(row) for row in cells(table)] == records[4:-2]
    assert [s.reason for s in table.set_aside] == ["título", "vacía", "título", "vacía", "nota"]


def test_the_workbooks_agree_with_pandas(tmp_path: Path) -> None:
    sheets = read_path(FILES / "puntos_disposicion.xlsx", tmp_path).tables
    assert [sheet.name for sheet in sheets] == ["DATOS", "METADATOS"]
    frame = pd.read_excel(FILES / "puntos_disposicion.xlsx", sheet_name="DATOS", engine="calamine", dtype=str)
    assert list(sheets[0].names) == list(frame.columns)
    assert [row[0] for row in cells(sheets[0])] == list(frame["CVE_MUN"])
    assert len(cells(sheets[0])) == len(frame) == 1601
    book = only(read_path(FILES / "cuenta_publica_2023.xls", tmp_path))
    source = pd.read_excel(
        FILES / "cuenta_publica_2023.xls", engine="calamine", header=None, dtype=object, na_filter=False
    )
    assert book.rows_read == len(source) - 3
    assert book.names[6] == "GASTO CORRIENTE – SERVICIOS PERSONALES"
    total = sum(int(float(row[6] or 0)) for row in cells(book))
    assert total == sum(int(float(v or 0)) for v in source[7][9:])


def test_the_stations_of_the_xml_agree_with_elementtree(tmp_path: Path) -> None:
    root = ElementTree.parse(FILES / "gasolina_estaciones.xml").getroot()
    expected = [
        (
            p.get("place_id"),
            p.findtext("name"),
            p.findtext("cre_id"),
            p.findtext("location/x"),
            p.findtext("location/y"),
        )
        for p in root
    ]
    table = only(read_path(FILES / "gasolina_estaciones.xml", tmp_path))
    assert table.names == ("place_id", "name", "cre_id", "location.x", "location.y")
    assert cells(table) == [tuple(c.strip() if c else None for c in row) for row in expected]


def test_the_parquet_files_agree_with_their_metadata(tmp_path: Path) -> None:
    prices = FILES / "gasolina_precios_diarios.parquet"
    (table,) = read_path(prices, tmp_path).tables
    assert (table.path, table.rows_read) == (prices, pq.read_metadata(prices).num_rows)
    part = FILES / "censo2020_localidades" / "NOM_ENT=Quintana%20Roo" / "part-0.parquet"
    one: RawTable = only(read_path(part, tmp_path))
    assert one.names[-1] == "NOM_ENT"
    assert {row[-1] for row in cells(one)} == {"Quintana Roo"}
    assert one.rows_read == pq.read_metadata(part).num_rows == 2243
    assert only(read_path(FILES / "censo2020_localidades", tmp_path)).rows_read == 2058 + 2243 + 1323


def test_the_dams_stand_in_mexico_with_their_accents(tmp_path: Path) -> None:
    raw = read_path(FILES / "presas_shp" / "Presas_Vul_Rec_INU_NCUENCA.shp", tmp_path)
    rows = cells(only(raw))
    at = {name: i for i, name in enumerate(raw.tables[0].names)}
    assert len(rows) == 207
    assert all(14 < float(row[at["latitud"]] or 0) < 33 for row in rows)
    assert all(-118 < float(row[at["longitud"]] or 0) < -86 for row in rows)
    assert "Incrementar el número de estaciones" in (rows[0][at["RECOMENDA8"]] or "")
