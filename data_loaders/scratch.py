"""Temporary folders of loads: locked while someone works in them, swept when nobody does."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".carga-"
LOCK = ".en-uso"


@contextmanager
def scratch_folder(parent: Path) -> Iterator[tuple[Path, int]]:
    """A new folder beside the versions, and the descriptor of its lock, which a child must inherit.

    The system lets the lock go when the last process that holds it dies, however it dies. The folder is removed
    at the end, unless it was renamed.
    """
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / f"{PREFIX}{secrets.token_hex(8)}"
    folder.mkdir()
    lock = os.open(parent / f"{folder.name}{LOCK}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder, lock
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        (parent / f"{folder.name}{LOCK}").unlink(missing_ok=True)
        os.close(lock)


@contextmanager
def held_alone(folder: Path) -> Iterator[bool]:
    """Whether no other process holds `folder`; if so, it is held until the end, or until this process dies."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def sweep(parent: Path) -> None:
    """Remove the folders that dead loads left in `parent`."""
    for lock_path in parent.glob(f"{PREFIX}*{LOCK}"):
        lock = os.open(lock_path, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(parent / lock_path.name.removesuffix(LOCK), ignore_errors=True)
            lock_path.unlink(missing_ok=True)
        finally:
            os.close(lock)


def sync_tree(folder: Path) -> None:
    """Force every file and folder below `folder` to disk."""
    for path in (*folder.rglob("*"), folder):
        if path.is_file():
            sync_file(path)
        else:
            sync_folder(path)


def sync_file(path: Path) -> None:
    """Force a file's bytes to disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Force the entries of a folder to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
