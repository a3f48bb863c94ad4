"""A question from a page to its thread, and an answer back to it: the page's address becomes the anchor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from model.dataset import Agency
from model.errors import NotFound, PortalError, StoreDown
from model.thread import Anchor, Thread
from participation.actions import answer, open_thread
from participation.forms import validate
from portal.place import Place, place_at
from portal.portal import Portal
from query.address import address, parse
from store import threads

LONGEST_LABEL = 300


def open_question(portal: Portal, kind: str, form: Mapping[str, str], anchor_address: str) -> Thread:
    """The thread that a form opens, anchored to what its page shows: a view, a dataset or the page itself.

    The anchor is read from the site-relative address on the server; what a form says of it is not believed.
    Raises InvalidForm, StoreDown.
    """
    anchor = anchor_of(portal, anchor_address)
    named = {
        "pagina": anchor.page,
        "conjunto": anchor.dataset,
        "recurso": anchor.resource,
        "version": anchor.version,
        "vista": anchor.view,
        "etiqueta": anchor.label,
    }
    new = validate(kind, {**form, **named})
    return open_thread(portal.store, new, datetime.now(UTC), portal.settings.deadline_days)


def anchor_of(portal: Portal, anchor_address: str) -> Anchor:
    """The anchor that an address stands for; the bare page where it names nothing that is there."""
    try:
        parts = urlsplit(anchor_address)
    except ValueError:
        return Anchor(page="/")
    path = parts.path or "/"
    try:
        if place := place_at("/explora/<dataset>/<resource>", path, parts.query):
            return _view_anchor(portal, place)
        if place := place_at("/datos/<dataset>", path, parts.query):
            dataset = portal.dataset(place.parts["dataset"])
            return Anchor(page=path, dataset=dataset.slug, label=dataset.title[:LONGEST_LABEL])
    except PortalError:
        return Anchor(page=path)
    return Anchor(page=path)


def answer_question(portal: Portal, folio: str, text: str, agency: str) -> Thread:
    """The official answer to a thread, given by an operator in the name of `agency` (acronym or slug; "": its own)."""
    slug = _agency(portal, agency).slug if agency else ""
    return answer(portal.store, folio, text, slug, datetime.now(UTC), operator=True)


def _view_anchor(portal: Portal, place: Place) -> Anchor:
    question = portal.question(parse(place.parts["dataset"], place.parts["resource"], place.query))
    words = question.words
    label = " · ".join((words.title, *words.filters))
    return Anchor(
        page=place.path,
        dataset=question.view.dataset,
        resource=question.view.resource,
        version=question.view.version,
        view=address(replace(question.view, version="")),
        label=label[:LONGEST_LABEL],
    )


def _agency(portal: Portal, name: str) -> Agency:
    for found in portal.snapshot.agencies():
        if name.casefold() in (found.slug, found.acronym.casefold()):
            return found
    raise NotFound(f"No existe la dependencia «{name[:80]}».")


def find_thread(portal: Portal, folio: str) -> Thread:
    """The thread with this folio. Raises NotFound, StoreDown."""
    return threads.by_folio(portal.store, folio)


def questions_about(portal: Portal, dataset: str, resource: str = "") -> tuple[Thread, ...]:
    """The threads anchored to a dataset, or to one of its resources, newest first; none while the store is down."""
    try:
        return threads.for_anchor(portal.store, dataset=dataset, resource=resource)
    except StoreDown:
        return ()
