"""What a version is made of: the bytes of its source, the recipe and the revision of the ingest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from data_loaders.geo.shapefile_parts import shapefile_parts
from model.errors import LoadError
from model.recipe import Recipe

REVISION = 3  # raise it when the same bytes would be stored otherwise
CHUNK = 1 << 20


def parts(path: Path) -> tuple[tuple[str, Path], ...]:
    """The files that make one source, with the names under which the original is kept, in order.

    A folder: all files below it. A shapefile: the .shp with its .dbf, .shx, .prj and .cpg. A part of a hive folder
    keeps its `key=value` folders, which are data. LoadError where there is nothing.
    """
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        found = tuple((f"{path.name}/{p.relative_to(path).as_posix()}", p) for p in files)
    elif path.is_file():
        hive = [parent.name for parent in path.parents if "=" in parent.name]
        prefix = "".join(f"{name}/" for name in reversed(hive))
        family = shapefile_parts(path) if path.suffix.lower() == ".shp" else ()
        found = tuple((prefix + p.name, p) for p in (path, *(p for p in family if p != path)))
    else:
        found = ()
    if not found:
        raise LoadError("El archivo no está en el catálogo.")
    return found


def digest(files: tuple[tuple[str, Path], ...]) -> str:
    """SHA-256 of one file's bytes; of several, of their names, and the SHA-256 of each, in order."""
    if len(files) == 1:
        return _sha256(files[0][1])
    whole = hashlib.sha256()
    for name, path in files:
        whole.update(f"{name}\0{_sha256(path)}\n".encode())
    return whole.hexdigest()


def version_name(files: tuple[tuple[str, Path], ...], sha256: str, recipe: Recipe, names: str = "") -> str:
    """The first 12 hex digits of the SHA-256 of all that decides what is stored.

    `names` is the digest of the municipal names by which rows may be placed, "" where there are none.
    """
    identity = {
        "source": sha256,
        "folders": [name.rpartition("/")[0] for name, _ in files if "=" in name],
        "recipe": asdict(recipe),
        "revision": REVISION,
    } | ({"names": names} if names else {})
    return hashlib.sha256(json.dumps(identity, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
