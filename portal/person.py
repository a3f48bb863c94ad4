"""The pseudonym of a browser: a random id in a signed cookie that only a reply sets, never a page that is read."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from flask import Request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from config import Settings

COOKIE = "ventanilla_persona"
SALT = "persona"
SECONDS = 400 * 24 * 3600  # the longest life that browsers grant a cookie


def person_of(request: Request, settings: Settings) -> str:
    """The person of a request's cookie; "" without one, or where its signature is not ours."""
    return _person_in(request.cookies, settings)


def person_replying(request: Request, settings: Settings, token: str) -> str:
    """The person who sends a form: the one of the cookie, else the new one that the form's token stands for.

    Sent many times at once by a browser without a cookie, a form is still one person's.
    """
    return person_of(request, settings) or (new_person(settings, token) if token else new_person())


def new_person(settings: Settings | None = None, token: str = "") -> str:
    """A person who was not known before: at random, or always the same for one `token` of a form."""
    if settings is None or not token:
        return secrets.token_hex(16)
    return _mac(settings.secret_key, f"nueva {token}")[:32]


def with_person(response: Response, settings: Settings, person: str) -> Response:
    """The response with the person's cookie."""
    response.set_cookie(
        COOKIE,
        _signer(settings).dumps(person),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.production,
        path="/",
    )
    return response


def person_hash(secret_key: str, person: str) -> str:
    """What the store keeps of a person: HMAC-SHA256 in hex; "" for nobody."""
    return _mac(secret_key, f"persona {person}") if person else ""


def mail_hash(secret_key: str, address: str) -> str:
    """What a confirmed vote keeps of an e-mail address: HMAC-SHA256 in hex of it, without capitals."""
    return _mac(secret_key, f"correo {address.strip().casefold()}")


def _person_in(cookies: Mapping[str, str], settings: Settings) -> str:
    given = cookies.get(COOKIE, "")
    if not given:
        return ""
    try:
        person = _signer(settings).loads(given)
    except BadSignature:
        return ""
    return person if isinstance(person, str) else ""


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt=SALT, signer_kwargs={"digest_method": hashlib.sha256})


def _mac(secret_key: str, text: str) -> str:
    return hmac.new(secret_key.encode(), text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
