"""The loading process looks at its catalogue again, in its own time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app import create_app
from commands.ingest import first_reading, keep_loading
from config import Settings
from model.load import LoadState
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


@pytest.mark.parametrize("name", ["portal.toml", "data.json"])
def test_a_worker_that_starts_beside_a_half_written_catalogue_says_so_and_tries_again(
    tmp_path: Path, name: str
) -> None:
    settings = settings_over(tmp_path)
    half = settings.catalog / name
    half.write_text("[[agencies" if name == "portal.toml" else '{"dataset": [{"ti')
    said: list[str] = []
    with create_app(settings).app_context():
        run = first_reading(get_portal(), said.append, half.unlink)
        while run.harvest.problems:
            half.unlink()
            run = first_reading(get_portal(), said.append, nothing)
        assert list(work(run)) == [LoadState.READY]
    assert any(line.startswith("  ! ") for line in said)


def test_a_catalogue_that_never_turns_up_is_waited_for(tmp_path: Path) -> None:
    settings = replace(settings_over(tmp_path), catalog=tmp_path / "nada")
    said: list[str] = []

    def pause() -> None:
        if len(said) == 3:
            raise Stop

    with create_app(settings).app_context(), pytest.raises(Stop):
        first_reading(get_portal(), said.append, pause)
    assert said == [f"  ! No existe la carpeta del catálogo: {tmp_path / 'nada'}."] * 3


def test_the_command_that_loads_once_says_why_it_could_not(tmp_path: Path) -> None:
    app = create_app(replace(settings_over(tmp_path), catalog=tmp_path / "nada"))
    result = app.test_cli_runner().invoke(args=["ingest"])
    assert (result.exit_code, "No existe la carpeta del catálogo" in result.output) == (1, True)
