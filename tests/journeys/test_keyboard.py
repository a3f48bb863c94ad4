"""By keyboard alone, as who does not see the screen goes (journey C8), and so on a map (C9)."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Watched

SERIES = "/explora/homicidios-por-entidad/serie-anual"
STATES = f"{SERIES}?_chart=map&_group=_entidad&_measure=sum:homicidios&anio=2008"
DATASET = "a[href='/datos/homicidios-por-entidad']"


def test_from_home_to_the_table_and_through_it(visitor: Watched) -> None:
    """C8, first half: search, open, see the whole table, sort it, turn its page; the order is told."""
    page = visitor.open("/")
    visitor.tab_to("main input[type=search]")
    page.keyboard.type("homicidios")
    page.keyboard.press("Enter")
    page.wait_for_url("**/datos?q=homicidios")
    page.wait_for_selector(f"main {DATASET}")
    visitor.tab_to(f"main {DATASET}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#primeros-renglones")
    visitor.tab_to(f"#primeros-renglones ~ p a[href^='{SERIES}']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#explora-tabla tbody tr")
    visitor.tab_to("#explora-tabla")  # the box that scrolls
    visitor.tab_to("button[data-sort=homicidios]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("_sort=homicidios"))
    header = page.get_by_role("columnheader", name=re.compile("^Homicidios"))
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("button[data-sort=homicidios]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#explora-tabla tbody tr").first).to_contain_text("3,174")
    visitor.tab_to("#explora-paginas nav button:not([disabled])")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("_page=2"))
    expect(page.locator("#explora-paginas [role=status]")).to_have_text("101–200 de 480")
    assert visitor.violations() == []


def test_a_chart_is_heard_its_rows_are_opened_and_taken_home(visitor: Watched) -> None:
    """C8, second half: the summary, the figures as a table, the CSV; and the keyboard is never caught."""
    page = visitor.open(f"{SERIES}?_chart=line&_group=anio&_measure=sum:homicidios")
    summary = page.locator("#explora-descripcion")
    expect(summary).to_have_attribute("aria-live", "polite")
    words = summary.inner_text()
    assert len(words.split()) <= 60
    assert all(word in words for word in ("Máximo", "mínimo", "Último valor"))
    expect(page.locator("#explora-imagen")).to_have_attribute("alt", words)
    visitor.tab_to("#explora-mas")
    page.keyboard.press("Enter")
    expect(page.locator("#explora-mas")).to_have_attribute("aria-expanded", "true")
    rows = page.locator("#explora-tabla tbody tr")
    expect(rows).to_have_count(15)
    expect(page.locator("#explora-tabla table")).to_contain_text("2008")
    assert visitor.violations() == []
    visitor.tab_to("a[data-face=csv]")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    lines = Path(taken.value.path()).read_text("utf-8-sig").splitlines()
    assert (lines[0].split(",")[0], len(lines)) == ("anio", 16)
    visitor.tab_to(".site-foot li:last-child a")


def test_a_map_is_read_by_keyboard(visitor: Watched) -> None:
    """C9: search a place; its figure, its rank, the national total; arrows go on; the table says the same."""
    page = visitor.open(STATES)
    if page.locator("[data-action=vivo]").is_visible():
        visitor.tab_to("[data-action=vivo]")
        page.keyboard.press("Enter")
    expect(page.locator("#explora-mapa :is(canvas, path)").first).to_be_attached()
    visitor.tab_to("#explora-mapa-panel-lugar", key="Shift+Tab" if page.evaluate(BELOW) else "Tab")
    page.keyboard.type("chihuahua")
    page.keyboard.press("Enter")
    picked = page.locator("[aria-live=polite] .picked")
    expect(picked).to_contain_text("2,567")
    expect(picked).to_contain_text("Lugar 1 de 32")
    expect(page.locator(".map-panel")).to_contain_text("13,628")
    ranked = page.locator("#explora-tabla tbody tr")
    expect(ranked).to_have_count(32)
    expect(ranked.first).to_contain_text("Chihuahua")
    expect(ranked.first).to_contain_text("2,567")
    assert visitor.violations() == []
    visitor.tab_to(".site-foot li:last-child a")


def test_the_arrows_go_from_place_to_place(visitor: Watched) -> None:
    """C9: from the map itself, each place is told as the arrows reach it."""
    page = visitor.open(STATES)
    if page.locator("[data-action=vivo]").is_visible():
        page.locator("[data-action=vivo]").click()
    page.wait_for_function("() => ventanilla.map.board('explora-mapa')?.layers.size === 32")
    picked = page.locator("[aria-live=polite] .picked")
    visitor.tab_to("#explora-mapa", key="Shift+Tab" if page.evaluate(BELOW) else "Tab")
    page.keyboard.press("ArrowRight")
    expect(picked).to_contain_text("Lugar 1 de 32")
    page.keyboard.press("ArrowDown")
    expect(picked).to_contain_text("Sinaloa")
    page.keyboard.press("End")
    expect(picked).to_contain_text("Lugar 32 de 32")
    page.keyboard.press("PageUp")
    expect(picked).to_contain_text("Lugar 31 de 32")
    page.keyboard.press("Escape")
    expect(picked).to_have_count(0)
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    visitor.tab_to(".site-foot li:last-child a")


BELOW = """() => {
const at = document.activeElement, field = document.querySelector("#explora-mapa-panel-lugar");
return at !== document.body && Boolean(field.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
