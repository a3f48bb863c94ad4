"""A small version with its population and a lookup, and an in-memory DuckDB that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest

from model.query import Query, schema_of
from model.recipe import Lookup, Population
from model.table import Cell, Column, ColumnType, Role
from model.version import ColumnProfile, LoadReport, Manifest, TableProfile
from model.view import View
from query.address import parse
from query.compile import POPULATION, compile_view
from query.resolve import resolve
from query.schema import Schema

VERSION = "0123456789ab"
STATIONS = "aaaaaaaaaaaa"
PEOPLE = "bbbbbbbbbbbb"
Row = tuple[Cell, ...]


def _at(text: str) -> tuple[date, datetime]:
    moment = datetime.fromisoformat(text)
    return moment.date(), moment


COLUMNS = (
    Column("fecha", ColumnType.DATE, Role.TIME, "Fecha"),
    Column("hora", ColumnType.TIMESTAMP, Role.TEXT),
    Column("entidad", ColumnType.TEXT, Role.STATE, "Entidad"),
    Column("cve_mun", ColumnType.TEXT, Role.MUNICIPALITY),
    Column("tipo", ColumnType.TEXT, Role.CATEGORY, "Tipo de delito"),
    Column("anio", ColumnType.INTEGER, Role.TIME, "Año"),
    Column("VALOR_USD", ColumnType.NUMBER, Role.MEASURE, "Valor", "USD"),
    Column("casos", ColumnType.INTEGER, Role.MEASURE, "Casos"),
    Column("estacion", ColumnType.TEXT, Role.IDENTIFIER),
    Column("vigente", ColumnType.BOOLEAN, Role.CATEGORY),
    Column("30%   (F)", ColumnType.NUMBER, Role.MEASURE),
    Column("system:index", ColumnType.TEXT, Role.IDENTIFIER),
    Column(".geo", ColumnType.GEOMETRY, Role.TEXT),
)
# The last two cells are `_entidad` and `_municipio`. The first three days stand in ISO week 2020-W01.
ROWS: tuple[Row, ...] = (
    (*_at("2019-12-30T10:15"), "Jalisco", "14039", "robo", 2019, 10.5, 3, "E1", True, 1.0, "a", "{}", "14", "14039"),
    (
        *_at("2020-01-01T10:45"),
        "JALISCO",
        "14039",
        "fraude",
        2020,
        20.25,
        5,
        "E1",
        False,
        2.0,
        "b",
        "{}",
        "14",
        "14039",
    ),
    (*_at("2020-01-05T11:00"), "Guanajuato", "11017", "robo", 2020, None, 2, "E2", True, 3.0, "c", None, "11", "11017"),
    (*_at("2020-01-06T11:30"), "Guanajuato", "11017", "robo", 2020, 5.0, 7, "E3", True, 4.0, "d", None, "11", "11017"),
    (*_at("2021-06-15T23:59"), "Nacional", None, None, 2021, -4.0, 11, None, None, 5.0, "e", None, None, None),
    (None, None, "Jalisco", "14120", "", None, 0.1, 1, "E1", False, 6.0, "f", None, "14", "14120"),
)
STATION_COLUMNS = (
    Column("clave", ColumnType.TEXT, Role.IDENTIFIER),
    Column("nombre", ColumnType.TEXT, Role.CATEGORY, "Nombre"),
    Column("location/lat", ColumnType.NUMBER, Role.LATITUDE),
    Column("location/lon", ColumnType.NUMBER, Role.LONGITUDE),
)
STATION_ROWS: tuple[Row, ...] = (
    ("E1", "Centro", 20.5, -103.5),
    ("E1", "Centro repetida", 20.5, -103.5),
    ("E2", "Bajío", 21.0, -101.5),
)
PEOPLE_COLUMNS = (
    Column("anio", ColumnType.INTEGER, Role.TIME),
    Column("poblacion", ColumnType.INTEGER, Role.MEASURE),
)
PEOPLE_ROWS: tuple[Row, ...] = (
    (2015, 1000, "14"),
    (2020, 2000, "14"),
    (2020, 500, "11"),
    (2015, 100, "09"),
    (2020, 999_999, None),
)

_SQL_TYPES = {
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DATE: "DATE",
    ColumnType.TIMESTAMP: "TIMESTAMP",
    ColumnType.TEXT: "VARCHAR",
    ColumnType.GEOMETRY: "VARCHAR",
}


def near(value: float) -> Any:
    """A float to twelve significant digits, comparable with any cell."""
    return pytest.approx(value, rel=1e-12)


def profile(name: str, columns: Sequence[Column], rows: Sequence[Row], places: tuple[str, ...] = ()) -> TableProfile:
    """The profile that the loader would give."""
    profiles: list[ColumnProfile] = []
    for i, column in enumerate(columns):
        present = [row[i] for row in rows if row[i] is not None]
        ranged = present and column.type is not ColumnType.TEXT
        low, high = (min(present), max(present)) if ranged else (None, None)  # type: ignore[type-var]
        profiles.append(ColumnProfile(column, len(rows) - len(present), len(set(present)), low, high))
    return TableProfile(name, name, len(rows), tuple(profiles), places=places)


def manifest(tables: tuple[TableProfile, ...], population: Population | None = None) -> Manifest:
    """A manifest around the tables, with the lookup of the stations."""
    return Manifest(
        dataset="delitos",
        resource="por-entidad",
        version=VERSION,
        source_name="delitos.csv",
        source_sha256="0" * 64,
        source_bytes=1,
        created=datetime(2026, 1, 1, tzinfo=UTC),
        tables=tables,
        report=LoadReport("csv", "utf-8", ()),
        lookups=(Lookup("est", "estaciones", "lista", (("estacion", "clave"),), version=STATIONS),),
        population=population,
    )


DECLARED = Population("poblacion", "por-entidad", "poblacion", "anio", version=PEOPLE, source="INEGI, Censo 2020")
TABLE = profile("datos", COLUMNS, ROWS, ("_entidad", "_municipio"))
STATION_TABLE = profile("datos", STATION_COLUMNS, STATION_ROWS)
PEOPLE_TABLE = profile("datos", PEOPLE_COLUMNS, PEOPLE_ROWS, ("_entidad",))
SCHEMA = Schema(manifest((TABLE,), DECLARED), {"est": STATION_TABLE}, PEOPLE_TABLE)
PLAIN = Schema(manifest((TABLE,)), {"est": STATION_TABLE})


def create(
    connection: duckdb.DuckDBPyConnection,
    version: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    places: Sequence[str] = (),
) -> None:
    """The table `datos` of a version, as an engine offers it."""
    quoted = ['"' + c.name.replace('"', '""') + '" ' + _SQL_TYPES[c.type] for c in columns]
    quoted += [f'"{place}" VARCHAR' for place in places]
    connection.execute(f'CREATE SCHEMA "{schema_of(version)}"')
    connection.execute(f'CREATE TABLE "{schema_of(version)}"."datos" ({", ".join(quoted)})')
    marks = ", ".join("?" for _ in quoted)
    connection.executemany(f'INSERT INTO "{schema_of(version)}"."datos" VALUES ({marks})', [list(r) for r in rows])


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: the names and rows that came, and the row of the total."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    view: View


@dataclass(frozen=True, slots=True)
class World:
    """Runs questions over the small version."""

    connection: duckdb.DuckDBPyConnection
    schema: Schema

    def run(self, query: Query) -> tuple[Row, ...]:
        """The rows of a compiled query."""
        return tuple(self.connection.execute(query.sql, list(query.parameters)).fetchall())

    def ask(self, query_string: str, limit: int = 100) -> Told:
        """Parse, resolve, compile and run."""
        view = resolve(parse("delitos", "por-entidad", query_string), self.schema)
        compiled = compile_view(view, self.schema, limit)
        rows, total = self.run(compiled.rows), self.run(compiled.total)[0]
        page = compiled.read(rows)
        assert page.total in (None, total[0])
        assert page.missing == (total[1] if page.rows and len(total) > 1 else 0)
        names = tuple(c.name for c in compiled.rows.columns)
        assert all(len(row) == len(names) for row in rows)
        shown = len(names) - sum(name != POPULATION for name in compiled.extra)
        return Told(names[:shown], tuple(row[:shown] for row in rows), total, view)


def open_world() -> World:
    """The small version in memory."""
    connection = duckdb.connect()
    create(connection, VERSION, COLUMNS, ROWS, ("_entidad", "_municipio"))
    create(connection, STATIONS, STATION_COLUMNS, STATION_ROWS)
    create(connection, PEOPLE, PEOPLE_COLUMNS, PEOPLE_ROWS, ("_entidad",))
    return World(connection, SCHEMA)
