"""Settings from the environment."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import InvalidSettings, Settings, local_secret, read_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()


def test_values_are_read_by_the_kind_of_their_default(tmp_path: Path) -> None:
    settings = read_settings({"PORT": "9000", "QUERY_SECONDS": "2.5", "CATALOG": str(tmp_path), "PRODUCTION": "0"})
    assert (settings.port, settings.query_seconds, settings.catalog, settings.production) == (
        9000,
        2.5,
        tmp_path,
        False,
    )


def test_a_value_of_the_wrong_kind_is_refused_by_name() -> None:
    with pytest.raises(InvalidSettings, match="PORT='ocho'"):
        read_settings({"PORT": "ocho"})


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_production_refuses_a_missing_or_short_secret(secret: str) -> None:
    with pytest.raises(InvalidSettings, match="SECRET_KEY"):
        read_settings({"PRODUCTION": "1", "SECRET_KEY": secret})


def test_a_machine_without_a_secret_makes_its_own_and_keeps_it(tmp_path: Path) -> None:
    made = local_secret(tmp_path / "var")
    assert len(made) >= 64
    assert local_secret(tmp_path / "var") == made
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o077 == 0


def test_processes_that_start_together_keep_one_whole_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: local_secret(tmp_path / "var"), range(64)))
    assert len(made) == 1
    assert len(made.pop()) >= 64
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret"]


def test_a_secret_is_never_seen_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    link = os.link

    def watched(source: str, target: Path) -> None:
        seen.append(target.exists())
        link(source, target)

    monkeypatch.setattr(os, "link", watched)
    assert len(local_secret(tmp_path)) >= 64
    assert seen == [False]
