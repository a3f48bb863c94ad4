"""Atom feeds of what can be followed: found in the page's head, valid, and telling old and new value."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from api.feeds import printable
from tests.versions import Versions

ATOM = {"a": "http://www.w3.org/2005/Atom"}
VIEW = "/explora/casos/casos?_chart=line&_entidad=11&_group=fecha:year&_measure=sum:casos"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """Three releases: of the second Jalisco changed, of the third Guanajuato too."""
    made = Versions(tmp_path_factory.mktemp("canales"))
    other = "Jalisco,2024-01-01,d,9999,0.75\n"
    made.publish(r14_2024=other)
    made.publish(r14_2024=other, r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    return made


@pytest.fixture
def client(versions: Versions) -> FlaskClient:
    return versions.app.test_client()


def entries(client: FlaskClient, page: str) -> list[dict[str, str]]:
    """The entries of the feed that a page's head names."""
    head = client.get(page, follow_redirects=True).text.partition("<body")[0]
    found = re.search(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)"', head)
    assert found is not None, head
    answer = client.get(unescape(found.group(1)))
    assert answer.status_code == 200, answer.text
    feed = ElementTree.fromstring(answer.data)
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"a:{name}", "", ATOM)
    return [{child.tag.rpartition("}")[2]: child.text or "" for child in e} for e in feed.findall("a:entry", ATOM)]


def test_the_feed_of_a_view_tells_only_releases_in_which_its_figures_changed(client: FlaskClient) -> None:
    found = entries(client, VIEW)
    assert [(e["title"].partition(":")[0], e["summary"].strip()) for e in found] == [
        ("Cambió una cifra", "2024: 3,148 → 3,200")
    ]


def test_the_feed_of_a_dataset_tells_each_release(client: FlaskClient) -> None:
    found = entries(client, "/datos/casos")
    assert len(found) == 3
    assert all("4 renglones" in e["summary"] for e in found)
    assert len({e["id"] for e in found}) == 3


def test_a_feed_is_answered_briefly_when_nothing_is_new(client: FlaskClient) -> None:
    first = client.get("/feed/datos/casos.atom")
    again = client.get("/feed/datos/casos.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/feed/datos/no-hay.atom", "/feed/explora/casos/no-hay.atom", "/feed/pregunta/VEN-2026-999999.atom"]
)
def test_what_is_not_there_has_no_feed(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_unknown_column_is_a_bad_request(client: FlaskClient) -> None:
    assert client.get("/feed/explora/casos/casos.atom?_measure=sum:nada").status_code == 400


def test_characters_that_xml_cannot_hold_are_dropped() -> None:
    assert printable("a\x00b\x0bc\ud800d\ufffee\tñ\U0001f600") == "abcde\tñ\U0001f600"
