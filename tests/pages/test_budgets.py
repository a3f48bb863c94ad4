"""What a first visit from a phone weighs on the wire, compressed, with nothing in the browser's cache."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from config import Settings
from tests.conftest import Loaded
from tests.serving import serving

KB = 1000
PHONE = ViewportSize(width=360, height=740)
SERIES = "/explora/homicidios-por-entidad/serie-anual"
CHART = f"{SERIES}?_chart=line&_group=anio&_measure=sum:homicidios"
STATES = f"{SERIES}?_chart=map&_group=_entidad&_measure=sum:homicidios&anio=2008"
TOWNS = (
    "/explora/consultas-interactivas-de-inegi-por-municipio/censo-2020?_chart=map&_group=_municipio&_measure=sum:Total"
)


@dataclass
class Visit:
    """A first visit, weighed as it goes on."""

    page: Page
    base: str
    names: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, float] = field(default_factory=dict)

    def listen(self) -> None:
        """Count what comes over the wire from now on."""
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", self._named)
        wire.on("Network.loadingFinished", self._weighed)

    def _named(self, event: dict[str, Any]) -> None:
        self.names[event["requestId"]] = event["response"]["url"].removeprefix(self.base)

    def _weighed(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    def open(self, path: str) -> None:
        """Go there and wait until nothing more is coming."""
        self.page.goto(self.base + path)
        self.page.wait_for_selector("main h1")
        self.page.wait_for_load_state("networkidle")

    def total(self) -> float:
        """All bytes so far, headers included."""
        return sum(self.bytes.values())

    def heaviest(self) -> str:
        """The ten heaviest files, for whoever reads that a budget is exceeded."""
        ranked = sorted(self.bytes.items(), key=lambda item: -item[1])[:10]
        return ", ".join(f"{self.names.get(key, '?')[:70]} {size / KB:.0f} kB" for key, size in ranked)

    def within(self, kilobytes: int) -> None:
        """Fail, naming the heaviest files, where the visit so far weighs more."""
        assert self.total() > 20 * KB
        assert self.total() <= kilobytes * KB, f"{self.total() / KB:.0f} kB of {kilobytes}: {self.heaviest()}"


def visiting(chromium: Browser, base: str) -> Iterator[Visit]:
    context = chromium.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)
    visit = Visit(context.new_page(), base)
    visit.listen()
    yield visit
    context.close()


@pytest.fixture
def visit(chromium: Browser, live: str) -> Iterator[Visit]:
    yield from visiting(chromium, live)


@pytest.fixture
def slim_visit(chromium: Browser, site: Loaded, tmp_path: Path) -> Iterator[Visit]:
    """A visit to a site with the small plotly.js that `make` builds where npm is there."""
    built = Settings().cache / "plotly.min.js"
    if not built.is_file():
        pytest.skip("no small plotly.js was built: run `make plotly` where npm is there")
    copyfile(built, tmp_path / built.name)
    with serving(replace(site.settings, cache=tmp_path)) as base:
        yield from visiting(chromium, base)


@pytest.mark.parametrize(
    ("path", "kilobytes"),
    [
        ("/", 400),
        ("/datos", 400),
        ("/datos/homicidios-por-entidad", 400),
        (f"{SERIES}?_chart=table", 450),
    ],
    ids=["home", "search", "dataset", "table"],
)
def test_a_page_is_light(visit: Visit, path: str, kilobytes: int) -> None:
    visit.open(path)
    visit.within(kilobytes)


def test_a_chart_is_light_before_plotly_and_bearable_after(slim_visit: Visit) -> None:
    visit = slim_visit
    visit.open(CHART)
    assert not any("plotly" in name for name in visit.names.values())
    visit.within(450)
    visit.page.locator("[data-action=vivo]").click()
    visit.page.wait_for_selector("#explora-grafica .main-svg")
    visit.page.wait_for_load_state("networkidle")
    visit.within(900)


def show_map(visit: Visit) -> None:
    """Open the interactive map, where the page waits to be asked for it."""
    if visit.page.locator("[data-action=vivo]").is_visible():
        visit.page.locator("[data-action=vivo]").click()
    expect(visit.page.locator("#explora-mapa canvas, #explora-mapa path").first).to_be_attached(timeout=20_000)
    visit.page.wait_for_load_state("networkidle")


def test_the_map_of_states_is_bearable(visit: Visit) -> None:
    visit.open(STATES)
    show_map(visit)
    visit.within(600)


@pytest.mark.acceptance
def test_the_map_of_municipalities_is_bearable(chromium: Browser, real_site: Loaded) -> None:
    with serving(real_site.settings) as base:
        for visit in visiting(chromium, base):
            visit.open(TOWNS)
            show_map(visit)
            visit.within(950)
