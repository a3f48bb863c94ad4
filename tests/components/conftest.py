"""A browser page with the site's own scripts in it, and no site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from config import ROOT

ASSETS = ROOT / "assets"


@pytest.fixture(scope="module")
def scripts(chromium: Browser) -> Iterator[Page]:
    """A blank page that has read the grammar and the changes of views."""
    page = chromium.new_page()
    for name in ("grammar.js", "views.js"):
        page.add_script_tag(path=ASSETS / name)
    yield page
    page.close()
