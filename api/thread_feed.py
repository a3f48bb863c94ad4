"""`/feed/preguntas.atom`: the public threads that changed last, with the filters of the list."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from api.feeds import Entry, atom
from model.thread import Thread
from portal.portal import get_portal
from portal.telling import Told, tell
from portal.usecases.thread_search import find_threads

FILTERS = ("q", "dependencia", "tipo", "estado", "vencidas")

blueprint = Blueprint("thread_feed", __name__)


@blueprint.get("/feed/preguntas.atom")
def feed() -> Response:
    """The newest page of the list, last changed first."""
    portal = get_portal()
    given = {name: request.args.get(name, "").strip()[:200] for name in FILTERS}
    found = find_threads(portal, given, 1, datetime.now(UTC), by_change=True)
    query = request.query_string.decode("utf-8", "replace")
    mark = "?" if query else ""
    entries = [_entry(thread, tell(portal, thread)) for thread in found.threads]
    return atom("Preguntas y respuestas", f"/feed/preguntas.atom{mark}{query}", entries, f"/preguntas{mark}{query}")


def _entry(thread: Thread, told: Told) -> Entry:
    said = told.replies[-1].paragraphs if told.replies else told.paragraphs
    lead = f"Respuesta oficial de {told.replies[-1].agency}: " if told.replies else ""
    return Entry(
        title=f"{told.kind}: {told.title} ({told.state})",
        address=told.href,
        updated=thread.updated or thread.created,
        summary=lead + "\n\n".join(said),
        author=told.replies[-1].agency if told.replies else "Una persona",
    )
