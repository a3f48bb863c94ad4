"""Releases: which version of a resource is public since when, and which were taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from model.errors import NotFound, Withdrawn
from model.version import Release
from store.database import Store
from store.identity import locate_resource
from store.tables.base import AnyRow
from store.tables.catalogue import datasets, releases, resources, withdrawals


def publish(
    store: Store,
    dataset: str,
    resource: str,
    version: str,
    reason: str = "actualización",
    now: datetime | None = None,
) -> Release:
    """Make `version` the public one; publishing the present one again changes nothing. A → B → A is three releases.

    `dataset` and `resource` are the slugs under which the version lies in the lake, and stay with the release.
    Raises NotFound, Withdrawn for a version that was taken back, StoreDown.
    """
    with store.write() as connection:
        resource_id, _ = locate_resource(connection, dataset, resource)
        connection.execute(select(resources.c.id).where(resources.c.id == resource_id).with_for_update())
        if _withdrawn(connection, resource_id, version):
            raise Withdrawn("Esta versión fue retirada y no puede volver a publicarse.")
        last = connection.execute(_releases_of(resource_id).limit(1)).first()
        if last is not None and last.version == version:
            return _release(last)
        values = {"resource_id": resource_id, "dataset": dataset, "resource": resource, "version": version}
        values |= {"published": now or datetime.now(UTC), "reason": reason}
        made = connection.execute(insert(releases).values(**values).returning(*releases.c)).one()
        return _release(made)


def current(store: Store) -> dict[tuple[str, str], Release]:
    """The public release of each resource that has one, by its present slugs (dataset, resource).

    The release itself names the slugs under which its version lies in the lake: they may be older. A resource whose
    newest release was withdrawn has none, until another is published: an older version may hold the same fault.
    """
    newest = select(func.max(releases.c.id)).group_by(releases.c.resource_id)
    taken_back = select(withdrawals.c.version).where(
        withdrawals.c.resource_id == releases.c.resource_id, withdrawals.c.version == releases.c.version
    )
    found = (
        select(releases, datasets.c.slug.label("dataset_slug"), resources.c.slug.label("resource_slug"))
        .join(resources, resources.c.id == releases.c.resource_id)
        .join(datasets, datasets.c.id == resources.c.dataset_id)
        .where(releases.c.id.in_(newest), ~taken_back.exists())
    )
    with store.read() as connection:
        return {(row.dataset_slug, row.resource_slug): _release(row) for row in connection.execute(found)}


def released(store: Store, dataset: str, resource: str) -> tuple[Release, ...]:
    """All releases of a resource (present or old slugs), newest first, withdrawn versions included. Raises NotFound."""
    with store.read() as connection:
        resource_id, _ = locate_resource(connection, dataset, resource)
        return tuple(_release(row) for row in connection.execute(_releases_of(resource_id)))


def withdraw(store: Store, dataset: str, resource: str, version: str, reason: str, now: datetime | None = None) -> None:
    """Take a version back for good (personal data): its addresses answer 410. Doing it twice changes nothing.

    Raises NotFound for a version that was never released.
    """
    with store.write() as connection:
        resource_id, _ = locate_resource(connection, dataset, resource)
        connection.execute(select(resources.c.id).where(resources.c.id == resource_id).with_for_update())
        known = connection.execute(_releases_of(resource_id).where(releases.c.version == version).limit(1)).first()
        if known is None:
            raise NotFound("Esta versión nunca se publicó.")
        if _withdrawn(connection, resource_id, version):
            return
        values = {"resource_id": resource_id, "version": version, "reason": reason}
        connection.execute(insert(withdrawals).values(withdrawn=now or datetime.now(UTC), **values))


def withdrawn(store: Store) -> frozenset[tuple[str, str, str]]:
    """Every version taken back, as (dataset, resource, version) by present slugs."""
    found = (
        select(datasets.c.slug, resources.c.slug, withdrawals.c.version)
        .join(resources, resources.c.id == withdrawals.c.resource_id)
        .join(datasets, datasets.c.id == resources.c.dataset_id)
    )
    with store.read() as connection:
        return frozenset((row[0], row[1], row[2]) for row in connection.execute(found))


def _releases_of(resource_id: int) -> Select[Any]:
    return select(releases).where(releases.c.resource_id == resource_id).order_by(releases.c.id.desc())


def _withdrawn(connection: Connection, resource_id: int, version: str) -> bool:
    found = select(withdrawals.c.version).where(
        withdrawals.c.resource_id == resource_id, withdrawals.c.version == version
    )
    return connection.execute(found).first() is not None


def _release(row: AnyRow) -> Release:
    return Release(row.id, row.dataset, row.resource, row.version, row.published, row.reason)
