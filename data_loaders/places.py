"""Paths of a catalogue: what a source names, found inside its folder and nowhere else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

LONGEST = 1000


def is_link(location: str) -> bool:
    """True where a resource's location is an address on the web, not a path in the catalogue."""
    return location.startswith(("http://", "https://"))


def locate(folder: Path, location: str) -> Path | None:
    """The file or folder that `location` (relative, already decoded) names inside `folder`.

    None if it is absolute, hidden, climbs out (by `..` or by a symbolic link, its own or of a file below it),
    or is not there.
    """
    parts = PurePosixPath(location).parts
    if not parts or len(location) > LONGEST or "\0" in location or "\\" in location or location.startswith("/"):
        return None
    if any(part.startswith(".") for part in parts):
        return None
    try:
        home = folder.resolve(strict=True)
        found = home.joinpath(*parts)
        if not inside(home, found):
            return None
        if found.is_dir() and not all(inside(home, child) for child in found.rglob("*")):
            return None
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return None
    return found


def inside(home: Path, path: Path) -> bool:
    """True if `path` exists and, links followed, lies below the resolved folder `home`.

    Raises OSError as the disk says, and RuntimeError for links in a circle.
    """
    real = path.resolve()
    return real != home and real.is_relative_to(home) and real.exists()
