"""The first view that each resource suggests, kept in files: a change of the rules is seen in review.

`WRITE_GOLDEN=1 pytest tests/golden` writes the files anew; look at what changed before you keep it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from query.address import format_view
from tests.conftest import Loaded
from tests.first_views import check_faces, first_views

GOLDEN = Path(__file__).parent


def compare(site: Loaded, name: str) -> None:
    found = {
        resource: {
            "title": question.words.title,
            "view": format_view(question.view).replace(f"&_version={question.view.version}", ""),
        }
        for resource, question in first_views(site).items()
    }
    path = GOLDEN / name
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert found == json.loads(path.read_text(encoding="utf-8"))


def test_the_bundled_resources_suggest_the_views_on_file(site: Loaded) -> None:
    compare(site, "suggestions_sample.json")


def test_the_first_views_of_the_bundled_resources_answer_in_every_face(site: Loaded) -> None:
    found = first_views(site)
    assert len(found) == 11
    for question in found.values():
        check_faces(site.app.test_client(), question)


@pytest.mark.acceptance
def test_the_real_resources_suggest_the_views_on_file(real_site: Loaded) -> None:
    compare(real_site, "suggestions_real.json")


@pytest.mark.acceptance
def test_the_first_views_of_the_real_resources_answer_in_every_face(real_site: Loaded) -> None:
    found = first_views(real_site)
    assert len(found) == 29
    for question in found.values():
        check_faces(real_site.app.test_client(), question)
