"""Links that only we can make: what they name is signed, and some of them expire."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType

from itsdangerous import BadSignature, SignatureExpired, URLSafeSerializer, URLSafeTimedSerializer

from config import Settings
from model.errors import NotFound, PortalError

CONFIRM_DAYS = 7
DAY_SECONDS = 24 * 3600
SIGNING = MappingProxyType({"digest_method": hashlib.sha256})
UNREADABLE = "Este enlace está incompleto o no es de este sitio. Cópielo entero del correo que le llegó."


class LinkExpired(PortalError):
    """A link of a mail that is too old to be believed."""

    status = 410
    code = "expired"

    def __init__(self) -> None:
        super().__init__(f"Este enlace caducó: dura {CONFIRM_DAYS} días. Pida el aviso de nuevo y le enviaremos otro.")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the owner of an address confirms: a follow (0: none), and the votes of a person (a hash; "": none)."""

    follow: int
    person: str
    mail: str


def confirm_token(settings: Settings, what: Confirmation) -> str:
    """The last part of a link that confirms, good for CONFIRM_DAYS. `mail` is `portal.person.mail_hash`."""
    return _timed(settings).dumps([what.follow, what.person, what.mail])


def read_confirm(settings: Settings, token: str) -> Confirmation:
    """What the link confirms. Raises NotFound for one that we did not make, LinkExpired."""
    try:
        follow, person, mail = _timed(settings).loads(token, max_age=CONFIRM_DAYS * DAY_SECONDS)
    except SignatureExpired:
        raise LinkExpired from None
    except (BadSignature, ValueError, TypeError):
        raise NotFound(UNREADABLE) from None
    return Confirmation(int(follow), str(person), str(mail))


def end_token(settings: Settings, follow: int) -> str:
    """The last part of the link that ends a follow; it never expires."""
    return _lasting(settings).dumps(follow)


def read_end(settings: Settings, token: str) -> int:
    """The follow that the link ends. Raises NotFound for one that we did not make."""
    try:
        return int(_lasting(settings).loads(token))
    except (BadSignature, ValueError, TypeError):
        raise NotFound(UNREADABLE) from None


def _timed(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="confirmar", signer_kwargs=dict(SIGNING))


def _lasting(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt="baja", signer_kwargs=dict(SIGNING))
