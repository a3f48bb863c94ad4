"""The main interaction of each page, in Dash's own test browser."""

from __future__ import annotations

import dash
import pytest
from dash import Dash
from dash.testing.composite import DashComposite
from dash.testing.wait import until
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import element_to_be_clickable as clickable
from selenium.webdriver.support.ui import Select, WebDriverWait

from app import create_app
from tests.conftest import Loaded

SERIES = "/explora/homicidios-por-entidad/serie-anual"


@pytest.fixture(scope="module")
def dash_site(site: Loaded) -> Dash:
    """The site as the Dash app that `dash_duo` starts."""
    create_app(site.settings)
    found: Dash = dash.get_app()
    return found


@pytest.fixture
def duo(dash_duo: DashComposite, dash_site: Dash) -> DashComposite:
    """The browser on the running site; a test fails on errors in its console."""
    dash_duo.start_server(dash_site)
    return dash_duo


def go(duo: DashComposite, path: str) -> None:
    """Open a path of the site."""
    duo.driver.get(f"{duo.server_url}{path}")
    duo.wait_for_element("main h1", timeout=15)


def clean(duo: DashComposite) -> bool:
    """Whether the console holds no error."""
    return not [entry for entry in duo.get_logs() or [] if entry["level"] == "SEVERE"]


def test_the_front_page_searches(duo: DashComposite) -> None:
    go(duo, "/")
    box = duo.find_element("main input[type=search]")
    box.send_keys("remesas", Keys.ENTER)
    duo.wait_for_contains_text("main h1", "Resultados para «remesas»")
    duo.wait_for_contains_text("main .results", "Remesas")
    assert clean(duo)


def test_a_facet_narrows_the_search(duo: DashComposite) -> None:
    go(duo, "/datos")
    before = len(duo.find_elements("main .results > li"))
    WebDriverWait(duo.driver, 10).until(clickable((By.CSS_SELECTOR, "main .facets a.facet"))).click()
    duo.wait_for_element("main .facets a.facet[aria-current=true]")
    assert 1 <= len(duo.find_elements("main .results > li")) < before
    assert clean(duo)


def test_a_dataset_leads_to_its_explorer(duo: DashComposite) -> None:
    go(duo, "/datos/homicidios-por-entidad")
    duo.find_element(f"main a[href^='{SERIES}']").click()
    duo.wait_for_element("#explorador")
    assert SERIES in duo.driver.current_url
    assert clean(duo)


def test_a_button_of_the_explorer_changes_the_chart(duo: DashComposite) -> None:
    go(duo, f"{SERIES}?_chart=line&_group=anio&_measure=sum:homicidios")
    duo.wait_for_element("#explora-controles button")
    bars = next(b for b in duo.find_elements("#explora-controles button") if b.text.strip().startswith("Barras"))
    before = duo.find_element("#explora-descripcion").text
    bars.click()
    until(lambda: "_chart=bar" in duo.driver.current_url, timeout=10)
    until(lambda: duo.find_element("#explora-descripcion").text not in ("", before), timeout=10)
    assert clean(duo)


def test_a_control_of_a_tool_changes_its_figures(duo: DashComposite) -> None:
    go(duo, "/herramientas/homicidios")
    before = duo.find_element("main .tool-top").text
    Select(duo.find_element("select[name=estado]")).select_by_visible_text("Guanajuato")
    duo.wait_for_contains_text("main .tool-top", "En el lugar elegido", timeout=15)
    assert duo.find_element("main .tool-top").text != before
    assert "estado=11" in duo.driver.current_url
    assert clean(duo)


def test_the_gallery_filters_by_theme_and_opens_a_tool(duo: DashComposite) -> None:
    go(duo, "/herramientas")
    duo.find_element("main nav a[href*='tema=']").click()
    duo.wait_for_element("main nav a[aria-current=true][href*='tema=']")
    duo.find_element("main a[href^='/herramientas/']").click()
    duo.wait_for_element("main.tool, main .tool")
    assert clean(duo)


def test_an_agency_leads_to_its_datasets(duo: DashComposite) -> None:
    go(duo, "/dependencia/inegi")
    duo.find_element("main a[href^='/datos/']").click()
    duo.wait_for_contains_text("main", "Ficha")
    assert clean(duo)


def test_a_question_gets_a_folio_and_a_page_of_its_own(duo: DashComposite) -> None:
    go(duo, "/datos")
    duo.find_element("#pregunta summary, summary[class*=pregunta]").click()
    duo.find_element("#pregunta-texto").send_keys("¿Cuándo se actualizan estos datos?")
    duo.find_element("#pregunta-enviar").click()
    folio = duo.wait_for_element("[data-sent]", timeout=10).get_attribute("data-sent")
    duo.driver.find_element(By.CSS_SELECTOR, f"a[href*='/pregunta/{folio}']").click()
    duo.wait_for_contains_text("main", folio)
    assert f"/pregunta/{folio}" in duo.driver.current_url
    assert "¿Cuándo se actualizan estos datos?" in duo.find_element("main").text
    assert clean(duo)
