"""Mail to be sent: put in the transaction that makes it due, taken by a worker, tried again where a server refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from model.errors import BadRequest
from model.mail import Mail
from store.database import Store
from store.tables.people import outbox
from store.upsert import upsert

MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=10)  # a worker that died gives its mails back after this
BACK_OFF = timedelta(minutes=1)  # four times as long with each attempt: the eighth comes four days after the first
KEPT = timedelta(days=30)  # a mail that could not be sent


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail on its way: `id` names it to `sent` and `failed`; `attempts` counts this one."""

    id: int
    mail: Mail
    attempts: int


def put(connection: Connection, mail: Mail, now: datetime) -> None:
    """Keep a mail to be sent, in the caller's transaction; one with the same key is kept already and stays as it is.

    Raises BadRequest for an address, a subject or a header with a line end in it.
    """
    _check(mail)
    values: dict[str, Any] = {"key": mail.key, "recipient": mail.to, "subject": mail.subject, "text": mail.text}
    values |= {"headers": [list(pair) for pair in mail.headers], "created": now, "due": now}
    fresh = upsert(connection, outbox).values(**values, attempts=0, problem="")
    connection.execute(fresh.on_conflict_do_nothing(index_elements=[outbox.c.key]))


def due(store: Store, limit: int, now: datetime) -> tuple[Letter, ...]:
    """Take up to `limit` mails that are due, oldest first; no other worker gets them while the lease lasts.

    Tell how each ended by `sent` or `failed`. Raises StoreDown.
    """
    waiting = (outbox.c.sent.is_(None), outbox.c.due <= now, outbox.c.attempts < MOST_ATTEMPTS)
    with store.write() as connection:
        found = select(outbox).where(*waiting).order_by(outbox.c.due, outbox.c.id).limit(limit)
        rows = connection.execute(found.with_for_update(skip_locked=True)).all()
        for row in rows:
            taken = update(outbox).where(outbox.c.id == row.id)
            connection.execute(taken.values(due=now + LEASE, attempts=row.attempts + 1))
    return tuple(
        Letter(
            row.id,
            Mail(row.key, row.recipient, row.subject, row.text, tuple((n, v) for n, v in row.headers)),
            row.attempts + 1,
        )
        for row in rows
    )


def sent(store: Store, letter: Letter, now: datetime) -> None:
    """The mail was taken by the server; only its key and its moment stay. Raises StoreDown."""
    emptied = {"recipient": "", "subject": "", "text": "", "headers": []}
    with store.write() as connection:
        connection.execute(update(outbox).where(outbox.c.id == letter.id).values(sent=now, problem="", **emptied))


def failed(store: Store, letter: Letter, problem: str, now: datetime, *, for_good: bool = False) -> None:
    """The mail was not sent: it is tried again later, unless that is `for_good`. Raises StoreDown."""
    later = now + BACK_OFF * 4 ** (letter.attempts - 1)
    attempts = MOST_ATTEMPTS if for_good else letter.attempts
    changed = update(outbox).where(outbox.c.id == letter.id)
    with store.write() as connection:
        connection.execute(changed.values(due=later, attempts=attempts, problem=problem[:300]))


def clear(store: Store, now: datetime) -> None:
    """Forget the words and addresses of what could not be sent in `KEPT`. Raises StoreDown."""
    emptied = {"recipient": "", "subject": "", "text": "", "headers": []}
    given_up = (outbox.c.sent.is_(None), outbox.c.attempts >= MOST_ATTEMPTS, outbox.c.created < now - KEPT)
    with store.write() as connection:
        connection.execute(update(outbox).where(*given_up).values(**emptied))


def _check(mail: Mail) -> None:
    lines = (mail.key, mail.to, mail.subject, *(part for pair in mail.headers for part in pair))
    if any(ch in line for line in lines for ch in "\r\n\0") or "@" not in mail.to:
        raise BadRequest("No se puede escribir a esa dirección.")
