"""What every format of the drawer must keep."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from data_loaders.detect import all_formats, detect
from data_loaders.raw import Format
from model.errors import LoadError
from model.recipe import Recipe
from tests.data_loaders.formats.reading import cells, only, read_path

FORMATS = all_formats()


def example_path(one: Format, tmp_path: Path) -> Path:
    suffix = ".zip" if one.name == "Shapefile" else one.suffixes[0]
    path = tmp_path / f"ejemplo{suffix}"
    path.write_bytes(one.example())
    return path


@pytest.fixture(params=FORMATS, ids=lambda one: one.name)
def one(request: pytest.FixtureRequest) -> Format:
    found = request.param
    assert isinstance(found, Format)
    return found


def test_the_drawer_holds_the_formats_of_the_design() -> None:
    names = {f.name for f in FORMATS}
    assert names == {
        "CSV", "GZ", "GeoJSON", "JSON", "NDJSON", "Parquet", "Shapefile", "XLS", "XLSX", "XML", "ZIP",
    }  # fmt: skip


def test_an_example_yields_its_expected_rows(one: Format, tmp_path: Path) -> None:
    raw = read_path(example_path(one, tmp_path), tmp_path)
    assert tuple(cells(only(raw))) == one.expected


def test_an_example_is_told_by_its_content_whatever_its_name(one: Format, tmp_path: Path) -> None:
    path = tmp_path / "ejemplo.bin"
    path.write_bytes(one.example())
    assert detect(path).name == ("ZIP" if one.name == "Shapefile" else one.name)


def test_a_cut_or_empty_example_is_refused_with_a_reason_or_read_short(one: Format, tmp_path: Path) -> None:
    whole = one.example()
    for size in (0, 1, 3, 10, len(whole) // 3, len(whole) // 2, len(whole) - 3):
        path = example_path(one, tmp_path)
        path.write_bytes(whole[:size])
        workdir = tmp_path / f"cut{size}"
        workdir.mkdir()
        with contextlib.suppress(LoadError):
            for table in detect(path).read(path, Recipe(), workdir).tables:
                assert table.rows_read is None or table.rows_read == len(cells(table)) + table.set_aside_rows


def test_flipped_bytes_never_raise_anything_but_a_load_error(one: Format, tmp_path: Path) -> None:
    whole = one.example()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        path = example_path(one, tmp_path)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        workdir = tmp_path / f"flip{at}"
        workdir.mkdir()
        with contextlib.suppress(LoadError):
            detect(path).read(path, Recipe(), workdir)


def test_each_format_names_its_suffixes_with_a_dot(one: Format) -> None:
    assert one.suffixes
    assert all(s.startswith(".") and s == s.lower() for s in one.suffixes)
