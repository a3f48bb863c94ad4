"""Harvest a catalogue, load what changed, and release it."""

from __future__ import annotations

import glob
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Event, Thread

from config import Settings
from data_loaders.harvest import read_catalogue
from data_loaders.load import complete, load, version_of
from data_loaders.order import Limits, LoadOrder, Progress
from data_loaders.overlay import read_overlay
from data_loaders.places import is_link, locate
from model.dataset import Harvest
from model.errors import LoadError, StoreDown
from model.load import Load, LoadState
from model.recipe import Overlay, Recipe
from model.version import Manifest, TableRef
from portal.own import FOLDER, is_own
from portal.portal import Portal
from portal.usecases.contained import Contained
from portal.usecases.notices import followers
from portal.usecases.own_datasets import CATALOGUE
from portal.usecases.recipes import resolved_recipe
from portal.usecases.surveys import seed_surveys
from store.catalogue import save_harvest
from store.database import Store
from store.loads import claim, enqueue, fail, finish, renew, states
from store.releases import current, publish

Say = Callable[[str], None]
HEARTBEAT_SECONDS = 20.0  # a third of a claim's lease


@dataclass(frozen=True, slots=True)
class Job:
    """One resource of the catalogue with the file it names."""

    dataset: str
    resource: str
    path: Path


@dataclass(frozen=True, slots=True)
class Ingest:
    """The work of one ingest process over one harvest of a catalogue folder."""

    portal: Portal
    overlay: Overlay
    harvest: Harvest
    jobs: tuple[Job, ...]
    expected: frozenset[tuple[str, str]]
    worker: str
    say: Say
    given_up: set[tuple[str, str, str]] = field(default_factory=set)  # copies that failed: not before the next start


def open_ingest(portal: Portal, say: Say) -> Ingest:
    """Read the catalogue and keep its metadata; nothing is loaded yet.

    `portal.toml` stands beside the catalogue, or in the overlay folder of the settings.
    """
    settings = portal.settings
    overlay = read_overlay(settings.overlay or settings.catalog)
    found = save_harvest(portal.store, _read(settings, overlay))
    portal.keeper.forget()
    seed_surveys(portal, say)
    for problem in found.problems:
        say(f"  ! {problem.where}: {problem.reason}")
    worker = f"{socket.gethostname()}-{os.getpid()}"
    jobs = _jobs(settings, found)
    return Ingest(portal, overlay, found, jobs, frozenset((j.dataset, j.resource) for j in jobs), worker, say)


def work(ingest: Ingest) -> Iterator[LoadState]:
    """Queue what changed and load it, one by one, until nothing is left; yields how each ended. Raises StoreDown.

    Those who follow a view are told after each load, those who follow a dataset when nothing is left to load. Then the
    released versions that have no native copy yet get theirs; they answer without it.
    """
    _enqueue(ingest)
    while (job := claim(ingest.portal.store, ingest.worker)) is not None:
        yield _run(ingest, job)
        followers.released(ingest.portal)
        _enqueue(ingest)
    followers.released(ingest.portal)
    followers.updated(ingest.portal)
    _complete(ingest)


def _complete(ingest: Ingest) -> None:
    """Copy what has no native copy; a copy that fails is not tried again by this process."""
    for release in current(ingest.portal.store).values():
        name = (release.dataset, release.resource, release.version)
        if name in ingest.given_up:
            continue
        with Contained("/".join(name)) as end:
            complete(ingest.portal.lake, TableRef(*name), _limits(ingest))
        if end.reason:
            ingest.say(f"  ! {release.dataset}/{release.resource}: sin copia rápida. {end.reason}")
            ingest.given_up.add(name)


def _read(settings: Settings, overlay: Overlay) -> Harvest:
    """The catalogue and, beside it, the portal's own data.

    A catalogue out of order is left as it is: with our own datasets beside it, all others would look gone.
    """
    found = read_catalogue(settings.catalog, overlay.agencies)
    folder = settings.var / FOLDER
    if not found.datasets or not (folder / CATALOGUE).is_file():
        return found
    own = read_catalogue(folder)
    return Harvest((*found.datasets, *own.datasets), (*found.problems, *own.problems))


