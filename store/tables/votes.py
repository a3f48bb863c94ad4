"""Votes and what people follow."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint

from store.tables.base import Moment, Words, metadata

votes = Table(
    "votes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", ForeignKey("threads.id"), nullable=False),
    Column("person", Words, nullable=False, index=True),
    Column("confirmed_by", Words),
    Column("created", Moment, nullable=False),
    UniqueConstraint("thread_id", "person"),
)

follows = Table(
    "follows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("target", Words, nullable=False),
    Column("email", Words, nullable=False, index=True),
    Column("thread_id", ForeignKey("threads.id"), index=True),
    Column("dataset_id", ForeignKey("datasets.id"), index=True),
    Column("resource_id", ForeignKey("resources.id"), index=True),
    Column("view", Words, nullable=False),
    Column("created", Moment, nullable=False),
    Column("confirmed", Moment),
    Column("seen", Integer, nullable=False),
    UniqueConstraint("target", "email"),
    sqlite_autoincrement=True,  # the id stands in links of mails: it never becomes another's
)
