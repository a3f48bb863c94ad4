"""Answering a survey by keyboard and without scripts, its chart in the explorer, and /demanda after five searches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from config import ROOT, Settings
from portal.portal import get_portal
from portal.usecases.ingest import open_ingest, work
from portal.usecases.own_datasets import write_own
from tests.conftest import Loaded, load_site
from tests.journeys.conftest import DESKTOP, PHONE, Watched, watch
from tests.serving import serving

FORM = "/encuesta/este-portal"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A site with one small table and the bundled survey, which other tests do not answer."""
    folder = tmp_path_factory.mktemp("encuesta")
    catalog = folder / "datos"
    (catalog / "encuestas").mkdir(parents=True)
    (catalog / "casos.csv").write_text("anio,casos\n2020,5\n2021,7\n2022,9\n")
    seed = Path("encuestas", "este-portal.toml")
    (catalog / seed).write_text((ROOT / "catalog" / seed).read_text())
    return load_site(Settings(catalog=catalog, var=folder / "var", cache=folder / "cache", limit_factor=100.0))


@pytest.fixture(scope="module")
def base(small: Loaded) -> Iterator[str]:
    with serving(small.settings) as address:
        yield address


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360px", "1280px"])
def guest(request: pytest.FixtureRequest, chromium: Browser, base: str) -> Iterator[Watched]:
    yield from watch(chromium, base, request.param)


def pick(page: Page, question: str, option: str) -> None:
    """Move to an option of a question with the keyboard alone and choose it."""
    group = page.get_by_role("group", name=re.compile(re.escape(question)))
    option_control = group.get_by_label(option, exact=True)
    group.locator("input").first.focus()
    for _ in range(12):
        if option_control.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab" if option_control.get_attribute("type") == "checkbox" else "ArrowDown")
    page.keyboard.press("Space")
    expect(option_control).to_be_checked()


def test_the_survey_is_answered_by_keyboard_and_its_results_appear(guest: Watched) -> None:
    page = guest.open("/participa")
    assert guest.violations() == []
    assert not guest.scrolls_sideways()
    card = page.get_by_role("link", name="¿Le sirve este portal?").first
    card.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{FORM}")
    assert guest.violations() == []
    assert not guest.scrolls_sideways()
    pick(page, "¿Para qué busca datos", "Para saber qué pasa donde vivo")
    pick(page, "¿Encontró lo que buscaba?", "Una parte")
    pick(page, "¿Qué tan fácil fue", "4")
    pick(page, "¿De qué temas le urgen", "Agua y medio ambiente")
    page.get_by_label(re.compile("¿Qué cambiaría usted")).fill("Datos por colonia.")
    page.get_by_role("button", name="Enviar mis respuestas").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{FORM}/resultados#gracias")
    expect(page.get_by_role("status")).to_contain_text("su respuesta está guardada")
    expect(page.locator("main")).to_contain_text("Datos por colonia.")
    row = page.get_by_role("row", name=re.compile("Para saber qué pasa donde vivo"))
    expect(row).to_contain_text(re.compile(r"[1-9]"))
    assert guest.violations() == []
    assert not guest.scrolls_sideways()
    page.get_by_role("link", name="Corregir mi respuesta").click()
    expect(page.get_by_label("Para saber qué pasa donde vivo")).to_be_checked()


def test_what_is_missing_is_named_and_one_click_away(guest: Watched) -> None:
    page = guest.open(FORM)
    page.get_by_label("Sí, todo").check()
    guest.errors.clear()
    page.get_by_role("button", name="Enviar mis respuestas").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Debe responder todas las preguntas.")
    expect(alert.get_by_role("link")).to_have_count(3)
    expect(page.get_by_label("Sí, todo")).to_be_checked()
    assert guest.violations() == []
    alert.get_by_role("link", name="¿Para qué busca datos, sobre todo?").click()
    assert page.url.endswith("#r-para_que")
    guest.errors[:] = [e for e in guest.errors if "422" not in e]


def test_the_survey_needs_no_script(chromium: Browser, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "/participa")
    page.get_by_role("link", name="¿Le sirve este portal?").first.click()
    page.get_by_label("Para la escuela o una tesis").check()
    page.get_by_label("Una parte").check()
    page.get_by_label("3", exact=True).check()
    page.get_by_label("Educación").check()
    page.get_by_role("button", name="Enviar mis respuestas").click()
    page.wait_for_url(f"**{FORM}/resultados#gracias")
    assert "su respuesta está guardada" in page.content()
    context.close()


def test_a_chart_of_the_results_has_an_address_in_the_explorer(small: Loaded, guest: Watched) -> None:
    answer = {"r-para_que": "tarea", "r-encontro": "parte", "r-facilidad": "5", "r-siguiente": "salud"}
    token = f"prueba-{guest.page.viewport_size['width']}-0123456789"  # type: ignore[index]
    sent = guest.page.request.post(guest.base + FORM, form={"clave": token, **answer})
    assert sent.ok
    with small.app.test_request_context("/"):
        write_own(get_portal(), datetime.now(UTC))
        list(work(open_ingest(get_portal(), lambda _: None)))
    expect_released(guest)
    page = guest.open(f"{FORM}/resultados")
    page.locator("#p-encontro summary").click()
    picture = page.locator("#p-encontro img")
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#p-encontro img').naturalWidth > 0")
    page.locator("#p-encontro").get_by_role("link", name="Abrir en el explorador").click()
    page.wait_for_url("**/explora/encuesta-le-sirve-este-portal/datos?*_chart=bar*")
    expect(page.locator("h1")).to_contain_text("personas por respuesta")
    assert guest.violations() == []


def expect_released(guest: Watched) -> None:
    """The server looks at the catalogue again within two seconds."""
    for _ in range(40):
        if "Abrir en el explorador" in guest.page.request.get(f"{guest.base}{FORM}/resultados").text():
            return
        guest.page.wait_for_timeout(200)
    pytest.fail("the results were not released")


def test_what_five_searches_did_not_find_appears_on_the_page_of_demand(guest: Watched) -> None:
    words = f"zanates cantores de {guest.page.viewport_size['width']}"  # type: ignore[index]
    for _ in range(4):
        guest.open(f"/datos?q={quote(words)}")
    guest.page.wait_for_timeout(3_500)  # longer than a process holds its counts
    page = guest.open("/demanda")
    expect(page.locator("main")).not_to_contain_text(words)
    guest.open(f"/datos?q={quote(words.upper())}")
    for _ in range(10):
        page.wait_for_timeout(2_000)
        page = guest.open("/demanda")
        if page.locator("#busquedas", has_text=words).count():
            break
    section = page.locator("#busquedas")
    expect(section).to_contain_text(words)
    assert guest.violations() == []
    assert not guest.scrolls_sideways()
    section.get_by_role("link", name=f"«{words}»").click()
    page.wait_for_url("**/participar?tipo=solicitud*")
    expect(page.get_by_label("Nombre de los datos")).to_have_value(words)
