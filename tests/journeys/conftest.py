"""A real browser for the journeys: Debian's Chromium, watched for errors and for requests that leave the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PHONE, DESKTOP = (360, 740), (1280, 800)
FOCUS_SHOWS = """() => {
const style = getComputedStyle(document.activeElement);
const box = document.activeElement.getBoundingClientRect();
return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0;
}"""
SMALL = """() => {
const seen = [...document.querySelectorAll("main :is(button, select, summary, a.btn, .leaflet-bar a, input)")];
const box = (e) => (e.matches("[type=checkbox], [type=radio]") ? e.closest("label") ?? e : e).getBoundingClientRect();
const touch = matchMedia("(hover: none)").matches;
return seen.filter((e) => e.checkVisibility() && !e.closest(".trap, .js-plotly-plot") && e.type !== "hidden")
  .filter((e) => touch || !e.matches(".ask-row"))
  .filter((e) => box(e).height < 43.5 || box(e).width < 43.5)
  .map((e) => e.outerHTML.slice(0, 120));
}"""
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
        self.page.wait_for_function("() => !document.getElementById('primera')")  # the first words have given way
        self.page.wait_for_load_state("networkidle")
        return self.page

    def tab_to(self, selector: str, most: int = 120, key: str = "Tab") -> None:
        """Go by keyboard to the next element that fits `selector`, which must show that it has the focus."""
        for _ in range(most):
            self.page.keyboard.press(key)
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                assert self.page.evaluate(FOCUS_SHOWS), f"the focus does not show on {selector}"
                return
        pytest.fail(f"{selector} cannot be reached by {key}")

    def small_targets(self) -> list[str]:
        """The controls of the page that a finger would miss: under 44 px; links within a sentence may be."""
        found: list[str] = self.page.evaluate(SMALL)
        return found

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
        viewport={"width": size[0], "height": size[1]}, locale="es-MX", reduced_motion="reduce", has_touch=size == PHONE
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
