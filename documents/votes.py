"""Votes and «a mí también»: the forms that count them, take them back, and have them confirmed by e-mail."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from documents.answers import done, later, respond
from model.errors import InvalidForm, NotFound, TooMany
from model.thread import Thread
from model.vote import Votes
from participation.follows import EMAIL
from participation.forms import TOKEN
from participation.votes import NOT_A_BALLOT
from portal.limits import address_of
from portal.person import person_hash, person_of, with_person
from portal.portal import Portal, get_portal
from portal.screening import STAMP, screen, stamp
from portal.telling import title_of
from portal.usecases.following import ask_for_votes, offers_mail
from portal.usecases.votes import CAST, TAKE_BACK, Ballot, counted, vote
from store.thread_lists import by_folio

blueprint = Blueprint("votes", __name__)


@blueprint.get("/pregunta/<folio>/voto")
def state(folio: str) -> Response:
    """How many say the same, and whether the reader does; a form to say so."""
    portal = get_portal()
    thread = _public(portal, folio)
    return _answer(portal, thread, person_of(request, portal.settings), sent=False)


@blueprint.post("/pregunta/<folio>/voto")
def cast(folio: str) -> Response:
    """Count the reader's vote, or take it back."""
    portal = get_portal()
    thread = _public(portal, folio)
    deed = TAKE_BACK if request.form.get("accion") == TAKE_BACK else CAST
    ballot = Ballot(thread.folio, request.form.get(TOKEN, ""), deed)
    person = vote(portal, request, ballot, datetime.now(UTC))
    return with_person(_answer(portal, thread, person, sent=True), portal.settings, person)


@blueprint.get("/votos/confirmar")
def confirmation() -> Response:
    """The form by which a person has their votes confirmed by e-mail."""
    return _confirm_form(get_portal(), {}, 200)


@blueprint.post("/votos/confirmar")
def ask_confirmation() -> Response:
    """Write to the address, so that its owner may confirm the votes of this browser."""
    portal = get_portal()
    person = person_of(request, portal.settings)
    now = datetime.now(UTC)
    if not offers_mail(portal.settings) or not person:
        return _confirm_form(portal, {}, 200)
    try:
        screen(portal, request.form, {}, address_of(request), "mail", now)
        ask_for_votes(portal, request.form.get(EMAIL.name, ""), person_hash(portal.settings.secret_key, person), now)
    except InvalidForm as error:
        return _confirm_form(portal, error.problems, error.status)
    except TooMany as error:
        return later(_confirm_form(portal, {EMAIL.name: error.message}, error.status), error)
    title = "Revise su correo"
    return done("/seguir/enviado", "seguir_enviado.html", title=title)


def _confirm_form(portal: Portal, problems: dict[str, str], status: int) -> Response:
    return respond(
        "voto_confirmar.html",
        status=status,
        title="Confirme sus votos",
        problems=problems,
        given=request.form.get(EMAIL.name, ""),
        field=EMAIL,
        moment=request.form.get(STAMP) or stamp(portal.settings),
        voted=bool(person_of(request, portal.settings)),
        offered=offers_mail(portal.settings),
    )


def _answer(portal: Portal, thread: Thread, person: str, *, sent: bool) -> Response:
    values: dict[str, Any] = {
        "title": f"{'Votos' if thread.kind == 'solicitud' else 'A mí también'} · {thread.folio}",
        "thread": thread,
        "words": title_of(thread),
        "votes": counted(portal, [thread.folio], person).get(thread.folio, Votes()),
        "note": NOT_A_BALLOT,
        "token": secrets.token_hex(16),
        "offered": offers_mail(portal.settings),
    }
    if sent:
        return done(f"/pregunta/{thread.folio}/voto", "voto.html", **values)
    return respond("voto.html", **values)


def _public(portal: Portal, folio: str) -> Thread:
    """The thread, or the one that goes on with it. Raises NotFound for one that is not public."""
    thread = by_folio(portal.store, folio)
    if thread.merged_into:
        thread = by_folio(portal.store, thread.merged_into)
    if not thread.public:
        raise NotFound("No existe ese folio.")
    return thread
