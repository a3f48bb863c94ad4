"""Outlines of states, which come with the project, and of municipalities, which the operator gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapefile

from data_loaders.outlines.derive import derive
from data_loaders.territories import BUNDLED, read_outlines
from model.territory import STATES

SQUARE = [[[0.00001, 0.0], [0.0, 1.0], [1.0, 1.0], [1.00002, 0.0], [1.00001, 0.0], [0.00001, 0.0]]]


def collection(properties: list[dict[str, object]]) -> str:
    geometry = {"type": "Polygon", "coordinates": SQUARE}
    features = [{"type": "Feature", "properties": p, "geometry": geometry} for p in properties]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_the_32_states_come_with_the_project() -> None:
    found = read_outlines("entidad", None)
    assert found is not None
    assert list(found.names()) == [(s.key, s.name) for s in STATES]
    assert BUNDLED.stat().st_size < 70_000
    assert "Redistribution" in (BUNDLED.parent / "LICENSE-libpysal.txt").read_text()


@pytest.mark.parametrize(
    ("key", "point"), [("05", (-101.0, 25.4)), ("06", (-103.7, 19.2)), ("07", (-93.1, 16.7)), ("08", (-106.1, 28.6))]
)
def test_the_states_whose_fips_differs_lie_where_they_should(key: str, point: tuple[float, float]) -> None:
    found = read_outlines("entidad", None)
    assert found is not None
    [feature] = [f for f in found.geojson["features"] if f["properties"][found.key] == key]
    flat = list(_points(feature["geometry"]["coordinates"]))
    assert min(x for x, _ in flat) < point[0] < max(x for x, _ in flat)
    assert min(y for _, y in flat) < point[1] < max(y for _, y in flat)


def _points(node: list[object]) -> list[tuple[float, float]]:
    if isinstance(node[0], float | int):
        return [(float(str(node[0])), float(str(node[1])))]
    return [p for child in node if isinstance(child, list) for p in _points(child)]


@pytest.mark.parametrize(
    "properties",
    [
        [{"cve_mun": "01001", "nom_mun": "A"}, {"cve_mun": "14039", "nom_mun": "B"}],
        [{"CVEGEO": "01001", "NOMGEO": "A"}, {"CVEGEO": "14039", "NOMGEO": "B"}],
        [{"cvegeo": "01001", "cve_mun": "001", "nom_mun": "A"}, {"cvegeo": "14039", "cve_mun": "039", "nom_mun": "B"}],
        [{"CVE_ENT": "1", "CVE_MUN": "1", "NOM_MUN": "A"}, {"CVE_ENT": "14", "CVE_MUN": "39", "NOM_MUN": "B"}],
    ],
)
def test_municipalities_are_read_under_the_usual_names(tmp_path: Path, properties: list[dict[str, object]]) -> None:
    (tmp_path / "zonas.geojson").write_text(collection(properties))
    found = read_outlines("municipio", tmp_path)
    assert found is not None
    assert list(found.names()) == [("01001", "A"), ("14039", "B")]


def test_without_a_folder_there_are_no_municipalities(tmp_path: Path) -> None:
    assert read_outlines("municipio", None) is None
    assert read_outlines("municipio", tmp_path) is None
    assert read_outlines("municipio", tmp_path / "nada") is None


def test_files_that_are_no_municipalities_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text("esto no es JSON")
    (tmp_path / "b.json").write_text("[1, 2]")
    (tmp_path / "estados.geojson").write_text(collection([{"cve_ent": "01"}, {"cve_ent": "02"}]))
    (tmp_path / "z_mun.geojson").write_text(collection([{"cve_mun": "01001"}, {"cve_mun": "01002"}]))
    found = read_outlines("municipio", tmp_path)
    assert found is not None
    assert found.source == "z_mun.geojson"


def test_states_are_derived_by_name_and_rounded(tmp_path: Path) -> None:
    path = tmp_path / "mexico.shp"
    with shapefile.Writer(str(path), encoding="latin-1") as writer:
        writer.field("NAME", "C", size=40)
        for state in reversed(STATES):
            writer.record(state.official)
            writer.poly(SQUARE)
    made = derive(path)
    assert [f["properties"]["cve_ent"] for f in made["features"]] == [s.key for s in STATES]
    ring = made["features"][0]["geometry"]["coordinates"][0]
    assert [list(p) for p in ring] == [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]


def test_a_state_that_is_missing_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "mexico.shp"
    with shapefile.Writer(str(path)) as writer:
        writer.field("NAME", "C", size=40)
        writer.record("Colima")
        writer.poly(SQUARE)
    with pytest.raises(ValueError, match="1 states"):
        derive(path)
