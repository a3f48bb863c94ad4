"""GZ of one file of the other formats."""

from __future__ import annotations

import gzip
from pathlib import Path, PurePosixPath

from data_loaders.archives.members import Extracted, read_members
from data_loaders.archives.unpack import write_gzip
from data_loaders.raw import Format, RawFile
from model.recipe import Recipe

MAGIC = b"\x1f\x8b\x08"


def sniff(head: bytes, _path: Path) -> int:
    """70 by the magic bytes."""
    return 70 if head.startswith(MAGIC) else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """The tables of the file inside, which is named as the archive without its last suffix."""
    inner = path.name[: -len(path.suffix)] if path.suffix.lower() == ".gz" else path.name
    target = workdir / f"datos{PurePosixPath(inner).suffix.lower()[:12]}"
    write_gzip(path, target)
    return read_members([Extracted(inner, target)], recipe, workdir, FORMAT.name)


def _example() -> bytes:
    return gzip.compress("clave,municipio\n01,Ñu\n02,Oa\n".encode(), mtime=0)


FORMAT = Format("GZ", "Archivo GZ", (".gz",), sniff, read, _example, (("01", "Ñu"), ("02", "Oa")))
