"""Folders without a catalogue: files become datasets as a person would group them."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_loaders.harvest import read_catalogue
from data_loaders.sources.bare_folder import DEEPEST, title_of


def test_a_bare_folder_groups_files_as_a_person_would(tmp_path: Path) -> None:
    for name in ("precios_2024.csv", "capa.shp", "capa.dbf", "capa.prj", "capa.shp.xml", ".oculto", "README.md",
                 "portal.toml", "~$libro.xlsx", "lluvia/2024.csv", "lluvia/mas/2025.csv.gz",
                 "censo/ENT=Colima/a.parquet", "censo/ENT=Q%20Roo/a.parquet", "vacia/.nada"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = read_catalogue(tmp_path)
    assert found.problems == ()
    assert {d.title: [r.location for r in d.resources] for d in found.datasets} == {
        "Capa": ["capa.shp"],
        "Censo": ["censo"],
        "Lluvia": ["lluvia/2024.csv", "lluvia/mas/2025.csv.gz"],
        "Precios 2024": ["precios_2024.csv"],
    }
    assert [r.title for d in found.datasets for r in d.resources if d.title == "Lluvia"] == ["2024", "2025"]


def test_a_bare_folder_does_not_follow_links_outside(tmp_path: Path) -> None:
    (tmp_path / "secreto.csv").write_text("x")
    home = tmp_path / "catalogo"
    home.mkdir()
    (home / "bueno.csv").write_text("x")
    (home / "enlace.csv").symlink_to(tmp_path / "secreto.csv")
    (home / "todo").symlink_to(tmp_path)
    found = read_catalogue(home)
    assert [d.title for d in found.datasets] == ["Bueno"]
    assert [p.where for p in found.problems] == ["enlace.csv", "todo"]


def test_links_in_a_circle_are_named_and_the_rest_loads(tmp_path: Path) -> None:
    (tmp_path / "bueno.csv").write_text("x")
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    found = read_catalogue(tmp_path)
    assert [d.title for d in found.datasets] == ["Bueno"]
    assert [p.where for p in found.problems] == ["a.csv", "b.csv"]


def test_folders_nested_too_deep_are_named(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["n"] * (DEEPEST + 2))
    deep.mkdir(parents=True)
    (deep / "hondo.csv").write_text("x")
    (tmp_path / "n" / "cerca.csv").write_text("x")
    found = read_catalogue(tmp_path)
    assert [r.title for d in found.datasets for r in d.resources] == ["Cerca"]
    assert "carpetas anidadas" in found.problems[0].reason


def test_two_files_of_one_name_get_addresses_of_their_own(tmp_path: Path) -> None:
    for name in ("gasto.csv", "gasto.xls"):
        (tmp_path / name).write_text("x")
    found = read_catalogue(tmp_path)
    assert [(d.slug, d.identifier) for d in found.datasets] == [("gasto", "gasto.csv"), ("gasto-2", "gasto.xls")]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("precios_2024.csv.gz", "Precios 2024"),
        ("a-b.c.CSV", "A b c"),
        ("1.5.csv", "1 5"),
        ("población.csv", "Población"),
    ],
)
def test_a_title_is_made_from_the_name(name: str, title: str) -> None:
    assert title_of(Path(name)) == title
