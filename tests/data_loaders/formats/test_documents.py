"""JSON, NDJSON, GeoJSON and XML in the shapes that agencies publish."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_loaders.trees import json_pull
from model.errors import LoadError
from tests.data_loaders.formats.reading import cells, only, read_bytes

LEAF = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8))
RECORDS = st.lists(
    st.dictionaries(st.text("abcñ", min_size=1, max_size=3), LEAF, min_size=1, max_size=4), min_size=1, max_size=8
)


def as_text(value: object) -> str | None:
    return None if value is None else value if isinstance(value, str) else json.dumps(value)


@settings(max_examples=50, deadline=None)
@given(RECORDS, st.sampled_from(["list", "key", "lines"]))
def test_records_come_back_cell_by_cell_in_each_shape(records: list[dict[str, object]], shape: str) -> None:
    text = {
        "list": json.dumps(records),
        "key": json.dumps({"meta": {"n": 1}, "resultado": {"filas": records}}, ensure_ascii=False),
        "lines": "\n".join(json.dumps(one) for one in records),
    }[shape]
    with TemporaryDirectory() as folder:
        name = "t.ndjson" if shape == "lines" else "t.json"
        table = only(read_bytes(text.encode("utf-8"), name, Path(folder)))
        assert table.names == tuple(dict.fromkeys(key for one in records for key in one))
        expected = [tuple(as_text(one.get(name)) for name in table.names) for one in records]
        assert cells(table) == expected


def test_one_level_of_nesting_becomes_columns_and_deeper_ones_text(tmp_path: Path) -> None:
    text = '[{"a": {"b": 1, "c": {"d": [1.50]}}, "e": [], "a.b": "otra"}]'
    table = only(read_bytes(text.encode(), "t.json", tmp_path))
    assert table.names == ("a.b", "a.c", "e", "a.b")
    assert cells(table) == [("1", '{"d":[1.50]}', "[]", "otra")]


def test_the_answer_of_a_ckan_datastore_is_its_records(tmp_path: Path) -> None:
    text = '{"success": true, "result": {"fields": [{"id": "a"}], "records": [{"a": 1}, {"a": 2}]}}'
    assert cells(only(read_bytes(text.encode(), "t.json", tmp_path))) == [("1",), ("2",)]


def test_several_lists_of_records_are_several_tables(tmp_path: Path) -> None:
    text = '{"estados": [{"e": 1}], "municipios": [{"m": 1}, {"m": 2}]}'
    raw = read_bytes(text.encode(), "t.json", tmp_path)
    assert [(table.name, len(cells(table))) for table in raw.tables] == [("estados", 1), ("municipios", 2)]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ["1", "3"], "b": ["2", "4"]}',
        '[["a", "b"], ["1", "2"], ["3", "4"]]',
        '{"columns": ["a", "b"], "index": [0, 1], "data": [["1", "2"], ["3", "4"]]}',
    ],
)
def test_lists_of_lists_and_columns_of_values_are_tables(text: str, tmp_path: Path) -> None:
    table = only(read_bytes(text.encode(), "t.json", tmp_path))
    assert table.names == ("a", "b")
    assert cells(table) == [("1", "2"), ("3", "4")]


def test_objects_by_key_keep_the_key_as_a_column(tmp_path: Path) -> None:
    table = only(read_bytes(b'{"01": {"n": "A"}, "02": {"n": "B"}}', "t.json", tmp_path))
    assert (table.names, cells(table)) == (("clave", "n"), [("01", "A"), ("02", "B")])


def test_an_element_that_is_no_record_is_set_aside(tmp_path: Path) -> None:
    table = only(read_bytes(b'[{"a": 1}, 5, {"a": 2}]', "t.json", tmp_path))
    assert [(s.line, s.text) for s in table.set_aside] == [(2, "5")]
    table = only(read_bytes(b'{"a": 1}\nroto\n\n{"a": 2}\n', "t.ndjson", tmp_path))
    assert [(s.line, s.reason) for s in table.set_aside] == [(2, "no es un objeto JSON"), (3, "vacía")]


def test_broken_json_says_where(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="cortado"):
        read_bytes(b'[{"a": 1}, {"a": ', "t.json", tmp_path)
    with pytest.raises(LoadError, match="carácter 10"):
        read_bytes(b'[{"a": 1} {"a": 2}]', "t.json", tmp_path)
    with pytest.raises(LoadError, match="no es JSON válido"):
        read_bytes(b'[{"a": 1}] basura', "t.json", tmp_path)


def test_json_in_latin1_and_utf16_keeps_its_accents(tmp_path: Path) -> None:
    for codec in ("latin-1", "utf-16"):
        assert cells(only(read_bytes('[{"a": "Ñu"}]'.encode(codec), "t.json", tmp_path))) == [("Ñu",)]


def test_a_value_longer_than_a_chunk_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pull, "CHUNK", 7)
    long = "ñ" * 500
    text = json.dumps([{"a": long, "b": 12345678901234567890}, {"a": "x", "b": 1.5}])
    assert cells(only(read_bytes(text.encode(), "t.json", tmp_path))) == [
        (long, "12345678901234567890"),
        ("x", "1.5"),
    ]


def test_a_map_of_areas_has_no_latitude_and_keeps_ids_and_missing_geometry(tmp_path: Path) -> None:
    ring = [[-99.1, 19.4], [-99.0, 19.4], [-99.0, 19.5], [-99.1, 19.4]]
    area = {"type": "Polygon", "coordinates": [ring]}
    features = [
        {"type": "Feature", "id": "14", "properties": {"n": {"es": "A"}}, "geometry": area},
        {"type": "Feature", "id": "15", "properties": None, "geometry": None},
    ]
    text = json.dumps({"features": features, "name": "x", "type": "FeatureCollection"})
    raw = read_bytes(text.encode(), "areas.geojson", tmp_path)
    table = only(raw)
    assert table.names == ("id", "n.es", "geometry")
    first, second = cells(table)
    assert json.loads(first[2] or "") == area
    assert second == ("15", None, None)
    assert raw.notes == ("1 elementos no traen geometría.",)


def test_what_repeats_inside_an_xml_record_is_a_table_of_its_own(tmp_path: Path) -> None:
    text = (
        '<places><place place_id="1"><gas_price type="regular">19.90</gas_price>'
        '<gas_price type="premium">21.5</gas_price></place>'
        '<place place_id="2"><gas_price type="regular">20</gas_price></place></places>'
    )
    raw = read_bytes(b'<?xml version="1.0"?>' + text.encode(), "precios.xml", tmp_path)
    found = {table.name: (table.names, cells(table)) for table in raw.tables}
    assert found["place"] == (("place_id",), [("1",), ("2",)])
    assert found["gas_price"] == (
        ("place_id", "type", "texto"),
        [("1", "regular", "19.90"), ("1", "premium", "21.5"), ("2", "regular", "20")],
    )


def test_xml_with_namespaces_a_prologue_and_latin1_is_read(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><r xmlns="urn:x"><info><fecha>hoy</fecha></info>'
        "<filas><fila><n>Ñu</n><v/></fila><fila><n>Oa</n><v>2</v></fila></filas></r>"
    )
    table = only(read_bytes(text.encode("latin-1"), "t.xml", tmp_path))
    assert (table.names, cells(table)) == (("n", "v"), [("Ñu", None), ("Oa", "2")])


def test_xml_without_records_or_broken_says_so(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no trae registros"):
        read_bytes(b'<?xml version="1.0"?><a><b>1</b></a>', "t.xml", tmp_path)
    with pytest.raises(LoadError, match="línea 2"):
        read_bytes(b'<?xml version="1.0"?>\n<a><b></a>', "t.xml", tmp_path)
