"""Where a visitor is, and what the raw HTML of a page says before any script runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.errors import Moved
from portal.portal import Portal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visitor is: the raw path, its named parts and the raw query string."""

    path: str
    parts: Mapping[str, str]
    query: str


@dataclass(frozen=True, slots=True)
class Head:
    """Title, description and picture of a page, as feeds, previews and readers without scripts see them.

    `image` is the site-relative address of the first drawing, `alt` its words; `links` are (label, address) pairs;
    `feeds` are Atom feeds, as (title, site-relative address).
    """

    title: str
    description: str = ""
    canonical: str = ""
    image: str = ""
    alt: str = ""
    links: tuple[tuple[str, str], ...] = ()
    status: int = 200
    retry_after: int = 0
    feeds: tuple[tuple[str, str], ...] = ()


HeadMaker = Callable[[Portal, Place], Head]


def place_at(template: str, path: str, query: str) -> Place | None:
    """The place that `path` names by a template such as `/datos/<dataset>`; None where it does not fit."""
    pattern = re.sub(r"<([a-z_]+)>", r"(?P<\1>[^/]+)", template.rstrip("/"))
    match = re.fullmatch(pattern + "/?", path)
    return Place(path, match.groupdict(), query) if match else None


def moved_to(moved: Moved, path: str, query: str) -> str:
    """Where an old address leads: the new one with its face's suffix and its query, so that it asks the same."""
    if not moved.permanent:
        return moved.location
    _, dot, suffix = path.rpartition("/")[2].partition(".")
    return moved.location + dot + suffix + (f"?{query}" if query else "")
