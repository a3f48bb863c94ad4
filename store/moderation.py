"""Hiding, moving, joining and reporting threads; `participation.moderation` is the only caller that writes here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from model.errors import NotFound
from model.follow import Followed
from model.spelling import fold
from model.thread import Author, Event, Thread, ThreadState, Visibility
from store import votes
from store.audit import Act, add
from store.database import Store
from store.tables.base import AnyRow
from store.tables.people import reports
from store.tables.threads import events, messages, threads
from store.tables.votes import follows
from store.thread_rows import read_threads, select_threads
from store.threads import record

DEEDS = ("oculta", "publica", "unida", "movida", "retirada")  # the events that the public log shows
QUEUE = 200  # threads that a person can decide on at once
OPEN = (ThreadState.RECEIVED, ThreadState.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the public log: when, about which thread, what was done, by which office and why."""

    moment: datetime
    folio: str
    agency: str
    what: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What people reported of a thread: how often, and for which reasons, with what they added."""

    thread: Thread
    count: int
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    first: datetime


def set_visibility(store: Store, folio: str, visibility: Visibility, event: Event, act: Act) -> Thread | None:
    """Hide a thread or make it public, and settle its reports; None if it stands so already. NotFound, StoreDown."""
    with store.write() as connection:
        row = _locked(connection, folio)
        if row.visibility == visibility:
            return None
        _settle(connection, row.id, event.moment)
        return _changed(connection, row.id, {"visibility": visibility}, event, act)


def move(store: Store, folio: str, agency: str, event: Event, act: Act) -> Thread | None:
    """Address an open thread to another agency, which has yet to receive it; None if it is not open or is there."""
    with store.write() as connection:
        row = _locked(connection, folio)
        if row.state not in OPEN or row.agency == agency:
            return None
        return _changed(connection, row.id, {"agency": agency, "state": ThreadState.RECEIVED}, event, act)


def merge(store: Store, folio: str, into: str, event: Event, act: Act) -> Thread | None:
    """Join a thread, and those joined to it before, to another: followers and votes count there.

    None if either was joined to the other already. Raises NotFound, StoreDown.
    """
    with store.write() as connection:
        row, target = _locked(connection, folio), _locked(connection, into)
        end = target.merged_into or target.id
        if row.merged_into is not None or end == row.id:
            return None
        connection.execute(update(threads).where(threads.c.merged_into == row.id).values(merged_into=end))
        _move_followers(connection, row.id, end)
        return _changed(connection, row.id, {"merged_into": end}, event, act)


def withdraw_secret(store: Store, secret_hash: str, words: str, moment: datetime) -> int:
    """Put `words` in the place of what the writer of a thread said, and forget who it was; 0: no such thread."""
    with store.write() as connection:
        return _withdraw(connection, threads.c.secret_hash == secret_hash, words, moment)


def withdraw_person(store: Store, person_hash: str, words: str, moment: datetime) -> int:
    """The same for all threads of a person, whose votes are forgotten too; how many threads."""
    with store.write() as connection:
        votes.forget(connection, person_hash)
        return _withdraw(connection, threads.c.person_hash == person_hash, words, moment)


def _withdraw(connection: Connection, condition: ColumnElement[bool], words: str, moment: datetime) -> int:
    found = connection.execute(select(threads.c.id, threads.c.folio).where(condition).with_for_update()).all()
    for row in found:
        own = (messages.c.thread_id == row.id, messages.c.author == Author.CITIZEN)
        connection.execute(update(messages).where(*own).values(text=words, name=""))
        said = select(messages.c.text).where(messages.c.thread_id == row.id, messages.c.author == Author.AGENCY)
        folded = fold(" ".join((row.folio, *connection.execute(said).scalars())))
        blank = {"details": [], "person_hash": "", "label": "", "value": "", "folded": folded, "updated": moment}
        connection.execute(update(threads).where(threads.c.id == row.id).values(**blank))
        connection.execute(delete(reports).where(reports.c.thread_id == row.id))
        record(connection, row.id, Event(moment, "retirada", ""))
    return len(found)


def report(store: Store, folio: str, reason: str, note: str, now: datetime) -> None:
    """Somebody reports a public thread. Raises NotFound, StoreDown."""
    with store.write() as connection:
        row = _locked(connection, folio)
        if row.visibility != Visibility.PUBLIC:
            raise NotFound("No existe ese folio.")
        values = {"thread_id": row.id, "reason": reason, "note": note, "created": now}
        connection.execute(insert(reports).values(**values))


def settle(store: Store, folio: str, act: Act) -> bool:
    """The reports of a thread were looked at and it stays; False if there were none. Raises NotFound, StoreDown."""
    with store.write() as connection:
        done = _settle(connection, _locked(connection, folio).id, act.moment)
        add(connection, act)
        return done > 0


def pending(store: Store, agency: str | None) -> tuple[Thread, ...]:
    """The first QUEUE threads that wait for a decision before they are public, oldest first; None: of all agencies."""
    found = select_threads().where(threads.c.visibility == Visibility.PENDING)
    if agency is not None:
        found = found.where(threads.c.agency == agency)
    with store.read() as connection:
        return read_threads(connection, found.order_by(threads.c.id).limit(QUEUE))


def reported(store: Store, agency: str | None) -> tuple[Report, ...]:
    """The first QUEUE threads with reports that nobody looked at, the most reported first; None: of all agencies."""
    with store.read() as connection:
        rows = connection.execute(
            select(reports.c.thread_id, func.count().label("times"), func.min(reports.c.created).label("first"))
            .join(threads, threads.c.id == reports.c.thread_id)
            .where(reports.c.settled.is_(None), *([] if agency is None else [threads.c.agency == agency]))
            .group_by(reports.c.thread_id)
            .order_by(func.count().desc(), reports.c.thread_id)
            .limit(QUEUE)
        ).all()
        return tuple(_report(connection, row) for row in rows)


def log(store: Store, limit: int = 200, skip: int = 0) -> tuple[Deed, ...]:
    """What moderators did, newest first."""
    found = (
        select(events, threads.c.folio, threads.c.agency)
        .join(threads, threads.c.id == events.c.thread_id)
        .where(events.c.what.in_(DEEDS))
        .order_by(events.c.id.desc())
    )
    with store.read() as connection:
        rows = connection.execute(found.limit(limit).offset(skip)).all()
    return tuple(Deed(r.moment, r.folio, r.agency, r.what, r.by, r.reason) for r in rows)


def each_public(store: Store, after: int = 0, limit: int = 500) -> tuple[Thread, ...]:
    """Up to `limit` public threads, merged ones too, in the order of their making, after the first `after` ones."""
    found = select_threads().where(threads.c.visibility == Visibility.PUBLIC)
    with store.read() as connection:
        return read_threads(connection, found.order_by(threads.c.id).limit(limit).offset(after))


def _report(connection: Connection, row: AnyRow) -> Report:
    (thread,) = read_threads(connection, select_threads().where(threads.c.id == row.thread_id))
    open_ones = (reports.c.thread_id == row.thread_id, reports.c.settled.is_(None))
    said = connection.execute(select(reports.c.reason, reports.c.note).where(*open_ones).order_by(reports.c.id)).all()
    reasons = tuple(dict.fromkeys(one.reason for one in said))
    return Report(thread, row.times, reasons, tuple(one.note for one in said if one.note)[:5], row.first)


def _locked(connection: Connection, folio: str) -> AnyRow:
    found = select(threads).where(threads.c.folio == folio.strip().upper()).with_for_update()
    row = connection.execute(found).first()
    if row is None:
        raise NotFound("No existe ese folio.")
    return row


def _changed(connection: Connection, thread_id: int, values: dict[str, Any], event: Event, act: Act) -> Thread:
    changed = update(threads).where(threads.c.id == thread_id)
    connection.execute(changed.values(**values, updated=event.moment))
    record(connection, thread_id, event)
    add(connection, act)
    return read_threads(connection, select_threads().where(threads.c.id == thread_id))[0]


def _settle(connection: Connection, thread_id: int, moment: datetime) -> int:
    open_ones = (reports.c.thread_id == thread_id, reports.c.settled.is_(None))
    return connection.execute(update(reports).where(*open_ones).values(settled=moment)).rowcount


def _move_followers(connection: Connection, old: int, new: int) -> None:
    """Whoever follows the old thread follows the new one, by the same follow; those who follow both, once."""
    there = select(follows.c.email).where(follows.c.thread_id == new)
    mine = update(follows).where(follows.c.thread_id == old, follows.c.email.not_in(there))
    connection.execute(mine.values(target=f"{Followed.THREAD}:{new}", thread_id=new))
    connection.execute(delete(follows).where(follows.c.thread_id == old))
