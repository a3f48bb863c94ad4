"""What people follow by e-mail: asked for, confirmed, and forgotten when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, or_, select, update

from model.errors import NotFound
from model.follow import Follow, Followed, Target
from store.database import Store
from store.identity import locate
from store.tables.base import AnyRow
from store.tables.catalogue import datasets, releases, resources
from store.tables.threads import threads
from store.tables.votes import follows
from store.upsert import upsert


def ask(connection: Connection, target: Target, email: str, now: datetime) -> Follow:
    """An address asks to follow a target; asked again, it is the same follow. Raises NotFound for an unknown target."""
    values = _places(connection, target)
    newest = select(func.coalesce(func.max(releases.c.id), 0)).join(resources, resources.c.id == releases.c.resource_id)
    if values["resource_id"]:
        newest = newest.where(resources.c.id == values["resource_id"])
    else:
        newest = newest.where(resources.c.dataset_id == values["dataset_id"])
    seen = connection.execute(newest).scalar_one() if values["dataset_id"] else 0
    row = upsert(connection, follows).values(email=email, created=now, seen=seen, **values)
    connection.execute(row.on_conflict_do_nothing(index_elements=[follows.c.target, follows.c.email]))
    asked = _follows().where(follows.c.target == values["target"], follows.c.email == email)
    return _follow(connection.execute(asked).one())


def confirm(connection: Connection, follow_id: int, now: datetime) -> Follow | None:
    """The owner of the address said yes; said again, it changes nothing. None where the follow is no longer there."""
    waiting = update(follows).where(follows.c.id == follow_id, follows.c.confirmed.is_(None))
    connection.execute(waiting.values(confirmed=now))
    return one(connection, follow_id)


def one(connection: Connection, follow_id: int) -> Follow | None:
    """The follow with this id, or None."""
    row = connection.execute(_follows().where(follows.c.id == follow_id)).first()
    return _follow(row) if row else None


def end(connection: Connection, follow_id: int) -> None:
    """Forget a follow and its address; where it is gone already, nothing happens."""
    connection.execute(delete(follows).where(follows.c.id == follow_id))


def of_thread(connection: Connection, folio: str) -> tuple[Follow, ...]:
    """The confirmed follows of a thread and of those merged into it, one of each address."""
    root = select(threads.c.id).where(threads.c.folio == folio).scalar_subquery()
    found = _confirmed(connection, [or_(threads.c.id == root, threads.c.merged_into == root)])
    return tuple({follow.email: follow for follow in reversed(found)}.values())


def behind(connection: Connection, kind: Followed) -> tuple[Follow, ...]:
    """The confirmed follows of views or datasets of which there are releases that their owners do not know of."""
    home = resources.alias("home")  # not the one that `_follows` joins
    of_view = home.c.id == follows.c.resource_id
    of_dataset = and_(home.c.dataset_id == follows.c.dataset_id, follows.c.resource_id.is_(None))
    newer = (
        select(releases.c.id)
        .join(home, home.c.id == releases.c.resource_id)
        .where(of_view if kind is Followed.VIEW else of_dataset, releases.c.id > follows.c.seen)
        .correlate(follows)
    )
    return _confirmed(connection, [newer.exists()])


def saw(connection: Connection, follow: Follow, release: int) -> None:
    """The owner of a follow now knows of the releases up to this one."""
    connection.execute(update(follows).where(follows.c.id == follow.id, follows.c.seen < release).values(seen=release))


def by_email(store: Store, email: str) -> tuple[Follow, ...]:
    """Everything that an address follows or asked to follow, oldest first. Raises StoreDown."""
    with store.read() as connection:
        found = connection.execute(_follows().where(follows.c.email == email).order_by(follows.c.id))
        return tuple(_follow(row) for row in found)


def forget(connection: Connection, email: str) -> int:
    """Delete everything that an address follows; how much it was."""
    return len(connection.execute(delete(follows).where(follows.c.email == email).returning(follows.c.id)).all())


def expire(store: Store, before: datetime) -> int:
    """Forget the follows that nobody confirmed since `before`; how many. Raises StoreDown."""
    stale = (follows.c.confirmed.is_(None), follows.c.created < before)
    with store.write() as connection:
        return len(connection.execute(delete(follows).where(*stale).returning(follows.c.id)).all())


def _places(connection: Connection, target: Target) -> dict[str, Any]:
    """The columns that say what is followed: ids, which outlive slugs."""
    blank: dict[str, Any] = {"thread_id": None, "dataset_id": None, "resource_id": None, "view": ""}
    if target.kind is Followed.THREAD:
        found = connection.execute(select(threads.c.id).where(threads.c.folio == target.folio)).scalar()
        if found is None:
            raise NotFound("No existe ese folio.")
        return {**blank, "target": f"{target.kind}:{found}", "thread_id": found}
    resource = target.resource if target.kind is Followed.VIEW else ""
    located = locate(connection, target.dataset, resource)
    placed = {**blank, "dataset_id": located.dataset_id, "resource_id": located.resource_id}
    if located.resource_id is None:
        return {**placed, "target": f"{target.kind}:{located.dataset_id}"}
    return {**placed, "target": f"{target.kind}:{located.resource_id}:{target.query}", "view": target.query}


def _follows() -> Select[Any]:
    return (
        select(
            follows,
            threads.c.folio,
            datasets.c.slug.label("dataset_slug"),
            resources.c.slug.label("resource_slug"),
        )
        .outerjoin(threads, threads.c.id == follows.c.thread_id)
        .outerjoin(datasets, datasets.c.id == follows.c.dataset_id)
        .outerjoin(resources, resources.c.id == follows.c.resource_id)
    )


def _confirmed(connection: Connection, where: Iterable[Any]) -> tuple[Follow, ...]:
    found = _follows().where(follows.c.confirmed.is_not(None), *where).order_by(follows.c.id)
    return tuple(_follow(row) for row in connection.execute(found))


def _follow(row: AnyRow) -> Follow:
    kind = Followed(row.target.partition(":")[0])
    target = Target(kind, row.folio or "", row.dataset_slug or "", row.resource_slug or "", row.view)
    return Follow(row.id, target, row.email, row.created, row.confirmed, row.seen)
