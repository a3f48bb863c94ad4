"""XML of repeated records: attributes and children are columns; what repeats inside a record, a table of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from data_loaders.limits import LIMITS
from data_loaders.raw import Format, RawFile, RawTable
from data_loaders.text.encoding import decode_head
from data_loaders.text.text_parquet import TextParquet
from data_loaders.trees.xml_shape import PathOf, events, local_name, record_paths
from model.errors import LoadError
from model.recipe import Recipe

TEXT = "texto"  # an element's own text, where it has attributes or children too
NUMBER = "registro"
_DECLARATION = re.compile(r"\s*<\?xml\b")
_ELEMENT = re.compile(r"\s*(?:<!--.*?-->\s*)*<[A-Za-z_][\w.:-]*[\s/>]", re.S)

Row = dict[str, str | None]


@dataclass(slots=True)
class _Group:
    """One table to be: its columns in order of appearance, and how many rows were seen."""

    name: str
    columns: dict[str, None] = field(default_factory=dict)
    rows: int = 0


def sniff(head: bytes, path: Path) -> int:
    """80 for an XML declaration, 50 where it starts with an element and ends with one or by name."""
    text = decode_head(head).removeprefix("\ufeff")
    if _DECLARATION.match(text):
        return 80
    closed = path.suffix.lower() == ".xml" or text.rstrip().endswith(">")
    return 50 if closed and _ELEMENT.match(text) else 0


def read(path: Path, _recipe: Recipe, workdir: Path) -> RawFile:
    """A table for each kind of record, and one for each element that repeats inside it, with the record's own cells."""
    paths = record_paths(path)
    repeated = _repeated(path, paths)
    groups: dict[PathOf, _Group] = {}
    for where, row in _rows(path, paths, repeated):
        group = groups.setdefault(where, _Group(where[-1]))
        group.rows += 1
        group.columns |= dict.fromkeys(row)
        if len(group.columns) > LIMITS.columns:
            raise LoadError(f"Los registros tienen más de {LIMITS.columns:,} campos distintos.")
    groups = {where: group for where, group in groups.items() if group.columns}
    if not groups:
        raise LoadError("El XML no trae registros con datos.")
    targets = {where: workdir / f"tabla{at}.parquet" for at, where in enumerate(groups)}
    _write(path, paths, repeated, groups, targets)
    tables = [
        RawTable(
            group.name if len(groups) > 1 else "",
            targets[where],
            tuple(group.columns),
            first_line=1,
            rows_read=group.rows,
        )
        for where, group in groups.items()
    ]
    return RawFile(FORMAT.name, tuple(tables))


def _write(
    path: Path,
    paths: tuple[PathOf, ...],
    repeated: frozenset[PathOf],
    groups: dict[PathOf, _Group],
    targets: dict[PathOf, Path],
) -> None:
    writers = {where: TextParquet(targets[where], tuple(group.columns)) for where, group in groups.items()}
    try:
        for where, row in _rows(path, paths, repeated):
            if where in writers:
                writers[where].add([row.get(name) for name in groups[where].columns])
    finally:
        for writer in writers.values():
            writer.close()


def _repeated(path: Path, paths: tuple[PathOf, ...]) -> frozenset[PathOf]:
    """The elements that some record holds more than once under the same parent."""
    found: set[PathOf] = set()
    for where, record in _records(path, paths):
        stack = [(where, record)]
        while stack:
            at, element = stack.pop()
            seen: set[str] = set()
            for child in element:
                name = local_name(child.tag)
                if name in seen:
                    found.add((*at, name))
                seen.add(name)
                stack.append(((*at, name), child))
    return frozenset(found)


def _records(path: Path, paths: tuple[PathOf, ...]) -> Iterator[tuple[PathOf, Element]]:
    """Each record element, whole; forgotten once used."""
    wanted = set(paths)
    ancestors: list[Element] = []
    inside = 0
    for event, element, where in events(path):
        if event == "start":
            ancestors.append(element)
            inside += where in wanted
            continue
        ancestors.pop()
        if where in wanted:
            inside -= 1
            yield where, element
        if not inside:
            element.clear()
            if ancestors:
                ancestors[-1].remove(element)


def _rows(path: Path, paths: tuple[PathOf, ...], repeated: frozenset[PathOf]) -> Iterator[tuple[PathOf, Row]]:
    """The rows of each table: of the records, and below each those of what repeats inside it."""
    for number, (where, record) in enumerate(_records(path, paths), start=1):
        row: Row = {}
        below: list[tuple[PathOf, Element]] = []
        _flatten(record, where, "", row, repeated, below)
        yield where, row
        own: Row = {**row} if row else {NUMBER: str(number)}
        while below:
            inner, element = below.pop(0)
            child: Row = {}
            _flatten(element, inner, "", child, repeated, below)
            named = {f"{inner[-1]}.{name}" if name in own else name: cell for name, cell in child.items()}
            yield inner, own | named


def _flatten(
    element: Element,
    where: PathOf,
    prefix: str,
    row: Row,
    repeated: frozenset[PathOf],
    below: list[tuple[PathOf, Element]],
) -> None:
    for name, value in element.attrib.items():
        row[prefix + local_name(name)] = value
    text = (element.text or "").strip()
    if text or (not len(element) and prefix):
        own = prefix[:-1] if prefix and not element.attrib and not len(element) else prefix + TEXT
        if text or not element.attrib:
            row[own] = text or None
    for child in element:
        name = local_name(child.tag)
        if (*where, name) in repeated:
            below.append(((*where, name), child))
        else:
            _flatten(child, (*where, name), f"{prefix}{name}.", row, repeated, below)


def _example() -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<places>\n'
        '<place place_id="01"><name>Ñu</name><location><x>-99.1</x><y>19.4</y></location></place>\n'
        '<place place_id="02"><name>Oa</name></place>\n</places>\n'
    ).encode()


FORMAT = Format(
    "XML", "XML", (".xml",), sniff, read, _example, (("01", "Ñu", "-99.1", "19.4"), ("02", "Oa", None, None))
)
