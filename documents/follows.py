"""Following a thread, a dataset or a view by e-mail: asked for, confirmed and ended."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, request
from werkzeug.wrappers import Response

from documents.answers import done, later, respond
from model.errors import BadRequest, InvalidForm, NotReady, TooMany
from model.follow import Followed
from participation.follows import EMAIL
from participation.forms import TOKEN
from portal.feeds import feed_of
from portal.limits import address_of
from portal.person import person_hash, person_of
from portal.portal import Portal, get_portal
from portal.screening import STAMP, screen, stamp
from portal.seals import end_token
from portal.usecases.following import Asked, Subject, ask, confirm, end, followed, offers_mail, subject_at, waiting

ABOUT = "sobre"
ALL = "todo"
SENT = "Revise su correo"

blueprint = Blueprint("follows", __name__)


@blueprint.get("/seguir")
def form() -> Response:
    """The form by which an address is told of changes, and the feed that tells the same."""
    portal = get_portal()
    return _form(portal, subject_at(portal, request.args.get(ABOUT, "")), {}, 200)


@blueprint.post("/seguir")
def send() -> Response:
    """Write to the address, so that its owner may confirm."""
    portal = get_portal()
    at = request.form.get(ABOUT, "")
    now = datetime.now(UTC)
    found = subject_at(portal, at)
    if not offers_mail(portal.settings):
        return _form(portal, found, {}, 404)
    person = person_hash(portal.settings.secret_key, person_of(request, portal.settings))
    try:
        screen(portal, request.form, {}, address_of(request), "mail", now)
        ask(portal, at, request.form.get(EMAIL.name, ""), person, now)
    except InvalidForm as error:
        return _form(portal, found, error.problems, error.status)
    except (BadRequest, TooMany, NotReady) as error:
        return later(_form(portal, found, {EMAIL.name: error.message}, error.status), error)
    return done("/seguir/enviado", "seguir_enviado.html", title=SENT)


@blueprint.get("/seguir/enviado")
def sent() -> Response:
    """What comes next, after the form was sent."""
    return respond("seguir_enviado.html", title=SENT)


@blueprint.get("/seguir/confirmar/<token>")
def landing(token: str) -> Response:
    """What the link of the mail would confirm; opening it confirms nothing, for programs open links too."""
    asked = waiting(get_portal(), token)
    title = "Confirme su aviso" if asked.subject else "Confirme sus votos"
    return respond("seguir_confirmar.html", title=title, asked=asked, out=_out(asked), token=token)


@blueprint.post("/seguir/confirmar/<token>")
def accept(token: str) -> Response:
    """The owner of the address says yes."""
    portal = get_portal()
    confirm(portal, token, datetime.now(UTC))
    asked = replace(waiting(portal, token), done=True)
    address = f"/seguir/confirmar/{token}"
    return done(address, "seguir_confirmar.html", title="Confirmado", asked=asked, out=_out(asked), token=token)


def _out(asked: Asked) -> str:
    """The token of the link that ends what was asked for; "" where there is nothing to end."""
    return end_token(get_portal().settings, asked.follow) if asked.follow else ""


@blueprint.get("/seguir/baja/<token>")
def leaving(token: str) -> Response:
    """Whether to end the notices; opening it ends nothing."""
    gone = followed(get_portal(), token) is None
    return respond("seguir_baja.html", title="Dejar de recibir avisos", gone=gone, token=token)


@blueprint.post("/seguir/baja/<token>")
def leave(token: str) -> Response:
    """End the notices and forget the address; mail programs send this by themselves (RFC 8058), without a redirect."""
    end(get_portal(), token, everything=request.form.get(ALL) == "1")
    return respond("seguir_baja.html", title="Ya no le escribiremos", gone=True, token=token)


def _form(portal: Portal, about: Subject, problems: dict[str, str], status: int) -> Response:
    return respond(
        "seguir.html",
        status=status,
        title=f"Seguir {about.target.kind.label}",
        about=about,
        kinds=Followed,
        feed=feed_of(about.address),
        problems=problems,
        given=request.form.get(EMAIL.name, ""),
        field=EMAIL,
        token=request.form.get(TOKEN) or secrets.token_hex(16),
        moment=request.form.get(STAMP) or stamp(portal.settings),
        offered=offers_mail(portal.settings),
    )
