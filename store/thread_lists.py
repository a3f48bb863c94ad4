"""Finding threads: one by its folio or secret, or a page of those that are wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from model.errors import NotFound
from model.thread import Thread, ThreadState, Visibility
from store.database import Store
from store.identity import locate
from store.tables.threads import threads
from store.thread_rows import read_threads, select_threads

OPEN = (ThreadState.RECEIVED, ThreadState.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which public threads: empty fields ask for all. `words` are folded, and must all occur; `agency` None: any.

    `due_before`: still without an answer, with a deadline before that day.
    """

    kinds: Collection[str] = ()
    states: Collection[ThreadState] = ()
    agency: str | None = None
    words: tuple[str, ...] = ()
    due_before: date | None = None
    dataset: str = ""
    resource: str = ""
    page: str = ""
    view: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of threads, and how many there are in all."""

    threads: tuple[Thread, ...]
    total: int


def by_folio(store: Store, folio: str) -> Thread:
    """The thread with this folio, in any case, whoever may see it. Raises NotFound."""
    return _one(store, select_threads().where(threads.c.folio == folio.strip().upper()))


def by_secret(store: Store, secret_hash: str) -> Thread:
    """The thread whose private link's token has this SHA-256. Raises NotFound."""
    return _one(store, select_threads().where(threads.c.secret_hash == secret_hash))


def of_person(store: Store, person_hash: str, limit: int = 200) -> tuple[Thread, ...]:
    """The threads that a person opened, newest first; none for ""."""
    if not person_hash:
        return ()
    found = select_threads().where(threads.c.person_hash == person_hash)
    with store.read() as connection:
        return read_threads(connection, found.order_by(threads.c.id.desc()).limit(limit))


def listed(store: Store, wanted: Wanted, *, page: int = 1, size: int = 20, by_change: bool = False) -> Listed:
    """A page of the public threads that are wanted, newest (or, `by_change`, last changed) first.

    Merged ones are left out: they go on elsewhere. Slugs may be old ones; an unknown dataset has no threads.
    """
    with store.read() as connection:
        conditions = _conditions(wanted)
        if wanted.dataset:
            try:
                located = locate(connection, wanted.dataset, wanted.resource)
            except NotFound:
                return Listed((), 0)
            conditions.append(threads.c.dataset_id == located.dataset_id)
            if located.resource_id is not None:
                conditions.append(threads.c.resource_id == located.resource_id)
        total = connection.execute(select(func.count()).select_from(threads).where(*conditions)).scalar_one()
        order = (threads.c.updated.desc(), threads.c.id.desc()) if by_change else (threads.c.id.desc(),)
        found = select_threads().where(*conditions).order_by(*order).limit(size).offset((page - 1) * size)
        return Listed(read_threads(connection, found), int(total))


def for_anchor(
    store: Store, *, page: str = "", dataset: str = "", resource: str = "", view: str = "", limit: int = 50
) -> tuple[Thread, ...]:
    """The public threads about a page, a dataset (its resources included), a resource or a view, newest first."""
    wanted = Wanted(page=page, dataset=dataset, resource=resource, view=view)
    return listed(store, wanted, size=limit).threads


def waiting(store: Store, agency: str | None = None) -> tuple[Thread, ...]:
    """The threads without an answer, those due first; of one agency ("": the portal's own) or of all."""
    found = select_threads().where(threads.c.state.in_(OPEN), threads.c.merged_into.is_(None))
    if agency is not None:
        found = found.where(threads.c.agency == agency)
    with store.read() as connection:
        return read_threads(connection, found.order_by(threads.c.deadline, threads.c.id))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [threads.c.visibility == Visibility.PUBLIC, threads.c.merged_into.is_(None)]
    if wanted.kinds:
        found.append(threads.c.kind.in_(wanted.kinds))
    if wanted.states:
        found.append(threads.c.state.in_(wanted.states))
    if wanted.agency is not None:
        found.append(threads.c.agency == wanted.agency)
    if wanted.due_before is not None:
        found += [threads.c.deadline < wanted.due_before, threads.c.state.in_(OPEN)]
    for name in ("page", "view"):
        if value := getattr(wanted, name):
            found.append(threads.c[name] == value)
    return found + [threads.c.folded.contains(word, autoescape=True) for word in wanted.words]


def _one(store: Store, found: Select[Any]) -> Thread:
    with store.read() as connection:
        threads_found = read_threads(connection, found)
    if not threads_found:
        raise NotFound("No existe ese folio.")
    return threads_found[0]
