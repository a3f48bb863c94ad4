"""Files made to hurt (threats A1 to A22): each is refused with a reason, or read without harm."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data_loaders.formats.xls import compound_file
from data_loaders.limits import MIB, FileLimits
from data_loaders.sheets import workbook
from data_loaders.sheets.xlsx_guard import check_package
from model.errors import LoadError
from tests.data_loaders.formats.reading import cells, only, read_bytes
from tests.data_loaders.formats.workbooks import MAIN, sheet_xml, workbook_bytes

CANARY = "CANARY-7f3a91"


@pytest.mark.parametrize("name", ["mapa.geojson", "mapa.shp", "mapa.csv"])
def test_a8_a_virtual_layer_of_gdal_reads_no_other_file(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secreto.csv"
    secret.write_text(f"a,b\n{CANARY},1\n")
    layer = f'<OGRVRTLayer name="x"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    vrt = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"
    with pytest.raises(LoadError) as refused:
        read_bytes(vrt.encode(), name, tmp_path)
    assert CANARY not in refused.value.message


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize("prolog", [XXE, XXE.replace("file:///etc/passwd", "http://127.0.0.1:9/x"), LAUGHS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a9_a10_a_workbook_with_entities_is_refused(prolog: str, encoding: str, tmp_path: Path) -> None:
    sheet = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}' + sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
    )
    with pytest.raises(LoadError, match="entidades"):
        read_bytes(workbook_bytes({"Hoja1": sheet.encode(encoding)}), "malo.xlsx", tmp_path)


@pytest.mark.parametrize("prolog", [XXE, LAUGHS])
def test_a9_a10_xml_with_entities_is_refused(prolog: str, tmp_path: Path) -> None:
    text = f'<?xml version="1.0"?>{prolog}<r><f><a>&e;</a></f><f><a>2</a></f></r>'
    with pytest.raises(LoadError, match="entidades"):
        read_bytes(text.encode(), "malo.xml", tmp_path)


def test_a11_a_far_cell_is_refused_before_the_reader_allocates(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(LoadError, match=r"1,048,576 renglones por 16,384 columnas"):
        read_bytes(workbook_bytes({"Hoja1": sheet_xml(rows).encode()}), "lejos.xlsx", tmp_path)


def test_a11_far_cells_without_a_value_do_no_harm(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2"><v>1</v></c>'
        '<c r="XFD2" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    )
    raw = read_bytes(workbook_bytes({"Hoja1": sheet_xml(rows).encode()}), "estilo.xlsx", tmp_path)
    assert cells(only(raw)) == [("1",)]


def test_a11_millions_of_rows_are_refused_by_their_inflated_size(tmp_path: Path) -> None:
    path = tmp_path / "bomba.xlsx"
    path.write_bytes(workbook_bytes({"Hoja1": sheet_xml("<row><c><v>1</v></c></row>" * 200_000).encode()}))
    with pytest.raises(LoadError, match="GB"):
        check_package(path, FileLimits(workbook_bytes=2 * MIB))


def test_a12_formulas_give_their_last_value_and_nothing_is_fetched(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://127.0.0.1:9/","clic")</f><v>clic</v></c>'
        "<c r=\"B2\"><f>'[1]Otro'!A1</f><v>0</v></c></row>"
    )
    raw = read_bytes(workbook_bytes({"Hoja1": sheet_xml(rows).encode()}), "formula.xlsx", tmp_path)
    assert cells(only(raw)) == [("clic", "0")]


def test_a13_the_content_decides_not_the_name(tmp_path: Path) -> None:
    assert read_bytes(b"a,b\n1,2\n3,4\n", "datos.xlsx", tmp_path).format == "CSV"
    for name in ("tabla.xls", "mapa.geojson", "datos.csv"):
        with pytest.raises(LoadError, match="página HTML"):
            read_bytes(b"<!DOCTYPE html>\n<html><body><table></table>", name, tmp_path)


def parquet_bytes(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def test_a14_a_broken_parquet_is_refused(tmp_path: Path) -> None:
    whole = parquet_bytes(pa.table({"a": [1, 2, 3]}))
    for content in (whole[:-8], b"PAR1" + b"\xff" * 200 + b"PAR1", b"PAR1", whole[:-5] + b"\xff\xff\xff\x7fPAR1"):
        with pytest.raises(LoadError, match="Parquet"):
            read_bytes(content, "roto.parquet", tmp_path)


@pytest.mark.parametrize("depth", [200, 2_000, 200_000])
def test_a15_deep_json_is_refused_or_kept_as_text(depth: int, tmp_path: Path) -> None:
    deep = "[" * depth + "]" * depth
    for text in (f'[{{"a": {deep}}}]', f'{{"datos": [{{"a": {deep}}}]}}'):
        with contextlib.suppress(LoadError):
            assert cells(only(read_bytes(text.encode(), "hondo.json", tmp_path))) == [(deep,)]
    with contextlib.suppress(LoadError):
        assert cells(only(read_bytes(deep.encode(), "hondo.json", tmp_path))) == []


def test_a15_nan_repeated_keys_and_large_integers(tmp_path: Path) -> None:
    text = '[{"a": NaN, "b": 1, "b": 9007199254740993}, {"a": -Infinity, "b": 1.10, "c": [NaN, 0.30]}]'
    raw = read_bytes(text.encode(), "raro.json", tmp_path)
    assert cells(only(raw)) == [(None, "9007199254740993", None), (None, "1.10", "[null,0.30]")]
    assert [note.split(" ")[0] for note in raw.notes] == ["1", "3"]


@pytest.mark.parametrize("text", ["[1, 2, 3]", '["a", "b"]', "5", '"texto"', "null", "{}", "[]", '{"error": "no"}'])
def test_a15_json_without_records_says_why(text: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="lista"):
        read_bytes(text.encode(), "nada.json", tmp_path)


def test_a19_numbers_and_codes_come_as_they_were_written(tmp_path: Path) -> None:
    text = "clave;monto;grande\n007;12,5;9007199254740993\n01001;1.234,50;99999999999999999999\n"
    assert cells(only(read_bytes(text.encode(), "n.csv", tmp_path))) == [
        ("007", "12,5", "9007199254740993"),
        ("01001", "1.234,50", "99999999999999999999"),
    ]


def test_a20_hostile_headers_are_only_names(tmp_path: Path) -> None:
    names = ["a'; DROP TABLE x; --", "<script>alert(1)</script>", "__proto__", 'x"y']
    text = ",".join('"' + n.replace('"', '""') + '"' for n in names) + "\n1,2,3,4\n"
    assert only(read_bytes(text.encode(), "h.csv", tmp_path)).names == tuple(names)


def feature(coordinates: object, kind: str = "Point") -> dict[str, object]:
    return {"type": "Feature", "properties": {"n": 1}, "geometry": {"type": kind, "coordinates": coordinates}}


def test_a21_bad_coordinates_are_counted_and_never_placed_at_zero(tmp_path: Path) -> None:
    bad: list[object] = [[500, 19], [-99, 95], ["x", 1], [], [-99], None, [True, False], [[-99, 19]]]
    text = json.dumps({"type": "FeatureCollection", "features": [feature([-99.1, 19.4]), *map(feature, bad)]})
    raw = read_bytes(text.encode(), "mapa.geojson", tmp_path)
    found = cells(only(raw))
    assert found[0][2:] == ("19.4", "-99.1")
    assert all(row[1:] == (None, None, None) for row in found[1:])
    assert raw.notes[0].startswith("8 elementos traen coordenadas ilegibles")


def test_a21_projected_coordinates_are_brought_to_longitude_and_latitude(tmp_path: Path) -> None:
    collection = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32614"}},
        "features": [feature([486000.0, 2148000.0])],
    }
    (row,) = cells(only(read_bytes(json.dumps(collection).encode(), "utm.geojson", tmp_path)))
    assert float(row[2] or 0) == pytest.approx(19.4264, abs=1e-3)
    assert float(row[3] or 0) == pytest.approx(-99.1334, abs=1e-3)
    collection["crs"] = {"type": "name", "properties": {"name": "EPSG:999999"}}
    with pytest.raises(LoadError, match="sistema de coordenadas"):
        read_bytes(json.dumps(collection).encode(), "mal.geojson", tmp_path)


def test_a22_hidden_sheets_are_not_published_and_it_is_said(tmp_path: Path) -> None:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>n</t></is></c></row><row r="2"><c r="A2"><v>{}</v></c></row>'
    sheets = {name: sheet_xml(cell.format(i)).encode() for i, name in enumerate(["Datos", "Oculta", "MuyOculta"])}
    content = workbook_bytes(sheets, states={"Oculta": "hidden", "MuyOculta": "veryHidden"})
    raw = read_bytes(content, "libro.xlsx", tmp_path)
    assert cells(only(raw)) == [("0",)]
    assert raw.notes == ("No se publican 2 hojas ocultas: Oculta, MuyOculta.",)


def test_a22_a_protected_workbook_says_so(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="protegido con contraseña"):
        read_bytes(compound_file("EncryptedPackage", b"secreto"), "libro.xlsx", tmp_path)
    assert "contraseña" in workbook.PROTECTED


def test_xml_that_nests_without_end_is_refused(tmp_path: Path) -> None:
    text = "<?xml version='1.0'?>" + "<a>" * 100_000 + "</a>" * 100_000
    with pytest.raises(LoadError, match="anidado"):
        read_bytes(text.encode(), "hondo.xml", tmp_path)


def test_a_sheet_part_of_main_namespace_prefix_is_measured_too(tmp_path: Path) -> None:
    rows = '<x:row r="9"><x:c r="A1"><x:v>1</x:v></x:c><x:c s="1" r="XFD1048576"><x:v>2</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    with pytest.raises(LoadError, match="abarca"):
        read_bytes(workbook_bytes({"Hoja1": sheet.encode()}), "lejos.xlsx", tmp_path)
