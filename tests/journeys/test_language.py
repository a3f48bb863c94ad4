"""In English: the page's own words, and English again wherever a link leads."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Watched

CHART = "/explora/homicidios-por-entidad/serie-anual?_chart=line&_group=anio&_measure=sum:homicidios"


def test_english_goes_along_from_page_to_page_and_back_to_spanish(visitor: Watched) -> None:
    page = visitor.open("/?_lang=en")
    expect(page.locator("h1")).to_have_text("Mexico's data, with someone who answers")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert visitor.violations() == []
    page.locator("main input[type=search]").fill("homicidios")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/datos\?q=homicidios&_lang=en"))
    page.locator("main h3 a").first.click()
    page.wait_for_url(re.compile(r"/datos/homicidios-por-entidad\?_lang=en"))
    expect(page.get_by_role("heading", name="See it like this")).to_be_visible()
    expect(page.locator("main .preview img").first).to_have_attribute("src", re.compile("_lang=en"))
    page.locator("[data-lang=es]").click()
    page.wait_for_url(re.compile(r"/datos/homicidios-por-entidad$"))
    expect(page.get_by_role("heading", name="Véalo así")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")


def test_the_explorer_speaks_english_and_keeps_its_view(visitor: Watched) -> None:
    page = visitor.open(f"{CHART}&_lang=en")
    expect(page.locator("#explora-descripcion")).to_contain_text("Highest")
    summary = page.locator("summary", has_text="Filters and charts")
    if summary.is_visible():
        summary.click()
    page.get_by_role("button", name="Bars", exact=True).click()
    page.wait_for_url(re.compile("_chart=bar"))
    assert "_lang=en" in page.url
    assert visitor.violations() == []
    page.locator("[data-lang=es]").click()
    page.wait_for_url(re.compile(r"_chart=bar((?!_lang).)*$"))
    expect(page.locator(".kind[aria-pressed=true] span")).to_have_text("Barras")
