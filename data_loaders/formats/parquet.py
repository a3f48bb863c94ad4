"""Parquet, typed: one file, a hive folder (`CLAVE=valor/part.parquet`), or one file inside such a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from data_loaders.geo.geometry import LATITUD, LONGITUD, BadGeometryError, GeometryCells, projection_from
from data_loaders.geo.wkb import read_wkb
from data_loaders.limits import LIMITS
from data_loaders.raw import Format, RawFile, RawTable
from data_loaders.trees.json_text import json_text
from model.errors import LoadError
from model.recipe import Recipe
from model.spelling import unique

MAGIC = b"PAR1"
ENCRYPTED = b"PARE"
SUFFIXES = (".parquet", ".parq", ".geoparquet")
NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"
BATCH_ROWS = 65_536
_PARTITION = re.compile(r"([^=]+)=(.*)", re.DOTALL)
_LON_LAT = "OGC:CRS84"

Values = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the rewritten table holds: columns kept as they are, made text, or geometry; and partition names."""

    schema: pa.Schema
    nested: frozenset[str]
    geometry: dict[str, object]  # column -> crs
    partitions: tuple[str, ...]


def sniff(head: bytes, path: Path) -> int:
    """100 by the magic bytes; 90 for a folder with Parquet files in it."""
    if path.is_dir():
        return 90 if any(path.rglob("*.parquet")) else 0
    return 100 if head.startswith((MAGIC, ENCRYPTED)) else 0


def _files(path: Path) -> tuple[Path, ...]:
    """The file, or the folder's Parquet files."""
    if not path.is_dir():
        return (path,)
    return tuple(sorted(p for p in path.rglob("*.parquet") if p.is_file() and not p.is_symlink()))


def read(path: Path, _recipe: Recipe, workdir: Path) -> RawFile:
    """One typed table: in place where it is flat, else rewritten with partition values, JSON and GeoJSON text."""
    files = _files(path)
    if not files or len(files) > LIMITS.entries:
        raise LoadError(f"La carpeta tiene {len(files):,} archivos Parquet; deben ser de 1 a {LIMITS.entries:,}.")
    try:
        schemas = [_schema(file) for file in files]
        plan = _plan(schemas, [_partition_values(file) for file in files])
        if len(files) == 1 and not (plan.nested or plan.geometry or plan.partitions):
            with pq.ParquetFile(files[0]) as source:
                rows = source.metadata.num_rows
            table = RawTable("", files[0], tuple(schemas[0].names), first_line=1, rows_read=rows)
        else:
            table = _rewritten(files, plan, workdir / "tabla.parquet")
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise LoadError("El archivo Parquet está dañado, incompleto o usa tipos que no se pueden leer.") from error
    return RawFile(FORMAT.name, (table,))


def _schema(file: Path) -> pa.Schema:
    with file.open("rb") as source:
        if source.read(4) == ENCRYPTED:
            raise LoadError("El archivo Parquet está cifrado.")
    schema = pq.read_schema(file)
    if len(schema.names) > LIMITS.columns:
        raise LoadError(f"El archivo tiene {len(schema.names):,} columnas; el límite es {LIMITS.columns:,}.")
    return schema


def _partition_values(file: Path) -> Values:
    """What the names of the folders right above say, outermost first; percent-encoding undone."""
    found: list[tuple[str, str | None]] = []
    for parent in file.parents:
        match = _PARTITION.fullmatch(parent.name)
        if not match:
            break
        value = unquote(match[2])
        found.append((unquote(match[1]), None if value == NULL_PARTITION else value))
    return dict(reversed(found))


def _plan(schemas: list[pa.Schema], values: list[Values]) -> _Plan:
    if len(set(schemas[0].names)) < len(schemas[0].names) and len(schemas) == 1:
        return _Plan(schemas[0], frozenset(), {}, ())
    schema = pa.unify_schemas(schemas, promote_options="permissive") if len(schemas) > 1 else schemas[0]
    names = dict.fromkeys(name for one in values for name in one if name not in schema.names)
    nested = {f.name for f in schema if pa.types.is_nested(f.type) and not isinstance(f.type, pa.BaseExtensionType)}
    geometry = _geometry_columns(schema)
    return _Plan(schema, frozenset(nested - set(geometry)), geometry, tuple(names))


