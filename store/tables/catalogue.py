"""The catalogue as last harvested, and the releases of its resources."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from store.tables.base import Moment, Words, metadata

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
