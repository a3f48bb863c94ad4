"""A browser page with the site's own scripts in it, and no site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from components.controls import describe_chart
from config import ROOT
from portal.portal import charts

ASSETS = ROOT / "assets"


@pytest.fixture(scope="module")
def scripts(chromium: Browser) -> Iterator[Page]:
    """A blank page that has read the grammar, the changes of views, and what the charts say of themselves."""
    page = chromium.new_page()
    told = [describe_chart(kind) for kind in (None, *charts().values())]
    page.evaluate("charts => { window.ventanilla = { schema: { charts } }; }", told)
    for name in ("grammar.js", "views.js"):
        page.add_script_tag(path=ASSETS / name)
    yield page
    page.close()
