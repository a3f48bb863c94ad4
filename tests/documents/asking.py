"""Asking by a plain form, as a browser without scripts does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = "/participar"
FRAGMENT = {"X-Fragment": "1"}
QUESTION = "¿Qué cuenta la columna de homicidios en estos años?"


def opened(client: FlaskClient, query: Mapping[str, str] | None = None) -> dict[str, str]:
    """The hidden fields of the form that the server makes for `query`."""
    html = client.get(FORM, query_string=dict(query or {})).text
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return {name: unescape(value) for name, value in pairs}


def asked(
    client: FlaskClient, text: str = QUESTION, query: Mapping[str, str] | None = None, **fields: str
) -> TestResponse:
    """The answer to a form that was opened and sent."""
    return client.post(FORM, data={**opened(client, query), "texto": text, **fields})


def folio_of(response: TestResponse) -> str:
    """The folio that a response names first."""
    found = re.search(r"VEN-\d{4}-\d{6}", response.text)
    assert found, response.text[:2000]
    return found[0]
