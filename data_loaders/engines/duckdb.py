"""DuckDB in this process: one locked connection, versions attached read-only on demand."""

from __future__ import annotations

import logging
import math
import os
import re
import tempfile
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from data_loaders.deadlines import Deadlines
from data_loaders.engine import EngineKind
from data_loaders.lake import Lake
from model.errors import NotReady, PortalError, TooLarge, TooSlow
from model.query import Query, schema_of
from model.table import Cell
from model.version import TableRef

LOG = logging.getLogger(__name__)
MOST_ATTACHED = 64
READY_TYPES = ("BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "VARCHAR", "DATE", "TIMESTAMP")
QUESTIONS = ("SELECT", "WITH")
Row = tuple[Cell, ...]


class Process:
    """What one operating-system process holds: its connection and the versions attached to it (natively or not)."""

    def __init__(self, lake: Lake, memory: str, threads: int) -> None:
        self.lock = threading.Lock()
        self.deadlines = Deadlines()
        self.attached: OrderedDict[str, bool] = OrderedDict()
        self.users: Counter[str] = Counter()
        self.spill = tempfile.TemporaryDirectory(prefix="ventanilla-")
        self.connection = _locked_connection(lake, memory, threads, self.spill.name)


class DuckEngine:
    """Answers questions over the native files of a lake, or the Parquet files of versions that have none yet.

    See `data_loaders.engine.Engine`.
    """

    def __init__(self, lake: Lake, memory: str, threads: int) -> None:
        self._lake = lake
        self._memory = memory
        self._threads = threads
        self._opening = threading.Lock()
        self._process: tuple[int, Process] | None = None

    def run(self, query: Query, seconds: float) -> tuple[Row, ...]:
        """The rows of `query`; TooSlow, TooLarge, NotReady or PortalError where there are none."""
        process = self._here()
        with self._using(process, query.tables):
            cursor = process.connection.cursor()
            try:
                with process.deadlines.within(seconds, cursor.interrupt):
                    return _answer(cursor, query, seconds)
            finally:
                cursor.close()

    def close(self) -> None:
        """Close this process's connection; the next question opens a new one."""
        held, self._process = self._process, None
        if held and held[0] == os.getpid():
            held[1].connection.close()
            held[1].spill.cleanup()

    def _here(self) -> Process:
        """This process's connection. A connection made before a fork hangs in the child, so it is never used there."""
        held = self._process
        if held and held[0] == os.getpid():
            return held[1]
        if held:
            self._opening = threading.Lock()
        with self._opening:
            held = self._process
            if not held or held[0] != os.getpid():
                held = (os.getpid(), Process(self._lake, self._memory, self._threads))
                self._process = held
            return held[1]

    @contextmanager
    def _using(self, process: Process, tables: tuple[TableRef, ...]) -> Iterator[None]:
        """Keep the versions of `tables` attached while a question runs."""
        versions = {ref.version: ref for ref in tables}
        with process.lock:
            for ref in versions.values():
                self._attach(process, ref)
            process.users.update(versions.keys())
        try:
            yield
        finally:
            with process.lock:
                process.users.subtract(versions.keys())
                _detach_surplus(process)

    def _attach(self, process: Process, ref: TableRef) -> None:
        path = self._lake.tables(ref)
        if ref.version in process.attached:
            process.attached.move_to_end(ref.version)
            if process.attached[ref.version] or process.users[ref.version] > 0 or not path.is_file():
                return
            _detach(process, ref.version)
        native = path.is_file()
        parquets = () if native else self._lake.parquets(ref)
        if not re.fullmatch(r"\w+", ref.version) or not (native or parquets):
            raise NotReady("Estos datos todavía se están cargando; intente de nuevo en unos segundos.")
        schema = f'"{schema_of(ref.version)}"'
        if native:
            process.connection.execute(f"ATTACH {_literal(path)} AS {schema} (READ_ONLY)")
        else:
            process.connection.execute(f"ATTACH ':memory:' AS {schema}")
        process.attached[ref.version] = native
        for parquet in parquets:
            table = parquet.stem.replace('"', '""')
            process.connection.execute(f'CREATE VIEW {schema}."{table}" AS FROM read_parquet({_literal(parquet)})')


def _literal(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "''") + "'"


def _detach(process: Process, version: str) -> None:
    process.connection.execute(f'DETACH "{schema_of(version)}"')
    del process.attached[version]
    del process.users[version]


def _detach_surplus(process: Process) -> None:
    """Let go of the versions that were used longest ago, beyond the bound, that nobody is reading."""
    surplus = len(process.attached) - MOST_ATTACHED
    idle = [version for version in process.attached if process.users[version] <= 0]
    for version in idle[: max(0, surplus)]:
        _detach(process, version)


def _locked_connection(lake: Lake, memory: str, threads: int, spill: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("SET memory_limit = ?", [memory])
    con.execute(f"SET threads = {max(1, int(threads))}")
    con.execute("SET temp_directory = ?", [spill])
    con.execute("SET max_temp_directory_size = '10GB'")
    con.execute("SET TimeZone = 'America/Mexico_City'")
    con.execute("SET allowed_directories = ?", [[str(lake.root.resolve())]])
    for name in ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"):
        con.execute(f"SET {name} = false")
    con.execute("SET enable_external_access = false")
    con.execute("SET preserve_insertion_order = true")  # rows of a page, and those with equal sort keys, stay in order
    con.execute("SET lock_configuration = true")
    return con


def _answer(cursor: duckdb.DuckDBPyConnection, query: Query, seconds: float) -> tuple[Row, ...]:
    try:
        _only_select(cursor, query.sql)
        cursor.execute(query.sql, list(query.parameters))
        return _cells(cursor.fetchall(), [str(column[1]) for column in cursor.description or ()])
    except duckdb.InterruptException:
        raise TooSlow(
            f"La consulta tardó más de {seconds:g} segundos. Elija menos datos: un filtro de lugar o de fecha ayuda."
        ) from None
    except duckdb.OutOfMemoryException:
        raise TooLarge("La consulta necesita más memoria de la disponible. Agregue un filtro o agrupe menos.") from None
    except duckdb.Error:
        LOG.exception("a question failed: %s", query.sql)
        raise PortalError("La consulta no se pudo responder.") from None


def _only_select(cursor: duckdb.DuckDBPyConnection, sql: str) -> None:
    """A PRAGMA is parsed as a SELECT too, so the first word counts as well."""
    statements = cursor.extract_statements(sql)
    if [s.type for s in statements] != [duckdb.StatementType.SELECT] or not sql.lstrip("( \n").upper().startswith(
        QUESTIONS
    ):
        raise PortalError("Solo se pueden hacer consultas de lectura.")


def _cells(rows: list[tuple[object, ...]], types: list[str]) -> tuple[Row, ...]:
    odd = [i for i, kind in enumerate(types) if kind not in READY_TYPES]
    if not odd:
        return tuple(rows)  # type: ignore[arg-type]
    columns: list[list[object]] = [list(column) for column in zip(*rows, strict=True)]
    for i in odd if columns else ():
        columns[i] = [cell(value) for value in columns[i]]
    return tuple(zip(*columns, strict=True))


def cell(value: object) -> Cell:
    """A value as DuckDB gives it, as a cell: decimals exact, no infinities, text for what has no word of its own."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else value
    if value is None or isinstance(value, (bool, int, str, date, datetime)):
        return value
    return str(value)


ENGINE = EngineKind("duckdb", DuckEngine)
