"""`/solicitudes`: the board of data requests, and the form that asks first whether the same is there already."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from documents.answers import done, later, respond
from model.errors import InvalidForm, NotFound, StoreDown, TooMany
from model.thread import Thread
from model.vote import Votes
from participation.follows import EMAIL
from participation.forms import NAME, TOKEN
from participation.kind import Kind, all_kinds, kind_named
from participation.personal import CONFIRM
from participation.votes import NOT_A_BALLOT
from portal.feeds import feed_of
from portal.limits import address_of
from portal.person import person_of, person_replying, with_person
from portal.pointing import Pointer
from portal.portal import Portal, get_portal
from portal.requests import ORDERS, PAGE, PORTAL, STATES, Alike, alike, board, formats
from portal.screening import STAMP, stamp
from portal.telling import PORTAL_TEAM, tell, title_of
from portal.usecases.asking import ask_for_data, checked
from portal.usecases.following import offers_mail
from portal.usecases.replies import Sender
from portal.usecases.votes import counted
from store.requests import KIND

FILTERS = ("q", "dependencia", "estado", "formato", "orden")
ABOUT = "sobre"
OTHER = "otra"  # «es otra cosa»: the person saw what is alike
LONGEST = 200
MULTIPLE_CHOICES = 300  # nothing was kept yet: the person chooses what this is
OWN_EMAIL = replace(
    EMAIL,
    label="Su correo",
    hint="Para avisarle cuando respondan y contar su voto como confirmado. Nadie lo ve.",
    required=False,
)

blueprint = Blueprint("requests", __name__)


@blueprint.get("/solicitudes")
def listing() -> Response:
    """The board: `q`, `dependencia`, `estado`, `formato`, `orden=recientes`, `pagina`."""
    portal = get_portal()
    given = {name: request.args.get(name, "").strip()[:LONGEST] for name in FILTERS}
    page = _page(request.args.get("pagina", ""))
    found = board(portal, given, page)
    pages = max(1, -(-found.total // PAGE))
    return respond(
        "solicitudes.html",
        title="Solicitudes de datos",
        cards=_cards(portal, found.threads),
        total=found.total,
        given=given,
        states=STATES,
        formats=formats(),
        orders=ORDERS,
        agencies=[(PORTAL, PORTAL_TEAM), *((a.slug, a.name) for a in portal.snapshot.agencies())],
        note=NOT_A_BALLOT,
        page=page,
        pages=pages,
        before=f"/solicitudes{_query(given, page - 1)}" if page > 1 else "",
        after=f"/solicitudes{_query(given, page + 1)}" if page < pages else "",
        feed=feed_of(f"/solicitudes{_query(given, 1)}"),
        panel="/solicitudes",
    )


@blueprint.get("/solicitudes/parecidas.json")
def similar() -> ResponseReturnValue:
    """What may be the same as `q`: `{"data": [{folio, title, href, state, votes}], "datasets": [{title, href}]}`."""
    portal = get_portal()
    found = alike(portal, request.args.get("q", "")[:LONGEST])
    votes = counted(portal, [t.folio for t in found.requests])
    data = [
        {
            "folio": thread.folio,
            "title": title_of(thread),
            "href": f"/pregunta/{thread.folio}",
            "state": thread.standing,
            "votes": votes.get(thread.folio, Votes()).total,
        }
        for thread in found.requests
    ]
    datasets = [{"title": d.title, "href": f"/datos/{d.slug}"} for d in found.datasets]
    response = jsonify({"data": data, "datasets": datasets})
    response.headers["Cache-Control"] = "public, max-age=30"
    return response


@blueprint.get("/solicitudes/nueva")
def blank() -> Response:
    """The form; its fields are prefilled from the address, `sobre` says which page it was asked on."""
    return _form(get_portal(), request.args, {}, 200)


@blueprint.post("/solicitudes/nueva")
def send() -> Response:
    """Open the request; before that, once, show what is alike; the form again where something is wrong with it."""
    portal = get_portal()
    form = request.form
    person = person_replying(request, portal.settings, form.get(TOKEN, ""))
    try:
        checked(form, offers_mail(portal.settings))
        found = alike(portal, form.get("datos", ""))
        if found.any and not form.get(OTHER):
            return _alike_first(portal, form, found, person)
        pointer, sender = Pointer(form.get(ABOUT, "") or "/solicitudes"), Sender(person, address_of(request))
        thread = ask_for_data(portal, form, pointer, sender, datetime.now(UTC))
    except InvalidForm as invalid:
        return _form(portal, form, invalid.problems, invalid.status)
    except (StoreDown, TooMany) as error:
        return later(_form(portal, form, {"": error.message}, error.status), error)
    return with_person(_received(portal, thread, bool(form.get(EMAIL.name))), portal.settings, person)


def _received(portal: Portal, thread: Thread, mailed: bool) -> Response:
    secret = f"{portal.base_url}/mis-preguntas/{thread.secret}" if thread.secret else ""
    address = f"/mis-preguntas/{thread.secret}" if thread.secret else f"/pregunta/{thread.folio}/simple"
    told = tell(portal, thread)
    values = {"thread": told, "public": thread.public, "secret": secret, "mailed": mailed}
    return done(address, "solicitud_recibida.html", title="Recibimos su solicitud", **values)


def _alike_first(portal: Portal, form: Mapping[str, str], found: Alike, person: str) -> Response:
    """What is there already, with everything that was written kept in hidden fields."""
    return respond(
        "solicitud_parecidas.html",
        status=MULTIPLE_CHOICES,
        title="¿Es alguna de estas?",
        cards=_cards(portal, found.requests, person),
        datasets=found.datasets,
        hidden={**{name: text for name, text in form.items() if name != OTHER}, OTHER: "1"},
        note=NOT_A_BALLOT,
    )


def _form(portal: Portal, given: Mapping[str, str], problems: Mapping[str, str], status: int) -> Response:
    kind = _kind()
    posted = request.method == "POST"
    about = given.get(ABOUT, "") if given.get(ABOUT, "").startswith("/") else "/solicitudes"
    fields = (*kind.fields[:1], kind.text, *kind.fields[1:])
    offered = offers_mail(portal.settings)
    return respond(
        "solicitud_nueva.html",
        status=status,
        title="Pida datos que no encontró",
        kind=kind,
        kinds=[(k.name, k.label, f"/participar?{urlencode({'tipo': k.name, ABOUT: about})}") for k in all_kinds()],
        fields=fields,
        own=(NAME, OWN_EMAIL) if offered else (NAME,),
        values={f.name: given.get(f.name, "")[: f.longest] for f in (*fields, NAME, OWN_EMAIL)},
        problems=problems,
        hidden={
            "tipo": KIND,
            ABOUT: about,
            TOKEN: given.get(TOKEN, "") if posted else secrets.token_hex(16),
            STAMP: given.get(STAMP, "") if posted else stamp(portal.settings),
            OTHER: given.get(OTHER, "") if posted else "",
        },
        agencies=[a.name for a in portal.snapshot.agencies()],
        warned=CONFIRM in problems or bool(given.get(CONFIRM)),
        confirm=CONFIRM,
    )


def _cards(portal: Portal, threads: tuple[Thread, ...], person: str = "") -> list[dict[str, Any]]:
    """What the board shows of each request."""
    votes = counted(portal, [t.folio for t in threads], person or person_of(request, portal.settings))
    return [
        {
            "thread": thread,
            "told": tell(portal, thread),
            "state": thread.standing,
            "reply": thread.answers[-1] if thread.answers else None,
            "votes": votes.get(thread.folio, Votes()),
            "token": secrets.token_hex(16),
        }
        for thread in threads
    ]


def _kind() -> Kind:
    kind = kind_named(KIND)
    if kind is None:
        raise NotFound("No conocemos este tipo de participación.")
    return kind


def _page(text: str) -> int:
    return min(max(int(text), 1), 100_000) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _query(given: Mapping[str, str], page: int) -> str:
    pairs = {**{name: value for name, value in given.items() if value}, **({"pagina": str(page)} if page > 1 else {})}
    return f"?{urlencode(pairs)}" if pairs else ""
