"""Opening the store: SQLite or PostgreSQL behind one `Store`, and bringing its tables up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, NullPool, Pool, QueuePool, create_engine, event, make_url, text
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from model.errors import StoreDown

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 30_000
CONNECT_SECONDS = 5
UNDEFINED_TABLE = "42P01"  # PostgreSQL: the tables were never made


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; safe to share between threads, and after a fork."""

    engine: Engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that reads one state of the store. Raises StoreDown."""
        with _told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, alone: str = "") -> Iterator[Connection]:
        """A transaction that writes, committed at the end of the block. Raises StoreDown.

        Writers with the same `alone` never overlap (SQLite has one writer at a time anyway).
        """
        with _told(), self.engine.connect().execution_options(write=True) as connection, connection.begin():
            if alone and connection.dialect.name == "postgresql":
                _lock(connection, alone)
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """The store at an SQLAlchemy URL (`sqlite:////folder/file.sqlite`, `postgresql://…`). Connects on first use.

    A missing SQLite file is never made here (`upgrade` does that): using the store then raises StoreDown.
    """
    return Store(_engine(make_url(url), "rw", None))


def upgrade(url: str, revision: str = "head") -> None:
    """Make the store at `url` if need be and bring its tables to `revision` (the newest). Raises StoreDown.

    Processes that start together wait for each other.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        Path(_file(address)).parent.mkdir(parents=True, exist_ok=True)
    store = Store(_engine(address, "rwc", NullPool))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    if address.get_backend_name() == "sqlite":
        _write_ahead(store)
    with store.write(alone="upgrade") as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    store.close()


def _write_ahead(store: Store) -> None:
    """Set SQLite's WAL mode, which stays with the file and cannot be set inside a transaction."""
    try:
        with closing(store.engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise StoreDown from error


def _engine(url: URL, mode: str, pool: type[Pool] | None) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, mode, pool)
    address = url.set(drivername="postgresql+psycopg")
    wait = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(address, poolclass=pool, pool_pre_ping=True, connect_args=wait)
    _survive_fork(engine)
    return engine


def _sqlite(url: URL, mode: str, pool: type[Pool] | None) -> Engine:
    chosen = url.query.get("mode", mode)
    address = f"file:{quote(_file(url))}?mode={chosen}"

    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver opens no transactions of its own, the "begin" event below does
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=pool or QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    _survive_fork(engine)
    return engine


def _file(url: URL) -> str:
    if not url.database or url.database == ":memory:":
        raise ValueError("the store needs a file: sqlite:////folder/file.sqlite")
    return str(Path(url.database).absolute())


def _survive_fork(engine: Engine) -> None:
    """A connection made before a fork is never used after it (SQLAlchemy's own recipe)."""

    @event.listens_for(engine, "connect")
    def connected(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["pid"] = os.getpid()

    @event.listens_for(engine, "checkout")
    def checked_out(_connection: object, entry: Any, proxy: Any) -> None:
        if entry.info["pid"] != os.getpid():
            entry.dbapi_connection = proxy.dbapi_connection = None
            raise DisconnectionError("this connection belongs to the parent process")


def _lock(connection: Connection, name: str) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"ventanilla {name}"})


@contextmanager
def _told() -> Iterator[None]:
    """Whatever says that the database is not there, locked, full or read-only becomes StoreDown."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreDown from error
    except (IntegrityError, DataError, NotSupportedError):
        raise
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != UNDEFINED_TABLE:
            raise
        raise StoreDown from error
    except DBAPIError as error:
        raise StoreDown from error
