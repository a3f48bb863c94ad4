"""Threads as issue and answer need them: answer types, history, row and column anchors."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
