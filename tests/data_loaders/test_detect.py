"""Detection: content first, name second, and a reason where it is no table."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_loaders.detect import all_formats, detect
from model.errors import LoadError


def named(content: bytes, name: str, tmp_path: Path) -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return detect(path).name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "está vacío"),
        (b"\xef\xbb\xbf \r\n\r\n", "está vacío"),
        (b"<!DOCTYPE html><html>", "página HTML"),
        (b"\n\n <!-- aviso --> <HTML lang='es'>", "página HTML"),
        (b'<?xml version="1.0"?><html xmlns="x">', "página HTML"),
        (b'var dt = {"a": 1}', "JavaScript"),
        (b'// datos\nvar dt = [{"a": 1}]', "JavaScript"),
        (b'datos([{"a": 1}])', "JavaScript"),
        (b"window.datos = []", "JavaScript"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "imagen"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"SQLite format 3\0" + b"x" * 20, "SQLite"),
        (b"x" * 257 + b"ustar\x0000", "TAR"),
        (bytes(range(256)) * 8, "No se reconoce"),
    ],
)
def test_what_is_no_table_says_why_in_spanish(content: bytes, reason: str, tmp_path: Path) -> None:
    for name in ("datos.csv", "datos.json"):
        with pytest.raises(LoadError, match=reason):
            named(content, name, tmp_path)


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"a\tb\n1\t2\n", "datos.bin", "CSV"),
        (b"clave\n01\n02\n", "una_columna.csv", "CSV"),
        (b"[Medida].[x],b\n1,2\n", "corchetes.csv", "CSV"),
        (b"{clave},b\n1,2\n", "llaves.csv", "CSV"),
        (b'[{"a": 1}]', "datos.csv", "JSON"),
        (b'{"a": 1}\n{"a": 2}\n', "datos.json", "NDJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "mapa.json", "GeoJSON"),
        (b'<?xml version="1.0"?><a><b/></a>', "datos.txt", "XML"),
        ("a,ñ\n1,2\n".encode("utf-16"), "datos.csv", "CSV"),
    ],
)
def test_content_decides(content: bytes, name: str, found: str, tmp_path: Path) -> None:
    assert named(content, name, tmp_path) == found


def test_an_unknown_format_lists_what_is_read(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="Se leen: CSV, GeoJSON, GZ, JSON, NDJSON, Parquet"):
        named(b"una palabra", "nota.bin", tmp_path)


def test_a_missing_file_and_an_empty_folder_are_load_errors(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="No se encontró"):
        detect(tmp_path / "no_existe.csv")
    with pytest.raises(LoadError, match="No se reconoce"):
        detect(tmp_path)


def test_every_format_answers_between_zero_and_a_hundred_for_any_head(tmp_path: Path) -> None:
    path = tmp_path / "x.dat"
    for content in (b"\x00", b"\xff\xfe", b"PK\x03\x04", b"{", b"<", b"\x1f\x8b\x08", b"a" * 70_000):
        path.write_bytes(content)
        assert all(0 <= one.sniff(content, path) <= 100 for one in all_formats())
