"""Those who may sign in, and their sessions; `participation.people` is the only caller that writes here."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from model.errors import InvalidForm, NotFound
from model.people import User
from store.database import Store
from store.tables.base import AnyRow
from store.tables.people import agency_rules, sessions, users

SEEN_EVERY = timedelta(minutes=1)  # a session's last use is not written more often


def add(store: Store, email: str, name: str, agency: str, operator: bool, password_hash: str, now: datetime) -> User:
    """A new person. Raises InvalidForm if the address is taken, StoreDown."""
    values = {"email": email, "name": name, "agency": agency, "operator": operator, "password_hash": password_hash}
    try:
        with store.write() as connection:
            row = connection.execute(insert(users).values(**values, created=now).returning(*users.c)).one()
    except IntegrityError:
        raise InvalidForm({"correo": f"Ya existe una cuenta con el correo {email}."}) from None
    return _user(row)


def everyone(store: Store) -> tuple[tuple[User, bool], ...]:
    """All people by address, each with whether they may sign in."""
    with store.read() as connection:
        rows = connection.execute(select(users).order_by(users.c.email)).all()
    return tuple((_user(row), row.disabled is None) for row in rows)


def by_email(store: Store, email: str) -> tuple[User, str] | None:
    """The person who may sign in with this address, and the hash of their password; None if nobody may."""
    with store.read() as connection:
        one = select(users).where(users.c.email == email, users.c.disabled.is_(None))
        row = connection.execute(one).first()
    return None if row is None else (_user(row), row.password_hash)


def of_agency(store: Store, agency: str) -> tuple[User, ...]:
    """Those who may answer for an agency; for "" the portal's operators."""
    mine = users.c.operator.is_(True) if not agency else users.c.agency == agency
    with store.read() as connection:
        rows = connection.execute(select(users).where(mine, users.c.disabled.is_(None)).order_by(users.c.id)).all()
    return tuple(_user(row) for row in rows)


def set_password(store: Store, email: str, password_hash: str) -> None:
    """A new password; every session of the person ends. Raises NotFound, StoreDown."""
    with store.write() as connection:
        connection.execute(update(users).where(users.c.email == email).values(password_hash=password_hash))
        _end_sessions(connection, email)


def rehash(store: Store, user: User, password_hash: str) -> None:
    """The same password, hashed by today's rules. Raises StoreDown."""
    with store.write() as connection:
        connection.execute(update(users).where(users.c.id == user.id).values(password_hash=password_hash))


def disable(store: Store, email: str, now: datetime | None) -> None:
    """The person may no longer sign in, and is signed out everywhere; with None they may again. NotFound, StoreDown."""
    with store.write() as connection:
        connection.execute(update(users).where(users.c.email == email).values(disabled=now))
        _end_sessions(connection, email)


def start_session(store: Store, user: User, token_hash: str, former_hash: str, now: datetime) -> None:
    """Begin a session in the place of the `former_hash` one, if there is such. Raises StoreDown."""
    with store.write() as connection:
        connection.execute(delete(sessions).where(sessions.c.token_hash == former_hash))
        row = insert(sessions).values(token_hash=token_hash, user_id=user.id, created=now, seen=now)
        connection.execute(row)


def session_user(store: Store, token_hash: str, idle: timedelta, longest: timedelta, now: datetime) -> User | None:
    """Whose session it is; None if there is none, or it was unused for `idle` or is older than `longest`. StoreDown."""
    found = (
        select(*users.c, sessions.c.created.label("begun"), sessions.c.seen)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(sessions.c.token_hash == token_hash, users.c.disabled.is_(None))
    )
    with store.read() as connection:
        row = connection.execute(found).first()
    if row is None or now - row.seen > idle or now - row.begun > longest:
        return None
    if now - row.seen > SEEN_EVERY:
        with store.write() as connection:
            connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen=now))
    return _user(row)


def end_session(store: Store, token_hash: str) -> None:
    """The session is over. Raises StoreDown."""
    with store.write() as connection:
        connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


def clear_sessions(store: Store, before: datetime) -> None:
    """Forget sessions that began before a moment. Raises StoreDown."""
    with store.write() as connection:
        connection.execute(delete(sessions).where(sessions.c.created < before))


def premoderated(store: Store, agency: str) -> bool:
    """Whether messages to an agency wait for a person before they are public."""
    rule = select(agency_rules.c.premoderated).where(agency_rules.c.agency == agency)
    with store.read() as connection:
        return bool(connection.execute(rule).scalar())


def set_premoderated(store: Store, agency: str, on: bool) -> None:
    """Whether messages to an agency wait from now on. Raises StoreDown."""
    with store.write() as connection:
        connection.execute(delete(agency_rules).where(agency_rules.c.agency == agency))
        connection.execute(insert(agency_rules).values(agency=agency, premoderated=on))


def _end_sessions(connection: Connection, email: str) -> None:
    user_id = connection.execute(select(users.c.id).where(users.c.email == email)).scalar()
    if user_id is None:
        raise NotFound(f"No existe la cuenta {email[:200]}.")
    connection.execute(delete(sessions).where(sessions.c.user_id == user_id))


def _user(row: AnyRow) -> User:
    return User(row.id, row.email, row.name, row.agency, row.operator)
