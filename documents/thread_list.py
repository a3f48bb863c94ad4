"""`/preguntas`: every public thread, filtered, searched and paged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, request
from werkzeug.wrappers import Response

from documents.answers import respond
from participation.kind import all_kinds
from portal.portal import get_portal
from portal.telling import tell
from portal.usecases.thread_search import PAGE, PORTAL, STATES, agencies, find_threads

FILTERS = ("q", "dependencia", "tipo", "estado", "vencidas")

blueprint = Blueprint("thread_list", __name__)


@blueprint.get("/preguntas")
def threads() -> Response:
    """The list: `q`, `dependencia`, `tipo`, `estado`, `vencidas=1`, `pagina`."""
    portal = get_portal()
    given = {name: request.args.get(name, "").strip()[:200] for name in FILTERS}
    page = _page(request.args.get("pagina", ""))
    now = datetime.now(UTC)
    found = find_threads(portal, given, page, now)
    pages = max(1, -(-found.total // PAGE))
    return respond(
        "threads.html",
        title="Preguntas y respuestas",
        threads=[tell(portal, thread, now) for thread in found.threads],
        total=found.total,
        given=given,
        kinds=[(kind.name, kind.label) for kind in all_kinds()],
        states=[(state.value, state.label) for state in STATES],
        agencies=[(PORTAL, "Equipo del portal"), *((a.slug, a.name) for a in agencies(portal))],
        page=page,
        pages=pages,
        before=_address(given, page - 1) if page > 1 else "",
        after=_address(given, page + 1) if page < pages else "",
        feed=f"/feed/preguntas.atom{_query(given)}",
    )


def _page(text: str) -> int:
    return min(max(int(text), 1), 100_000) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _query(given: Mapping[str, str], **more: str) -> str:
    pairs = {**{name: value for name, value in given.items() if value}, **more}
    return f"?{urlencode(pairs)}" if pairs else ""


def _address(given: Mapping[str, str], page: int) -> str:
    return f"/preguntas{_query(given, pagina=str(page)) if page > 1 else _query(given)}"