def _geometry_columns(schema: pa.Schema) -> dict[str, object]:
    """WKB columns by the `geo` metadata of GeoParquet, or by Arrow's extension name."""
    out: dict[str, object] = {}
    told = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
    columns = told.get("columns", {}) if isinstance(told, dict) else {}
    for name, about in columns.items():
        if name in schema.names and str(about.get("encoding", "WKB")).upper() == "WKB":
            out[name] = about.get("crs") or _LON_LAT
    for field in schema:
        metadata = field.metadata or {}
        if metadata.get(b"ARROW:extension:name") == b"geoarrow.wkb" and field.name not in out:
            out[field.name] = json.loads(metadata.get(b"ARROW:extension:metadata") or b"{}").get("crs") or _LON_LAT
    return out


def _rewritten(files: tuple[Path, ...], plan: _Plan, target: Path) -> RawTable:
    cells = {
        name: GeometryCells(None if crs == _LON_LAT else projection_from(crs)) for name, crs in plan.geometry.items()
    }
    rows = 0
    pointed: dict[str, bool] = {}
    writer: pq.ParquetWriter | None = None
    try:
        for file in files:
            values = _partition_values(file)
            for batch in _batches(file, plan.schema):
                table = _converted(batch, plan, values, cells, pointed)
                writer = writer or pq.ParquetWriter(target, table.schema, compression="zstd")
                writer.write_table(table.cast(writer.schema))
                rows += table.num_rows
        if writer is None:
            empty = _converted(plan.schema.empty_table().combine_chunks(), plan, {}, cells, pointed)
            writer = pq.ParquetWriter(target, empty.schema)
            writer.write_table(empty)
    finally:
        if writer is not None:
            writer.close()
    names = tuple(pq.read_schema(target).names)
    notes = [note for one in cells.values() for note in one.notes()]
    if plan.partitions:
        notes.append(f"Columnas tomadas del nombre de las carpetas: {', '.join(plan.partitions)}.")
    return RawTable("", target, names, first_line=1, rows_read=rows, notes=tuple(notes))


def _batches(file: Path, schema: pa.Schema) -> Iterator[pa.Table]:
    with pq.ParquetFile(file) as source:
        for batch in source.iter_batches(batch_size=BATCH_ROWS):
            table = pa.Table.from_batches([batch])
            missing = [field for field in schema if field.name not in table.schema.names]
            for field in missing:
                table = table.append_column(field, pa.nulls(table.num_rows, field.type))
            yield table.select(schema.names).cast(schema)


def _converted(
    table: pa.Table, plan: _Plan, values: Values, cells: dict[str, GeometryCells], pointed: dict[str, bool]
) -> pa.Table:
    """`pointed` remembers from the first batch which geometries are points: all batches have the same columns."""
    arrays: list[object] = []
    names: list[str] = []
    for name in plan.schema.names:
        column = table.column(name)
        if name in cells:
            texts, latitudes, longitudes = _places(column, cells[name])
            arrays.append(pa.array(texts, pa.large_string()))
            names.append(name)
            if pointed.setdefault(name, cells[name].points > 0):
                arrays += [pa.array(latitudes, pa.float64()), pa.array(longitudes, pa.float64())]
                names += [LATITUD, LONGITUD]
            continue
        if name in plan.nested:
            column = pa.array([None if v is None else json_text(v) for v in column.to_pylist()], pa.large_string())
        arrays.append(column)
        names.append(name)
    for name in plan.partitions:
        arrays.append(pa.array([values.get(name)] * table.num_rows, pa.string()))
        names.append(name)
    return pa.Table.from_arrays(arrays, names=unique(names, "_"))


def _places(column: pa.ChunkedArray, cells: GeometryCells) -> tuple[list[str | None], ...]:
    texts: list[str | None] = []
    latitudes: list[float | None] = []
    longitudes: list[float | None] = []
    for value in column.to_pylist():
        text, latitude, longitude = cells.cells(_geometry(value))
        texts.append(text)
        latitudes.append(float(latitude) if latitude else None)
        longitudes.append(float(longitude) if longitude else None)
    return texts, latitudes, longitudes  # type: ignore[return-value]


def _geometry(value: object) -> object:
    if not isinstance(value, bytes):
        return None
    try:
        return read_wkb(value)
    except BadGeometryError:
        return {}


def _example() -> bytes:
    out = BytesIO()
    pq.write_table(pa.table({"clave": ["01", "02"], "total": [5, 9007199254740993]}), out)
    return out.getvalue()


FORMAT = Format("Parquet", "Parquet", SUFFIXES, sniff, read, _example, (("01", "5"), ("02", "9007199254740993")))
