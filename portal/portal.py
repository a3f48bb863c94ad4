"""The long-lived things of one process, and the one door to data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Flask, current_app
from flask_caching import Cache
from query.suggest import complete
from query.words import Words, describe

import figures.charts
from config import Settings
from data_loaders.engine import Engine
from data_loaders.lake import Lake
from figures.drawing import Chart
from model.errors import NotFound, NotReady, Withdrawn
from model.recipe import Lookup, Population
from model.registry import discover
from model.version import Manifest, Release, TableProfile
from model.view import View
from portal.answer import Question
from portal.search import Index, build_index
from portal.snapshot import Snapshot, SnapshotKeeper
from query.resolve import resolve
from query.schema import Schema
from store.database import Store

EXTENSION = "ventanilla"


@lru_cache(maxsize=1)
def charts() -> Mapping[str, Chart]:
    """The drawer of charts, by name, in the order in which people are offered them."""
    found = [c for c in discover(figures.charts, "CHART") if isinstance(c, Chart)]
    return {c.name: c for c in sorted(found, key=lambda c: c.order)}


@dataclass(frozen=True, slots=True, eq=False)
class Portal:
    """What every request shares. Reached by `get_portal()`; made once by `app.create_app`."""

    settings: Settings
    store: Store
    lake: Lake
    engine: Engine
    cache: Cache
    keeper: SnapshotKeeper

    @property
    def snapshot(self) -> Snapshot:
        """The catalogue as it stood at most two seconds ago."""
        return self.keeper.get()

    def index(self) -> Index:
        """The search index over the present snapshot."""
        return build_index(self.snapshot, self.lake)

    def manifest(self, dataset: str, resource: str, version: str = "") -> tuple[Manifest, Release | None]:
        """The manifest of a version ("": the released one) and its release.

        Raises NotFound, NotReady (still loading, or its load failed: the reason), Withdrawn.
        """
        snapshot = self.snapshot
        snapshot.resource(dataset, resource)
        release = snapshot.releases.get((dataset, resource))
        wanted = version or (release.version if release else "")
        if not wanted:
            raise _without_version(snapshot, dataset, resource)
        if (dataset, resource, wanted) in snapshot.withdrawn:
            raise Withdrawn("Esta versión fue retirada por quien la publicó.")
        manifest = read_version(self.lake, dataset, resource, wanted)
        return manifest, release if release and release.version == wanted else None

    def question(self, view: View) -> Question:
        """The view made canonical and complete against its version; nothing is computed yet."""
        dataset, resource = self.snapshot.resource(view.dataset, view.resource)
        manifest, release = self.manifest(view.dataset, view.resource, view.version)
        canonical, words = _canonical(self.lake, view, manifest.version)
        return Question(
            view=canonical,
            dataset=dataset,
            resource=resource,
            manifest=manifest,
            release=release,
            profile=schema_of(self.lake, manifest).table(canonical.table),
            words=words,
            pinned=bool(view.version),
        )


@lru_cache(maxsize=256)
def read_version(lake: Lake, dataset: str, resource: str, version: str) -> Manifest:
    """The manifest of a version, read once: it never changes. NotFound."""
    manifest = lake.manifest(dataset, resource, version)
    if manifest is None:
        raise NotFound("No existe esta versión de los datos.")
    return manifest


def schema_of(lake: Lake, manifest: Manifest) -> Schema:
    """The manifest with the profiles of the tables that its lookups and its population name."""
    population = manifest.population
    lookups = {item.name: _target(lake, item) for item in manifest.lookups}
    return Schema(manifest, lookups, _target(lake, population) if population else None)


def _target(lake: Lake, target: Lookup | Population) -> TableProfile:
    found = read_version(lake, target.dataset, target.resource, target.version).table(target.table)
    if found is None:
        raise NotFound("No existe la tabla vinculada.")
    return found


@lru_cache(maxsize=4096)
def _canonical(lake: Lake, view: View, version: str) -> tuple[View, Words]:
    """Canonical, complete for its chart, and said in words: a pure function of the view and its version."""
    schema = schema_of(lake, read_version(lake, view.dataset, view.resource, version))
    canonical = replace(resolve(view, schema, charts=("table", *charts())), version=version)
    if canonical.chart in charts():
        canonical = complete(canonical, schema.table(canonical.table))
    return canonical, describe(canonical, schema)


def install(app: Flask, portal: Portal) -> None:
    """Put the portal where `get_portal` finds it."""
    app.extensions[EXTENSION] = portal


def get_portal() -> Portal:
    """The portal of the current app."""
    found = current_app.extensions[EXTENSION]
    if not isinstance(found, Portal):
        raise TypeError("the app has no portal installed")
    return found


def _without_version(snapshot: Snapshot, dataset: str, resource: str) -> NotFound | NotReady:
    load = snapshot.loads.get((dataset, resource))
    if load is None or load.state == "fallida":
        reason = load.reason if load else "El archivo no está en este sitio."
        return NotFound(f"Este recurso no se puede explorar: {reason}")
    return NotReady("Estamos cargando estos datos. Intente de nuevo en unos segundos.")
