"""Who is signed in: the session's cookie, the limits on guessing, and the token that a session's forms carry."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask, Request, g
from flask import Response as FlaskResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from config import Settings
from model.errors import Forbidden, InvalidForm, StoreDown, TooMany, Unauthorized
from model.people import User
from participation import people
from participation.audit import DENIED, DONE, record
from portal.limits import address_of, check, give_back
from portal.portal import Portal

FORM_TOKEN = "ficha"  # noqa: S105  the name of a field
DEVICE = "ventanilla_equipo"
DEVICE_DAYS = 180
HOME = "/bandeja"
WRONG = "El correo o la contraseña no son correctos."
LATE = "Recibimos demasiados intentos. Espere unos minutos y vuelva a intentar."


def cookie_name(settings: Settings) -> str:
    """The session cookie's name: `__Host-`, which browsers tie to this very host and HTTPS, in production."""
    return "__Host-ventanilla" if settings.production else "ventanilla"


def signed_in(request: Request, portal: Portal) -> User | None:
    """Who is signed in; None for nobody, or while the store cannot tell. The answer then depends on the cookie."""
    g.depends_on_session = True
    if "user" not in g:
        g.user = None
        with suppress(StoreDown):
            g.user = people.session_user(portal.store, _token(request, portal), *_lives(portal), datetime.now(UTC))
    user: User | None = g.user
    return user


def required(request: Request, portal: Portal) -> User:
    """Who is signed in. Raises Unauthorized (401)."""
    user = signed_in(request, portal)
    if user is None:
        raise Unauthorized
    return user


def sign_in(request: Request, portal: Portal, email: str, password: str, now: datetime) -> tuple[User, str]:
    """The person, and the token of their new session; the one of the request ends.

    Guessing is limited by address and by account. A device that once signed in to the account has a count of its own,
    so nobody can lock its owner out. Raises InvalidForm, TooMany, StoreDown; each failure is in the audit.
    """
    address = people.normal(email)
    counted = [("login", address_of(request)), _account(request, portal, address)]
    known = people.known(portal.store, address)
    name = address if known else "cuenta desconocida"
    try:
        for what, who in counted:
            check(portal, what, who, now)
    except TooMany as error:
        record(portal.store, name, "entrar", "", "limitado", now)
        raise TooMany(error.retry_after, LATE) from None
    user = people.authenticate(portal.store, address, password)
    if user is None:
        record(portal.store, name, "entrar", "", DENIED, now)
        raise InvalidForm({"contrasena": WRONG})
    for what, who in counted:
        give_back(portal, what, who, now)
    record(portal.store, user, "entrar", "", DONE, now)
    return user, people.open_session(portal.store, user, _token(request, portal), now)


def with_session(response: Response, portal: Portal, user: User, token: str) -> Response:
    """The response with the session's cookie, and the one by which this device is known to the account."""
    settings = portal.settings
    flags = {"httponly": True, "samesite": "Lax", "secure": settings.production, "path": "/"}
    response.set_cookie(cookie_name(settings), token, max_age=settings.session_hours * 3600, **flags)  # type: ignore[arg-type]
    device = _devices(settings).dumps([user.email, secrets.token_hex(16)])
    response.set_cookie(DEVICE, device, max_age=DEVICE_DAYS * 24 * 3600, **flags)  # type: ignore[arg-type]
    return response


def sign_out(request: Request, response: Response, portal: Portal) -> Response:
    """End the request's session, in the store and in the browser. Raises StoreDown: then they are still signed in."""
    people.close_session(portal.store, _token(request, portal))
    settings = portal.settings
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.production, httponly=True, samesite="Lax")
    return response


def form_token(request: Request, portal: Portal) -> str:
    """The value of the field FORM_TOKEN in every form of this session."""
    key = portal.settings.secret_key.encode()
    return hmac.new(key, f"formulario {_token(request, portal)}".encode(), hashlib.sha256).hexdigest()


def check_form_token(request: Request, portal: Portal) -> None:
    """Raises Forbidden unless the form that was sent is one of this session."""
    given = request.form.get(FORM_TOKEN, "")
    if not hmac.compare_digest(given.encode(errors="replace"), form_token(request, portal).encode()):
        raise Forbidden("Este formulario es de otra sesión. Recargue la página y envíelo de nuevo.")


def local_path(text: str) -> str:
    """`text` if it is the path of a page of this site, else the desk: where to go after signing in."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return HOME
    plain = text.isascii() and text.isprintable() and " " not in text and "\\" not in text
    local = text.startswith("/") and not text.startswith("//") and not parts.scheme and not parts.netloc
    return text if plain and local and len(text) <= 2000 else HOME


def keep_sessions_apart(app: Flask) -> None:
    """No cache gives one person's page to another: what asked who is signed in says that it depends on the cookie."""

    @app.after_request
    def depends(response: FlaskResponse) -> FlaskResponse:
        if g.get("depends_on_session"):
            response.vary.add("Cookie")
            if g.user is not None:
                response.headers["Cache-Control"] = "no-store"
        return response


def _token(request: Request, portal: Portal) -> str:
    return request.cookies.get(cookie_name(portal.settings), "")


def _lives(portal: Portal) -> tuple[timedelta, timedelta]:
    settings = portal.settings
    return timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)


def _account(request: Request, portal: Portal, email: str) -> tuple[str, str]:
    """What is counted for the account: the device's tries if it is known to the account, else everybody else's."""
    try:
        owner, device = _devices(portal.settings).loads(request.cookies.get(DEVICE, ""), DEVICE_DAYS * 24 * 3600)
    except (BadSignature, ValueError, TypeError):
        return "account", email
    return ("device", f"{email} {device}") if owner == email else ("account", email)


def _devices(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="equipo", signer_kwargs={"digest_method": hashlib.sha256})
