"""Real catalogues, well made and not: beside the checkout, where they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_loaders.harvest import read_catalogue
from data_loaders.places import locate

SHARED = Path(__file__).parents[2].parent / "shared"

acceptance = pytest.mark.skipif(not (SHARED / "catalogo").exists(), reason="the real catalogue is not here")


@pytest.mark.acceptance
@acceptance
def test_the_real_catalogue_is_whole() -> None:
    found = read_catalogue(SHARED / "catalogo")
    assert found.problems == ()
    resources = [r for d in found.datasets for r in d.resources]
    assert (len(found.datasets), len(resources)) == (15, 31)
    assert all(locate(SHARED / "catalogo", r.location) and not r.unavailable for r in resources)


@pytest.mark.acceptance
@acceptance
@pytest.mark.parametrize(
    ("name", "datasets", "reason"),
    [
        ("full_data", 2, ""),
        ("minimum_data", 1, ""),
        ("catalogo_justicia", 16, ""),
        ("malformed_date", 1, "«issued» no se entiende (2016/04/14)"),
        ("missing_dataset_title", 0, "Falta el título"),
        ("repeated_downloadURL", 1, "Se repite en 2 recursos"),
    ],
)
def test_real_catalogues_of_elsewhere_load_and_their_faults_are_named(
    tmp_path: Path, name: str, datasets: int, reason: str
) -> None:
    content = (SHARED / "metadatos" / "datajson" / f"{name}.json").read_bytes()
    (tmp_path / "data.json").write_bytes(content)
    found = read_catalogue(tmp_path)
    assert len(found.datasets) == datasets
    assert reason in " ".join(f"{p.where}: {p.reason}" for p in found.problems)
    assert bool(reason) == bool(found.problems)
