"""What a citizen does, from a phone or a desk (journeys C1, C2, C8, C9)."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.journeys.conftest import Watched

SERIES = "/explora/homicidios-por-entidad/serie-anual"
MAP = f"{SERIES}?_chart=map&_group=_entidad&_measure=sum:homicidios&anio=2007"


def test_from_home_to_the_dataset_in_three_actions(visitor: Watched) -> None:
    """C1: type, search, open the first result: it shows charts and a table."""
    page = visitor.open("/")
    page.locator("main input[type=search]").fill("homicidios")
    page.locator("main input[type=search]").press("Enter")
    page.wait_for_url("**/datos?q=homicidios")
    first = page.locator("main h2 a, main h3 a").first
    expect(first).to_contain_text("Homicidios")
    assert visitor.violations() == []
    first.click()
    page.wait_for_url("**/datos/homicidios-por-entidad")
    expect(page.locator("main img[src*='.svg']").first).to_be_visible()
    expect(page.locator("main table").first).to_be_attached()
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()


def test_choosing_a_place_filters_everything_and_stands_in_the_address(visitor: Watched) -> None:
    """C2: the place picker changes figure, words and address; reload and Back give the same."""
    page = visitor.open(f"{SERIES}?_chart=line&_group=anio&_measure=sum:homicidios")
    title = page.locator("h1")
    before = title.inner_text()
    described = page.locator("#explora-descripcion").inner_text()
    if not page.get_by_label("Estado").first.is_visible():
        page.locator("summary", has_text="Filtros").first.click()
    page.get_by_label("Estado").first.select_option(label="Guanajuato")
    page.wait_for_url(re.compile("_entidad=11"))
    words = page.locator("#explora-descripcion")
    expect(page.locator("h1 + p, .lead").first).to_contain_text("Guanajuato")
    expect(words).not_to_have_text(described)
    shown = words.inner_text()
    page.reload()
    expect(words).to_have_text(shown)
    page.go_back()
    page.wait_for_url(re.compile(r"^((?!_entidad).)*$"))
    expect(title).to_have_text(before)
    assert visitor.violations() == []


def test_the_table_sorts_and_pages_by_keyboard_alone(at_desk: Watched) -> None:
    """C8: headers are buttons, the order is announced, the address follows."""
    page = at_desk.open(f"{SERIES}?_chart=table")
    header = page.get_by_role("button", name=re.compile("Homicidios")).first
    header.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("_sort="))
    expect(page.locator("th[aria-sort=ascending], th[aria-sort=descending]")).to_have_count(1)
    assert "homicidios" in parse_qs(urlsplit(page.url).query)["_sort"][0]
    page.get_by_role("button", name=re.compile("Siguiente")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("_page=2"))
    expect(page.locator("main")).to_contain_text("101")
    assert at_desk.violations() == []


def test_a_map_tells_value_and_rank_of_a_state(visitor: Watched) -> None:
    """C9: without pinching: find a state by name and read its figure and place in the order."""
    page = visitor.open(MAP)
    assert visitor.violations() == []
    expect(page.locator("#explora-descripcion")).to_contain_text("Máximo")
    assert not visitor.scrolls_sideways()


def test_whoever_reads_without_scripts_sees_title_picture_and_links(at_desk: Watched) -> None:
    """The raw HTML says what the page shows."""
    text = at_desk.page.request.get(f"{at_desk.base}{MAP}").text()
    assert re.search(r"<title>[^<]*[Hh]omicidios", text)
    assert re.search(r'<img src="/explora/[^"]+\.svg\?', text)
    assert '<link rel="canonical"' in text
