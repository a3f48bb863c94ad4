"""Asking without scripts, and one's own threads: `/participar`, `/mis-preguntas`, a thread as plain text."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from werkzeug.wrappers import Response

from documents import requests
from documents.answers import done, later, respond
from model.errors import InvalidForm, NotFound, PortalError, StoreDown, TooMany
from model.thread import Anchor, Thread
from participation.forms import HONEYPOT, NAME, TOKEN
from participation.kind import Field, Kind, all_kinds, kind_named
from participation.personal import CONFIRM
from portal.formal import draft_of
from portal.limits import address_of
from portal.person import person_hash, person_of, person_replying, with_person
from portal.pointing import Pointer, anchor_of, columns_of
from portal.portal import Portal, get_portal
from portal.screening import STAMP, stamp
from portal.telling import agency_name, tell
from portal.usecases.reanchor import opening
from portal.usecases.replies import Sender, find_thread, of_person, of_secret, open_thread
from store.requests import KIND

DEFAULT_KIND = "pregunta"
POINTER = MappingProxyType(
    {  # name in the address and the form → field of Pointer
        "sobre": "about",
        "renglones": "rows",
        "renglon": "row",
        "columna": "column",
        "lugar": "place",
        "punto": "point",
    }
)
LONGEST_POINTER = 8_192

blueprint = Blueprint("threads", __name__)


@blueprint.get("/participar")
def ask() -> Response:
    """The form of a kind (`tipo`) about an address (`sobre`), its fields prefilled from the address."""
    if request.args.get("tipo") == KIND:
        return requests.blank()
    return _form(get_portal(), _kind(request.args.get("tipo", "")), request.args, {}, 200)


@blueprint.post("/participar")
def send() -> Response:
    """Open the thread, or say what is wrong with the form, which stays as it was."""
    if request.form.get("tipo") == KIND:
        return requests.send()
    portal = get_portal()
    form = request.form
    person = person_replying(request, portal.settings, form.get(TOKEN, ""))
    kind = _kind(form.get("tipo", ""))
    try:
        thread = open_thread(portal, kind.name, form, _pointer(form), Sender(person, address_of(request)))
    except InvalidForm as invalid:
        return _form(portal, kind, form, invalid.problems, invalid.status)
    except (StoreDown, TooMany) as error:
        return later(_form(portal, kind, form, {"": error.message}, error.status), error)
    address = f"/mis-preguntas/{thread.secret}" if thread.secret else f"/pregunta/{thread.folio}/simple"
    response = done(address, "sent.html", title="Recibido", **_sent(portal, thread))
    return with_person(response, portal.settings, person)


@blueprint.get("/mis-preguntas")
def mine() -> Response:
    """What this browser's person has sent, newest first."""
    portal = get_portal()
    own = person_hash(portal.settings.secret_key, person_of(request, portal.settings))
    threads = [tell(portal, thread) for thread in of_person(portal, own)]
    return respond("mine.html", title="Mis preguntas", threads=threads)


@blueprint.get("/mis-preguntas/<secret>")
def one_of_mine(secret: str) -> Response:
    """A thread by its secret link, whoever may see it."""
    portal = get_portal()
    thread = of_secret(portal, secret)
    response = respond("thread.html", title=thread.folio, secret=_link(portal, secret), **_thread(portal, thread))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/pregunta/<folio>/simple")
def plain(folio: str) -> Response:
    """A thread for whoever reads without scripts."""
    portal = get_portal()
    thread = find_thread(portal, folio)
    return respond("thread.html", title=thread.folio, secret="", **_thread(portal, thread))


@blueprint.get("/pregunta/<folio>/solicitud-formal")
def formal(folio: str) -> Response:
    """The draft of a formal access-to-information request, once the deadline has passed, the thread attached."""
    portal = get_portal()
    thread = find_thread(portal, folio)
    draft = draft_of(portal, thread, datetime.now(UTC))
    return respond("formal.html", title=f"Solicitud formal, {thread.folio}", draft=draft, **_thread(portal, thread))


