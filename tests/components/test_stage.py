"""The drawings of a tool: the server's pictures first, the explorer's own plotly and leaflet when reached for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

TOOL = "/herramientas/homicidios"
HEAVY = re.compile(r"plotly|leaflet|\.geojson")


@pytest.fixture(params=[(360, 740), (1280, 900)], ids=["360px", "1280px"])
def visit(request: pytest.FixtureRequest, chromium: Browser, live: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it asks for; fails on any complaint of the browser."""
    size = ViewportSize(width=request.param[0], height=request.param[1])
    context = chromium.new_context(base_url=live, viewport=size, reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("request", lambda r: asked.append(r.url))
    yield page, asked
    context.close()
    assert said == []


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    page.wait_for_selector("[data-stage]")
    page.wait_for_load_state("networkidle")
    return page


def step(name: str, part: str = "") -> str:
    """The selector of a step's figure, or of something in it."""
    return f"[data-step={name}] {part}".strip()


def test_a_chart_and_a_map_come_alive_in_their_place(visit: tuple[Page, list[str]]) -> None:
    page, asked = visit
    opened(page, TOOL)
    expect(page.locator("#explora-imagenserie")).to_be_visible()
    assert [url for url in asked if HEAVY.search(url)] == []
    page.get_by_role("button", name="Explorar la gráfica").first.click()
    expect(page.locator("#grafica-serie .main-svg").first).to_be_visible(timeout=20_000)
    expect(page.locator("#explora-imagenserie")).to_be_hidden()
    page.get_by_role("button", name="Explorar el mapa").click()
    expect(page.locator("#map-mapa :is(canvas, path)").first).to_be_attached(timeout=20_000)
    page.locator("#panel-mapa-lugar").fill("chihuahua")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-mapa .picked")).to_contain_text("Lugar 1 de 32")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_the_picker_of_places_works_on_what_is_alive(visit: tuple[Page, list[str]]) -> None:
    page, _ = visit
    opened(page, TOOL)
    page.get_by_role("button", name="Explorar el mapa").click()
    expect(page.locator("#map-mapa :is(canvas, path)").first).to_be_attached(timeout=20_000)
    page.get_by_label("Estado", exact=True).select_option(label="Guanajuato")
    page.wait_for_url(re.compile("estado=11"))
    expect(page.locator("#panel-mapa .picked")).to_contain_text("Guanajuato")
    expect(page.locator("#lamina-mapa")).to_be_hidden()
    expect(page.locator("#lamina-serie")).to_be_visible()
    expect(page.locator(".figures")).to_contain_text("Guanajuato")
    page.get_by_label("Estado", exact=True).select_option(label="Todo el país")
    page.wait_for_url(re.compile("estado=(&|$)"))
    expect(page.locator("#panel-mapa")).to_contain_text("Elija un lugar en el mapa")


def test_the_full_screen_shows_what_is_alive_and_fits_it(visit: tuple[Page, list[str]]) -> None:
    page, _ = visit
    opened(page, TOOL)
    for name, drawing in (("serie", "#grafica-serie"), ("mapa", "#map-mapa")):
        page.locator(step(name, "[data-fullscreen]")).click()
        page.wait_for_function("() => document.fullscreenElement")
        expect(page.locator(drawing).first).to_be_visible(timeout=20_000)
        assert page.evaluate("document.fullscreenElement.dataset.step") == name
        page.wait_for_function(
            "drawing => document.querySelector(drawing).offsetHeight > innerHeight * 0.5", arg=drawing
        )
        page.evaluate("document.exitFullscreen()")
        page.wait_for_function("() => !document.fullscreenElement")


def test_a_failure_is_said_under_the_picture_and_can_be_tried_again(visit: tuple[Page, list[str]]) -> None:
    page, _ = visit
    opened(page, TOOL)
    body = json.dumps({"error": {"code": "too_slow", "message": "La consulta tardó demasiado."}})
    page.route("**/*.figure.json*", lambda route: route.fulfill(status=503, content_type="application/json", body=body))
    wake = page.locator(step("serie", "[data-alive]"))
    wake.click()
    expect(page.locator(step("serie", "[role=alert]"))).to_have_text("La consulta tardó demasiado.")
    expect(page.locator("#explora-imagenserie")).to_be_visible()
    page.unroute("**/*.figure.json*")
    wake.click()
    expect(page.locator("#grafica-serie .main-svg").first).to_be_visible(timeout=20_000)
    expect(page.locator(step("serie", "[role=alert]"))).to_have_text("")
