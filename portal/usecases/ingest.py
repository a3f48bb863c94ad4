"""Harvest a catalogue, load what changed, and release it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from data_loaders.harvest import read_catalogue
from data_loaders.load import load, version_of
from data_loaders.order import Limits, LoadOrder, Progress
from data_loaders.overlay import read_overlay
from data_loaders.places import is_link, locate
from model.dataset import Harvest
from model.errors import LoadError
from model.load import Load, LoadState
from model.recipe import Overlay, Recipe
from model.version import Manifest
from portal.portal import Portal
from portal.usecases.recipes import resolved_recipe
from store.catalogue import save_harvest
from store.loads import claim, enqueue, fail, finish, renew, states
from store.releases import current, publish

Say = Callable[[str], None]


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
    worker: str
    say: Say


def open_ingest(portal: Portal, say: Say) -> Ingest:
    """Read the catalogue and keep its metadata; nothing is loaded yet.

    `portal.toml` stands beside the catalogue, or in the overlay folder of the settings.
    """
    settings = portal.settings
    overlay = read_overlay(settings.overlay or settings.catalog)
    found = save_harvest(portal.store, read_catalogue(settings.catalog, overlay.agencies))
    portal.keeper.forget()
    for problem in found.problems:
        say(f"  ! {problem.where}: {problem.reason}")
    worker = f"{socket.gethostname()}-{os.getpid()}"
    return Ingest(portal, overlay, found, _jobs(settings.catalog, found), worker, say)


def work(ingest: Ingest) -> Iterator[LoadState]:
    """Queue what changed and load it, one by one, until nothing is left; yields how each ended."""
    _enqueue(ingest)
    while (job := claim(ingest.portal.store, ingest.worker, lease_seconds=_lease(ingest))) is not None:
        yield _run(ingest, job)
        _enqueue(ingest)


def _jobs(folder: Path, harvest: Harvest) -> tuple[Job, ...]:
    found = []
    for dataset in harvest.datasets:
        for resource in dataset.resources:
            path = None if is_link(resource.location) else locate(folder, resource.location)
            if path is not None:
                found.append(Job(dataset.slug, resource.slug, path))
    return tuple(found)


def _enqueue(ingest: Ingest) -> None:
    """Queue each file whose version (bytes, recipe, reader) is not the one last loaded."""
    store = ingest.portal.store
    for job in ingest.jobs:
        recipe = _recipe(ingest, job.dataset, job.resource)
        if recipe is not None:
            version, _ = version_of(job.path, recipe)
            enqueue(store, job.dataset, job.resource, str(job.path), version, size=job.path.stat().st_size)


def _recipe(ingest: Ingest, dataset: str, resource: str) -> Recipe | None:
    store = ingest.portal.store
    return resolved_recipe(ingest.overlay, dataset, resource, current(store), states(store))


def _run(ingest: Ingest, job: Load) -> LoadState:
    name = f"{job.dataset}/{job.resource}"
    try:
        manifest = _load(ingest, job)
    except LoadError as error:
        ingest.say(f"  ✗ {name}: {error.message}")
        fail(ingest.portal.store, job, error.message)
        return LoadState.FAILED
    if _release(ingest.portal, job, manifest):
        rows = sum(t.rows for t in manifest.tables if t.name == "datos")
        ingest.say(f"  ✓ {name}: {rows:,} renglones")
    finish(ingest.portal.store, job, manifest.version)
    return LoadState.READY


def _load(ingest: Ingest, job: Load) -> Manifest:
    settings = ingest.portal.settings
    recipe = _recipe(ingest, job.dataset, job.resource)
    if recipe is None:
        raise LoadError("Este archivo espera a otro que se está cargando.")
    limits = Limits(
        memory_bytes=settings.ingest_memory_bytes,
        seconds=settings.ingest_seconds,
        file_bytes=settings.ingest_file_bytes,
    )
    order = LoadOrder(job.dataset, job.resource, Path(job.source), recipe, settings.lake, limits, settings.territories)
    return load(order, lambda step: _say_progress(ingest, job, step))


def _say_progress(ingest: Ingest, job: Load, step: Progress) -> None:
    share = "" if step.percent is None else f" {step.percent:.0f} %"
    renew(ingest.portal.store, job, f"{step.phase}{share}", lease_seconds=_lease(ingest))


def _lease(ingest: Ingest) -> float:
    """Longer than any load may take: a worker that lives never loses its job to another."""
    return ingest.portal.settings.ingest_seconds + 60.0


def _release(portal: Portal, job: Load, manifest: Manifest) -> bool:
    """Release the version unless it is the released one already."""
    now = current(portal.store).get((job.dataset, job.resource))
    if now is not None and now.version == manifest.version:
        return False
    publish(portal.store, job.dataset, job.resource, manifest.version)
    portal.keeper.forget()
    return True
