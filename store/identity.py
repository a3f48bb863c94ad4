"""Who is who: slugs change with titles and old ones redirect, identity is the source's identifier."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from model import spelling
from model.errors import NotFound
from store.tables.base import AnyRow, storable
from store.tables.catalogue import datasets, old_dataset_slugs, old_resource_slugs, resources

LONGEST_IDENTIFIER = 500  # PostgreSQL indexes up to 2,704 bytes


@dataclass(frozen=True, slots=True)
class Located:
    """A dataset, and perhaps a resource of it, with their present slugs."""

    dataset_id: int
    dataset: str
    resource_id: int | None = None
    resource: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a harvest says of one dataset or resource; `values` are the further columns of its row."""

    identifier: str
    slug: str
    title: str
    values: dict[str, Any]


def locate(connection: Connection, dataset: str, resource: str = "") -> Located:
    """The dataset (and resource) with these slugs, present or old. Raises NotFound."""
    found = _by_slug(connection, datasets, old_dataset_slugs, dataset, {})
    if found is None:
        raise NotFound("No existe este conjunto de datos.")
    if not resource:
        return Located(found.id, found.slug)
    part = _by_slug(connection, resources, old_resource_slugs, resource, {"dataset_id": found.id})
    if part is None:
        raise NotFound("No existe este recurso en el conjunto de datos.")
    return Located(found.id, found.slug, part.id, part.slug)


def locate_resource(connection: Connection, dataset: str, resource: str) -> tuple[int, Located]:
    """The id of a resource, and where it is. Raises NotFound."""
    located = locate(connection, dataset, resource)
    if located.resource_id is None:
        raise NotFound("No existe este recurso en el conjunto de datos.")
    return located.resource_id, located


def key_of(identifier: str) -> str:
    """The identifier as it is kept and compared: storable, and of a length that can be indexed."""
    text = storable(identifier)
    if len(text) <= LONGEST_IDENTIFIER:
        return text
    return f"{text[:LONGEST_IDENTIFIER]}#{hashlib.sha256(text.encode()).hexdigest()}"


@dataclass(slots=True)
class Shelf:
    """The rows of one table that share a `scope` (a dataset's resources, or all datasets), while a harvest is saved.

    `taken` holds each slug that leads somewhere, present or old, with the id of the row it leads to.
    """

    table: Table
    old: Table
    owner: str
    scope: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, AnyRow] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)

    def put(self, connection: Connection, entry: Entry, now: datetime) -> int:
        """Insert or update the row of `entry`, no longer stale; its id."""
        key, title = key_of(entry.identifier), storable(entry.title)
        row = self.rows.get(key)
        if row is None:
            slug = self._free(entry.slug, None)
            values = {"identifier": key, "slug": slug, "title": title, "stale": False, **self.scope, **entry.values}
            fresh = insert(self.table).values(first_seen=now, last_seen=now, **values).returning(self.table.c.id)
            made = int(connection.execute(fresh).scalar_one())
            self.taken[slug] = made
            return made
        slug = row.slug if row.title == title else self._free(entry.slug, row.id)
        if slug != row.slug:
            self._rename(connection, row, slug)
        values = {"slug": slug, "title": title, "stale": False, **entry.values}
        changed = {name: value for name, value in values.items() if row._mapping[name] != value}
        if changed:
            connection.execute(update(self.table).where(self.table.c.id == row.id).values(**changed))
        return int(row.id)

    def _free(self, wanted: str, own: int | None) -> str:
        base = candidate = spelling.slug(wanted)
        n = 1
        while candidate in self.taken and self.taken[candidate] != own:
            n += 1
            candidate = f"{base}-{n}"
        return candidate

    def _rename(self, connection: Connection, row: AnyRow, slug: str) -> None:
        mine = [self.old.c[name] == value for name, value in self.scope.items()]
        connection.execute(delete(self.old).where(self.old.c.slug == slug, *mine))
        connection.execute(insert(self.old).values({"slug": row.slug, self.owner: row.id, **self.scope}))
        self.taken[slug] = row.id


def _by_slug(connection: Connection, table: Table, old: Table, slug: str, scope: dict[str, Any]) -> AnyRow | None:
    """(id, present slug) of the row that `slug` leads to."""
    present = select(table.c.id, table.c.slug).where(
        table.c.slug == slug, *(table.c[name] == value for name, value in scope.items())
    )
    found = connection.execute(present).first()
    if found is not None:
        return found
    owner = old.c.dataset_id if table is datasets else old.c.resource_id
    former = (
        select(table.c.id, table.c.slug)
        .join(old, owner == table.c.id)
        .where(old.c.slug == slug, *(old.c[name] == value for name, value in scope.items()))
    )
    return connection.execute(former).first()
