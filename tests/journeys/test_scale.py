"""C3: five million rows from a phone's or a desk's browser: sorted, without the empty ones, at page forty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
import psutil
import pyarrow as pa
import pytest
from playwright.sync_api import Browser, Page, expect
from pyarrow import csv

from config import Settings
from model.territory import STATES
from tests.conftest import load_site
from tests.journeys.conftest import DESKTOP, Watched, watch
from tests.serving import serving

ROWS, PAGE = 5_000_000, 100
MOST_MEMORY = 1.5 * 1024**3
EXPLORER = "/explora/registros/registros"


class Big(NamedTuple):
    """A site over the generated file, and what the generator knows of it."""

    base: str
    filled: int
    ranked: list[str]  # the amounts of page 40, the largest amount first on page 1, as the page writes them


def generate(path: Path) -> tuple[int, list[str]]:
    """Write the file; answers how many rows have an amount, and the amounts of page 40."""
    random = np.random.default_rng(20_260_101)
    state = random.integers(0, len(STATES), ROWS)
    key = (state + 1) * 1000 + random.integers(1, 20, ROWS)
    amount = random.permutation(ROWS) / 100
    empty = random.random(ROWS) < 0.1
    table = pa.table(
        {
            "fecha": pa.array(np.datetime64("2015-01-01") + random.integers(0, 3653, ROWS)),
            "entidad": pa.array([s.name for s in STATES]).take(pa.array(state)),
            "cve_mun": pa.compute.utf8_lpad(pa.array(key).cast(pa.string()), 5, "0"),
            "categoria": pa.array([f"Categoría {i}" for i in range(12)]).take(pa.array(random.integers(0, 12, ROWS))),
            "monto": pa.array(amount, mask=empty),
        }
    )
    csv.write_csv(table, path)
    filled = np.sort(amount[~empty])[::-1]
    return len(filled), [written(value) for value in filled[39 * PAGE : 40 * PAGE]]


def written(value: float) -> str:
    """An amount as the page writes it."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Big]:
    folder = tmp_path_factory.mktemp("grande")
    catalog = folder / "catalogo"
    catalog.mkdir()
    filled, ranked = generate(catalog / "registros.csv")
    assert (catalog / "registros.csv").stat().st_size > 250_000_000
    settings = Settings(catalog=catalog, var=folder / "var", cache=folder / "cache")
    assert load_site(settings).said[-1].endswith("5,000,000 renglones")
    with serving(settings) as base:
        yield Big(base, filled, ranked)


@pytest.fixture
def reader(chromium: Browser, big: Big) -> Iterator[Watched]:
    yield from watch(chromium, big.base, DESKTOP)


def test_five_million_rows_are_sorted_filtered_and_paged(big: Big, reader: Watched) -> None:
    page = reader.open(f"{EXPLORER}?_chart=table")
    expect(page.locator("#explora-paginas")).to_contain_text("5,000,000")
    sort_down(page)
    page.locator("details.filter", has_text="monto").locator("summary").click()
    page.get_by_label("Renglones").locator("visible=true").select_option(label="Solo con dato")
    page.wait_for_url(re.compile("monto__isnull=0"))
    pager = page.locator("#explora-paginas")
    expect(pager).to_contain_text(f"{big.filled:,}")
    page.get_by_label("Ir a la página").fill("40")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("_page=40"))
    expect(pager).to_contain_text(f"3,901–4,000 de {big.filled:,}")
    assert amounts(page) == big.ranked
    assert page.request.get(f"{big.base}{EXPLORER}.json?monto__isnull=0&_size=1").json()["meta"]["total"] == big.filled
    assert memory(big.base) < MOST_MEMORY


def sort_down(page: Page) -> None:
    """Sort by the amount, the largest first."""
    header = page.get_by_role("columnheader", name="monto").get_by_role("button")
    header.click()
    page.wait_for_url(re.compile("_sort="))
    if "_sort=-monto" not in page.url:
        expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
        header.click()
    page.wait_for_url(re.compile("_sort=-monto"))
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)


def amounts(page: Page) -> list[str]:
    """The last column as it is shown."""
    expect(page.locator("#explora-tabla tbody tr")).to_have_count(PAGE)
    return page.locator("#explora-tabla tbody tr td:not(.asking):nth-last-child(2)").all_inner_texts()


def memory(base: str) -> float:
    """The bytes that the server's processes hold in memory."""
    address = urlsplit(base).netloc
    found = [p for p in psutil.Process().children(recursive=True) if address in p.cmdline()]
    assert len(found) >= 2
    return sum(p.memory_info().rss for p in found)
