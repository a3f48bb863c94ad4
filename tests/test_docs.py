"""The documentation names what there is."""

from __future__ import annotations

import re

import dash
import pytest

from config import ROOT, Settings
from portal.face import faces
from portal.portal import charts
from query.measures import MEASURES
from query.operators import OPERATORS
from tests.conftest import Loaded

ADDRESSES = (ROOT / "docs" / "addresses.md").read_text()


def test_every_setting_stands_in_the_settings_page() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in Settings.__slots__ if f"`{name.upper()}`" not in page] == []


@pytest.mark.parametrize(
    "names",
    [
        list(OPERATORS),
        [name for name in MEASURES if name != "q"],
        list(charts()),
        list(faces()),
    ],
    ids=["operators", "measures", "charts", "faces"],
)
def test_every_word_of_an_address_stands_in_the_page_of_addresses(names: list[str]) -> None:
    assert [n for n in names if not re.search(rf"`{re.escape(n)}[`:]", ADDRESSES)] == []


def test_every_page_stands_in_the_page_of_addresses(site: Loaded) -> None:
    pages = [p["path_template"] or p["path"] for p in dash.page_registry.values() if "not_found" not in p["module"]]
    assert site.said
    assert [p for p in pages if f"`{p}`" not in ADDRESSES] == []
