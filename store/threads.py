"""Writing threads, their messages and their history; `participation.actions` is the only caller that writes here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from model.errors import NotFound
from model.thread import Anchor, Author, Event, Message, NewThread, Thread, ThreadState, Visibility
from store.database import Store
from store.identity import Located, locate
from store.tables.base import AnyRow
from store.tables.threads import events, folios, messages, threads
from store.thread_lists import by_folio, by_secret, for_anchor, of_person, waiting
from store.thread_rows import read_threads, select_threads
from store.upsert import upsert

__all__ = [
    "Admission", "Step", "add", "add_answer", "by_folio", "by_secret", "for_anchor", "of_person", "record", "set_state",
    "waiting",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Admission:
    """What a new thread is kept with. `folded` is what search looks in; the hashes stand for what is never kept."""

    year: int
    agency: str
    created: datetime
    deadline: date
    secret_hash: str
    token_hash: str
    person_hash: str = ""
    folded: str = ""
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class Step:
    """A move of a thread to `state`, from one of the `allowed` states; `event` tells it."""

    state: ThreadState
    allowed: Collection[ThreadState]
    event: Event


def add(store: Store, new: NewThread, admission: Admission) -> tuple[Thread, bool]:
    """Keep a new thread with the next folio of its year; (thread, True), or (the one there, False) for a known token.

    Raises NotFound for an anchor whose dataset or resource does not exist, StoreDown.
    """
    known = threads.c.token_hash == admission.token_hash
    try:
        with store.write() as connection:
            if found := read_threads(connection, select_threads().where(known)):
                return found[0], False
            _insert(connection, new, admission)
            return read_threads(connection, select_threads().where(known))[0], True
    except IntegrityError:  # the same token, sent twice at once: the other one was first
        with store.read() as connection:
            found = read_threads(connection, select_threads().where(known))
        if not found:
            raise
        return found[0], False


def add_answer(
    store: Store, folio: str, message: Message, step: Step, *, token_hash: str | None = None, folded: str = ""
) -> Thread | None:
    """Add an official answer and take its step. None if the state is not an allowed one; a known token adds nothing.

    Raises NotFound, StoreDown.
    """
    with store.write() as connection:
        row = _locked(connection, folio)
        said = select(messages.c.id).where(messages.c.token_hash == token_hash)
        if token_hash is None or connection.execute(said).first() is None:
            if row.state not in step.allowed:
                return None
            _say(connection, row.id, message, token_hash)
            _move(connection, row.id, step, f"{row.folded} {folded}" if folded else row.folded)
        return read_threads(connection, select_threads().where(threads.c.id == row.id))[0]


def set_state(store: Store, folio: str, step: Step) -> Thread | None:
    """Take a step; None if the present state is not an allowed one. Raises NotFound, StoreDown."""
    with store.write() as connection:
        row = _locked(connection, folio)
        if row.state not in step.allowed:
            return None
        _move(connection, row.id, step, row.folded)
        return read_threads(connection, select_threads().where(threads.c.id == row.id))[0]


def record(connection: Connection, thread_id: int, event: Event) -> None:
    """One more line of a thread's public history, inside the caller's transaction."""
    values = {"moment": event.moment, "what": event.what, "by": event.by, "reason": event.reason}
    connection.execute(insert(events).values(thread_id=thread_id, **values))


def _insert(connection: Connection, new: NewThread, admission: Admission) -> None:
    number = _next(connection, admission.year)
    values: dict[str, Any] = {
        "folio": f"VEN-{admission.year}-{number:06}",
        "kind": new.kind,
        "state": ThreadState.RECEIVED,
        "details": [list(pair) for pair in new.details],
        "updated": admission.created,
        "agency": admission.agency,
        "created": admission.created,
        "deadline": admission.deadline,
        "secret_hash": admission.secret_hash,
        "token_hash": admission.token_hash,
        "person_hash": admission.person_hash,
        "folded": f"{number:06} ven-{admission.year}-{number:06} {admission.folded}",
        "visibility": admission.visibility,
        **_anchor_values(connection, new.anchor),
    }
    made = connection.execute(insert(threads).values(**values).returning(threads.c.id))
    thread_id = int(made.scalar_one())
    _say(connection, thread_id, Message(Author.CITIZEN, new.name, new.text, admission.created), None)
    record(connection, thread_id, Event(admission.created, ThreadState.RECEIVED, ""))


def _locked(connection: Connection, folio: str) -> AnyRow:
    one = threads.c.folio == folio.strip().upper()
    found = select(threads.c.id, threads.c.state, threads.c.folded).where(one).with_for_update()
    row = connection.execute(found).first()
    if row is None:
        raise NotFound("No existe ese folio.")
    return row


def _move(connection: Connection, thread_id: int, step: Step, folded: str) -> None:
    changed = {"state": step.state, "updated": step.event.moment, "folded": folded}
    connection.execute(update(threads).where(threads.c.id == thread_id).values(**changed))
    record(connection, thread_id, step.event)


def _say(connection: Connection, thread_id: int, message: Message, token_hash: str | None) -> None:
    values: dict[str, Any] = {
        "author": message.author,
        "name": message.name,
        "text": message.text,
        "created": message.created,
        "token_hash": token_hash,
        "type": message.type or "",
        "day": message.day,
        "ground": message.ground,
        "view": message.view,
        "uncited": message.uncited,
    }
    connection.execute(insert(messages).values(thread_id=thread_id, **values))


def _next(connection: Connection, year: int) -> int:
    """The next number of a year; its row stays locked until the end of the transaction, so none is given twice."""
    counted = (
        upsert(connection, folios)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=[folios.c.year], set_={"last": folios.c.last + 1})
    )
    return int(connection.execute(counted.returning(folios.c.last)).scalar_one())


def _anchor_values(connection: Connection, anchor: Anchor) -> dict[str, Any]:
    located: Located | None = locate(connection, anchor.dataset, anchor.resource) if anchor.dataset else None
    return {
        "page": anchor.page,
        "dataset_id": located and located.dataset_id,
        "resource_id": located and located.resource_id,
        "version": anchor.version,
        "view": anchor.view,
        "row": anchor.row,
        "column": anchor.column,
        "label": anchor.label,
        "value": anchor.value,
    }
