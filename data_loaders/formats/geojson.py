"""GeoJSON: properties as columns, the geometry as text, latitude and longitude of points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from data_loaders.geo.geometry import GEO_NAMES, GeometryCells, Projection, projection_from
from data_loaders.raw import Format, RawFile, RawTable
from data_loaders.text.aside import Aside
from data_loaders.text.encoding import as_utf8, decode_head
from data_loaders.text.text_parquet import TextParquet
from data_loaders.trees.flatten import Columns, cell
from data_loaders.trees.json_pull import JsonPull, Oddities
from model.errors import LoadError
from model.recipe import Recipe

_COLLECTION = re.compile(r'"type"\s*:\s*"FeatureCollection"')
_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')
_NO_FEATURES = "El archivo GeoJSON no trae elementos (features)."


def sniff(head: bytes, path: Path) -> int:
    """95 for an object that calls itself a FeatureCollection; 88 for JSON in a file of this name."""
    text = decode_head(head).removeprefix("\ufeff").lstrip()
    if not text.startswith("{"):
        return 0
    if _COLLECTION.search(text) or ('"features"' in text and _FEATURE.search(text)):
        return 95
    return 88 if path.suffix.lower() == ".geojson" else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """One row per feature; coordinates in another system are brought to WGS 84."""
    text = as_utf8(path, workdir / "utf8.geojson", recipe.encoding)
    columns, oddities, projection, points = _first_look(text.path)
    cells = GeometryCells(projection)
    aside = Aside()
    target = workdir / "tabla.parquet"
    shown = len(GEO_NAMES) if points else 1
    names = (*columns.names, *GEO_NAMES[:shown])
    with TextParquet(target, names) as out:
        for at, feature in enumerate(_features(text.path, Oddities()), start=1):
            if isinstance(feature, Mapping):
                out.add([*columns.row(_properties(feature)), *cells.cells(feature.get("geometry"))[:shown]])
            else:
                aside.add(at, "no es un elemento GeoJSON", cell(feature) or "null")
    if not out.rows:
        raise LoadError(_NO_FEATURES)
    notes = (*text.notes, *oddities.notes(), *cells.notes())
    table = RawTable(
        "",
        target,
        names,
        first_line=1,
        rows_read=out.rows + aside.rows,
        set_aside=aside.listed,
        set_aside_more=aside.more,
    )
    return RawFile(FORMAT.name, (table,), text.encoding, notes)


def _first_look(path: Path) -> tuple[Columns, Oddities, Projection | None, bool]:
    """The columns, what was odd, the projection, and whether any feature is a point."""
    columns, oddities, points = Columns(), Oddities(), False
    about: dict[str, object] = {}
    for feature in _features(path, oddities, about):
        if isinstance(feature, Mapping):
            columns.see(_properties(feature))
            geometry = feature.get("geometry")
            points = points or (isinstance(geometry, Mapping) and geometry.get("type") == "Point")
    crs = _crs_name(about.get("crs"))
    return columns, oddities, projection_from(crs) if crs else None, points


def _features(path: Path, oddities: Oddities, about: dict[str, object] | None = None) -> Iterator[object]:
    """The features one by one; `about` gets the collection's own members."""
    with path.open(encoding="utf-8-sig") as stream:
        pull = JsonPull(stream, oddities)
        if pull.peek() != "{":
            raise LoadError(_NO_FEATURES)
        for key in pull.object_keys():
            if key == "features" and pull.peek() == "[":
                yield from pull.items()
                continue
            value = pull.value()
            if about is not None:
                about[key] = value
        pull.finish()


def _properties(feature: Mapping[str, object]) -> dict[str, object]:
    """A feature's properties, its own `id` first where it has one, foreign members left out."""
    found = feature.get("properties")
    properties = dict(found) if isinstance(found, Mapping) else {}
    if "id" in feature and "id" not in properties:
        return {"id": feature["id"], **properties}
    return properties


def _crs_name(crs: object) -> str:
    """The named system of the old `crs` member; "" for WGS 84, which GeoJSON means when it says nothing."""
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = str(properties.get("name", "")) if isinstance(properties, Mapping) else ""
    return "" if name.upper().endswith(("CRS84", ":4326")) else name


def _example() -> bytes:
    point = '{"type":"Point","coordinates":[-99.1,19.4]}'
    features = (
        f'{{"type":"Feature","properties":{{"clave":"01"}},"geometry":{point}}},'
        '{"type":"Feature","properties":{"clave":"Ñu"},"geometry":null}'
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()


FORMAT = Format(
    "GeoJSON",
    "GeoJSON",
    (".geojson",),
    sniff,
    read,
    _example,
    (("01", '{"type":"Point","coordinates":[-99.1,19.4]}', "19.4", "-99.1"), ("Ñu", None, None, None)),
)
