"""Threads, their messages and their history."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, Table

from store.tables.base import Moment, Words, metadata

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
    Column("value", Words, nullable=False),
    Column("person_hash", Words, nullable=False, index=True),
    Column("folded", Words, nullable=False),
    Column("updated", Moment, nullable=False, index=True),
    Column("visibility", Words, nullable=False),
    Column("merged_into", ForeignKey("threads.id")),
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
    Column("token_hash", Words, unique=True, index=True),
    Column("type", Words, nullable=False),
    Column("day", Date),
    Column("ground", Words, nullable=False),
    Column("view", Words, nullable=False),
    Column("uncited", Words, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", ForeignKey("threads.id"), nullable=False, index=True),
    Column("moment", Moment, nullable=False),
    Column("what", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
)
