"""A folder of files without a catalogue: each file a dataset, each subfolder a dataset of its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from data_loaders.agencies import UNKNOWN
from data_loaders.places import inside
from data_loaders.source import Source
from model.dataset import Dataset, Harvest, Problem, Resource
from model.spelling import fold, slug, unique

MOST_FILES = 5000
DEEPEST = 8
SHAPEFILE_PARTS = frozenset(
    {".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".fbn", ".fbx", ".ain", ".aih", ".atx", ".xml"}
)
PACKED = frozenset({".gz", ".zip"})
ABOUT = frozenset({"readme", "leeme", "license", "licencia", "fuentes", "changelog", "copying"})
OURS = frozenset(
    {"portal.toml", "data.json", "catalog.json", "datapackage.json", "herramientas", "encuestas", "thumbs.db"}
)
_HIVE = re.compile(r"[^=/]+=[^=/]*")


def accepts(location: Path) -> bool:
    """A folder without a `data.json`."""
    return location.is_dir() and not (location / "data.json").is_file()


def read(location: Path) -> Harvest:
    """The files of the folder as datasets; what cannot be read, or leads outside, as Problems."""
    home = location.resolve()
    problems: list[Problem] = []
    groups: list[tuple[str, list[Path]]] = []
    for item in _children(home, home, problems):
        files = [item] if item.is_file() or _is_hive(item) else list(_files(item, home, problems, 1))
        if files:
            groups.append((title_of(item), files))
    kept, left = _fit(groups)
    if left:
        problems.append(Problem(location.name, f"Hay más de {MOST_FILES:,} archivos; {left:,} quedaron fuera."))
    slugs = unique(slug(title) for title, _ in kept)
    datasets = (_dataset(home, title, part, files) for (title, files), part in zip(kept, slugs, strict=True))
    return Harvest(tuple(datasets), tuple(problems))


def title_of(path: Path) -> str:
    """A title made from a file's name: `precios_2024.csv.gz` → `Precios 2024`."""
    name = path.name if path.is_dir() else _stem(_stem(path.name, PACKED))
    words = " ".join(re.sub(r"[_\-.]+", " ", name).split())
    return (words[:1].upper() + words[1:])[:300] or path.name


def _stem(name: str, suffixes: frozenset[str] = frozenset()) -> str:
    suffix = Path(name).suffix
    return Path(name).stem if suffix and (not suffixes or suffix.casefold() in suffixes) else name


def _fit(groups: list[tuple[str, list[Path]]]) -> tuple[list[tuple[str, list[Path]]], int]:
    room, kept, left = MOST_FILES, [], 0
    for title, files in groups:
        if files[:room]:
            kept.append((title, files[:room]))
        left += len(files[room:])
        room -= len(files[:room])
    return kept, left


def _dataset(home: Path, title: str, part: str, files: list[Path]) -> Dataset:
    titles = [title_of(file) for file in files]
    slugs = unique(slug(name) for name in titles)
    resources = tuple(_resource(home, f, name, s) for f, name, s in zip(files, titles, slugs, strict=True))
    identifier = files[0].relative_to(home).parts[0]
    return Dataset(identifier=identifier, slug=part, title=title, agency=UNKNOWN, resources=resources)


def _resource(home: Path, file: Path, title: str, part: str) -> Resource:
    location = file.relative_to(home).as_posix()
    kind = "PARQUET" if file.is_dir() else file.suffix.lstrip(".").upper()
    return Resource(identifier=location, slug=part, title=title, location=location, format=kind)


def _files(folder: Path, home: Path, problems: list[Problem], depth: int) -> Iterator[Path]:
    if depth > DEEPEST:
        problems.append(Problem(str(folder.relative_to(home)), f"Hay más de {DEEPEST} carpetas anidadas; no se leyó."))
        return
    for item in _children(folder, home, problems):
        if item.is_file() or _is_hive(item):
            yield item
        else:
            yield from _files(item, home, problems, depth + 1)


def _children(folder: Path, home: Path, problems: list[Problem]) -> Iterator[Path]:
    """What a person would call the files of a folder: no hidden ones, no parts of a shapefile, nothing of ours."""
    try:
        items = sorted(folder.iterdir(), key=lambda item: item.name)
    except OSError:
        problems.append(Problem(str(folder.relative_to(home)), "No se pudo abrir la carpeta; revise sus permisos."))
        return
    shapes = {item.stem.casefold() for item in items if item.suffix.casefold() == ".shp"}
    for item in items:
        if item.name.startswith((".", "~$")) or item.name.casefold() in OURS or fold(item.stem) in ABOUT:
            continue
        stem = item.name.split(".")[0].casefold() if item.suffix.casefold() == ".xml" else item.stem.casefold()
        if item.suffix.casefold() in SHAPEFILE_PARTS and stem in shapes:
            continue
        if _safe(home, item):
            yield item
        else:
            problems.append(Problem(item.relative_to(home).as_posix(), "Lleva fuera de la carpeta; no se leyó."))


def _safe(home: Path, item: Path) -> bool:
    """Inside the folder, and not a linked folder, which could hold itself."""
    try:
        return inside(home, item) and not (item.is_symlink() and item.is_dir())
    except (OSError, RuntimeError):
        return False


def _is_hive(folder: Path) -> bool:
    """True for a folder partitioned by `column=value` subfolders: one table, not many."""
    if not folder.is_dir():
        return False
    try:
        shown = [item for item in folder.iterdir() if not item.name.startswith(".")]
    except OSError:
        return False
    return bool(shown) and all(item.is_dir() and _HIVE.fullmatch(item.name) for item in shown)


def example(folder: Path) -> None:
    """A file of its own, and a subfolder of two."""
    (folder / "presas_principales.csv").write_text("clave,nombre\nAAA,Presa A\n", encoding="utf-8")
    (folder / "lluvia").mkdir()
    for year in ("2024", "2025"):
        (folder / "lluvia" / f"{year}.csv").write_text("mes,mm\nenero,1\n", encoding="utf-8")


SOURCE = Source("bare-folder", accepts, read, example)
