"""The queue of loads: one row a resource, claimed by row lock and held by a lease that must be renewed."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, insert, or_, select, update

from model.load import Load, LoadState
from store.database import Store
from store.identity import locate_resource
from store.tables.base import AnyRow
from store.tables.catalogue import datasets, resources
from store.tables.loads import loads

LEASE_SECONDS = 60
MOST_ATTEMPTS = 3


def enqueue(
    store: Store,
    dataset: str,
    resource: str,
    source: str,
    fingerprint: str,
    *,
    size: int = 0,
    again: bool = False,
    now: datetime | None = None,
) -> bool:
    """Ask for a load of the file `source`; False if its `fingerprint` is already pending, loading, loaded or failed.

    With `again` it is loaded anyway. `size` in bytes: small files go first. A load under way of an older fingerprint
    loses its claim. Raises NotFound, StoreDown.
    """
    values: dict[str, Any] = {
        "state": LoadState.PENDING,
        "source": source,
        "fingerprint": fingerprint,
        "size": size,
        "attempts": 0,
    }
    values |= {"reason": "", "progress": "", "worker": "", "claim": "", "enqueued": now or datetime.now(UTC)}
    values |= {"started": None, "finished": None, "lease_until": None}
    with store.write() as connection:
        resource_id, _ = locate_resource(connection, dataset, resource)
        # the resource's row, not the load's: it is there before the first load
        connection.execute(select(resources.c.id).where(resources.c.id == resource_id).with_for_update())
        row = connection.execute(select(loads.c.fingerprint).where(loads.c.resource_id == resource_id)).first()
        if row is None:
            connection.execute(insert(loads).values(resource_id=resource_id, version="", **values))
            return True
        if row.fingerprint == fingerprint and not again:
            return False
        connection.execute(update(loads).where(loads.c.resource_id == resource_id).values(**values))
        return True


def claim(store: Store, worker: str, now: datetime | None = None, lease_seconds: float = LEASE_SECONDS) -> Load | None:
    """Take the next job, or one whose worker's lease ran out; None when there is nothing to do.

    No two callers get the same job. A job that died `MOST_ATTEMPTS` times under its workers is failed instead.
    """
    moment = now or datetime.now(UTC)
    with store.write() as connection:
        _give_up(connection, moment)
        waiting = or_(loads.c.state == LoadState.PENDING, _abandoned(moment))
        order = (loads.c.size, loads.c.enqueued, loads.c.resource_id)
        next_one = select(loads.c.resource_id).where(waiting).order_by(*order).limit(1)
        resource_id = connection.execute(next_one.with_for_update(skip_locked=True)).scalar()
        if resource_id is None:
            return None
        changes: dict[str, Any] = {
            "state": LoadState.LOADING,
            "worker": worker,
            "claim": secrets.token_hex(16),
            "progress": "",
        }
        changes |= {"started": moment, "finished": None, "lease_until": moment + timedelta(seconds=lease_seconds)}
        mine = update(loads).where(loads.c.resource_id == resource_id)
        connection.execute(mine.values(attempts=loads.c.attempts + 1, **changes))
        return _load(connection.execute(_loads().where(loads.c.resource_id == resource_id)).one())


def renew(
    store: Store, load: Load, progress: str = "", now: datetime | None = None, lease_seconds: float = LEASE_SECONDS
) -> bool:
    """Keep a claimed job and say how far it is; False if the claim was lost: stop working on it."""
    moment = now or datetime.now(UTC)
    return _change(store, load, {"progress": progress, "lease_until": moment + timedelta(seconds=lease_seconds)})


def finish(store: Store, load: Load, version: str, now: datetime | None = None) -> bool:
    """The job is done and gave `version`; False if the claim was lost in the meantime."""
    return _end(store, load, {"state": LoadState.READY, "version": version, "reason": ""}, now)


def fail(store: Store, load: Load, reason: str, now: datetime | None = None) -> bool:
    """The file cannot be loaded, for a `reason` in Spanish; False if the claim was lost in the meantime.

    The version loaded before stays the public one.
    """
    return _end(store, load, {"state": LoadState.FAILED, "reason": reason}, now)


def states(store: Store) -> dict[tuple[str, str], Load]:
    """The load of each resource that ever had one, by its present slugs (dataset, resource)."""
    with store.read() as connection:
        found = (_load(row) for row in connection.execute(_loads()))
        return {(load.dataset, load.resource): load for load in found}


def _abandoned(now: datetime) -> ColumnElement[bool]:
    return and_(loads.c.state == LoadState.LOADING, loads.c.lease_until < now)


def _give_up(connection: Connection, now: datetime) -> None:
    reason = f"La carga se interrumpió {MOST_ATTEMPTS} veces; es posible que el archivo sea demasiado grande."
    dead = select(loads.c.resource_id).where(_abandoned(now), loads.c.attempts >= MOST_ATTEMPTS)
    ids = connection.execute(dead.with_for_update(skip_locked=True)).scalars().all()
    if ids:
        values = {"state": LoadState.FAILED, "reason": reason, "finished": now, "claim": "", "lease_until": None}
        connection.execute(update(loads).where(loads.c.resource_id.in_(ids)).values(**values))


def _end(store: Store, load: Load, values: dict[str, Any], now: datetime | None) -> bool:
    over = {"finished": now or datetime.now(UTC), "claim": "", "lease_until": None, "progress": ""}
    return _change(store, load, values | over)


def _change(store: Store, load: Load, values: dict[str, Any]) -> bool:
    if not load.claim:
        return False
    with store.write() as connection:
        done = connection.execute(update(loads).where(loads.c.claim == load.claim).values(**values))
        return done.rowcount == 1


def _loads() -> Select[Any]:
    return (
        select(loads, datasets.c.slug.label("dataset_slug"), resources.c.slug.label("resource_slug"))
        .join(resources, resources.c.id == loads.c.resource_id)
        .join(datasets, datasets.c.id == resources.c.dataset_id)
    )


def _load(row: AnyRow) -> Load:
    return Load(
        dataset=row.dataset_slug,
        resource=row.resource_slug,
        state=LoadState(row.state),
        source=row.source,
        fingerprint=row.fingerprint,
        version=row.version,
        reason=row.reason,
        attempts=row.attempts,
        enqueued=row.enqueued,
        started=row.started,
        finished=row.finished,
        progress=row.progress,
        worker=row.worker,
        claim=row.claim,
    )
