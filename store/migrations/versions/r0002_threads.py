"""Threads as issue and answer need them: answer types, history, row and column anchors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _threads()
    _messages()
    _events()


def _threads() -> None:
    """Columns are added in place: SQLite would empty a table that it makes anew of what refers to it."""
    for name in ("value", "person_hash", "folded"):
        op.add_column("threads", _words(name))
    op.add_column("threads", _words("visibility", "publica"))
    long_ago = "1970-01-01 00:00:00"
    op.add_column("threads", sa.Column("updated", sa.DateTime(True), nullable=False, server_default=long_ago))
    op.execute("UPDATE threads SET updated = created")
    name = op.f("fk_threads_merged_into")
    op.execute(f"ALTER TABLE threads ADD COLUMN merged_into INTEGER CONSTRAINT {name} REFERENCES threads (id)")
    op.create_index(op.f("ix_threads_person_hash"), "threads", ["person_hash"], unique=False)
    op.create_index(op.f("ix_threads_updated"), "threads", ["updated"], unique=False)


def _messages() -> None:
    op.add_column("messages", sa.Column("token_hash", sa.String(), nullable=True))
    for name in ("type", "ground", "view", "uncited"):
        op.add_column("messages", _words(name))
    op.add_column("messages", sa.Column("day", sa.Date(), nullable=True))
    op.create_index(op.f("ix_messages_token_hash"), "messages", ["token_hash"], unique=True)


def _words(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_events_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_thread_id"), "events", ["thread_id"], unique=False)
