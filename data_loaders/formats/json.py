"""JSON: a list of records, records under a key, lists of lists, or columns of values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from data_loaders.archives.unpack import megabytes
from data_loaders.limits import LIMITS
from data_loaders.raw import Format, RawFile, RawTable
from data_loaders.sheets.grid import write_grid
from data_loaders.text.aside import Aside
from data_loaders.text.encoding import as_utf8, decode_head, is_binary
from data_loaders.text.text_parquet import TextParquet
from data_loaders.trees.flatten import Columns, cell, rectangle
from data_loaders.trees.json_pull import JsonPull
from model.errors import LoadError
from model.recipe import Recipe

SEARCHED = 4  # how deep a list of records is looked for
NO_RECORDS = "El archivo JSON no trae una lista de registros; publique una lista de objetos con los mismos campos."
SCALARS = "El archivo JSON es una lista de valores sueltos, sin columnas; publique una lista de objetos."
_START = re.compile(r'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:[\[{"\]\d-]|true|false|null|NaN|$))')

Records = list[Mapping[str, object]]


def sniff(head: bytes, path: Path) -> int:
    """85 where the text starts as JSON does; 60 for a lone value in a file called .json, so that it is told why not."""
    text = decode_head(head).removeprefix("\ufeff")
    if _START.match(text):
        return 85
    return 60 if path.suffix.lower() == ".json" and not is_binary(text) else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """Each list of records as a table of text; numbers stand as they were written."""
    text = as_utf8(path, workdir / "utf8.json", recipe.encoding)
    with _pull(text.path) as pull:
        start = pull.peek()
    if start == "[" and (found := _stream(text.path, workdir)):
        tables, notes = found
    else:
        tables, notes = _whole(text.path, recipe, workdir)
    return RawFile(FORMAT.name, tuple(tables), text.encoding, (*text.notes, *notes))


@contextmanager
def _pull(path: Path) -> Iterator[JsonPull]:
    with path.open(encoding="utf-8-sig") as stream:
        yield JsonPull(stream)


def _stream(path: Path, workdir: Path) -> tuple[list[RawTable], list[str]] | None:
    """A list of any length read twice, for its columns and for its rows. None where it holds no objects."""
    columns, objects, others = Columns(), 0, 0
    with _pull(path) as pull:
        for item in pull.items():
            if isinstance(item, Mapping):
                columns.see(item)
                objects += 1
            else:
                others += 1
        pull.finish()
        notes = pull.oddities.notes()
    if not columns.names or others > objects:
        return None
    aside = Aside()
    target = workdir / "tabla.parquet"
    with _pull(path) as pull, TextParquet(target, columns.names) as out:
        for at, item in enumerate(pull.items(), start=1):
            if isinstance(item, Mapping):
                out.add(columns.row(item))
            else:
                aside.add(at, "no es un registro", cell(item) or "null")
    return [_table("", target, columns, out.rows, aside)], notes


def _table(name: str, target: Path, columns: Columns, rows: int, aside: Aside) -> RawTable:
    return RawTable(
        name,
        target,
        columns.names,
        first_line=1,
        rows_read=rows + aside.rows,
        set_aside=aside.listed,
        set_aside_more=aside.more,
    )


def _whole(path: Path, recipe: Recipe, workdir: Path) -> tuple[list[RawTable], list[str]]:
    size = path.stat().st_size
    if size > LIMITS.document_bytes:
        raise LoadError(
            f"El archivo JSON pesa {megabytes(size)} y no es una lista de registros; "
            f"así el límite es {megabytes(LIMITS.document_bytes)}."
        )
    with _pull(path) as pull:
        value = pull.value()
        pull.finish()
        notes = pull.oddities.notes()
    if isinstance(value, list):
        return [_lists(value, recipe, workdir)], notes
    if not isinstance(value, Mapping):
        raise LoadError(NO_RECORDS)
    if value.get("type") == "Topology":
        raise LoadError("El archivo es TopoJSON; publíquelo como GeoJSON.")
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return [_lists([value["columns"], *value["data"]], recipe, workdir)], notes
    groups = _groups(value) or _by_column(value) or _by_key(value)
    if not groups:
        raise LoadError(NO_RECORDS)
    tables = []
    for at, (name, records) in enumerate(groups):
        tables.append(_records(name if len(groups) > 1 else "", records, workdir / f"tabla{at}.parquet"))
    return tables, notes


def _records(name: str, records: Records, target: Path) -> RawTable:
    columns = Columns()
    for record in records:
        columns.see(record)
    if not columns.names:
        raise LoadError(NO_RECORDS)
    with TextParquet(target, columns.names) as out:
        for record in records:
            out.add(columns.row(record))
    return _table(name, target, columns, out.rows, Aside())


def _lists(value: list[object], recipe: Recipe, workdir: Path) -> RawTable:
    if not value:
        raise LoadError("El archivo JSON trae una lista vacía.")
    rows = [row for row in value if isinstance(row, list)]
    if len(rows) < len(value):
        raise LoadError(SCALARS)
    table = write_grid(rectangle(rows), "", workdir / "tabla.parquet", recipe.header_row)
    if table is None:
        raise LoadError(NO_RECORDS)
    return table


def _groups(value: Mapping[str, object]) -> list[tuple[str, Records]]:
    """The lists of objects nearest to the top, by key: `{"result": {"records": […]}}` too."""
    level: list[Mapping[str, object]] = [value]
    for _ in range(SEARCHED):
        found = [(key, _objects(item)) for one in level for key, item in one.items()]
        groups = [(key, records) for key, records in found if records]
        if len(groups) == 2 and {key for key, _ in groups} == {"fields", "records"}:  # CKAN's dictionary and its rows
            groups = [group for group in groups if group[0] == "records"]
        if groups:
            return groups
        level = [item for one in level for item in one.values() if isinstance(item, Mapping)]
    return []


def _objects(value: object) -> Records:
    if not isinstance(value, list) or not value:
        return []
    records = [item for item in value if isinstance(item, Mapping)]
    return records if len(records) == len(value) else []


def _by_column(value: Mapping[str, object]) -> list[tuple[str, Records]]:
    """`{"a": [1, 2], "b": [3, 4]}`, or pandas' `{"a": {"0": 1, "1": 2}, …}`, turned into records."""
    lists = [item for item in value.values() if isinstance(item, list)]
    if len(lists) < len(value) or not lists or len({len(one) for one in lists}) > 1:
        return []
    if not lists[0] or any(isinstance(item, (list, Mapping)) for one in lists for item in one):
        return []
    return [("", [dict(zip(value, row, strict=True)) for row in zip(*lists, strict=True)])]


def _by_key(value: Mapping[str, object]) -> list[tuple[str, Records]]:
    """`{"01": {…}, "02": {…}}`: the key becomes the column `clave`."""
    items = [(key, item) for key, item in value.items() if isinstance(item, Mapping) and item]
    if len(items) < len(value) or len(items) < 2:
        return []
    shared = set(items[0][1]).intersection(*(item for _, item in items))
    if not shared:
        return []
    name = "clave" if all("clave" not in item for _, item in items) else "_clave"
    return [("", [{name: key, **item} for key, item in items])]


def _example() -> bytes:
    first = '{"clave": "01", "n": 9007199254740993, "lugar": {"x": -99.10}}'
    return f'[{first}, {{"clave": "02", "n": null, "lugar": {{"x": 1}}}}]'.encode()


FORMAT = Format(
    "JSON", "JSON", (".json",), sniff, read, _example, (("01", "9007199254740993", "-99.10"), ("02", None, "1"))
)
