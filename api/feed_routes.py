"""The feeds of a thread, of data requests, of a dataset's releases and of the figures of a view."""

from __future__ import annotations

from flask import Blueprint, Response, request

from api.feeds import Entry, atom
from figures.formats import day
from model.errors import NotFound
from portal.feeds import feed_of
from portal.portal import get_portal
from portal.requests import board
from portal.telling import paragraphs, title_of
from portal.usecases.following import subject_at
from portal.usecases.news import dataset_news, view_news
from store.thread_lists import by_folio

blueprint = Blueprint("feeds", __name__, url_prefix="/feed")


@blueprint.get("/pregunta/<folio>.atom")
def thread(folio: str) -> Response:
    """What was said in a thread, its official answers first."""
    found = by_folio(get_portal().store, folio)
    if not found.public:
        raise NotFound("No existe ese folio.")
    page = f"/pregunta/{found.folio}"
    title = title_of(found)
    answers = [
        Entry(f"Respuesta oficial: {title}", page, m.created, "\n\n".join(paragraphs(m.text)), m.name, f"r{at}")
        for at, m in enumerate(found.answers, start=1)
    ]
    asked = Entry(title, page, found.created, "\n\n".join(paragraphs(found.question.text)), "Una persona", "r0")
    steps = [
        Entry(f"{found.folio}: {e.what.replace('_', ' ')}", page, e.moment, e.reason, key=f"h{at}")
        for at, e in enumerate(found.events)
        if e.what in ("en_revision", "cerrada")
    ]
    entries = sorted((asked, *answers, *steps), key=lambda e: e.updated, reverse=True)
    return atom(title, feed_of(page), entries, page)


@blueprint.get("/solicitudes.atom")
def requests() -> Response:
    """The data requests of the board, those asked for last first, with the filters of `/solicitudes`."""
    portal = get_portal()
    given = {**request.args.to_dict(), "orden": "recientes"}
    entries = []
    for found in board(portal, given, 1).threads:
        due = f", respuesta a más tardar el {day(found.deadline, long=True)}" if found.state.open else ""
        text = "\n\n".join((f"{found.folio} · {found.standing}{due}", *paragraphs(found.question.text)))
        entries.append(Entry(title_of(found), f"/pregunta/{found.folio}", found.updated or found.created, text))
    query = request.query_string.decode("utf-8", "replace")
    address = "/solicitudes" + (f"?{query}" if query else "")
    return atom("Solicitudes de datos", feed_of(address), entries, address)


@blueprint.get("/datos/<slug:dataset>.atom")
def releases(dataset: str) -> Response:
    """The releases of a dataset's files."""
    portal = get_portal()
    found = portal.dataset(dataset)
    page = f"/datos/{found.slug}"
    entries = [
        Entry(n.title, n.address, n.moment, n.text, found.agency.name, n.key) for n in dataset_news(portal, found)
    ]
    return atom(f"Versiones nuevas: {found.title}", feed_of(page), entries, page)


@blueprint.get("/explora/<slug:dataset>/<slug:resource>.atom")
def figures(dataset: str, resource: str) -> Response:
    """The releases in which the figures of a view changed, with old and new value."""
    portal = get_portal()
    query = request.query_string.decode("utf-8", "replace")
    about = subject_at(portal, f"/explora/{dataset}/{resource}" + (f"?{query}" if query else ""))
    entries = [Entry(n.title, n.address, n.moment, n.text, key=n.key) for n in view_news(portal, about.target)]
    return atom(f"Cambios en: {about.title}", feed_of(about.address), entries, about.address)
