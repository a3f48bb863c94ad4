"""ZIP of one or several files of the other formats; a shapefile's files count as one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile

from data_loaders.archives.members import Extracted, read_members
from data_loaders.archives.unpack import Budget, Member, open_zip, write_member
from data_loaders.geo.shapefile_parts import COMPANIONS, METADATA
from data_loaders.limits import MIB
from data_loaders.raw import Format, RawFile
from model.errors import LoadError
from model.recipe import Recipe

MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
IGNORED = ("__MACOSX", ".ds_store", "thumbs.db", "desktop.ini")
OFFICE = (
    (b"word/document.xml", "El archivo es un documento de Word, no una tabla."),
    (b"ppt/presentation.xml", "El archivo es una presentación, no una tabla."),
    (b"xl/workbook.bin", "El archivo es un libro XLSB; guárdelo como XLSX."),
    (b"application/vnd.oasis.opendocument", "El archivo es un documento de LibreOffice; guárdelo como XLSX o CSV."),
)


def sniff(head: bytes, _path: Path) -> int:
    """60 for a ZIP: a workbook, which is one too, is surer of itself."""
    return 60 if head.startswith(MAGICS) else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """Each member as its own tables, all archive checks passed."""
    _refuse_office(path)
    folder = workdir / "zip"
    folder.mkdir()
    with open_zip(path) as (archive, members):
        wanted = [m for m in members if not _ignored(m.name)]
        budget = Budget(path.stat().st_size)
        extracted = [
            one
            for at, group in enumerate(_groups(wanted))
            if (one := _extract(archive, group, folder / str(at), budget))
        ]
    return read_members(extracted, recipe, workdir, FORMAT.name)


def _refuse_office(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(256)
        file.seek(max(0, path.stat().st_size - MIB))
        end = file.read(MIB)
    for mark, reason in OFFICE:
        if mark in end or mark in start:
            raise LoadError(reason)


def _ignored(name: str) -> bool:
    return any(part in IGNORED for part in PurePosixPath(name.lower()).parts) or name.startswith("__MACOSX/")


def _groups(members: list[Member]) -> list[list[Member]]:
    """Members to be read together: each alone, but a shapefile with its companions, the `.shp` first."""
    bases = {m.name[:-4].lower(): m for m in members if m.name.lower().endswith(".shp")}
    groups: dict[str, list[Member]] = {}
    for member in members:
        base = _shapefile_base(member.name.lower(), bases.keys())
        groups.setdefault(f"shp:{base}" if base is not None else member.name, []).append(member)
    return [sorted(group, key=lambda m: not m.name.lower().endswith(".shp")) for group in groups.values()]


def _shapefile_base(name: str, bases: object) -> str | None:
    for suffix in (METADATA, *COMPANIONS):
        if name.endswith(suffix) and name.removesuffix(suffix) in bases:  # type: ignore[operator]
            return name.removesuffix(suffix)
    return None


def _extract(archive: ZipFile, group: list[Member], folder: Path, budget: Budget) -> Extracted | None:
    """Writes a group under names of our own: `datos` and the member's last suffix."""
    folder.mkdir()
    for member in group:
        suffix = PurePosixPath(member.name).suffix.lower()
        if member.name.lower().endswith(METADATA):
            continue
        write_member(archive, member, folder / f"datos{suffix[:12]}", budget)
    first = PurePosixPath(group[0].name)
    return Extracted(group[0].name, folder / f"datos{first.suffix.lower()[:12]}")


def _example() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("datos/municipios.csv", "clave,municipio\n01,Ñu\n02,Oa\n")
    return out.getvalue()


FORMAT = Format("ZIP", "Archivo ZIP", (".zip",), sniff, read, _example, (("01", "Ñu"), ("02", "Oa")))
