"""The long-lived things of one process, and the one door to data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, request

import figures.charts
from config import Settings
from data_loaders.engine import Engine
from data_loaders.lake import Lake
from figures.drawing import Chart
from model.dataset import Dataset, Resource
from model.errors import NotFound, NotReady, Withdrawn
from model.load import LoadState
from model.recipe import Lookup, Population
from model.registry import discover
from model.version import Manifest, Release, TableProfile
from model.view import View
from portal.answer import Question
from portal.cache import Answers
from portal.counting import Counts
from portal.snapshot import Snapshot, SnapshotKeeper
from portal.territory import place_names
from query.complete import complete
from query.resolve import resolve
from query.schema import MUNICIPALITY, Schema
from query.words import Words, describe
from store import catalogue as stored
from store.database import Store
from store.releases import released

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
    cache: Answers
    keeper: SnapshotKeeper
    counts: Counts

    @property
    def snapshot(self) -> Snapshot:
        """The catalogue as it stood at most two seconds ago."""
        return self.keeper.get()

    def dataset(self, slug: str) -> Dataset:
        """The dataset, also one that its source no longer lists; Moved for an old slug, NotFound."""
        found = self.snapshot.datasets.get(slug)
        return found or stored.dataset(self.store, slug)

    def resource(self, dataset: str, resource: str) -> tuple[Dataset, Resource]:
        """The dataset and its resource; Moved for old slugs, NotFound."""
        home = self.snapshot.datasets.get(dataset)
        found = home.resource(resource) if home else None
        return (home, found) if home and found else stored.resource(self.store, dataset, resource)

    def manifest(self, dataset: str, resource: str, version: str = "") -> tuple[Manifest, Release]:
        """The manifest of a version ("": the released one) and its newest release; only released versions answer.

        Raises NotFound (no such version, or its load failed: the reason), NotReady (still loading), Withdrawn.
        """
        self.resource(dataset, resource)
        snapshot = self.snapshot
        release = snapshot.releases.get((dataset, resource))
        if (dataset, resource, version or (release.version if release else "")) in snapshot.withdrawn:
            raise Withdrawn("Esta versión fue retirada por quien la publicó.")
        if version and (release is None or release.version != version):
            release = _past_release(self.store, dataset, resource, version)
        if release is None:
            raise self._without_version(dataset, resource)
        return read_version(self.lake, release.dataset, release.resource, release.version), release

    def _without_version(self, dataset: str, resource: str) -> NotFound | NotReady:
        _, found = self.resource(dataset, resource)
        load = self.snapshot.loads.get((dataset, resource))
        if load is not None and load.state in (LoadState.PENDING, LoadState.LOADING):
            return NotReady("Estamos cargando estos datos. Intente de nuevo en unos segundos.")
        reason = load.reason if load and load.reason else found.unavailable or "El archivo no está en este sitio."
        return NotFound(f"Este recurso no se puede explorar. {reason}")

    def withdrawn(self, manifest: Manifest) -> frozenset[str]:
        """The versions that a version looks things up in and that were withdrawn since."""
        gone = {version for _, _, version in self.snapshot.withdrawn}
        targets = {t.version for t in (*manifest.lookups, manifest.population) if t}
        return frozenset(targets & gone) if gone else frozenset()

    def schema(self, manifest: Manifest) -> Schema:
        """What a question over the version may name."""
        return schema_of(self.lake, manifest, self.withdrawn(manifest))

    @property
    def base_url(self) -> str:
        """The site's public address: the one of the settings, else the one that this request came to."""
        return self.settings.base_url or request.host_url.rstrip("/")

    def question(self, view: View) -> Question:
        """The view made canonical and complete against its version; nothing is computed yet."""
        dataset, resource = self.resource(view.dataset, view.resource)
        manifest, release = self.manifest(view.dataset, view.resource, view.version)
        lies_at = (manifest.dataset, manifest.resource, manifest.version)
        canonical, words = _canonical(self.lake, view, lies_at, self.settings.territories, self.withdrawn(manifest))
        if not canonical.grouped:
            words = replace(words, title=f"{dataset.title}: {resource.title}")
        return Question(
            view=canonical,
            dataset=dataset,
            resource=resource,
            manifest=manifest,
            release=release,
            profile=self.schema(manifest).table(canonical.table),
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


def schema_of(lake: Lake, manifest: Manifest, withdrawn: frozenset[str] = frozenset()) -> Schema:
    """The manifest with the profiles of the tables that its lookups and its population name, without withdrawn ones."""
    population = manifest.population if manifest.population and manifest.population.version not in withdrawn else None
    kept = tuple(item for item in manifest.lookups if item.version not in withdrawn)
    lookups = {item.name: _target(lake, item) for item in kept}
    known = replace(manifest, lookups=kept, population=population)
    return Schema(known, lookups, _target(lake, population) if population else None)


def _target(lake: Lake, target: Lookup | Population) -> TableProfile:
    found = read_version(lake, target.dataset, target.resource, target.version).table(target.table)
    if found is None:
        raise NotFound("No existe la tabla vinculada.")
    return found


@lru_cache(maxsize=4096)
def _canonical(
    lake: Lake, view: View, lies_at: tuple[str, str, str], territories: Path | None, withdrawn: frozenset[str]
) -> tuple[View, Words]:
    """Canonical, complete for its chart, and said in words: a pure function of the view and where its version lies."""
    manifest = read_version(lake, *lies_at)
    schema = schema_of(lake, manifest, withdrawn)
    canonical = replace(resolve(view, schema, charts()), version=manifest.version)
    canonical = complete(canonical, schema.table(canonical.table), charts(), schema.lookups)
    return canonical, describe(canonical, schema, place_names(territories).get(MUNICIPALITY), charts())


def install(app: Flask, portal: Portal) -> None:
    """Put the portal where `get_portal` finds it."""
    app.extensions[EXTENSION] = portal


def get_portal() -> Portal:
    """The portal of the current app."""
    found = current_app.extensions[EXTENSION]
    if not isinstance(found, Portal):
        raise TypeError("the app has no portal installed")
    return found


def _past_release(store: Store, dataset: str, resource: str, version: str) -> Release:
    found = [r for r in released(store, dataset, resource) if r.version == version]
    if not found:
        raise NotFound("No existe esta versión de los datos.")
    return max(found, key=lambda r: r.id)
