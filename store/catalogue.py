"""The catalogue as last harvested; what a later harvest lacks is marked stale and never deleted."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from cattrs.preconf.json import make_converter
from sqlalchemy import Connection, Table, delete, insert, select, update

from model.dataset import Agency, Dataset, Harvest, Problem, Resource
from model.errors import Moved
from store.database import Store
from store.identity import Entry, Shelf, key_of, locate
from store.tables.base import AnyRow
from store.tables.catalogue import datasets as dataset_rows
from store.tables.catalogue import harvest_problems, old_dataset_slugs, old_resource_slugs
from store.tables.catalogue import resources as resource_rows

_CONVERTER = make_converter()


def save_harvest(store: Store, harvest: Harvest, now: datetime | None = None) -> Harvest:
    """Take over what a source gives, one harvest at a time; the harvest as the store now holds it, with its own slugs.

    Raises StoreDown. A harvest with problems and without datasets is a source out of order: nothing becomes stale.
    """
    moment = now or datetime.now(UTC)
    with store.write(alone="harvest") as connection:
        repeated = _save_datasets(connection, harvest.datasets, moment) if harvest.datasets else []
        if not harvest.datasets and not harvest.problems:
            _mark_stale(connection, dataset_rows, set(), moment)
        connection.execute(delete(harvest_problems))
        told = (*harvest.problems, *repeated)
        if told:
            rows = [{"place": p.where, "reason": p.reason, "seen": moment} for p in told]
            connection.execute(insert(harvest_problems), rows)
        return Harvest(_read(connection, [dataset_rows.c.stale.is_(False)], stale=False), told)


def datasets(store: Store, stale: bool = False) -> tuple[Dataset, ...]:
    """The datasets of the last harvest, in its order; with `stale` also those that it lacks, each so marked."""
    with store.read() as connection:
        return _read(connection, [] if stale else [dataset_rows.c.stale.is_(False)], stale)


def dataset(store: Store, slug: str) -> Dataset:
    """The dataset with this slug, stale ones and stale resources included.

    Raises NotFound, or Moved to `/datos/<slug>` where the slug is an old one.
    """
    with store.read() as connection:
        located = locate(connection, slug)
        if located.dataset != slug:
            raise Moved(f"/datos/{located.dataset}")
        return _read(connection, [dataset_rows.c.id == located.dataset_id], True)[0]


def resource(store: Store, dataset_slug: str, slug: str) -> tuple[Dataset, Resource]:
    """The resource with these slugs and its dataset.

    Raises NotFound, or Moved to `/explora/<dataset>/<resource>` (without a query) where one of the slugs is an old one.
    """
    with store.read() as connection:
        located = locate(connection, dataset_slug, slug)
        if (located.dataset, located.resource) != (dataset_slug, slug):
            raise Moved(f"/explora/{located.dataset}/{located.resource}")
        owner = _read(connection, [dataset_rows.c.id == located.dataset_id], True)[0]
    return owner, next(r for r in owner.resources if r.slug == slug)


def problems(store: Store) -> tuple[Problem, ...]:
    """The entries that the last harvest could not take, in its order."""
    with store.read() as connection:
        rows = connection.execute(select(harvest_problems).order_by(harvest_problems.c.id))
        return tuple(Problem(row.place, row.reason) for row in rows)


def agency(store: Store, slug: str) -> Agency | None:
    """The agency with this slug, as its newest dataset names it; None where nothing is of it."""
    newest = (
        select(dataset_rows.c.metadata)
        .where(dataset_rows.c.agency == slug)
        .order_by(dataset_rows.c.stale, dataset_rows.c.id.desc())
        .limit(1)
    )
    with store.read() as connection:
        row = connection.execute(newest).first()
    return None if row is None else _CONVERTER.structure(row.metadata, Dataset).agency


def dataset_agency(store: Store, slug: str) -> str:
    """The slug of the agency that answers for a dataset (present or old slug). Raises NotFound."""
    with store.read() as connection:
        located = locate(connection, slug)
        found = connection.execute(select(dataset_rows.c.agency).where(dataset_rows.c.id == located.dataset_id))
        return str(found.scalar_one())


def _save_datasets(connection: Connection, harvested: Iterable[Dataset], now: datetime) -> list[Problem]:
    shelf = Shelf(dataset_rows, old_dataset_slugs, "dataset_id")
    _fill(connection, shelf)
    parts = _resource_shelves(connection)
    repeated: list[Problem] = []
    seen: set[int] = set()
    seen_parts: set[int] = set()
    keys: set[str] = set()
    for position, item in enumerate(harvested):
        key = key_of(item.identifier)
        if key in keys:
            repeated.append(Problem(item.title, "Otro conjunto de datos del catálogo usa el mismo identificador."))
            continue
        keys.add(key)
        bare = _CONVERTER.unstructure(dataclasses.replace(item, resources=()))
        values = {"metadata": bare, "position": position, "agency": item.agency.slug}
        row_id = shelf.put(connection, Entry(item.identifier, item.slug, item.title, values), now)
        seen.add(row_id)
        part = parts.get(row_id) or Shelf(resource_rows, old_resource_slugs, "resource_id", {"dataset_id": row_id})
        seen_parts |= _save_resources(connection, part, item, repeated, now)
    _mark_stale(connection, dataset_rows, seen, now)
    _mark_stale(connection, resource_rows, seen_parts, now)
    return repeated


def _save_resources(
    connection: Connection, shelf: Shelf, item: Dataset, repeated: list[Problem], now: datetime
) -> set[int]:
    """Put the resources of one dataset on its shelf; the ids of their rows. Clashes go to `repeated`."""
    seen: set[int] = set()
    keys: set[str] = set()
    for position, part in enumerate(item.resources):
        key = key_of(part.identifier)
        if key in keys:
            where = f"{item.title} / {part.title}"
            repeated.append(Problem(where, "Otro recurso de este conjunto usa el mismo identificador."))
            continue
        keys.add(key)
        values = {"metadata": _CONVERTER.unstructure(part), "position": position}
        seen.add(shelf.put(connection, Entry(part.identifier, part.slug, part.title, values), now))
    return seen


def _fill(connection: Connection, shelf: Shelf) -> None:
    for row in connection.execute(select(shelf.table)):
        shelf.rows[row.identifier] = row
        shelf.taken[row.slug] = row.id
    for row in connection.execute(select(shelf.old)):
        shelf.taken[row.slug] = row._mapping[shelf.owner]


def _resource_shelves(connection: Connection) -> dict[int, Shelf]:
    """One filled shelf a dataset, by two queries however many datasets there are."""
    shelves: dict[int, Shelf] = {}

    def of(dataset_id: int) -> Shelf:
        blank = Shelf(resource_rows, old_resource_slugs, "resource_id", {"dataset_id": dataset_id})
        return shelves.setdefault(dataset_id, blank)

    for row in connection.execute(select(resource_rows)):
        of(row.dataset_id).rows[row.identifier] = row
        of(row.dataset_id).taken[row.slug] = row.id
    for row in connection.execute(select(old_resource_slugs)):
        of(row.dataset_id).taken[row.slug] = row.resource_id
    return shelves


def _mark_stale(connection: Connection, table: Table, seen: set[int], now: datetime) -> None:
    fresh = set(connection.execute(select(table.c.id).where(table.c.stale.is_(False))).scalars())
    for lost in sorted(fresh - seen):
        connection.execute(update(table).where(table.c.id == lost).values(stale=True))
    connection.execute(update(table).where(table.c.stale.is_(False)).values(last_seen=now))


def _read(connection: Connection, where: list[Any], stale: bool) -> tuple[Dataset, ...]:
    found = select(dataset_rows).where(*where).order_by(dataset_rows.c.stale, dataset_rows.c.position)
    rows = connection.execute(found).all()
    parts = (
        select(resource_rows)
        .join(dataset_rows, dataset_rows.c.id == resource_rows.c.dataset_id)
        .where(*where, *([] if stale else [resource_rows.c.stale.is_(False)]))
        .order_by(resource_rows.c.stale, resource_rows.c.position)
    )
    by_dataset: defaultdict[int, list[Resource]] = defaultdict(list)
    for row in connection.execute(parts):
        by_dataset[row.dataset_id].append(_resource(row))
    return tuple(_dataset(row, tuple(by_dataset[row.id])) for row in rows)


def _dataset(row: AnyRow, parts: tuple[Resource, ...]) -> Dataset:
    kept = _CONVERTER.structure(row.metadata, Dataset)
    return dataclasses.replace(kept, slug=row.slug, stale=row.stale, resources=parts)


def _resource(row: AnyRow) -> Resource:
    kept = _CONVERTER.structure(row.metadata, Resource)
    return dataclasses.replace(kept, slug=row.slug, stale=row.stale)