def _form(portal: Portal, kind: Kind, given: Mapping[str, str], problems: Mapping[str, str], status: int) -> Response:
    pointer = _pointer(given)
    anchor = anchor_of(portal, pointer)
    hidden = {name: getattr(pointer, part) for name, part in POINTER.items() if name != "columna"}
    token = given.get(TOKEN, "") if request.method == "POST" else ""
    own = {STAMP: given.get(STAMP, "") if request.method == "POST" else "", TOKEN: token}
    made = {STAMP: own[STAMP] or stamp(portal.settings), TOKEN: own[TOKEN] or secrets.token_hex(16)}
    return respond(
        "ask.html",
        status=status,
        title=kind.label,
        kind=kind,
        fields=_fields(kind),
        own_name=NAME,
        values=_values(portal, kind, given, pointer),
        problems=problems,
        hidden={**hidden, **made, "tipo": kind.name},
        kinds=[(k.name, k.label, f"/participar?{_query(k, pointer)}") for k in all_kinds()],
        about=anchor.label or pointer.about,
        about_href=opening(anchor),
        columns=columns_of(portal, pointer),
        column=pointer.column,
        whole="Todo el renglón" if anchor.row else "Todo lo que se ve",
        shown=_where(anchor, kind),
        agency=_addressee(portal, anchor),
        warned=CONFIRM in problems or bool(given.get(CONFIRM)),
        confirm=CONFIRM,
        honeypot=HONEYPOT,
    )


def _fields(kind: Kind) -> tuple[Field, ...]:
    """The kind's fields in the order of the form: what it is about, the text, the rest."""
    leading = tuple(field for field in kind.fields if field.name == kind.title)
    return (*leading, kind.text, *(field for field in kind.fields if field.name != kind.title))


def _values(portal: Portal, kind: Kind, given: Mapping[str, str], pointer: Pointer) -> Mapping[str, str]:
    """What stands in the fields: what was sent or named in the address, else the page that one came from."""
    fields = (kind.text, NAME, *kind.fields)
    return {
        field.name: given.get(field.name, f"{portal.base_url}{pointer.about}" if field.page_filled else "")[
            : field.longest
        ]
        for field in fields
    }


def _kind(name: str) -> Kind:
    found = kind_named(name) or kind_named(DEFAULT_KIND)
    if found is None:
        raise NotFound("No conocemos este tipo de participación.")
    return found


def _pointer(given: Mapping[str, str]) -> Pointer:
    parts = {part: given.get(name, "")[:LONGEST_POINTER] for name, part in POINTER.items()}
    return Pointer(**{**parts, "about": parts["about"] or "/"})


def _query(kind: Kind, pointer: Pointer) -> str:
    pairs = {"tipo": kind.name, **{name: getattr(pointer, part) for name, part in POINTER.items()}}
    return urlencode({name: value for name, value in pairs.items() if value})


def _where(anchor: Anchor, kind: Kind) -> str:
    """Where it will be read: true for every page."""
    places = ["en la página de estos datos"] if anchor.dataset else []
    places += ["en el tablero de solicitudes"] if kind.name == "solicitud" else []
    places += ["en la lista de preguntas y respuestas"]
    return " y ".join((", ".join(places[:-1]), places[-1])) if len(places) > 1 else places[0]


def _addressee(portal: Portal, anchor: Anchor) -> str:
    try:
        slug = portal.dataset(anchor.dataset).agency.slug if anchor.dataset else ""
    except PortalError:
        slug = ""
    return agency_name(portal, slug)


def _sent(portal: Portal, thread: Thread) -> dict[str, Any]:
    kind = _kind(thread.kind)
    return {
        **_thread(portal, thread),
        "kind": kind,
        "shown": _where(thread.anchor, kind),
        "secret": _link(portal, thread.secret) if thread.secret else "",
    }


def _thread(portal: Portal, thread: Thread) -> dict[str, Any]:
    return {"thread": tell(portal, thread), "public": thread.public}


def _link(portal: Portal, secret: str) -> str:
    return f"{portal.base_url}/mis-preguntas/{secret}"
