"""Who answers for an agency, their sessions, what was moderated, and mail to be sent."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, Table

from store.tables.base import Moment, Words, metadata

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("agency", Words, nullable=False, index=True),
    Column("operator", Boolean, nullable=False),
    Column("password_hash", Words, nullable=False),
    Column("created", Moment, nullable=False),
    Column("disabled", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Words, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("moment", Moment, nullable=False, index=True),
    Column("actor", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("target", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("detail", Words, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", ForeignKey("threads.id"), nullable=False),
    Column("reason", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("created", Moment, nullable=False),
    Column("settled", Moment),
    Index(None, "thread_id", "settled"),
)

agency_rules = Table(
    "agency_rules",
    metadata,
    Column("agency", Words, primary_key=True),
    Column("premoderated", Boolean, nullable=False),
)

limits = Table(
    "limits",
    metadata,
    Column("key", Words, primary_key=True),
    Column("until", Moment, nullable=False, index=True),
    Column("count", Integer, nullable=False),
)

salts = Table(
    "salts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("salt", Words, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("recipient", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("created", Moment, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("sent", Moment),
    Column("problem", Words, nullable=False),
)
