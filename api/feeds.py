"""Atom feeds: what is new, for readers that ask by themselves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from flask import Response, request

from portal.portal import get_portal

NAMESPACE = "http://www.w3.org/2005/Atom"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # an empty feed must say when it changed
LIVE = "public, max-age=60"
AUTHOR = "Ventanilla"
UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `address` is site-relative and, with `key`, its identity; `summary` is plain text."""

    title: str
    address: str
    updated: datetime
    summary: str = ""
    author: str = AUTHOR
    key: str = ""


def atom(title: str, address: str, entries: Sequence[Entry], page: str = "/") -> Response:
    """The Atom feed that stands at the site-relative `address`, about the page at `page`; entries newest first."""
    base = get_portal().base_url
    feed = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "es-MX"})
    _add(feed, "id", base + address)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(max((e.updated for e in entries), default=LONG_AGO)))
    _link(feed, "self", base + address, "application/atom+xml")
    _link(feed, "alternate", base + page, "text/html")
    _add(ElementTree.SubElement(feed, "author"), "name", AUTHOR)
    for entry in entries:
        _entry(feed, base, entry)
    body = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    response = Response(body, content_type="application/atom+xml; charset=utf-8")
    response.set_etag(hashlib.sha256(body).hexdigest()[:32], weak=True)
    response.headers["Cache-Control"] = LIVE
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.make_conditional(request)
    return response


def printable(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return UNPRINTABLE.sub("", text)


def _entry(feed: ElementTree.Element, base: str, entry: Entry) -> None:
    element = ElementTree.SubElement(feed, "entry")
    _add(element, "id", base + entry.address + (f"#{entry.key}" if entry.key else ""))
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.updated))
    _link(element, "alternate", base + entry.address, "text/html")
    _add(ElementTree.SubElement(element, "author"), "name", entry.author or AUTHOR)
    _add(element, "summary", entry.summary)


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = printable(text)


def _link(parent: ElementTree.Element, rel: str, href: str, media_type: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": printable(href), "type": media_type})


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
