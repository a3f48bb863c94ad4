"""The explorer in a browser: the address is the only state, and every wish ends in an answer or in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, Page, Route, expect

SERIES = "/explora/homicidios-por-entidad/serie-anual"
LINE = f"{SERIES}?_chart=line&_group=anio&_measure=sum:homicidios"


@pytest.fixture
def desk(chromium: Browser, live: str) -> Iterator[Page]:
    """A page on a desk that fails the test on any complaint of the console."""
    context = chromium.new_context(base_url=live, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda e: said.append(str(e)))
    yield page
    context.close()
    assert said == []


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    page.wait_for_selector("#explorador .controls")
    return page


def test_back_forward_and_reload_show_what_stood_there(desk: Page) -> None:
    page = opened(desk, LINE)
    title = page.locator("h1")
    page.get_by_role("button", name="Mapa de calor").click()
    page.wait_for_url(re.compile("_chart=heatmap"))
    expect(title).to_contain_text("entidad")
    heat = title.inner_text()
    page.go_back()
    page.wait_for_url(re.compile("_chart=line"))
    expect(page.get_by_role("button", name="Líneas")).to_have_attribute("aria-pressed", "true")
    expect(title).not_to_have_text(heat)
    page.go_forward()
    expect(title).to_have_text(heat)
    page.reload()
    expect(title).to_have_text(heat)
    expect(page.get_by_role("button", name="Mapa de calor")).to_have_attribute("aria-pressed", "true")


def test_the_first_drawing_is_the_servers_picture_and_plotly_takes_over_when_asked(desk: Page) -> None:
    desk.add_init_script("Object.defineProperty(navigator, 'connection', { value: undefined })")
    asked: list[str] = []
    desk.on("request", lambda r: asked.append(r.url))
    page = opened(desk, LINE)
    expect(page.locator("#explora-imagen")).to_be_visible()
    assert not any("plotly" in url for url in asked)
    page.get_by_role("button", name="Explorar la gráfica").click()
    expect(page.locator("#explora-grafica .main-svg").first).to_be_visible()
    expect(page.locator("#explora-imagen")).to_be_hidden()
    assert any(re.search(r"/static/plotly-[0-9a-f]{12}", url) for url in asked)


def test_a_filter_becomes_a_chip_that_takes_it_away(desk: Page) -> None:
    page = opened(desk, f"{SERIES}?_chart=table")
    page.locator("summary", has_text="Año").click()
    page.get_by_label("Desde").first.fill("2007")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("anio__gte=2007"))
    expect(page.locator("#explora-paginas")).to_contain_text("de 64")
    page.get_by_role("button", name=re.compile("Año desde 2007")).click()
    page.wait_for_url(re.compile(r"^((?!anio).)*$"))
    expect(page.locator("#explora-paginas")).to_contain_text("de 480")
    expect(page.get_by_label("Desde").first).to_have_value("")


def test_rows_with_and_without_a_value_are_one_choice(desk: Page) -> None:
    page = opened(desk, "/explora/presas-principales/ubicacion-y-capacidad?_chart=table")
    page.locator("details.filter", has_text="Altura").locator("summary").click()
    choice = page.get_by_label("Renglones").locator("visible=true")
    rows = page.locator("#explora-paginas [role=status]")
    counts = []
    for label, query in (("Solo con dato", "isnull=0"), ("Solo sin dato", "isnull=1")):
        choice.select_option(choice.locator("option", has_text=label).get_attribute("value"))
        page.wait_for_url(re.compile(query))
        expect(page.locator("#explorador")).to_have_attribute("aria-busy", "false")
        expect(page.locator(".chips .chip")).to_have_count(1)
        counts.append(int(rows.inner_text().split()[-1].replace(",", "")))
    assert sum(counts) == 210
    assert min(counts) > 0
    choice.select_option(label="Todos")
    page.wait_for_url(re.compile(r"^((?!isnull).)*$"))
    expect(rows).to_contain_text("210")


def test_faces_are_asked_for_at_their_pinned_address(desk: Page) -> None:
    page = opened(desk, LINE)
    with page.expect_request(re.compile(r"\.figure\.json")) as found:
        page.get_by_role("button", name="Barras").click()
    assert re.search(r"_version=[0-9a-f]{12}", found.value.url)
    page.wait_for_url(re.compile("_chart=bar"))
    assert "_version" not in page.url


def test_a_failure_is_said_in_the_servers_words_and_can_be_tried_again(desk: Page) -> None:
    page = opened(desk, LINE)
    body = json.dumps({"error": {"code": "too_slow", "message": "La consulta tardó demasiado."}})

    def refuse(route: Route) -> None:
        route.fulfill(status=503, content_type="application/json", body=body)

    page.route("**/*.figure.json*", refuse)
    page.get_by_role("button", name="Barras").click()
    problem = page.get_by_role("alert").filter(has_text="La consulta tardó demasiado.")
    expect(problem).to_be_visible()
    expect(page.locator("#explorador")).to_have_attribute("aria-busy", "false")
    page.unroute("**/*.figure.json*")
    page.get_by_role("button", name="Intentar de nuevo").click()
    expect(problem).to_be_hidden()
    page.wait_for_url(re.compile("_chart=bar"))


def test_an_older_wish_never_overwrites_a_newer_one(desk: Page) -> None:
    page = opened(desk, LINE)
    held: list[Route] = []
    page.route(re.compile(r"figure\.json.*_chart=heatmap"), lambda route: held.append(route))
    page.get_by_role("button", name="Mapa de calor").click()
    page.get_by_role("button", name="Barras").click()
    expect(page.locator("#explora-descripcion")).to_contain_text("barras")
    assert len(held) == 1
    page.wait_for_url(re.compile("_chart=bar"))
    expect(page.get_by_role("button", name="Barras")).to_have_attribute("aria-pressed", "true")


def test_a_state_found_by_name_tells_its_figure_and_leads_what_is_shared(desk: Page) -> None:
    page = opened(desk, f"{SERIES}?_chart=map&_group=_entidad&_measure=sum:homicidios&anio=2008")
    if page.get_by_role("button", name="Explorar la gráfica").is_visible():
        page.get_by_role("button", name="Explorar la gráfica").click()
    page.get_by_label("Buscar un lugar").fill("chihuahua")
    page.keyboard.press("Enter")
    picked = page.locator(".picked")
    expect(picked).to_contain_text("2,567")
    expect(picked).to_contain_text("Lugar 1 de 32")
    expect(page.locator("#explora-tabla tbody tr").first).to_contain_text("Chihuahua")
    shared = unquote_plus(page.get_by_role("link", name="WhatsApp").get_attribute("href") or "")
    for part in ("Homicidios", "Chihuahua: 2,567", "Datos publicados el ", "/explora/homicidios-por-entidad"):
        assert part in shared


def test_a_question_in_writing_outlives_a_reload_and_leaves_with_its_folio(desk: Page) -> None:
    page = opened(desk, LINE)
    page.locator("#pregunta summary").click()
    page.get_by_label("Su pregunta").fill("¿Por qué baja la línea en 2007?")
    page.reload()  # the panel opens by itself
    expect(page.get_by_label("Su pregunta")).to_have_value("¿Por qué baja la línea en 2007?")
    page.get_by_role("button", name="Enviar pregunta").click()
    expect(page.locator("[data-sent]")).to_contain_text("VEN-")
    expect(page.get_by_label("Su pregunta")).to_be_hidden()
    page.reload()
    expect(page.locator(".thread", has_text="¿Por qué baja la línea en 2007?")).to_be_visible()
    page.locator("#pregunta summary").click()
    expect(page.get_by_label("Su pregunta")).to_have_value("")
