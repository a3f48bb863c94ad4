"""What a citizen does, from a phone or a desk (journeys C1 and C2)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

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
    expect(first).to_have_text("Homicidios por entidad")
    assert visitor.violations() == []
    first.click()
    page.wait_for_url("**/datos/homicidios-por-entidad")
    drawing = page.locator("main img[src*='.svg']").first
    expect(drawing).to_be_visible()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=drawing.element_handle())
    expect(page.locator("#primeros-renglones tbody tr")).to_have_count(5)
    expect(page.locator("#primeros-renglones")).to_be_visible()
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()


def shown(page: Page) -> tuple[list[str], list[str]]:
    """The rows of the table and the addresses of the drawings."""
    expect(page.locator("#primeros-renglones")).to_be_visible()
    pictures = page.locator("main .preview img")
    return page.locator("#primeros-renglones tbody tr").all_inner_texts(), [
        picture.get_attribute("src") or "" for picture in pictures.all()
    ]


def test_what_happens_in_my_municipality_in_two_choices(visitor: Watched) -> None:
    """C2: on the dataset's page, Guanajuato and Irapuato: every drawing and the table are of there, and stay so."""
    page = visitor.open("/datos/poblacion-por-municipio")
    page.get_by_label("Estado", exact=True).select_option(label="Guanajuato")
    page.wait_for_url(re.compile("_entidad=11"))
    page.get_by_label("Municipio", exact=True).select_option(label="Irapuato")
    page.wait_for_url(re.compile("_municipio=11017"))
    rows, drawings = shown(page)
    assert [re.split(r"\s*\t\s*", row) for row in rows] == [
        ["11", "Guanajuato", "11017", "Irapuato", "592,953", "290,770", "302,183"]
    ]
    assert len(drawings) >= 3
    assert [at for at in drawings if "_entidad=11" not in at and "_municipio=11017" not in at] == []
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    page.reload()
    assert shown(page) == (rows, drawings)
    expect(page.get_by_label("Municipio", exact=True)).to_have_value("11017")


@pytest.mark.parametrize("path", ["/datos/homicidios-por-entidad", "/datos/remesas-mensuales-del-pais"])
def test_a_dataset_offers_only_places_that_it_knows(at_desk: Watched, path: str) -> None:
    page = at_desk.open(path)
    assert page.get_by_label("Estado", exact=True).count() == ("entidad" in path)
    assert page.get_by_label("Municipio", exact=True).count() == 0


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


def test_whoever_reads_without_scripts_sees_title_picture_and_links(at_desk: Watched) -> None:
    """The raw HTML says what the page shows."""
    text = at_desk.page.request.get(f"{at_desk.base}{MAP}").text()
    assert re.search(r"<title>[^<]*[Hh]omicidios", text)
    assert re.search(r'<img src="/explora/[^"]+\.svg\?', text)
    assert '<link rel="canonical"' in text
