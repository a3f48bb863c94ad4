"""What all rooms' tests share: one site over the bundled catalogue, loaded once, and a live server of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from config import ROOT, Settings
from portal.portal import get_portal
from portal.usecases.ingest import open_ingest, work
from tests.serving import serving
from tests.stores import backend, blank_url, migrated_sqlite, postgres, store, store_url

__all__ = ["backend", "blank_url", "migrated_sqlite", "postgres", "store", "store_url"]  # fixtures for every room

SHARED = ROOT.parent / "shared"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Loaded(NamedTuple):
    """A site whose catalogue is loaded, and what loading it said."""

    app: Flask
    settings: Settings
    said: list[str]


def load_site(settings: Settings) -> Loaded:
    """A site with every resource of its catalogue loaded."""
    app = create_app(settings)
    said: list[str] = []
    with app.app_context():
        for _ in work(open_ingest(get_portal(), said.append)):
            pass
    return Loaded(app, settings, said)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The site over the bundled catalogue, where tests may write as fast and as much as they like."""
    folder = tmp_path_factory.mktemp("site")
    return load_site(Settings(var=folder / "var", cache=folder / "cache", form_seconds=0.0, limit_factor=1_000.0))


@pytest.fixture
def client(site: Loaded) -> FlaskClient:
    """A client of the site over the bundled catalogue."""
    return site.app.test_client()


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The site over the real catalogue beside the checkout; skips where it is not there."""
    catalogue = SHARED / "catalogo"
    if not catalogue.is_dir():
        pytest.skip("the real catalogue is not beside the checkout")
    folder = tmp_path_factory.mktemp("real")
    overlay = ROOT / "tests" / "overlays" / "catalogo"
    return load_site(
        Settings(
            catalog=catalogue,
            overlay=overlay,
            territories=SHARED / "geo",
            var=folder / "var",
            cache=folder / "cache",
        )
    )


@pytest.fixture(scope="session")
def live(site: Loaded) -> Iterator[str]:
    """The address of a gunicorn that serves the bundled catalogue."""
    with serving(site.settings) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once for all rooms: two of Playwright's loops cannot run at a time."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("these tests need Chromium: run `make test`, or apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


def shared(*parts: str) -> Path:
    """A file of the real material beside the checkout; skips where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip("the real material is not beside the checkout")
    return path
