"""From a changed file to a new release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app import create_app
from config import Settings
from data_loaders.lake import Lake
from data_loaders.limits import LIMITS
from data_loaders.load import load as load_whole
from data_loaders.order import LoadOrder, Progress
from model.errors import NotFound, StoreDown
from model.load import LoadState
from model.version import Manifest, TableRef
from portal.asking import ask
from portal.portal import get_portal
from portal.usecases.contained import LOG, UNFORESEEN
from portal.usecases.ingest import open_ingest, work
from query.address import parse
from store.loads import states
from store.releases import released

FIRST = "anio,casos\n2020,5\n2021,7\n"
SECOND = "anio,casos\n2020,5\n2021,9\n"


def ingested(settings: Settings) -> list[LoadState]:
    app = create_app(settings)
    with app.app_context():
        return list(work(open_ingest(get_portal(), lambda _: None)))


def settings_over(folder: Path) -> Settings:
    (folder / "datos").mkdir(exist_ok=True)
    return Settings(catalog=folder / "datos", var=folder / "var", cache=folder / "cache")


def total(settings: Settings, query: str) -> object:
    with create_app(settings).app_context():
        return ask(get_portal(), parse("casos", "casos", query)).table.rows[0][0]


def test_a_file_put_back_is_a_third_release_of_two_versions(tmp_path: Path) -> None:
    settings = settings_over(tmp_path)
    file = settings.catalog / "casos.csv"
    for text in (FIRST, SECOND, FIRST):
        file.write_text(text)
        assert ingested(settings) == [LoadState.READY]
    with create_app(settings).app_context():
        versions = [r.version for r in released(get_portal().store, "casos", "casos")]
    assert len(versions) == 3
    assert len(set(versions)) == 2
    assert versions[0] == versions[2]


def test_an_old_version_answers_with_its_own_numbers(tmp_path: Path) -> None:
    settings = settings_over(tmp_path)
    file = settings.catalog / "casos.csv"
    file.write_text(FIRST)
    ingested(settings)
    with create_app(settings).app_context():
        old = get_portal().manifest("casos", "casos")[0].version
    file.write_text(SECOND)
    ingested(settings)
    assert total(settings, "_measure=sum:casos") == 14
    assert total(settings, f"_measure=sum:casos&_version={old}") == 12


def test_a_second_start_loads_nothing(tmp_path: Path) -> None:
    settings = settings_over(tmp_path)
    (settings.catalog / "casos.csv").write_text(FIRST)
    assert ingested(settings) == [LoadState.READY]
    assert ingested(settings) == []


def test_a_file_that_turns_unreadable_leaves_the_old_version_served_and_says_why(tmp_path: Path) -> None:
    settings = settings_over(tmp_path)
    file = settings.catalog / "casos.csv"
    file.write_text(FIRST)
    ingested(settings)
    file.write_text("<!DOCTYPE html><html><body>Error 500</body></html>")
    assert ingested(settings) == [LoadState.FAILED]
    assert total(settings, "_measure=sum:casos") == 12
    with create_app(settings).app_context():
        reason = states(get_portal().store)[("casos", "casos")].reason
    assert "HTML" in reason


def test_a_large_file_is_copied_natively_after_it_answers_and_at_the_next_start_if_that_was_cut_short(
    tmp_path: Path,
) -> None:
    settings = settings_over(tmp_path)
    rows = "".join(f"{2000 + i % 20},{i % 1000}\n" for i in range(LIMITS.careful_bytes // 7))
    (settings.catalog / "casos.csv").write_text("anio,casos\n" + rows)
    app = create_app(settings)
    with app.app_context():
        started = work(open_ingest(get_portal(), lambda _: None))
        assert next(started) is LoadState.READY
        manifest, _ = get_portal().manifest("casos", "casos")
    native = Lake(settings.lake).tables(TableRef("casos", "casos", manifest.version))
    assert not native.exists()
    answers = [total(settings, "_measure=sum:casos")]
    assert ingested(settings) == []
    assert native.is_file()
    answers.append(total(settings, "_measure=sum:casos"))
    assert answers == [sum(i % 1000 for i in range(LIMITS.careful_bytes // 7))] * 2


def test_a_version_that_was_never_released_does_not_exist(tmp_path: Path) -> None:
    settings = settings_over(tmp_path)
    (settings.catalog / "casos.csv").write_text(FIRST)
    ingested(settings)
    with pytest.raises(NotFound):
        total(settings, "_version=abcdefabcdef")


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), RuntimeError("x"), ZeroDivisionError()])
def test_an_error_that_nobody_foresaw_fails_one_load_and_the_next_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    settings = settings_over(tmp_path)
    for name in ("casos", "otros"):
        (settings.catalog / f"{name}.csv").write_text(FIRST)

    def load(order: LoadOrder, progress: Callable[[Progress], None]) -> Manifest:
        if order.dataset == "casos":
            raise error
        return load_whole(order, progress)

    monkeypatch.setattr("portal.usecases.ingest.load", load)
    assert sorted(ingested(settings)) == [LoadState.FAILED, LoadState.READY]
    with create_app(settings).app_context():
        assert states(get_portal().store)[("casos", "casos")].reason == UNFORESEEN
    assert [record.exc_info and record.exc_info[1] for record in caplog.records if record.name == LOG.name] == [error]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), StoreDown("x")])
def test_an_order_to_end_and_a_store_that_is_down_are_not_taken_for_a_failed_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    settings = settings_over(tmp_path)
    (settings.catalog / "casos.csv").write_text(FIRST)

    def load(order: LoadOrder, progress: Callable[[Progress], None]) -> Manifest:
        raise error

    monkeypatch.setattr("portal.usecases.ingest.load", load)
    with pytest.raises(type(error)):
        ingested(settings)
