"""A real browser for the journeys: Debian's Chromium, watched for errors and for requests that leave the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PHONE, DESKTOP = (360, 740), (1280, 800)
NO = "status of 422"  # a form that the server sends back: what browsers log of it is no fault


@dataclass
class Watched:
    """A page with what it complained of."""

    page: Page
    base: str
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the site and wait until it is quiet."""
        self.page.goto(self.base + path)
        self.page.wait_for_selector("main h1")
        self.page.wait_for_load_state("networkidle")
        return self.page

    def violations(self) -> list[str]:
        """What axe finds serious or critical on the page as it stands."""
        found = Axe().run(self.page)["violations"]
        return [
            f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:160]}"
            for v in found
            if v["impact"] in ("serious", "critical")
        ]

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window."""
        wider: bool = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        return wider


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360px", "1280px"])
def visitor(request: pytest.FixtureRequest, chromium: Browser, live: str) -> Iterator[Watched]:
    """A visitor of the bundled catalogue, on a phone and on a desk; fails on console errors and foreign requests."""
    yield from watch(chromium, live, request.param)


@pytest.fixture
def at_desk(chromium: Browser, live: str) -> Iterator[Watched]:
    """A visitor on a desktop screen."""
    yield from watch(chromium, live, DESKTOP)


def watch(
    chromium: Browser, base: str, size: tuple[int, int], allow: Callable[[str], bool] = bool
) -> Iterator[Watched]:
    """A page of `base` that is checked at its end."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="es-MX", reduced_motion="reduce"
    )
    watched = Watched(context.new_page(), base)
    watched.page.on(
        "console", lambda m: watched.errors.append(m.text) if m.type == "error" and NO not in m.text else None
    )
    watched.page.on("pageerror", lambda e: watched.errors.append(str(e)))
    watched.page.on(
        "request", lambda r: watched.strangers.append(r.url) if not r.url.startswith((base, "data:", "blob:")) else None
    )
    yield watched
    context.close()
    assert watched.strangers == []
    assert watched.errors == []
