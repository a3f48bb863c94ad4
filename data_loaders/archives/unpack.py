"""Archives opened with distrust: every name, size and offset is checked before, every byte counted during."""

from __future__ import annotations

import gzip
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from data_loaders.limits import GIB, LIMITS, MIB, FileLimits
from model.errors import LoadError

CHUNK = 256 * 1024
LOCAL_HEADER = struct.Struct("<4s22xHH")
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; `name` uses `/` and never leaves the archive's folder."""

    name: str
    info: zipfile.ZipInfo


@dataclass(slots=True)
class Budget:
    """How many inflated bytes are left, over all members of one archive of `packed` bytes."""

    packed: int
    limits: FileLimits = LIMITS
    spent: int = 0

    def spend(self, count: int) -> None:
        """LoadError when the archive inflates beyond bounds."""
        self.spent += count
        if self.spent > self.limits.inflated_bytes:
            raise LoadError(
                f"El archivo comprimido pasa de {self.limits.inflated_bytes / GIB:,.1f} GB al descomprimirse."
            )
        if self.spent > self.limits.ratio_from and self.spent > self.packed * self.limits.inflated_ratio:
            raise LoadError(
                f"El archivo comprimido crece más de {self.limits.inflated_ratio} veces al descomprimirse; "
                "parece hecho para agotar el servidor. Publique los datos sin comprimir."
            )


@contextmanager
def open_zip(path: Path, limits: FileLimits = LIMITS) -> Iterator[tuple[zipfile.ZipFile, tuple[Member, ...]]]:
    """The archive and its files (folders left out), all checks passed; LoadError otherwise."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _checked(archive, path, limits)
    except BROKEN as error:
        raise LoadError("El archivo ZIP está dañado o incompleto y no se puede abrir.") from error


def inflate(archive: zipfile.ZipFile, member: Member, budget: Budget) -> Iterator[bytes]:
    """The bytes of a member, counted as they come."""
    with archive.open(member.info) as source:
        yield from _counted(source, budget)


def write_member(archive: zipfile.ZipFile, member: Member, target: Path, budget: Budget) -> None:
    """Writes a member to `target`, a path of our own choosing."""
    with target.open("wb") as out:
        for chunk in inflate(archive, member, budget):
            out.write(chunk)


def write_gzip(path: Path, target: Path, limits: FileLimits = LIMITS) -> None:
    """Writes the inflated content of a gzip file to `target`; LoadError where it is broken or a bomb."""
    budget = Budget(path.stat().st_size, limits)
    try:
        with gzip.open(path) as source, target.open("wb") as out:
            for chunk in _counted(source, budget):
                out.write(chunk)
    except BROKEN as error:
        raise LoadError("El archivo GZ está dañado o incompleto y no se puede abrir.") from error


def _counted(source: IO[bytes] | gzip.GzipFile, budget: Budget) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        budget.spend(len(chunk))
        yield chunk


def _checked(archive: zipfile.ZipFile, path: Path, limits: FileLimits) -> tuple[Member, ...]:
    infos = archive.infolist()
    if len(infos) > limits.entries:
        raise LoadError(f"El ZIP trae {len(infos):,} archivos; el límite es {limits.entries:,}.")
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        raise LoadError("El ZIP trae dos archivos con el mismo nombre.")
    for info in infos:
        _check_entry(info)
    declared = sum(info.file_size for info in infos)
    if declared > limits.inflated_bytes:
        raise LoadError(
            f"El ZIP dice ocupar {declared / GIB:,.1f} GB; el límite es {limits.inflated_bytes / GIB:,.1f} GB."
        )
    size = path.stat().st_size
    if declared > limits.ratio_from and declared > size * limits.inflated_ratio:
        Budget(size, limits).spend(declared)
    _check_overlap(path, infos)
    return tuple(Member(safe_name(i.filename), i) for i in infos if not i.is_dir() and not i.filename.endswith("\\"))


def safe_name(name: str) -> str:
    """`name` with `/` between its parts; LoadError where it is absolute or climbs out of its folder."""
    parts = name.replace("\\", "/").split("/")
    if not parts[0] or ".." in parts or ":" in parts[0] or any(ord(c) < 32 for c in name):
        raise LoadError(f"El ZIP trae una ruta que sale de su carpeta: «{name[:80]!s}».")
    return "/".join(p for p in parts if p not in ("", "."))


def _check_entry(info: zipfile.ZipInfo) -> None:
    safe_name(info.filename)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise LoadError(f"El ZIP trae un enlace simbólico («{info.filename[:80]}»), que no se admite.")
    if info.flag_bits & ENCRYPTED:
        raise LoadError("El ZIP está protegido con contraseña.")


def _check_overlap(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """No two entries share bytes (CVE-2024-0450: zipfile before 3.11.8 does not look)."""
    end = 0
    with path.open("rb") as file:
        for info in sorted(infos, key=lambda i: i.header_offset):
            if info.header_offset < end:
                raise LoadError(
                    "El ZIP trae archivos encimados unos en otros; está dañado o hecho para agotar el servidor."
                )
            file.seek(info.header_offset)
            signature, name, extra = LOCAL_HEADER.unpack(_exactly(file, LOCAL_HEADER.size))
            if signature != b"PK\x03\x04":
                raise zipfile.BadZipFile
            end = info.header_offset + LOCAL_HEADER.size + name + extra + info.compress_size


def _exactly(file: IO[bytes], count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise zipfile.BadZipFile
    return data


def megabytes(count: int) -> str:
    """A size for people."""
    return f"{count / MIB:,.0f} MB"
