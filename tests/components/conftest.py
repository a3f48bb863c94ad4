"""A browser page with the site's own scripts in it, and no site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from config import ROOT

ASSETS = ROOT / "assets"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser; closed with the module, because two of Playwright's loops cannot run at once."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("these tests need Chromium: run `make test`, or apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def scripts(chromium: Browser) -> Iterator[Page]:
    """A blank page that has read the grammar and the changes of views."""
    page = chromium.new_page()
    for name in ("grammar.js", "views.js"):
        page.add_script_tag(path=ASSETS / name)
    yield page
    page.close()
