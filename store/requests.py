"""Data requests as the board shows them: filtered, and in the order of their votes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, Subquery, case, cast, distinct, func, or_, select

from model.thread import AnswerType, Author, Thread, ThreadState, Visibility
from store.database import Store
from store.tables.threads import messages, threads
from store.tables.votes import votes
from store.thread_lists import Listed
from store.thread_rows import read_threads, select_threads

KIND = "solicitud"
MOST = 5_000  # of `newest`
ENDS = (AnswerType.PUBLISHED, AnswerType.REFUSED)  # answers that are a state of their own on the board


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which public requests: empty fields ask for all. `words` are folded, and must all occur; `agency` None: any.

    `state` is a ThreadState's value or one of ENDS; `format` a value of the field `formato`.
    """

    agency: str | None = None
    state: str = ""
    format: str = ""
    words: tuple[str, ...] = ()


def listed(store: Store, wanted: Wanted, *, by_votes: bool = True, page: int = 1, size: int = 20) -> Listed:
    """A page of the requests that are wanted, those with most votes (else the newest) first. Raises StoreDown."""
    conditions = _conditions(wanted)
    tally = _tally()
    found = select_threads().outerjoin(tally, tally.c.root == threads.c.id).where(*conditions)
    most = func.coalesce(tally.c.people, 0).desc()
    found = found.order_by(*((most,) if by_votes else ()), threads.c.id.desc())
    with store.read() as connection:
        total = connection.execute(select(func.count()).select_from(threads).where(*conditions)).scalar_one()
        return Listed(read_threads(connection, found.limit(size).offset((page - 1) * size)), int(total))


def newest(store: Store) -> tuple[Thread, ...]:
    """The newest MOST public requests. Raises StoreDown."""
    found = select_threads().where(*_conditions(Wanted())).order_by(threads.c.id.desc()).limit(MOST)
    with store.read() as connection:
        return read_threads(connection, found)


def stamp(store: Store) -> tuple[int, int, datetime | None]:
    """What is another value whenever `newest` would be another answer. Raises StoreDown."""
    visible = case((threads.c.visibility == Visibility.PUBLIC, 1), else_=0)
    unmerged = case((threads.c.merged_into.is_(None), visible), else_=0)
    asked = select(func.count(), func.coalesce(func.sum(unmerged), 0), func.max(threads.c.updated))
    with store.read() as connection:
        row = connection.execute(asked.where(threads.c.kind == KIND)).one()
        return int(row[0]), int(row[1]), row[2]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        threads.c.kind == KIND,
        threads.c.visibility == Visibility.PUBLIC,
        threads.c.merged_into.is_(None),
    ]
    if wanted.agency is not None:
        found.append(threads.c.agency == wanted.agency)
    if wanted.format:
        found.append(cast(threads.c.details, String).contains(f'["formato", "{wanted.format}"]', autoescape=True))
    if wanted.state in ENDS:
        found += [_last_type() == wanted.state]
    elif wanted.state:
        found.append(threads.c.state == wanted.state)
        if wanted.state in (ThreadState.ANSWERED, ThreadState.CLOSED):
            found.append(func.coalesce(_last_type(), "").not_in(ENDS))
    return found + [threads.c.folded.contains(word, autoescape=True) for word in wanted.words]


def _last_type() -> ScalarSelect[Any]:
    """The type of the newest official answer of the thread at hand."""
    said = select(messages.c.type).where(messages.c.thread_id == threads.c.id, messages.c.author == Author.AGENCY)
    return said.order_by(messages.c.id.desc()).limit(1).correlate(threads).scalar_subquery()


def _tally() -> Subquery:
    """How many people want each request, with those of the requests merged into it; one e-mail is one person."""
    voted = threads.alias("voted")
    person = func.coalesce(votes.c.confirmed_by, votes.c.person)
    root = func.coalesce(voted.c.merged_into, voted.c.id)
    counted = select(root.label("root"), func.count(distinct(person)).label("people"))
    kind = or_(voted.c.kind == KIND, voted.c.merged_into.is_not(None))
    return counted.join_from(voted, votes, votes.c.thread_id == voted.c.id).where(kind).group_by(root).subquery()
