"""Sign in, sign out, the desk's list, and what an agency does in a thread."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import quote

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from documents.answers import done, later, respond
from figures.formats import day
from model.errors import BadRequest, InvalidForm, PortalError, TooMany
from model.people import User
from model.thread import Thread
from participation.answering import FIELDS as ANSWER
from participation.deadline import BUSINESS
from participation.kind import Field, kind_named
from participation.moderation import Reason
from portal.people import (
    FORM_TOKEN,
    HOME,
    check_form_token,
    form_token,
    local_path,
    required,
    sign_in,
    sign_out,
    signed_in,
    with_session,
)
from portal.portal import Portal, get_portal
from portal.usecases import desk
from store.moderation import QUEUE

blueprint = Blueprint("people", __name__)

EMAIL = Field("correo", "Correo electrónico", required=True, longest=254, type="email")
PASSWORD = Field("contrasena", "Contraseña", required=True, longest=200, type="password")
CLOSING = Field("motivo", "Por qué se cierra", "Hace falta si se cierra sin respuesta.", longest=1_000, multiline=True)
INTO = Field("folio", "Folio de la otra", "Por ejemplo VEN-2026-000012. Sus votos y seguidores cuentan allá.", True)
HIDING = Field(
    "motivo", "Motivo", "Es lo único que verá la gente.", True, choices=tuple((r.value, r.label) for r in Reason)
)
NOTE = Field("nota", "Nota interna", "Queda en el registro interno; no se publica.", longest=500)
WHY = Field("motivo", "Por qué le toca a ella", "Será público.", True, longest=500, multiline=True)


@blueprint.get("/entrar")
def door() -> Response:
    """The form to sign in; the desk for whoever is signed in."""
    portal = get_portal()
    if signed_in(request, portal):
        return seen_at(HOME)
    return _door({}, request.args.get("next", ""))


@blueprint.post("/entrar")
def enter() -> Response:
    """Begin a session, and go to where one came from on this site."""
    portal = get_portal()
    onward = request.form.get("next", "")
    email, password = request.form.get(EMAIL.name, ""), request.form.get(PASSWORD.name, "")
    try:
        user, token = sign_in(request, portal, email, password, datetime.now(UTC))
    except InvalidForm as error:
        return _door(error.problems, onward, email, error.status)
    except TooMany as error:
        return later(_door({"": error.message}, onward, email, error.status), error)
    return with_session(seen_at(local_path(onward)), portal, user, token)


@blueprint.post("/salir")
def leave() -> Response:
    """End the session."""
    portal = get_portal()
    if signed_in(request, portal):
        check_form_token(request, portal)
    return sign_out(request, seen_at("/"), portal)


@blueprint.get("/bandeja")
def inbox() -> Response:
    """What waits for the person, those due first."""
    portal = get_portal()
    user = signed_in(request, portal)
    if user is None:
        return seen_at(f"/entrar?next={quote(HOME, safe='')}")
    return _inbox(portal, user, request.args.get("hecho", ""))


@blueprint.post("/bandeja/decidir")
def decide() -> Response:
    """Publish, hide or leave as they are all messages that were ticked."""
    portal = get_portal()
    user = required(request, portal)
    check_form_token(request, portal)
    folios = request.form.getlist("lista" if request.form.get("todas") else "folio")
    deed = request.form.get("decision", "")
    if deed not in DECISIONS:
        raise BadRequest("No conocemos esa decisión.")
    if deed == "ocultar" and request.form.get("motivo", "") not in {r.value for r in Reason}:
        return _inbox(portal, user, problem="Para ocultar, elija un motivo.", status=422)
    made = sum(_decided(portal, folio, deed, user) for folio in folios[:QUEUE])
    return seen_at(f"{HOME}?hecho={made}")


@blueprint.get("/pregunta/<folio>/responder")
def answer_form(folio: str) -> Response:
    """Everything that may be done in a thread, for those who may."""
    portal = get_portal()
    user = signed_in(request, portal)
    if user is None:
        return seen_at(f"/entrar?next={quote(request.path, safe='')}")
    return _forms(portal, desk.opened_for(portal, folio, user), user)


@blueprint.post("/pregunta/<folio>/<any(responder, revisar, cerrar, ocultar, publicar, descartar, mover, unir):deed>")
def act(folio: str, deed: str) -> Response:
    """Do it, and show the thread; the forms again where something is wrong with them."""
    portal = get_portal()
    user = required(request, portal)
    check_form_token(request, portal)
    form = dict(request.form.items())
    try:
        DEEDS[deed](portal, folio, form, user)
    except InvalidForm as error:
        thread = desk.opened_for(portal, folio, user)
        return _forms(portal, thread, user, deed, form, error.problems, error.status)
    back = HOME if deed in ("ocultar", "mover", "descartar") else f"/pregunta/{folio}"
    return done(back, "hecho.html", title="Hecho", folio=folio, said=SAID[deed])


def _inbox(portal: Portal, user: User, done_count: str = "", problem: str = "", status: int = 200) -> Response:
    return respond(
        "bandeja.html",
        status=status,
        title="Bandeja",
        user=user,
        desk=desk.desk(portal, user),
        names={a.slug: a.acronym or a.name for a in portal.snapshot.agencies()},
        ticket=_ticket(portal),
        hiding=HIDING,
        made=int(done_count) if done_count.isascii() and done_count.isdigit() else None,
        problem=problem,
        label=_label,
        day=day,
        unit=lambda days: _unit(portal, days),
        motives={r.value: r.label for r in Reason},
    )


def _forms(
    portal: Portal,
    thread: Thread,
    user: User,
    deed: str = "",
    form: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    agencies = tuple((a.slug, a.name) for a in portal.snapshot.agencies() if a.slug != thread.agency)
    return respond(
        "responder.html",
        status=status,
        title=f"Responder {thread.folio}",
        thread=thread,
        user=user,
        label=_label(thread),
        day=day,
        token=secrets.token_urlsafe(18),
        ticket=_ticket(portal),
        answer=ANSWER,
        closing=CLOSING,
        into=INTO,
        hiding=HIDING,
        note=NOTE,
        why=WHY,
        where=Field("dependencia", "A quién le toca", required=True, choices=(*agencies, ("portal", "Al portal"))),
        deed=deed,
        given=form or {},
        problems=problems or {},
    )


def _door(problems: Mapping[str, str], onward: str, email: str = "", status: int = 200) -> Response:
    values = {"email": EMAIL, "password": PASSWORD, "given": email[:254], "onward": onward[:2000]}
    return respond("entrar.html", status=status, title="Entrar", problems=problems, **values)


def _decided(portal: Portal, folio: str, deed: str, user: User) -> bool:
    """Whether it was done; what cannot be done to one message keeps none of the others from it."""
    try:
        DECISIONS[deed](portal, folio, dict(request.form.items()), user)
    except PortalError:
        return False
    return True


def _label(thread: Thread) -> str:
    found = kind_named(thread.kind)
    return found.label if found else "Mensaje"


def _unit(portal: Portal, days: int) -> str:
    """The kind of days in which the deadline is counted, for one or for many."""
    one, many = ("hábil", "hábiles") if portal.settings.plazo_tipo == BUSINESS else ("natural", "naturales")
    return one if days == 1 else many


def _ticket(portal: Portal) -> tuple[str, str]:
    """Name and value of the hidden field of every form."""
    return FORM_TOKEN, form_token(request, portal)


def seen_at(address: str) -> Response:
    """On to a page after a form, never kept by a cache."""
    response = redirect(address, 303)
    response.headers["Cache-Control"] = "no-store"
    return response


Deed = Callable[[Portal, str, dict[str, str], User], object]


def _move(portal: Portal, folio: str, form: dict[str, str], user: User) -> object:
    target = form.get("dependencia", "")
    if not target:
        raise InvalidForm({"dependencia": "Elija a quién le toca."})
    return desk.move(portal, folio, "" if target == "portal" else target, form.get("motivo", ""), user)


def _hide(portal: Portal, folio: str, form: dict[str, str], user: User) -> object:
    return desk.hide(portal, folio, form.get("motivo", ""), form.get("nota", ""), user)


def _show(portal: Portal, folio: str, _form: dict[str, str], user: User) -> object:
    return desk.show(portal, folio, user)


def _dismiss(portal: Portal, folio: str, _form: dict[str, str], user: User) -> None:
    desk.dismiss(portal, folio, user)


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "responder": desk.answer,
        "revisar": lambda portal, folio, _form, user: desk.review(portal, folio, user),
        "cerrar": lambda portal, folio, form, user: desk.close(portal, folio, form.get("motivo", ""), user),
        "unir": lambda portal, folio, form, user: desk.merge(portal, folio, form.get("folio", ""), user),
        "ocultar": _hide,
        "publicar": _show,
        "descartar": _dismiss,
        "mover": _move,
    }
)
DECISIONS: Mapping[str, Deed] = MappingProxyType({"publicar": _show, "ocultar": _hide, "descartar": _dismiss})
SAID: Mapping[str, str] = MappingProxyType(
    {
        "responder": "La respuesta ya es pública y avisamos a quienes siguen la pregunta.",
        "revisar": "La pregunta aparece ahora como «en revisión».",
        "cerrar": "La pregunta quedó cerrada.",
        "ocultar": "Ya no está a la vista; el motivo quedó en el registro público de moderación.",
        "publicar": "Ya es pública.",
        "descartar": "Los reportes quedaron atendidos y el mensaje sigue a la vista.",
        "mover": "La pregunta pasó a la otra dependencia y le avisamos.",
        "unir": "Quedó unida a la otra: sus votos y seguidores cuentan allá.",
    }
)
