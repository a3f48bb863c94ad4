"""Bundled resources load with the counts of `expected_loads.toml`, which are counted anew from the files themselves."""

from __future__ import annotations

import csv
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from defusedxml import ElementTree

from data_loaders.harvest import read_catalogue
from data_loaders.load import load
from data_loaders.order import Limits, LoadOrder
from data_loaders.overlay import read_overlay, recipe_for
from data_loaders.places import locate
from model.version import Manifest

CATALOG = Path(__file__).parents[2] / "catalog"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


# of dams: a state with a municipality of the neighbour state, and municipalities without a state
ODD_PLACES = (("Guerrero", "Arteaga"), ("Nayarit", "Hostotipaquillo"), ("", "Pátzcuaro"), ("", "Tampico"))


@dataclass(frozen=True)
class Expected:
    """Of one table: rows read, kept and set aside; empty cells among the kept rows, by column."""

    read: int
    kept: int
    set_aside: int
    nulls: dict[str, int]
    unmatched: int = 0


def expected() -> dict[str, dict[str, Expected]]:
    data = tomllib.loads((Path(__file__).parent / "expected_loads.toml").read_text(encoding="utf-8"))
    return {name: {table: Expected(**counts) for table, counts in tables.items()} for name, tables in data.items()}


def files() -> dict[str, Path]:
    found = {}
    for dataset in read_catalogue(CATALOG).datasets:
        for resource in dataset.resources:
            path = locate(CATALOG, resource.location)
            assert path is not None
            found[f"{dataset.slug}/{resource.slug}"] = path
    return found


def csv_rows(path: Path, encoding: str = "utf-8", header: int = 1) -> tuple[list[list[str]], list[str]]:
    with path.open(encoding=encoding, newline="") as source:
        rows = list(csv.reader(source))
    return rows, rows[header - 1]


def counted(rows: list[list[str]], names: list[str], read: int, masks: tuple[str, ...] = ()) -> Expected:
    empty = {name: sum(row[i] in ("", *masks) for row in rows) for i, name in enumerate(names)}
    return Expected(read, len(rows), read - len(rows), {name: n for name, n in empty.items() if n})


def plain_csv(path: Path) -> Expected:
    rows, names = csv_rows(path)
    return counted(rows[1:], names, len(rows) - 1)


def official_layout(path: Path) -> Expected:
    """Rows with a two-digit key are data; the header is no row; titles, total, blanks and notes are set aside."""
    rows, names = csv_rows(path, "cp1252", 4)
    data = [row for row in rows if len(row[0]) == 2 and row[0].isdigit()]
    return counted(data, names, len(rows) - 1, ("N/D",))


def sheets(path: Path) -> Iterator[Expected]:
    """Each worksheet of a workbook, from its XML: a row element is a row, a cell without a value is empty."""
    with zipfile.ZipFile(path) as archive:
        for name in sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")):
            rows = ElementTree.fromstring(archive.read(name)).findall(f".//{SHEET}row")
            widths = {sum(len(cell) for cell in row.findall(f"{SHEET}c")) for row in rows}
            assert len(widths) == 1, "no cell is empty"
            yield Expected(len(rows) - 1, len(rows) - 1, 0, {})


def test_the_expected_counts_are_those_of_the_files() -> None:
    found: dict[str, dict[str, Expected]] = {}
    for name, path in files().items():
        if path.suffix == ".xlsx":
            annual, quarterly = sheets(path)
            found[name] = {"datos": annual, "trimestral": quarterly}
        elif name.endswith("/cuadro-2025"):
            found[name] = {"datos": official_layout(path)}
        else:
            found[name] = {"datos": plain_csv(path)}
    told = {
        name: {table: replace(e, unmatched=0) for table, e in tables.items()} for name, tables in expected().items()
    }
    assert found == told


def test_the_dams_of_no_municipality_are_those_whose_state_is_missing_or_another() -> None:
    rows, names = csv_rows(files()["presas-principales/ubicacion-y-capacidad"])
    at = {name: i for i, name in enumerate(names)}
    odd = [row[at["presa"]] for row in rows[1:] if (row[at["entidad"]], row[at["municipio"]]) in ODD_PLACES]
    assert set(odd) == {"Infiernillo", "La Yesca", "Pátzcuaro", "Sistema lagunario Chairel"}


def loaded(name: str, lake: Path) -> Manifest:
    overlay = read_overlay(CATALOG)
    dataset, resource = name.split("/")
    recipe = replace(recipe_for(overlay, dataset, resource), population=None)
    return load(LoadOrder(dataset, resource, files()[name], recipe, lake, Limits(), None))


@pytest.mark.parametrize("name", sorted(expected()))
def test_a_bundled_resource_loads_with_the_expected_counts(name: str, tmp_path: Path) -> None:
    manifest = loaded(name, tmp_path)
    for table, counts in expected()[name].items():
        report = next(r for r in manifest.report.tables if r.table == table)
        assert (report.rows_read, report.rows_kept, report.set_aside_rows) == (
            counts.read,
            counts.kept,
            counts.set_aside,
        )
        assert len(report.set_aside) == counts.set_aside
        profile = manifest.table(table)
        assert profile is not None
        assert {c.column.name: c.nulls for c in profile.columns if c.nulls} == counts.nulls
        assert profile.unmatched == counts.unmatched


def test_the_declared_mask_of_the_official_layout_is_counted(tmp_path: Path) -> None:
    manifest = loaded("lluvia-mensual-por-entidad/cuadro-2025", tmp_path)
    nulled = {c.column: c.cells for c in manifest.report.tables[0].changes if c.what == "null"}
    assert nulled == {"Noviembre 2025": 32, "Diciembre 2025": 32}
    long = manifest.table("largo")
    assert long is not None
    assert long.rows == 320
