"""Votes: one of a person for a thread, whoever else sends it; `participation.votes` is the only caller that writes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, delete, distinct, func, literal, or_, select, update

from model.errors import NotFound
from model.vote import Votes
from store.database import Store
from store.tables.threads import threads
from store.tables.votes import votes
from store.upsert import upsert

MOST_FOLIOS = 500  # of one question to the store


def cast(store: Store, folio: str, person: str, now: datetime) -> bool:
    """Count the person (a hash) once for the thread; False if they were counted already. Raises NotFound, StoreDown.

    Whoever confirmed an e-mail with another vote has confirmed this one too.
    """
    with store.write() as connection:
        known = select(votes.c.confirmed_by).where(votes.c.person == person, votes.c.confirmed_by.is_not(None)).limit(1)
        row = upsert(connection, votes).values(
            thread_id=_thread(connection, folio),
            person=person,
            confirmed_by=connection.execute(known).scalar(),
            created=now,
        )
        once = row.on_conflict_do_nothing(index_elements=[votes.c.thread_id, votes.c.person])
        return connection.execute(once.returning(votes.c.id)).first() is not None


def take_back(store: Store, folio: str, person: str) -> bool:
    """No longer count the person for the thread or those merged into it; False if they were not counted.

    Raises NotFound, StoreDown.
    """
    with store.write() as connection:
        root = _thread(connection, folio)
        group = select(threads.c.id).where(or_(threads.c.id == root, threads.c.merged_into == root))
        mine = (votes.c.thread_id.in_(group), votes.c.person == person)
        return connection.execute(delete(votes).where(*mine).returning(votes.c.id)).first() is not None


def confirm(connection: Connection, person: str, mail_hash: str) -> int:
    """Mark all votes of the person as confirmed by the owner of an e-mail; how many. Two persons of one e-mail count
    once among the confirmed.
    """
    mine = (votes.c.person == person, votes.c.confirmed_by.is_(None))
    marked = update(votes).where(*mine).values(confirmed_by=mail_hash).returning(votes.c.id)
    return len(connection.execute(marked).all())


def is_confirmed(connection: Connection, person: str, mail_hash: str) -> bool:
    """Whether votes of the person are confirmed by the owner of that e-mail."""
    mine = (votes.c.person == person, votes.c.confirmed_by == mail_hash)
    return connection.execute(select(votes.c.id).where(*mine).limit(1)).first() is not None


def counted(store: Store, folios: Collection[str], person: str = "") -> dict[str, Votes]:
    """The votes of each of up to 500 threads, with those of the threads merged into it; `mine` says whether `person`
    (a hash) is among them. Raises StoreDown.
    """
    found = dict.fromkeys(folios, Votes())
    if not found:
        return found
    with store.read() as connection:
        rows = connection.execute(_totals(list(found)[:MOST_FOLIOS], person))
        return found | {row.folio: Votes(row.confirmed, row.unconfirmed, bool(row.mine)) for row in rows}


def _totals(folios: Collection[str], person: str) -> Select[Any]:
    roots = threads.alias("roots")
    mine = case((votes.c.person == person, 1), else_=0) if person else literal(0)
    unconfirmed = case((votes.c.confirmed_by.is_(None), votes.c.person))
    return (
        select(
            roots.c.folio,
            func.count(distinct(votes.c.confirmed_by)).label("confirmed"),
            func.count(distinct(unconfirmed)).label("unconfirmed"),
            func.max(mine).label("mine"),
        )
        .join(threads, func.coalesce(threads.c.merged_into, threads.c.id) == roots.c.id)
        .join(votes, votes.c.thread_id == threads.c.id)
        .where(roots.c.folio.in_(folios))
        .group_by(roots.c.folio)
    )


def of_person(store: Store, person: str) -> tuple[tuple[str, datetime], ...]:
    """What a person (a hash) voted for, as (folio, moment), newest first. Raises StoreDown."""
    mine = (
        select(threads.c.folio, votes.c.created)
        .join(votes, votes.c.thread_id == threads.c.id)
        .where(votes.c.person == person)
        .order_by(votes.c.id.desc())
    )
    with store.read() as connection:
        return tuple((row.folio, row.created) for row in connection.execute(mine))


def forget(connection: Connection, person: str) -> int:
    """Delete all votes of a person (a hash); how many there were."""
    return len(connection.execute(delete(votes).where(votes.c.person == person).returning(votes.c.id)).all())


def _thread(connection: Connection, folio: str) -> int:
    """The id of the thread with this folio. Raises NotFound."""
    found = connection.execute(select(threads.c.id).where(threads.c.folio == folio.strip().upper())).scalar()
    if found is None:
        raise NotFound("No existe ese folio.")
    return int(found)
