"""The files that make up a shapefile, wherever they lie side by side."""

from __future__ import annotations

from pathlib import Path

COMPANIONS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".fbn", ".fbx", ".ain", ".aih")
METADATA = ".shp.xml"
READ = (".dbf", ".prj", ".cpg", ".shx")


def shapefile_parts(path: Path) -> tuple[Path, ...]:
    """The `.shp` and those files beside it that reading needs, sorted; suffixes in any case."""
    wanted = {(path.stem + suffix).lower() for suffix in READ}
    beside = [p for p in path.parent.iterdir() if p.name.lower() in wanted and p.is_file() and not p.is_symlink()]
    return tuple(sorted([path, *beside]))


def part(path: Path, suffix: str) -> Path | None:
    """The companion with this suffix, or None."""
    return next((p for p in shapefile_parts(path) if p.suffix.lower() == suffix), None)