def _jobs(settings: Settings, harvest: Harvest) -> tuple[Job, ...]:
    found = []
    for dataset in harvest.datasets:
        folder = settings.var / FOLDER if is_own(dataset) else settings.catalog
        for resource in dataset.resources:
            path = None if is_link(resource.location) else locate(folder, resource.location)
            if path is not None:
                found.append(Job(dataset.slug, resource.slug, path))
    return tuple(found)


def _enqueue(ingest: Ingest) -> None:
    """Queue each file whose version (bytes, recipe, reader) is not the one last loaded."""
    store = ingest.portal.store
    releases, loads = current(store), states(store)
    for job in ingest.jobs:
        recipe = resolved_recipe(ingest.overlay, (job.dataset, job.resource), releases, loads, ingest.expected)
        if recipe is not None and job.path.exists():
            version = _version(job.path, _stamp(job.path), recipe, ingest.portal.settings.territories)
            enqueue(store, job.dataset, job.resource, str(job.path), version, size=job.path.stat().st_size)


def _stamp(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of a source's files: while they stay, its bytes need no new hash."""
    home = path if path.is_dir() else path.parent
    found = sorted(home.rglob("*")) if path.is_dir() else sorted(home.glob(f"{glob.escape(path.stem)}.*"))
    return tuple((file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in found if file.is_file())


@lru_cache(maxsize=10_000)
def _version(path: Path, _stamp: tuple[tuple[str, int, int], ...], recipe: Recipe, territories: Path | None) -> str:
    return version_of(path, recipe, territories)[0]


def _run(ingest: Ingest, job: Load) -> LoadState:
    """Load one resource and release it; whatever goes wrong with one stays with that one. Raises StoreDown."""
    name = f"{job.dataset}/{job.resource}"
    with Contained(name) as end, _held(ingest.portal.store, job) as kept:
        manifest = _load(ingest, job, kept)
        released = _release(ingest.portal, job, manifest)
    if end.reason:
        ingest.say(f"  ✗ {name}: {end.reason}")
        fail(ingest.portal.store, job, end.reason)
        return LoadState.FAILED
    if released:
        rows = sum(t.rows for t in manifest.tables if t.name == "datos")
        ingest.say(f"  ✓ {name}: {rows:,} renglones")
    finish(ingest.portal.store, job, manifest.version)
    return LoadState.READY


def _load(ingest: Ingest, job: Load, kept: Callable[[], bool]) -> Manifest:
    settings, store = ingest.portal.settings, ingest.portal.store
    key = (job.dataset, job.resource)
    recipe = resolved_recipe(ingest.overlay, key, current(store), states(store), ingest.expected)
    if recipe is None:
        raise LoadError("Este archivo espera a otro que se está cargando.")
    order = LoadOrder(*key, Path(job.source), recipe, settings.lake, _limits(ingest), settings.territories)

    def tell(step: Progress) -> None:
        share = "" if step.percent is None else f" {step.percent:.0f} %"
        if not kept() or not renew(store, job, f"{step.phase}{share}"):
            raise LoadError("Otro proceso tomó este archivo.")

    return load(order, tell)


def _limits(ingest: Ingest) -> Limits:
    settings = ingest.portal.settings
    return Limits(
        memory_bytes=settings.ingest_memory_bytes,
        seconds=settings.ingest_seconds,
        file_bytes=settings.ingest_file_bytes,
    )


@contextmanager
def _held(store: Store, job: Load) -> Iterator[Callable[[], bool]]:
    """Keep the claim of a job alive while its load says nothing; the value tells whether it is still ours."""
    over, lost = Event(), Event()

    def beat() -> None:
        while not over.wait(HEARTBEAT_SECONDS):
            try:
                if not renew(store, job):
                    lost.set()
            except StoreDown:
                continue

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield lambda: not lost.is_set()
    finally:
        over.set()
        thread.join()


def _release(portal: Portal, job: Load, manifest: Manifest) -> bool:
    """Release the version unless it is the released one already."""
    now = current(portal.store).get((job.dataset, job.resource))
    if now is not None and now.version == manifest.version:
        return False
    publish(portal.store, job.dataset, job.resource, manifest.version)
    portal.keeper.forget()
    return True
