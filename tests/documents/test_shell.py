"""The HTML around a page: what its scripts are, and what it says before them."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

SERIES = "/explora/homicidios-por-entidad/serie-anual"
PAGES = ["/", "/datos", "/herramientas/homicidios", f"{SERIES}?_chart=map&_group=_entidad", f"{SERIES}?_chart=table"]


@pytest.mark.parametrize("path", PAGES)
def test_the_maps_scripts_wait_until_a_map_is_drawn(client: FlaskClient, path: str) -> None:
    text = client.get(path).get_data(as_text=True)
    assert re.findall(r"<script[^>]*dash_(?:leaflet|extensions)", text) == []
    found = re.search(r'data-map-scripts="([^"]*)"', text)
    assert found is not None
    scripts = found[1].split()
    assert [re.sub(r".*/(dash_[a-z]+)/.*", r"\1", at) for at in scripts] == ["dash_leaflet", "dash_extensions"]
    assert [client.get(at).status_code for at in scripts] == [200, 200]
    assert "dash_renderer" in text
    assert re.search(r'<script src="/assets/map\.js', text)


@pytest.mark.parametrize(
    ("asked", "spanish", "english"),
    [
        ("/datos", "/datos", "/datos?_lang=en"),
        ("/dependencia/inegi?fbclid=x", "/dependencia/inegi", "/dependencia/inegi?_lang=en"),
        (
            f"{SERIES}?_entidad=09&_chart=line&_group=anio&_measure=sum:homicidios&_sort=anio",
            f"{SERIES}?_entidad=09&_chart=line&_group=anio&_measure=sum:homicidios&_sort=anio",
            f"{SERIES}?_entidad=09&_chart=line&_group=anio&_lang=en&_measure=sum:homicidios&_sort=anio",
        ),
    ],
)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_page_names_its_own_address_in_its_language_and_both_alternates(
    client: FlaskClient, asked: str, spanish: str, english: str, lang: str
) -> None:
    more = ("&" if "?" in asked else "?") + "_lang=en" if lang == "en" else ""
    text = html.unescape(client.get(asked + more).get_data(as_text=True))
    links = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="http://localhost([^"]*)"', text))
    canonical = re.findall(r'<link rel="canonical" href="http://localhost([^"]*)"', text)
    assert links == {"es": spanish, "en": english, "x-default": spanish}
    assert canonical == [links[lang]]
