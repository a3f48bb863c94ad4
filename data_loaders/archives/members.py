"""The files that came out of an archive, each read by its own format: a table per member."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from data_loaders.detect import detect
from data_loaders.raw import RawFile, RawTable
from model.errors import LoadError
from model.recipe import Recipe

ARCHIVES = ("ZIP", "GZ")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A member's own name, and where we wrote it."""

    name: str
    path: Path


def read_members(members: list[Extracted], recipe: Recipe, workdir: Path, name: str) -> RawFile:
    """All tables of the members that hold one; the others are named with their reason. LoadError where none does."""
    read: list[tuple[str, RawFile]] = []
    refused: list[tuple[str, str]] = []
    for at, member in enumerate(members):
        folder = workdir / f"miembro{at}"
        folder.mkdir()
        try:
            read.append((member.name, _read_one(member, recipe, folder)))
        except LoadError as error:
            refused.append((member.name, error.message))
    if not read:
        raise _nothing(refused, name)
    tables = [table for member, file in read for table in _named(member, file, alone=len(read) == 1)]
    notes = [f"«{member}» no se cargó: {reason}" for member, reason in refused]
    for inner, file in read:
        notes += file.notes if len(read) == 1 else [f"{inner}: {note}" for note in file.notes]
    kinds = "+".join(dict.fromkeys(file.format for _, file in read))
    encodings = dict.fromkeys(file.encoding for _, file in read)
    return RawFile(f"{name} ({kinds})", tuple(tables), ", ".join(encodings), tuple(notes))


def _read_one(member: Extracted, recipe: Recipe, folder: Path) -> RawFile:
    found = detect(member.path)
    if found.name in ARCHIVES:
        raise LoadError("Es un archivo comprimido dentro de otro; publíquelo por separado.")
    return found.read(member.path, recipe, folder)


def _named(member: str, file: RawFile, alone: bool) -> list[RawTable]:
    stem = PurePosixPath(member).stem
    if alone:
        return list(file.tables)
    return [replace(t, name=f"{stem} – {t.name}" if t.name else stem) for t in file.tables]


def _nothing(refused: list[tuple[str, str]], name: str) -> LoadError:
    if not refused:
        return LoadError(f"El {name} está vacío.")
    member, reason = refused[0]
    others = f" (y otros {len(refused) - 1:,} archivos que tampoco se pudieron leer)" if len(refused) > 1 else ""
    return LoadError(f"El {name} no trae ninguna tabla que se pueda leer. «{member[:80]}»: {reason}{others}")
