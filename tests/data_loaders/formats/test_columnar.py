"""Parquet, workbooks, shapefiles and archives."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapefile

from data_loaders.versions import parts
from model.errors import LoadError
from tests.data_loaders.formats.reading import cells, only, read_bytes, read_path
from tests.data_loaders.formats.workbooks import sheet_xml, workbook_bytes


def parquet_bytes(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def test_a_flat_parquet_is_read_in_place_and_typed(tmp_path: Path) -> None:
    table = only(read_bytes(parquet_bytes(pa.table({"f": [date(2024, 1, 2)], "n": [1.5]})), "t.parquet", tmp_path))
    assert table.path == tmp_path / "t.parquet"
    assert table.rows_read == 1
    assert cells(table) == [("2024-01-02", "1.5")]


def test_a_hive_folder_and_one_file_of_it_have_the_partition_as_a_column(tmp_path: Path) -> None:
    root = tmp_path / "censo"
    for key, rows in {"Quintana%20Roo": 2, "Tlaxcala": 1, "__HIVE_DEFAULT_PARTITION__": 1}.items():
        folder = root / "anio=2020" / f"NOM_ENT={key}"
        folder.mkdir(parents=True)
        (folder / "part-0.parquet").write_bytes(parquet_bytes(pa.table({"n": list(range(rows))})))
    table = only(read_path(root, tmp_path))
    assert table.names == ("n", "anio", "NOM_ENT")
    assert sorted(cells(table), key=str) == [
        ("0", "2020", "Quintana Roo"),
        ("0", "2020", "Tlaxcala"),
        ("0", "2020", None),
        ("1", "2020", "Quintana Roo"),
    ]
    one = root / "anio=2020" / "NOM_ENT=Quintana%20Roo" / "part-0.parquet"
    assert cells(only(read_path(one, tmp_path))) == [("0", "2020", "Quintana Roo"), ("1", "2020", "Quintana Roo")]
    assert len(parts(root)) == 3


def point(x: float, y: float) -> bytes:
    return struct.pack("<BIdd", 1, 1, x, y)


def test_geoparquet_and_nested_columns_become_text(tmp_path: Path) -> None:
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    table = pa.table(
        {"n": [[1, None], None, []], "geometry": [point(-99.1, 19.4), None, b"\x01\x01"]},
    ).replace_schema_metadata({"geo": json.dumps(geo)})
    found = only(read_bytes(parquet_bytes(table), "geo.parquet", tmp_path))
    assert found.names == ("n", "geometry", "latitud", "longitud")
    assert cells(found) == [
        ("[1,null]", '{"type":"Point","coordinates":[-99.1,19.4]}', "19.4", "-99.1"),
        (None, None, None, None),
        ("[]", None, None, None),
    ]
    assert found.notes[0].startswith("1 elementos traen coordenadas ilegibles")


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_each_visible_sheet_is_a_table_with_its_titles_and_notes_apart(tmp_path: Path) -> None:
    rows = (
        f'<row r="2">{text_cell("B2", "CUENTA PÚBLICA")}</row>'
        f'<row r="4">{text_cell("B4", "Ramo")}{text_cell("C4", "Gasto")}</row>'
        f'<row r="5">{text_cell("C5", "Corriente")}{text_cell("D5", "Inversión")}</row>'
        f'<row r="6">{text_cell("B6", "02")}<c r="C6"><v>5</v></c><c r="D6"><v>2.5</v></c></row>'
        f'<row r="7">{text_cell("B7", "03")}<c r="C7"><v>12345678901</v></c><c r="D7"><v>0.1</v></c></row>'
        f'<row r="9">{text_cell("B9", "Fuente: SHCP")}</row>'
    )
    other = f'<row r="1">{text_cell("A1", "a")}</row><row r="2"><c r="A2" t="b"><v>1</v></c></row>'
    content = workbook_bytes({"Gasto": sheet_xml(rows).encode(), "Otra": sheet_xml(other).encode()})
    first, second = read_bytes(content, "libro.xlsx", tmp_path).tables
    assert first.names == ("Ramo", "Gasto – Corriente", "Gasto – Inversión")
    assert cells(first) == [("02", "5", "2.5"), ("03", "12345678901", "0.1")]
    assert [(s.line, s.reason) for s in first.set_aside] == [
        (1, "vacía"), (2, "título"), (3, "vacía"), (8, "vacía"), (9, "nota"),
    ]  # fmt: skip
    assert first.rows_read == 7
    assert (second.name, cells(second)) == ("Otra", [("true",)])


def shapes(tmp_path: Path, prj: str = "", encoding: str = "latin-1") -> Path:
    base = tmp_path / "presas"
    with shapefile.Writer(str(base), encoding=encoding) as writer:
        writer.field("nombre", "C", 20)
        writer.field("clave", "C", 5)
        writer.field("n", "N", 12, 3)
        writer.point(486000.0 if prj else -99.1, 2148000.0 if prj else 19.4)
        writer.record("Cañón", "007", 1.5)
        writer.null()
        writer.record("", "008", None)
    if prj:
        base.with_suffix(".prj").write_text(prj)
    return base.with_suffix(".shp")


def test_a_loose_shapefile_in_latin1_without_cpg(tmp_path: Path) -> None:
    path = shapes(tmp_path)
    raw = read_path(path, tmp_path)
    table = only(raw)
    assert raw.encoding == "cp1252"
    assert table.names == ("nombre", "clave", "n", "geometry", "latitud", "longitud")
    assert cells(table) == [
        ("Cañón", "007", "1.5", '{"type":"Point","coordinates":[-99.1,19.4]}', "19.4", "-99.1"),
        (None, "008", None, None, None, None),
    ]
    assert {p.suffix for _, p in parts(path)} == {".shp", ".shx", ".dbf"}


def test_a_projected_shapefile_is_brought_to_wgs84(tmp_path: Path) -> None:
    prj = (
        'PROJCS["WGS_1984_UTM_Zone_14N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,'
        '298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
        'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-99.0],'
        'PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    )
    raw = read_path(shapes(tmp_path, prj), tmp_path)
    row = cells(only(raw))[0]
    assert float(row[4] or 0) == pytest.approx(19.4264, abs=1e-3)
    assert any("WGS 84" in note for note in raw.notes)


def test_a_projected_shapefile_without_prj_places_nothing(tmp_path: Path) -> None:
    path = shapes(tmp_path, "x")
    path.with_suffix(".prj").unlink()
    raw = read_path(path, tmp_path)
    assert cells(only(raw))[0][3:] == (None, None, None)
    path.with_suffix(".dbf").unlink()
    with pytest.raises(LoadError, match=r"\.dbf"):
        read_path(path, tmp_path)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries:
            target.writestr(name, content)
    return out.getvalue()


def test_each_member_of_a_zip_is_a_table_and_a_shapefile_is_one(tmp_path: Path) -> None:
    path = shapes(tmp_path)
    members = [(f"mapa/Presas{p.suffix.upper()}", p.read_bytes()) for _, p in parts(path)]
    content = zipped(
        ("uno.csv", b"a,b\n1,2\n"),
        ("__MACOSX/._uno.csv", b"\x00\x05"),
        ("léeme.pdf", b"%PDF-1.4"),
        *members,
        ("mapa/Presas.shp.xml", b"<metadata/>"),
        ("dos.json", b'[{"x": 1}]'),
    )
    raw = read_bytes(content, "varios.zip", tmp_path)
    assert [table.name for table in raw.tables] == ["uno", "Presas", "dos"]
    assert raw.format == "ZIP (CSV+Shapefile+JSON)"
    assert raw.notes[0].startswith("«léeme.pdf» no se cargó: El archivo es un PDF")
    assert cells(raw.tables[0]) == [("1", "2")]
    assert cells(raw.tables[2]) == [("1",)]


def test_an_archive_without_tables_says_the_first_reason(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"«a\.pdf»: El archivo es un PDF"):
        read_bytes(zipped(("a.pdf", b"%PDF-1.4")), "t.zip", tmp_path)
    with pytest.raises(LoadError, match="vacío"):
        read_bytes(zipped(), "t.zip", tmp_path)
    with pytest.raises(LoadError, match="Word"):
        read_bytes(zipped(("word/document.xml", b"<w/>")), "t.docx", tmp_path)


def test_a_gz_names_its_table_by_its_content(tmp_path: Path) -> None:
    raw = read_bytes(gzip.compress(parquet_bytes(pa.table({"a": [1]}))), "t.parquet.gz", tmp_path)
    assert raw.format == "GZ (Parquet)"
    assert cells(only(raw)) == [("1",)]
    with pytest.raises(LoadError, match="dañado"):
        read_bytes(gzip.compress(b"a,b\n1,2\n" * 1000)[:-20], "t.csv.gz", tmp_path)
