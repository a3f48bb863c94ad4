"""Who may sign in: accounts, passwords and sessions; the only writers of them."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from model.errors import InvalidForm, NotFound
from model.people import User
from participation.audit import COMMAND_LINE, DONE, record
from participation.text import clean_line, unstorable
from store import people
from store.catalogue import agency as agency_named
from store.database import Store

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200  # argon2 would hash more, slowly
LONGEST_EMAIL = 254
HASHER = PasswordHasher()
# The hash of a password that nobody has, by HASHER's own parameters: an unknown account takes as long as a known one.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$3xp7c8oYEAOtt25ZG33xcg$zo0shL96Ru/ahyf2spBisIJQqDdUexl3QIa7+jNuRh8"
_EMAIL = re.compile(r"[^\s@,;:<>()\"\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")


def add_user(
    store: Store, email: str, name: str, agency: str, password: str, now: datetime, *, operator: bool = False
) -> User:
    """A new account, of an agency of the catalogue (slug) or of the portal's operator.

    Raises InvalidForm (address, name, password; taken), NotFound for an unknown agency, StoreDown.
    """
    address = normal(email)
    problems = {}
    if not is_email(address):
        problems["correo"] = "Escriba un correo electrónico válido."
    if not clean_line(name):
        problems["nombre"] = "Escriba el nombre de la persona."
    if wrong := weak(password, address):
        problems["contrasena"] = wrong
    if operator == bool(agency):
        problems["dependencia"] = "Diga de qué dependencia es, o que es operador del portal."
    if problems:
        raise InvalidForm(problems)
    if agency and agency_named(store, agency) is None:
        raise NotFound(f"No existe la dependencia «{agency[:80]}».")
    made = people.add(store, address, clean_line(name)[:120], agency, operator, HASHER.hash(password), now)
    record(store, COMMAND_LINE, "cuenta nueva", made.email, DONE, now, agency or "operador")
    return made


def change_password(store: Store, email: str, password: str, now: datetime, by: User | str = COMMAND_LINE) -> None:
    """Give an account another password; all its sessions end. Raises InvalidForm, NotFound, StoreDown."""
    address = normal(email)
    if wrong := weak(password, address):
        raise InvalidForm({"contrasena": wrong})
    people.set_password(store, address, HASHER.hash(password))
    record(store, by, "contraseña nueva", address, DONE, now)


def set_enabled(store: Store, email: str, enabled: bool, now: datetime) -> None:
    """Whether an account may sign in; its sessions end. Raises NotFound, StoreDown."""
    people.disable(store, normal(email), None if enabled else now)
    record(store, COMMAND_LINE, "cuenta abierta" if enabled else "cuenta cerrada", normal(email), DONE, now)


def authenticate(store: Store, email: str, password: str) -> User | None:
    """Whose address and password these are; None for wrong ones, after the same time whether the account exists."""
    if len(password) > LONGEST_PASSWORD or unstorable(password):
        password = ""
    found = people.by_email(store, normal(email))
    user, kept = found or (None, NOBODY)
    try:
        HASHER.verify(kept, password)
    except VerificationError:
        return None
    if user is not None and HASHER.check_needs_rehash(kept):
        people.rehash(store, user, HASHER.hash(password))
    return user


def open_session(store: Store, user: User, former: str, now: datetime) -> str:
    """The token of a new session, which is never stored; the session of the token `former` ends. Raises StoreDown."""
    token = secrets.token_urlsafe(32)
    people.start_session(store, user, hash_of(token), hash_of(former), now)
    return token


def session_user(store: Store, token: str, idle: timedelta, longest: timedelta, now: datetime) -> User | None:
    """Whose session a token is, if it is alive. Raises StoreDown."""
    return people.session_user(store, hash_of(token), idle, longest, now) if token else None


def close_session(store: Store, token: str) -> None:
    """The session of a token is over. Raises StoreDown."""
    people.end_session(store, hash_of(token))


def known(store: Store, email: str) -> bool:
    """Whether an account with this address may sign in: for the audit, which keeps no other address."""
    return people.by_email(store, normal(email)) is not None


def user_named(store: Store, email: str) -> User:
    """The account with this address. Raises NotFound."""
    found = people.by_email(store, normal(email))
    if found is None:
        raise NotFound(f"No existe la cuenta {email[:200]}.")
    return found[0]


def normal(email: str) -> str:
    """An address as it is kept and compared."""
    return email.strip().casefold()[: LONGEST_EMAIL + 1]


def is_email(address: str) -> bool:
    """Whether it has the shape of an address that mail can be sent to."""
    return len(address) <= LONGEST_EMAIL and address.isprintable() and _EMAIL.fullmatch(address) is not None


def weak(password: str, email: str) -> str:
    """Why a password will not do, "" if it will."""
    if len(password) < SHORTEST_PASSWORD:
        return f"La contraseña debe tener al menos {SHORTEST_PASSWORD} caracteres."
    if len(password) > LONGEST_PASSWORD or unstorable(password):
        return f"La contraseña puede tener hasta {LONGEST_PASSWORD} caracteres."
    if password.casefold() in email or len(set(password)) < 5:
        return "Esa contraseña se adivina: use varias palabras que nadie asocie con usted."
    return ""


def hash_of(token: str) -> str:
    """What the store keeps of a random token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
