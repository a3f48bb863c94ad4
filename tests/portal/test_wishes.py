"""What counts as a wish: a person's, about data, without anything that tells who they are."""

from __future__ import annotations

import pytest
from flask import Flask

from model.demand import What, Wish
from portal.portal import Portal, get_portal
from portal.wishes import Seen, term_of, wish_of
from tests.conftest import Loaded

PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
DATASET, RESOURCE = "homicidios-por-entidad", "serie-anual"
FILE = f"/explora/{DATASET}/{RESOURCE}"


@pytest.fixture
def portal(site: Loaded) -> Portal:
    app: Flask = site.app
    with app.app_context():
        return get_portal()


def wish(portal: Portal, path: str, query: str = "", status: int = 200, agent: str = PERSON) -> Wish | None:
    return wish_of(portal, Seen(path, query, status, agent, found_nothing=True))


def test_pages_of_data_count_as_views(portal: Portal) -> None:
    assert wish(portal, f"/datos/{DATASET}") == Wish(What.VIEW, DATASET)
    assert wish(portal, FILE, "_chart=bar") == Wish(What.VIEW, DATASET, RESOURCE)
    assert wish(portal, "/herramientas/homicidios") is None
    assert wish(portal, FILE, status=302) is None


def test_files_that_are_taken_count_as_downloads_and_drawings_do_not(portal: Portal) -> None:
    assert wish(portal, f"{FILE}.csv") == Wish(What.DOWNLOAD, DATASET, RESOURCE, "csv")
    assert wish(portal, f"{FILE}.json") == Wish(What.DOWNLOAD, DATASET, RESOURCE, "json")
    original = f"/datos/{DATASET}/{RESOURCE}/original/0123456789ab"
    assert wish(portal, original) == Wish(What.DOWNLOAD, DATASET, RESOURCE, "original")
    for suffix in (".svg", ".figure.json", ".table.json", ".txt"):
        assert wish(portal, f"{FILE}{suffix}") is None
    assert wish(portal, f"{FILE}.csv", status=304) is None


def test_a_format_that_is_not_offered_counts_if_it_is_one(portal: Portal) -> None:
    assert wish(portal, f"{FILE}.parquet", status=404) == Wish(What.FORMAT, DATASET, RESOURCE, "parquet")
    assert wish(portal, f"{FILE}.juanperez", status=404) is None
    assert wish(portal, "/explora/nada/nada.parquet", status=404) == Wish(
        What.MISSING, term="/explora/nada/nada.parquet"
    )


def test_a_resource_that_would_not_load_counts_as_a_failed_load(portal: Portal) -> None:
    assert wish(portal, FILE, status=404) == Wish(What.FAILED, DATASET, RESOURCE)
    assert wish(portal, FILE, status=503) is None


def test_a_search_counts_by_its_folded_words_when_nothing_was_found(portal: Portal) -> None:
    assert wish(portal, "/datos", "q=%20Calidad+del+%C3%81IRE%21") == Wish(What.SEARCH, term="calidad del aire")
    assert wish(portal, "/datos", "q=aire&tema=Salud") is None
    assert wish(portal, "/datos", "q=") is None
    assert wish_of(portal, Seen("/datos", "q=aire", 200, PERSON, found_nothing=False)) is None


@pytest.mark.parametrize(
    "text",
    ["CURP GOMC900514MDFRRN05", "juan@example.com", "tel 55 1234 5678", "5512345678", "12-34-56", "ab", "x" * 81, "¡!"],
)
def test_searches_that_may_name_a_person_are_not_kept(text: str) -> None:
    assert term_of(text) == ""


def test_a_missing_page_counts_unless_it_is_private_noise_or_a_secret(portal: Portal) -> None:
    assert wish(portal, "/apps/una-app", status=404) == Wish(What.MISSING, term="/apps/una-app")
    for path in (
        "/mis-preguntas/abc",
        "/seguir/baja/abc",
        "/wp-login.php",
        "/.env",
        "/favicon.ico",
        "/x/0123456789abcdef0123456789abcdef",
        "/persona/5512345678",
        "/<script>",
        "/juan@example.com",
        "/" + "a" * 200,
    ):
        assert (path, wish(portal, path, status=404)) == (path, None)


@pytest.mark.parametrize("path", [f"/datos/{DATASET}", f"{FILE}.csv"])
def test_crawlers_never_count(portal: Portal, path: str) -> None:
    assert wish(portal, path, agent=CRAWLER) is None


@pytest.mark.parametrize("agent", ["", "curl/8.5", "python-requests/2.32", "Wget/1.21"])
def test_programs_count_for_downloads_only(portal: Portal, agent: str) -> None:
    assert wish(portal, f"/datos/{DATASET}", agent=agent) is None
    assert wish(portal, f"{FILE}.csv", agent=agent) == Wish(What.DOWNLOAD, DATASET, RESOURCE, "csv")
