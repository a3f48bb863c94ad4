"""The site over the real catalogue, asked through its addresses as a program would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.conftest import Loaded

Row = dict[str, Any]


@dataclass(frozen=True)
class Asker:
    """Asks the `.json` face of `dataset/resource`; parameters are (name, value) pairs as an address has them."""

    client: FlaskClient

    def answer(self, resource: str, *pairs: tuple[str, str]) -> dict[str, Any]:
        """The whole answer; it must be a 200."""
        response = self.client.get(f"/explora/{resource}.json?{urlencode(pairs)}")
        assert response.status_code == 200, response.get_data(as_text=True)
        found: dict[str, Any] = response.get_json()
        return found

    def rows(self, resource: str, *pairs: tuple[str, str]) -> list[Row]:
        """All rows of a small answer."""
        found = self.answer(resource, ("_size", "1000"), *pairs)
        assert not found["meta"]["truncated"]
        rows: list[Row] = found["data"]
        return rows

    def by(self, resource: str, group: str, measure: str, *pairs: tuple[str, str]) -> Mapping[Any, Any]:
        """Each value of a group with its figure."""
        rows = self.rows(resource, ("_group", group), ("_measure", measure), *pairs)
        found = {row[group]: row[measure] for row in rows}
        assert len(found) == len(rows)
        return found

    def one(self, resource: str, measure: str, *pairs: tuple[str, str]) -> Any:
        """One figure of the whole table."""
        [row] = self.rows(resource, ("_measure", measure), *pairs)
        return row[measure]

    def total(self, resource: str, *pairs: tuple[str, str]) -> int:
        """How many rows there are."""
        found: int = self.answer(resource, ("_size", "1"), *pairs)["meta"]["total"]
        return found


@pytest.fixture(scope="session")
def ask(real_site: Loaded) -> Asker:
    """Whoever asks the real site."""
    return Asker(real_site.app.test_client())
