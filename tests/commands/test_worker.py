"""The loading process looks at its catalogue again, in its own time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app import create_app
from commands.ingest import keep_loading
from config import Settings
from portal.asking import ask
from portal.portal import get_portal
from portal.usecases.ingest import open_ingest, work
from query.address import parse

TEN_MINUTES = 601.0


class Stop(Exception):
    """The end of the test's patience."""


def settings_over(folder: Path, minutes: float = 10.0) -> Settings:
    (folder / "datos").mkdir()
    (folder / "datos" / "casos.csv").write_text("anio,casos\n2020,5\n2021,7\n")
    return Settings(catalog=folder / "datos", var=folder / "var", cache=folder / "cache", reharvest_minutes=minutes)


def run_worker(settings: Settings, *steps: Callable[[], object]) -> tuple[list[str], dict[str, object]]:
    """Let ten minutes pass before each step; what the worker said, and the sum of each dataset at the end."""
    said: list[str] = []
    now = [0.0]
    left = list(steps)

    def pause() -> None:
        if not left:
            raise Stop
        left.pop(0)()
        now[0] += TEN_MINUTES

    with create_app(settings).app_context():
        portal = get_portal()
        run = open_ingest(portal, said.append)
        list(work(run))
        with pytest.raises(Stop):
            keep_loading(run, pause, lambda: now[0])
        portal.keeper.forget()
        sums: dict[str, object] = {
            slug: ask(portal, parse(slug, slug, "_measure=sum:casos")).table.rows[0][0]
            for slug in portal.snapshot.datasets
        }
    return said, sums


def nothing() -> None:
    """Time passes."""


def test_a_changed_file_and_a_new_one_are_loaded_without_a_restart(tmp_path: Path) -> None:
    settings = settings_over(tmp_path)

    def change() -> None:
        (settings.catalog / "casos.csv").write_text("anio,casos\n2020,5\n2021,70\n")
        (settings.catalog / "otros.csv").write_text("anio,casos\n2020,1\n2021,2\n")

    said, sums = run_worker(settings, nothing, change, nothing)
    assert sums == {"casos": 75, "otros": 3}
    assert sum("casos/casos" in line for line in said) == 2


def test_with_zero_minutes_new_files_wait_for_the_next_start(tmp_path: Path) -> None:
    settings = settings_over(tmp_path, minutes=0)

    def add() -> None:
        (settings.catalog / "otros.csv").write_text("anio,casos\n2020,1\n")

    assert run_worker(settings, add, nothing)[1] == {"casos": 12}


def test_a_catalogue_that_is_being_written_leaves_the_known_one_at_work(tmp_path: Path) -> None:
    settings = settings_over(tmp_path)

    def half() -> None:
        (settings.catalog / "portal.toml").write_text("[[agencies")

    said, sums = run_worker(settings, half, nothing)
    assert sums == {"casos": 12}
    assert any(line.startswith("  ! ") for line in said)
