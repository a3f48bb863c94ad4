"""Jobs of the ingest process."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table

from store.tables.base import Moment, Words, metadata

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
