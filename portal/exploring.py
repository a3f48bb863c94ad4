"""From an explorer address to what its page needs: the canonical question, or the way to the suggested view."""

from __future__ import annotations

from dataclasses import replace

from model.chart import PLAIN
from model.errors import Moved
from model.view import View
from portal.answer import Question
from portal.place import Place
from portal.portal import Portal, charts
from query.address import address, parse
from query.resolve import TRACKING
from query.suggest import suggest


def explore(portal: Portal, place: Place) -> Question:
    """The question of an explorer page; Moved (302) from a bare address to the resource's suggested first view."""
    view = parse(place.parts["dataset"], place.parts["resource"], place.query)
    if _bare(portal, view):
        first = suggestions(portal, view.dataset, view.resource)[0]
        raise Moved(address(replace(first, lang=view.lang)), permanent=False)
    return portal.question(view)


def _bare(portal: Portal, view: View) -> bool:
    """Whether an address asks nothing: it says no more than its language and what followers of links add."""
    if replace(view, filters=(), lang="es") != View(view.dataset, view.resource):
        return False
    if any(f.column not in TRACKING for f in view.filters):
        return False
    table = next(t for t in portal.manifest(view.dataset, view.resource)[0].tables if t.name == view.table)
    return not any(table.column(f.column) for f in view.filters)


def suggestions(portal: Portal, dataset: str, resource: str) -> tuple[View, ...]:
    """The suggested views of the released version, the best first, under the resource's present slugs."""
    manifest, _ = portal.manifest(dataset, resource)
    return tuple(replace(view, dataset=dataset, resource=resource) for view in suggest(manifest, charts()))


def picture(question: Question, width: int = 0) -> str:
    """The pinned address of the first drawing; "" for a plain table."""
    if question.view.chart in ("", PLAIN):
        return ""
    at = address(question.view, ".svg")
    return f"{at}&_width={width}" if width else at


def live(question: Question, suffix: str = "") -> str:
    """The address that follows the newest release, for people to share; `suffix` (`.csv`) names a face."""
    return address(replace(question.view, version=question.view.version if question.pinned else ""), suffix)
