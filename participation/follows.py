"""Following by e-mail: who may be written to, and the only writers of what is followed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from model.errors import InvalidForm
from participation.kind import Field
from participation.text import clean_line, unstorable
from store import follows
from store.database import Store

EMAIL = Field("correo", "Su correo electrónico", required=True, longest=254, type="email")
UNCONFIRMED_DAYS = 7
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}")


def email_address(text: str, name: str = EMAIL.name) -> str:
    """The address as it is kept, its domain without capitals. Raises InvalidForm on the field `name`."""
    address = clean_line(text[:1000])
    if unstorable(text) or len(address) > EMAIL.longest or not _EMAIL.fullmatch(address):
        raise InvalidForm({name: "Escriba un correo completo, como nombre@ejemplo.mx."})
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def forget_unconfirmed(store: Store, now: datetime) -> int:
    """Delete the addresses that nobody confirmed in UNCONFIRMED_DAYS; how many. Raises StoreDown."""
    return follows.expire(store, now - timedelta(days=UNCONFIRMED_DAYS))
