"""What people looked for and did not find, counted by day without telling who."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Table

from store.tables.base import Moment, Words, metadata

demand = Table(
    "demand",
    metadata,
    Column("day", Date, primary_key=True),
    Column("what", Words, primary_key=True),
    Column("dataset", Words, primary_key=True),
    Column("resource", Words, primary_key=True),
    Column("term", Words, primary_key=True),
    Column("times", BigInteger, nullable=False),
    Index(None, "what", "day"),
)

hidden_terms = Table(
    "hidden_terms",
    metadata,
    Column("term", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("hidden", Moment, nullable=False),
)
