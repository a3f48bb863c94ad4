"""The view that each resource of a site suggests first, and what must hold of its faces."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from flask.testing import FlaskClient

from model.table import Role
from portal.answer import Question
from portal.portal import charts, get_portal
from query.address import address
from query.suggest import suggest
from tests.conftest import Loaded

NAMELESS = (Role.IDENTIFIER, Role.TEXT)


def first_views(site: Loaded) -> dict[str, Question]:
    """The suggested first view of every loaded resource, by `dataset/resource`."""
    with site.app.app_context():
        portal = get_portal()
        found = sorted(portal.snapshot.releases)
        return {f"{d}/{r}": portal.question(suggest(portal.manifest(d, r)[0], charts())[0]) for d, r in found}


def get(client: FlaskClient, question: Question, suffix: str) -> bytes:
    """One face of a view; it must be a 200."""
    response = client.get(address(question.view, suffix))
    assert response.status_code == 200, (address(question.view, suffix), response.get_data(as_text=True)[:300])
    data: bytes = response.data
    return data


def check_faces(client: FlaskClient, question: Question) -> None:
    """All faces answer, none is empty, nothing of them is about identifiers."""
    view, drawn = question.view, question.view.chart != "table"
    answer: dict[str, Any] = client.get(address(view, ".json")).get_json()
    measured = [c["name"] for c in answer["columns"][len(view.groups) :]] if view.grouped else []
    assert answer["meta"]["total"] >= (2 if view.groups else 1)
    assert any(value not in (None, 0) for row in answer["data"] for value in row.values())
    assert all(any(row[name] is not None for row in answer["data"]) for name in measured)
    assert b'"rows":[[' in get(client, question, ".table.json")
    assert 3 <= len(get(client, question, ".txt").split()) <= 60
    if drawn:
        texts = " ".join(ET.fromstring(get(client, question, ".svg")).itertext())
        assert question.words.title.split()[0] in texts
        assert len(get(client, question, ".figure.json")) > 500
    roles = {p.column.name: p.column.role for p in question.profile.columns}
    used = {g.column for g in view.groups} | {m.column for m in view.measures if m.column}
    assert not {name for name in used if roles.get(name) in NAMELESS}
