"""C9: on a phone or at a desk, a municipality is tapped, its figure and rank are read, and it is sent on.

Municipal outlines are the operator's: here a square for each municipality of one state.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from config import ROOT, Settings
from data_loaders.municipalities import municipalities
from tests.conftest import load_site
from tests.journeys.conftest import DESKTOP, PHONE, Watched, watch
from tests.serving import serving

STATE = "11"
COLUMNS = 7
MAP = (
    "/explora/poblacion-municipio-2020/poblacion-municipio-2020"
    f"?_chart=map&_entidad={STATE}&_group=_municipio&_level=municipio&_measure=sum:poblacion"
)
MIDDLE = """key => {
const { layers } = ventanilla.map.board("explora-mapa"), layer = layers.get(key);
const point = layer._map.latLngToContainerPoint(layer.getBounds().getCenter());
const box = document.getElementById("explora-mapa").getBoundingClientRect();
return [box.left + point.x, box.top + point.y];
}"""

SETTLED = """() => {
const { layers } = ventanilla.map.board("explora-mapa"), [layer] = layers.values();
return layers.size === 46 && layer._map?.getZoom() > 6 && !layer._map._animatingZoom;
}"""


def square(index: int, key: str, name: str) -> dict[str, object]:
    """A municipality in a grid that lies where Guanajuato does."""
    west, north = -102 + 0.3 * (index % COLUMNS), 21.8 - 0.25 * (index // COLUMNS)
    east, south = west + 0.3, north - 0.25
    ring = [[west, north], [west, south], [east, south], [east, north], [west, north]]
    return {
        "type": "Feature",
        "properties": {"CVEGEO": key, "NOMGEO": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site over one table of the bundled catalogue, by an operator with outlines."""
    folder = tmp_path_factory.mktemp("municipios")
    (folder / "catalogo").mkdir()
    shutil.copy(ROOT / "catalog" / "tablas" / "poblacion_municipio_2020.csv", folder / "catalogo")
    towns = [(key, name) for key, name in municipalities().items() if key[:2] == STATE]
    features = [square(i, key, name) for i, (key, name) in enumerate(towns)]
    (folder / "geo").mkdir()
    (folder / "geo" / "municipios.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    site = load_site(
        Settings(catalog=folder / "catalogo", territories=folder / "geo", var=folder / "var", cache=folder / "cache")
    )
    with serving(site.settings) as address:
        yield address


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360px", "1280px"])
def reader(request: pytest.FixtureRequest, chromium: Browser, base: str) -> Iterator[Watched]:
    yield from watch(chromium, base, request.param)


def press(page: Page, key: str) -> None:
    """A tap, or a click where there is no touch, in the middle of a municipality."""
    page.locator("#explora-mapa").scroll_into_view_if_needed()
    x, y = page.evaluate(MIDDLE, key)
    if page.evaluate("'ontouchstart' in window"):
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)


def test_a_municipality_is_tapped_read_and_sent_on(reader: Watched) -> None:
    page = reader.open(MAP)
    if page.locator("[data-action=vivo]").is_visible():
        page.locator("[data-action=vivo]").click()
    expect(page.locator("#explora-mapa :is(canvas, path)").first).to_be_attached()
    page.wait_for_function(SETTLED)
    press(page, "11017")
    picked = page.locator(".picked")
    expect(picked).to_contain_text("Irapuato")
    expect(picked).to_contain_text("592,953")
    expect(picked).to_contain_text("Lugar 2 de 46")
    expect(page.locator("#explora-tabla tbody tr").nth(1)).to_contain_text("Irapuato")
    sent = urlsplit(page.locator("a[data-share=whatsapp]").get_attribute("href") or "")
    title, figure, date, link = parse_qs(sent.query)["text"][0].split("\n")
    assert sent.netloc == "wa.me"
    assert "Guanajuato" in title or "municipio" in title
    assert figure.startswith("Irapuato: 592,953")
    assert re.fullmatch(r"Datos publicados el \d{1,2} de \w+ de \d{4}", date)
    assert link.startswith(f"{reader.base}/explora/")
    assert page.request.get(link).status == 200
    assert reader.small_targets() == []
    assert not reader.scrolls_sideways()
    assert reader.violations() == []
