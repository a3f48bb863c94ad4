"""The tables, one definition for SQLite and PostgreSQL; `store/migrations` must agree with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

AnyRow = Row[*tuple[Any, ...]]


class Moment(TypeDecorator[datetime]):
    """A moment: aware in, aware UTC out, on both stores. SQLite keeps it as UTC without an offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that both stores can hold: NUL and lone surrogates, which PostgreSQL refuses, become U+FFFD."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """`text` as the store keeps it: NUL and lone surrogates replaced by U+FFFD."""
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

datasets = Table(
    "datasets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identifier", Words, nullable=False, unique=True),
    Column("slug", Words, nullable=False, unique=True),
    Column("title", Words, nullable=False),
    Column("agency", Words, nullable=False, index=True),
    Column("metadata", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    Column("stale", Boolean, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
)

resources = Table(
    "resources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dataset_id", ForeignKey("datasets.id"), nullable=False),
    Column("identifier", Words, nullable=False),
    Column("slug", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    Column("stale", Boolean, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    UniqueConstraint("dataset_id", "identifier"),
    UniqueConstraint("dataset_id", "slug"),
)

old_dataset_slugs = Table(
    "old_dataset_slugs",
    metadata,
    Column("slug", Words, primary_key=True),
    Column("dataset_id", ForeignKey("datasets.id"), nullable=False),
)

old_resource_slugs = Table(
    "old_resource_slugs",
    metadata,
    Column("dataset_id", ForeignKey("datasets.id"), primary_key=True),
    Column("slug", Words, primary_key=True),
    Column("resource_id", ForeignKey("resources.id"), nullable=False),
)

harvest_problems = Table(
    "harvest_problems",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("seen", Moment, nullable=False),
)

releases = Table(
    "releases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("resource_id", ForeignKey("resources.id"), nullable=False),
    Column("dataset", Words, nullable=False),
    Column("resource", Words, nullable=False),
    Column("version", Words, nullable=False),
    Column("published", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    Index(None, "resource_id", "id"),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("resource_id", ForeignKey("resources.id"), primary_key=True),
    Column("version", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("withdrawn", Moment, nullable=False),
)

loads = Table(
    "loads",
    metadata,
    Column("resource_id", ForeignKey("resources.id"), primary_key=True),
    Column("state", Words, nullable=False, index=True),
    Column("source", Words, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("version", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("enqueued", Moment, nullable=False),
    Column("started", Moment),
    Column("finished", Moment),
    Column("progress", Words, nullable=False),
    Column("worker", Words, nullable=False),
    Column("claim", Words, nullable=False),
    Column("lease_until", Moment),
)

folios = Table(
    "folios",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

threads = Table(
    "threads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folio", Words, nullable=False, unique=True),
    Column("kind", Words, nullable=False),
    Column("state", Words, nullable=False, index=True),
    Column("secret_hash", Words, nullable=False, unique=True),
    Column("token_hash", Words, nullable=False, unique=True),
    Column("page", Words, nullable=False, index=True),
    Column("dataset_id", ForeignKey("datasets.id"), index=True),
    Column("resource_id", ForeignKey("resources.id"), index=True),
    Column("version", Words, nullable=False),
    Column("view", Words, nullable=False),
    Column("row", Words, nullable=False),
    Column("column", Words, nullable=False),
    Column("label", Words, nullable=False),
    Column("details", JSON, nullable=False),
    Column("agency", Words, nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("deadline", Date, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", ForeignKey("threads.id"), nullable=False, index=True),
    Column("author", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("created", Moment, nullable=False),
)
