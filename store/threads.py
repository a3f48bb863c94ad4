"""Threads and their messages; `participation.actions` is the only caller that writes here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite
from sqlalchemy.exc import IntegrityError

from model.errors import NotFound
from model.thread import Anchor, Author, Message, NewThread, Thread, ThreadState
from store.database import Store
from store.identity import Located, locate
from store.tables.base import AnyRow
from store.tables.catalogue import datasets, resources
from store.tables.threads import folios, messages, threads


def add(
    store: Store,
    new: NewThread,
    *,
    year: int,
    agency: str,
    created: datetime,
    deadline: date,
    secret_hash: str,
    token_hash: str,
) -> tuple[Thread, bool]:
    """Keep a new thread with the next folio of `year`; (thread, True), or (the one there, False) for a known token.

    Raises NotFound for an anchor whose dataset or resource does not exist, StoreDown.
    """
    known = threads.c.token_hash == token_hash
    values = {"kind": new.kind, "state": ThreadState.RECEIVED, "agency": agency, "created": created}
    values |= {"deadline": deadline, "secret_hash": secret_hash, "token_hash": token_hash}
    values |= {"details": [list(pair) for pair in new.details]}
    try:
        with store.write() as connection:
            if found := _read(connection, _threads().where(known)):
                return found[0], False
            folio = f"VEN-{year}-{_next(connection, year):06}"
            row = insert(threads).values(folio=folio, **_anchor_values(connection, new.anchor), **values)
            thread_id = int(connection.execute(row.returning(threads.c.id)).scalar_one())
            _say(connection, thread_id, Message(Author.CITIZEN, new.name, new.text, created))
            return _read(connection, _threads().where(known))[0], True
    except IntegrityError:  # the same token, sent twice at once: the other one was first
        with store.read() as connection:
            found = _read(connection, _threads().where(known))
        if not found:
            raise
        return found[0], False


def by_folio(store: Store, folio: str) -> Thread:
    """The thread with this folio, in any case. Raises NotFound."""
    return _one(store, _threads().where(threads.c.folio == folio.strip().upper()))


def by_secret(store: Store, secret_hash: str) -> Thread:
    """The thread whose private link's token has this SHA-256. Raises NotFound."""
    return _one(store, _threads().where(threads.c.secret_hash == secret_hash))


def for_anchor(
    store: Store, *, page: str = "", dataset: str = "", resource: str = "", view: str = "", limit: int = 50
) -> tuple[Thread, ...]:
    """The newest threads about a page, a dataset (its resources included), a resource or a view, newest first.

    All that is given must hold; slugs may be old ones. An unknown dataset or resource has no threads.
    """
    found = _threads().order_by(threads.c.id.desc()).limit(limit)
    if page:
        found = found.where(threads.c.page == page)
    if view:
        found = found.where(threads.c.view == view)
    with store.read() as connection:
        try:
            located = locate(connection, dataset, resource) if dataset else None
        except NotFound:
            return ()
        if located is not None:
            found = found.where(threads.c.dataset_id == located.dataset_id)
            if located.resource_id is not None:
                found = found.where(threads.c.resource_id == located.resource_id)
        return _read(connection, found)


def waiting(store: Store, agency: str | None = None) -> tuple[Thread, ...]:
    """The threads without an answer, those due first; of one agency ("": the portal's own) or of all."""
    found = _threads().where(threads.c.state.in_([ThreadState.RECEIVED, ThreadState.IN_REVIEW]))
    if agency is not None:
        found = found.where(threads.c.agency == agency)
    with store.read() as connection:
        return _read(connection, found.order_by(threads.c.deadline, threads.c.id))


def add_answer(
    store: Store, folio: str, message: Message, allowed: Collection[ThreadState] = tuple(ThreadState)
) -> Thread | None:
    """Add an official answer: the thread is then answered. None if its state is not an `allowed` one.

    Raises NotFound, StoreDown.
    """
    return _advance(store, folio, ThreadState.ANSWERED, allowed, message)


def set_state(store: Store, folio: str, state: ThreadState, allowed: Collection[ThreadState]) -> Thread | None:
    """Move a thread on; None if its present state is not an `allowed` one. Raises NotFound, StoreDown."""
    return _advance(store, folio, state, allowed, None)


def _advance(
    store: Store, folio: str, state: ThreadState, allowed: Collection[ThreadState], message: Message | None
) -> Thread | None:
    one = threads.c.folio == folio.strip().upper()
    with store.write() as connection:
        row = connection.execute(select(threads.c.id, threads.c.state).where(one).with_for_update()).first()
        if row is None:
            raise NotFound("No existe ese folio.")
        if row.state not in allowed:
            return None
        if message is not None:
            _say(connection, row.id, message)
        connection.execute(update(threads).where(one).values(state=state))
        return _read(connection, _threads().where(one))[0]


def _say(connection: Connection, thread_id: int, message: Message) -> None:
    values = {"author": message.author, "name": message.name, "text": message.text, "created": message.created}
    connection.execute(insert(messages).values(thread_id=thread_id, **values))


def _next(connection: Connection, year: int) -> int:
    """The next number of a year; its row stays locked until the end of the transaction, so none is given twice."""
    dialect = connection.dialect.name
    upsert = upsert_postgresql(folios) if dialect == "postgresql" else upsert_sqlite(folios)
    counted = upsert.values(year=year, last=1).on_conflict_do_update(
        index_elements=[folios.c.year], set_={"last": folios.c.last + 1}
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
    }


def _threads() -> Select[Any]:
    return (
        select(threads, datasets.c.slug.label("dataset_slug"), resources.c.slug.label("resource_slug"))
        .outerjoin(datasets, datasets.c.id == threads.c.dataset_id)
        .outerjoin(resources, resources.c.id == threads.c.resource_id)
    )


def _one(store: Store, found: Select[Any]) -> Thread:
    with store.read() as connection:
        threads_found = _read(connection, found)
    if not threads_found:
        raise NotFound("No existe ese folio.")
    return threads_found[0]


def _read(connection: Connection, found: Select[Any]) -> tuple[Thread, ...]:
    rows = connection.execute(found).all()
    turns: defaultdict[int, list[Message]] = defaultdict(list)
    said = select(messages).where(messages.c.thread_id.in_([row.id for row in rows])).order_by(messages.c.id)
    for turn in connection.execute(said) if rows else ():
        turns[turn.thread_id].append(Message(Author(turn.author), turn.name, turn.text, turn.created))
    return tuple(_thread(row, tuple(turns[row.id])) for row in rows)


def _thread(row: AnyRow, turns: tuple[Message, ...]) -> Thread:
    values = row._mapping
    anchor = Anchor(
        page=row.page,
        dataset=row.dataset_slug or "",
        resource=row.resource_slug or "",
        version=row.version,
        view=row.view,
        row=values["row"],
        column=values["column"],
        label=row.label,
    )
    return Thread(
        folio=row.folio,
        kind=row.kind,
        state=ThreadState(row.state),
        anchor=anchor,
        created=row.created,
        deadline=row.deadline,
        agency=row.agency,
        messages=turns,
        details=tuple((name, value) for name, value in row.details),
    )
