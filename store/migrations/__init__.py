"""Alembic's scripts: one baseline for SQLite and PostgreSQL, then one file a change."""
