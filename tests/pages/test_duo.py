"""The main interaction of each page, in Dash's own test browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import dash
import pytest
from dash import Dash
from selenium.webdriver.common.keys import Keys

from app import create_app
from tests.conftest import Loaded

WAIT = 20
DRAWN = "return !document.getElementById('primera') && !!document.querySelector('#react-entry-point .page')"
CLICK = """
const found = [...document.querySelectorAll(arguments[0])].find((element) => element.checkVisibility());
found?.click();
return !!found;
"""
SERIES = "/explora/homicidios-por-entidad/serie-anual"


@pytest.fixture(scope="module")
def dash_site(site: Loaded) -> Dash:
    """The site as the Dash app that `dash_duo` starts."""
    create_app(site.settings)
    latest: Callable[[], Dash] = dash.get_app
    return latest()


@pytest.fixture
def duo(dash_duo: Any, dash_site: Dash) -> Any:
    """The browser on the running site; a test fails on errors in its console."""
    dash_duo.start_server(dash_site)
    return dash_duo


def wait_for(done: Callable[[], Any]) -> None:
    """Wait until `done` says so, at most WAIT seconds."""
    last = time.monotonic() + WAIT
    while not done():
        assert time.monotonic() < last, "it did not happen"
        time.sleep(0.1)


def go(duo: Any, path: str) -> None:
    """Open a path of the site and wait until Dash has drawn it."""
    duo.driver.get(f"{duo.server_url}{path}")
    duo.wait_for_element("main h1", timeout=15)
    wait_for(lambda: duo.driver.execute_script(DRAWN))


def click(duo: Any, selector: str) -> None:
    """Click the first element that can be seen, as soon as there is one."""
    wait_for(lambda: duo.driver.execute_script(CLICK, selector))


def clean(duo: Any) -> bool:
    """Whether the console holds no error."""
    return not [entry for entry in duo.get_logs() or [] if entry["level"] == "SEVERE"]


def test_the_front_page_searches(duo: Any) -> None:
    go(duo, "/")
    box = duo.find_element("main input[type=search]")
    box.send_keys("remesas", Keys.ENTER)
    duo.wait_for_contains_text("main h1", "Resultados para «remesas»")
    duo.wait_for_contains_text("main .results", "Remesas")
    assert clean(duo)


def test_a_facet_narrows_the_search(duo: Any) -> None:
    go(duo, "/datos")
    before = len(duo.find_elements("main .results > li"))
    click(duo, "main .facets a.facet")
    duo.wait_for_element("main .facets a.facet[aria-current=true]")
    assert 1 <= len(duo.find_elements("main .results > li")) < before
    assert clean(duo)


def test_a_dataset_leads_to_its_explorer(duo: Any) -> None:
    go(duo, "/datos/homicidios-por-entidad")
    click(duo, f"main a[href^='{SERIES}']")
    duo.wait_for_element("#explorador")
    assert SERIES in duo.driver.current_url
    assert clean(duo)


def test_a_button_of_the_explorer_changes_the_chart(duo: Any) -> None:
    go(duo, f"{SERIES}?_chart=line&_group=anio&_measure=sum:homicidios")
    duo.wait_for_element("#explora-controles button")
    bars = next(b for b in duo.find_elements("#explora-controles button") if b.text.strip().startswith("Barras"))
    before = duo.find_element("#explora-descripcion").text
    bars.click()
    wait_for(lambda: "_chart=bar" in duo.driver.current_url)
    wait_for(lambda: duo.find_element("#explora-descripcion").text not in ("", before))
    assert clean(duo)


def test_a_control_of_a_tool_changes_its_figures(duo: Any) -> None:
    go(duo, "/herramientas/homicidios")
    before = duo.find_element("main .tool-top").text
    duo.find_element("select[name=estado] option[value='11']").click()
    duo.wait_for_contains_text("main .tool-top .figures", "Guanajuato", timeout=15)
    assert duo.find_element("main .tool-top").text != before
    assert "estado=11" in duo.driver.current_url
    assert clean(duo)


def test_the_gallery_filters_by_theme_and_opens_a_tool(duo: Any) -> None:
    go(duo, "/herramientas")
    click(duo, "main nav a[href*='tema=']")
    duo.wait_for_element("main nav a[aria-current=true][href*='tema=']")
    click(duo, "main a[href^='/herramientas/']")
    duo.wait_for_element("main.tool, main .tool")
    assert clean(duo)


def test_an_agency_leads_to_its_datasets(duo: Any) -> None:
    go(duo, "/dependencia/inegi")
    click(duo, "main a[href^='/datos/']")
    duo.wait_for_contains_text("main", "Ficha")
    assert clean(duo)


def test_a_question_gets_a_folio_and_a_page_of_its_own(duo: Any) -> None:
    go(duo, "/datos")
    click(duo, "#pregunta summary")
    duo.wait_for_element("#m-texto").send_keys("¿Cuándo se actualizan estos datos?")
    duo.find_element("form.reply button[type=submit]").click()
    folio = duo.wait_for_element("[data-sent]", timeout=10).get_attribute("data-sent")
    click(duo, f"a[href*='/pregunta/{folio}']")
    duo.wait_for_contains_text("main", folio)
    assert f"/pregunta/{folio}" in duo.driver.current_url
    assert "¿Cuándo se actualizan estos datos?" in duo.find_element("main").text
    assert clean(duo)
