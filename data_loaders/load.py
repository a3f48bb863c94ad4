"""Brings one file into the lake: a killable child reads it, and only a finished version is published."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data_loaders.lake import MANIFEST, NATIVE, ORIGINAL, Lake
from data_loaders.manifest import converter, write_manifest
from data_loaders.order import Limits, LoadOrder, Progress
from data_loaders.process import run_child
from data_loaders.scratch import held_alone, scratch_folder, sweep, sync_file, sync_folder, sync_tree
from data_loaders.territories import names_digest
from data_loaders.versions import digest, parts, version_name
from model.errors import LoadError
from model.recipe import Recipe
from model.version import LoadReport, Manifest, TableProfile, TableRef

__all__ = ["Limits", "LoadError", "LoadOrder", "Progress", "complete", "load", "version_of"]

RESULT = "resultado.json"
WORK = "trabajo"
LOG = logging.getLogger(__name__)


def version_of(path: Path, recipe: Recipe, municipalities: Path | None = None) -> tuple[str, str]:
    """(version, SHA-256 of the source) that loading `path` would give. LoadError if nothing is there.

    `municipalities` as in the order: names added later place rows that had no place, which is another version.
    """
    files = parts(path)
    sha256 = digest(files)
    return version_name(files, sha256, recipe, names_digest(municipalities)), sha256


def load(order: LoadOrder, progress: Callable[[Progress], None] = lambda _: None) -> Manifest:
    """Load one source; a version that is already in the lake is given back at once.

    Raises LoadError with a Spanish reason; nothing is published then. `progress` is called from this thread.
    """
    lake = Lake(order.lake)
    home = lake.root / order.dataset / order.resource
    sweep(home)
    known = _known(order, lake)
    if known:
        return known
    with scratch_folder(home) as (folder, lock):
        progress(Progress("Se copia el archivo"))
        source, copied = _copy_original(order.path, folder / ORIGINAL)
        (folder / WORK).mkdir()
        with ThreadPoolExecutor(1) as meanwhile:
            sha256 = meanwhile.submit(digest, copied)
            run_child(_child_order(order, folder, source), order.limits, folder, lock, progress)
        version = version_name(copied, sha256.result(), order.recipe, names_digest(order.municipalities))
        manifest = _manifest(order, folder, version, sha256.result())
        _publish(folder, home / version, manifest)
    found = lake.manifest(order.dataset, order.resource, version)
    if found is None:
        raise LoadError("La versión no se pudo guardar.")
    return found


def complete(lake: Lake, ref: TableRef, limits: Limits, progress: Callable[[Progress], None] = lambda _: None) -> bool:
    """Give a version its native copy where it has none yet; False where that is so, or another process is at it.

    The version answers before, meanwhile and after; a copy that was interrupted leaves nothing. LoadError.
    """
    version, native = lake.folder(ref.dataset, ref.resource, ref.version), lake.tables(ref)
    if native.is_file() or not version.is_dir():
        return False
    sweep(version.parent)
    with held_alone(version) as alone, scratch_folder(version.parent) as (folder, lock):
        if not alone or native.is_file():
            return False
        (folder / WORK).mkdir()
        order = {"folder": str(folder), "version": str(version), "limits": asdict(limits)}
        run_child(order, limits, folder, lock, progress)
        sync_file(folder / NATIVE)
        os.replace(folder / NATIVE, native)
        sync_folder(version)
    return True


def _known(order: LoadOrder, lake: Lake) -> Manifest | None:
    """The version that is in the lake already. The source is only hashed where one of its size is."""
    size = sum(file.stat().st_size for _, file in parts(order.path))
    versions = lake.versions(order.dataset, order.resource)
    if not any(manifest.source_bytes == size for manifest in versions):
        return None
    version, _ = version_of(order.path, order.recipe, order.municipalities)
    return next((manifest for manifest in versions if manifest.version == version), None)


def _copy_original(path: Path, target: Path) -> tuple[str, tuple[tuple[str, Path], ...]]:
    """Copy the source's files: the name of the one to read, relative to `target`, and the copies with their names."""
    files = parts(path)
    for name, file in files:
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    return path.name if path.is_dir() else files[0][0], tuple((name, target / name) for name, _ in files)


def _child_order(order: LoadOrder, folder: Path, source: str) -> dict[str, Any]:
    return {
        "folder": str(folder),
        "source": source,
        "recipe": asdict(order.recipe),
        "limits": asdict(order.limits),
        "municipalities": str(order.municipalities.resolve()) if order.municipalities else "",
    }


def _manifest(order: LoadOrder, folder: Path, version: str, sha256: str) -> Manifest:
    result = json.loads((folder / RESULT).read_bytes())
    return Manifest(
        dataset=order.dataset,
        resource=order.resource,
        version=version,
        source_name=order.path.name,
        source_sha256=sha256,
        source_bytes=sum(p.stat().st_size for p in (folder / ORIGINAL).rglob("*") if p.is_file()),
        created=datetime.now(UTC),
        tables=converter().structure(result["tables"], tuple[TableProfile, ...]),
        report=converter().structure(result["report"], LoadReport),
        lookups=order.recipe.lookups,
        population=order.recipe.population,
    )


def _publish(folder: Path, target: Path, manifest: Manifest) -> None:
    """Make the finished folder the version: one rename, after everything is on disk."""
    shutil.rmtree(folder / WORK)
    (folder / RESULT).unlink()
    (folder / MANIFEST).write_bytes(write_manifest(manifest))
    sync_tree(folder)
    try:
        os.rename(folder, target)
    except OSError:
        if not target.is_dir():
            raise
        LOG.info("version %s was published by another loader meanwhile", manifest.version)
    sync_folder(target.parent)
