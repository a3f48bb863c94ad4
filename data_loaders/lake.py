"""Where versions live on disk: `<root>/<dataset>/<resource>/<version>/`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data_loaders.manifest import read_manifest
from model.version import Manifest, TableRef

NATIVE = "tablas.duckdb"
MANIFEST = "manifest.json"
ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Lake:
    """The folder of versions. Paths are given whether or not the version is there."""

    root: Path

    def folder(self, dataset: str, resource: str, version: str) -> Path:
        """The folder of one version."""
        return self.root / dataset / resource / version

    def manifest(self, dataset: str, resource: str, version: str) -> Manifest | None:
        """What is known of a version; None where it was never loaded."""
        path = self.folder(dataset, resource, version) / MANIFEST
        try:
            return read_manifest(path.read_bytes())
        except FileNotFoundError:
            return None

    def versions(self, dataset: str, resource: str) -> tuple[Manifest, ...]:
        """What is known of every version of a resource."""
        folders = sorted((self.root / dataset / resource).glob("[!.]*"))
        found = (self.manifest(dataset, resource, folder.name) for folder in folders)
        return tuple(manifest for manifest in found if manifest)

    def tables(self, ref: TableRef) -> Path:
        """The native DuckDB file that holds all tables of the version; a large one has it a while after it answers."""
        return self.folder(ref.dataset, ref.resource, ref.version) / NATIVE

    def parquet(self, ref: TableRef) -> Path:
        """The Parquet file of one table."""
        return self.folder(ref.dataset, ref.resource, ref.version) / f"{ref.table}.parquet"

    def parquets(self, ref: TableRef) -> tuple[Path, ...]:
        """The Parquet files of all tables of the version, each named as its table."""
        return tuple(sorted(self.folder(ref.dataset, ref.resource, ref.version).glob("*.parquet")))

    def original(self, dataset: str, resource: str, version: str) -> Path:
        """The source file as it was read (a folder, where it has several parts)."""
        folder = self.folder(dataset, resource, version) / ORIGINAL
        entries = sorted(folder.iterdir()) if folder.is_dir() else []
        return entries[0] if len(entries) == 1 and entries[0].is_file() else folder
