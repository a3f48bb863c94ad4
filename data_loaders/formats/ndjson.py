"""NDJSON: a JSON object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from data_loaders.limits import LIMITS
from data_loaders.raw import Format, RawFile, RawTable
from data_loaders.text.aside import BLANK, Aside
from data_loaders.text.encoding import as_utf8, decode_head
from data_loaders.text.text_parquet import TextParquet
from data_loaders.trees.flatten import Columns
from data_loaders.trees.json_pull import Oddities, line_decoder
from model.errors import LoadError
from model.recipe import Recipe

SUFFIXES = (".ndjson", ".jsonl", ".geojsonl")
NOT_JSON = "no es un objeto JSON"


def sniff(head: bytes, path: Path) -> int:
    """92 where the first two lines are objects, or the first in a file of this name."""
    lines = [line for line in decode_head(head).removeprefix("\ufeff").split("\n") if line.strip()]
    if not lines or not _is_object(lines[0]):
        return 0
    if len(lines) > 1 and lines[1].lstrip().startswith("{"):
        return 92
    return 92 if path.suffix.lower() in SUFFIXES else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """One table; a line that is not an object is set aside."""
    text = as_utf8(path, workdir / "utf8.ndjson", recipe.encoding)
    columns, oddities = Columns(), Oddities()
    for _, record, _ in _lines(text.path, oddities):
        if record is not None:
            columns.see(record)
    if not columns.names:
        raise LoadError("El archivo no trae ningún objeto JSON por línea.")
    aside = Aside()
    target = workdir / "tabla.parquet"
    with TextParquet(target, columns.names) as out:
        for number, record, line in _lines(text.path, Oddities()):
            if record is None:
                aside.add(number, NOT_JSON if line else BLANK, line)
            else:
                out.add(columns.row(record))
    table = RawTable(
        "",
        target,
        columns.names,
        first_line=1,
        rows_read=out.rows + aside.rows,
        set_aside=aside.listed,
        set_aside_more=aside.more,
    )
    return RawFile(FORMAT.name, (table,), text.encoding, (*text.notes, *oddities.notes()))


def _lines(path: Path, oddities: Oddities) -> Iterator[tuple[int, Mapping[str, object] | None, str]]:
    """Line number, the object or None, and the text of the line."""
    decoder = line_decoder(oddities)
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        number = 0
        while line := stream.readline(LIMITS.line_bytes):
            number += 1
            text = line.strip()
            yield number, _object(decoder, text), text


def _object(decoder: json.JSONDecoder, text: str) -> Mapping[str, object] | None:
    if not text.startswith("{"):
        return None
    try:
        value = decoder.decode(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _example() -> bytes:
    return '{"clave": "01", "n": 1.50}\n{"clave": "Ñu", "activo": true}\n'.encode()


FORMAT = Format(
    "NDJSON", "JSON por líneas", SUFFIXES, sniff, read, _example, (("01", "1.50", None), ("Ñu", None, "true"))
)
