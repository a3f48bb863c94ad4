"""Threads as they are read: rows of the tables into words of the model."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Select, select

from model.thread import Anchor, AnswerType, Author, Event, Message, Thread, ThreadState, Visibility
from store.tables.base import AnyRow
from store.tables.catalogue import datasets, resources
from store.tables.threads import events, messages, threads

_others = threads.alias("others")


def select_threads() -> Select[Any]:
    """Every thread with its present slugs; conditions on `store.tables.threads.threads` may follow."""
    return (
        select(
            threads,
            datasets.c.slug.label("dataset_slug"),
            resources.c.slug.label("resource_slug"),
            _others.c.folio.label("other"),
        )
        .outerjoin(datasets, datasets.c.id == threads.c.dataset_id)
        .outerjoin(resources, resources.c.id == threads.c.resource_id)
        .outerjoin(_others, _others.c.id == threads.c.merged_into)
    )


def read_threads(connection: Connection, found: Select[Any]) -> tuple[Thread, ...]:
    """The threads of a `select_threads()`, with their messages and history, by three queries."""
    rows = connection.execute(found).all()
    if not rows:
        return ()
    ids = [row.id for row in rows]
    turns: defaultdict[int, list[Message]] = defaultdict(list)
    for turn in connection.execute(select(messages).where(messages.c.thread_id.in_(ids)).order_by(messages.c.id)):
        turns[turn.thread_id].append(_message(turn))
    steps: defaultdict[int, list[Event]] = defaultdict(list)
    for step in connection.execute(select(events).where(events.c.thread_id.in_(ids)).order_by(events.c.id)):
        steps[step.thread_id].append(Event(step.moment, step.what, step.by, step.reason))
    return tuple(_thread(row, tuple(turns[row.id]), tuple(steps[row.id])) for row in rows)


def _message(row: AnyRow) -> Message:
    return Message(
        author=Author(row.author),
        name=row.name,
        text=row.text,
        created=row.created,
        type=AnswerType(row.type) if row.type else None,
        day=row.day,
        ground=row.ground,
        view=row.view,
        uncited=row.uncited,
    )


def _thread(row: AnyRow, turns: tuple[Message, ...], steps: tuple[Event, ...]) -> Thread:
    return Thread(
        folio=row.folio,
        kind=row.kind,
        state=ThreadState(row.state),
        anchor=_anchor(row),
        created=row.created,
        deadline=row.deadline,
        agency=row.agency,
        messages=turns,
        details=tuple((name, value) for name, value in row.details),
        updated=row.updated,
        visibility=Visibility(row.visibility),
        merged_into=row.other or "",
        events=steps,
    )


def _anchor(row: AnyRow) -> Anchor:
    values = row._mapping
    return Anchor(
        page=row.page,
        dataset=row.dataset_slug or "",
        resource=row.resource_slug or "",
        version=row.version,
        view=row.view,
        row=values["row"],
        column=values["column"],
        label=row.label,
        value=row.value,
    )
