"""Shapefiles, loose or zipped: attributes as columns, geometry as GeoJSON in WGS 84. Read without GDAL."""

from __future__ import annotations

import codecs
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from zipfile import ZipFile

import shapefile
from pyproj import CRS
from pyproj.exceptions import CRSError

from data_loaders.geo.geometry import GEO_NAMES, GeometryCells, Projection, projection_from
from data_loaders.geo.shapefile_parts import part
from data_loaders.limits import LIMITS, MIB
from data_loaders.raw import Format, RawFile, RawTable
from data_loaders.text.aside import Aside
from data_loaders.text.encoding import is_utf8
from data_loaders.text.text_parquet import TextParquet
from data_loaders.trees.flatten import whole
from model.errors import LoadError
from model.recipe import Recipe

MAGIC = b"\x00\x00\x27\x0a"
POINTS = (shapefile.POINT, shapefile.POINTZ, shapefile.POINTM)
BROKEN = (shapefile.ShapefileException, struct.error, ValueError, IndexError, OSError, TypeError, KeyError)
WEB_NAMES = MappingProxyType(
    {"utf8": "utf-8", "utf-8": "utf-8", "88591": "cp1252", "iso-8859-1": "cp1252", "iso88591": "cp1252"}
)


def sniff(head: bytes, _path: Path) -> int:
    """100 by the magic bytes of a .shp."""
    return 100 if head.startswith(MAGIC) else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """One row per shape, with the attributes of the .dbf beside it; without a .prj, coordinates must be lon/lat."""
    table_file = part(path, ".dbf")
    if table_file is None:
        raise LoadError("Al shapefile le falta su archivo .dbf; publique juntos .shp, .shx, .dbf y .prj en un ZIP.")
    encoding = _encoding(path, table_file, recipe)
    projection, notes = _projection(part(path, ".prj"))
    try:
        with _open(path, table_file, encoding) as reader:
            table = _table(reader, projection, workdir / "tabla.parquet")
    except BROKEN as error:
        raise LoadError("El shapefile está dañado o incompleto: sus archivos .shp y .dbf no se pueden leer.") from error
    if encoding != "utf-8":
        notes.append(f"Los atributos se leyeron como {encoding}.")
    return RawFile(FORMAT.name, (table,), encoding, tuple(notes))


@contextmanager
def _open(path: Path, table_file: Path, encoding: str) -> Iterator[shapefile.Reader]:
    index = part(path, ".shx")
    with path.open("rb") as shp, table_file.open("rb") as dbf:
        shx = BytesIO(index.read_bytes()) if index else None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = shapefile.Reader(shp=shp, dbf=dbf, shx=shx, encoding=encoding, encodingErrors="replace")
        yield reader


def _table(reader: shapefile.Reader, projection: Projection | None, target: Path) -> RawTable:
    fields = [str(field[0]) for field in reader.fields[1:]]
    if len(fields) > LIMITS.columns:
        raise LoadError(f"El shapefile tiene {len(fields):,} columnas; el límite es {LIMITS.columns:,}.")
    points = reader.shapeType in POINTS
    shown = len(GEO_NAMES) if points else 1
    names = (*fields, *GEO_NAMES[:shown])
    cells = GeometryCells(projection)
    aside = Aside()
    with TextParquet(target, names) as out:
        for at, record in enumerate(reader.iterRecords(), start=1):
            if record is None:
                aside.add(at, "registro borrado")
                continue
            geometry = _geometry(reader, at - 1)
            out.add([*(_text(value) for value in record), *cells.cells(geometry)[:shown]])
    notes = cells.notes()
    if reader.numShapes not in (None, out.rows + aside.rows):
        notes.append(f"El .shp trae {reader.numShapes:,} figuras y el .dbf {out.rows + aside.rows:,} registros.")
    return RawTable(
        "",
        target,
        names,
        first_line=1,
        rows_read=out.rows + aside.rows,
        set_aside=aside.listed,
        notes=tuple(notes),
        set_aside_more=aside.more,
    )


def _geometry(reader: shapefile.Reader, at: int) -> object:
    """The shape as GeoJSON; None for a null shape or one that is missing; {} for one that cannot be read."""
    try:
        shape = reader.shape(at)
        return None if shape is None or shape.shapeType == shapefile.NULL else shape.__geo_interface__
    except IndexError:
        return None
    except BROKEN:
        return {}


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return whole(str(value)).rstrip(" \0")


def _encoding(path: Path, table_file: Path, recipe: Recipe) -> str:
    """What was declared, what the .cpg says, or UTF-8 where the attributes are; else cp1252."""
    told = recipe.encoding
    code_page = part(path, ".cpg")
    if not told and code_page is not None:
        with code_page.open("rb") as file:
            told = file.read(64).decode("ascii", "replace").strip()
    name = WEB_NAMES.get(told.lower().replace("ansi ", "").strip(), told)
    if name.isdigit():
        name = f"cp{name}"
    try:
        return codecs.lookup(name).name if name else _guessed(table_file)
    except LookupError:
        return _guessed(table_file)


def _guessed(table_file: Path) -> str:
    with table_file.open("rb") as file:
        (start,) = struct.unpack("<8xH", file.read(10).ljust(10, b"\0"))
        file.seek(start)
        decoder_input = file.read(16 * MIB)
    return "utf-8" if is_utf8(decoder_input, whole=False) else "cp1252"


def _projection(prj: Path | None) -> tuple[Projection | None, list[str]]:
    if prj is None:
        return None, ["El shapefile no trae .prj: sus coordenadas se tomaron como longitud y latitud (WGS 84)."]
    with prj.open("rb") as file:
        text = file.read(64 * 1024).decode("utf-8", "replace").strip("\0 \r\n\ufeff")
    try:
        system = CRS.from_wkt(text)
    except CRSError:
        raise LoadError("El .prj del shapefile no se entiende; publíquelo en WGS 84 (EPSG:4326).") from None
    projection = projection_from(system)
    return projection, [f"Las coordenadas se pasaron de «{system.name}» a WGS 84."] if projection else []


def _example() -> bytes:
    files = {suffix: BytesIO() for suffix in ("shp", "shx", "dbf")}
    with shapefile.Writer(**files, encoding="utf-8") as writer:
        writer.field("clave", "C", 5)
        writer.field("total", "N", 10)
        for longitude, latitude, key, total in ((-99.1, 19.4, "01", 5), (-103.5, 20.5, "Ñu", 7)):
            writer.point(longitude, latitude)
            writer.record(key, total)
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for suffix, content in files.items():
            archive.writestr(f"puntos.{suffix}", content.getvalue())
        archive.writestr("puntos.cpg", "UTF-8")
    return out.getvalue()


FORMAT = Format(
    "Shapefile",
    "Shapefile",
    (".shp",),
    sniff,
    read,
    _example,
    (
        ("01", "5", '{"type":"Point","coordinates":[-99.1,19.4]}', "19.4", "-99.1"),
        ("Ñu", "7", '{"type":"Point","coordinates":[-103.5,20.5]}', "20.5", "-103.5"),
    ),
)
