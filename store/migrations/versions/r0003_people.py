"""Agency people, sessions, moderation and the mail to be sent."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
