"""Replies, pointers and jobs are kept: SQL tables and migrations, the only SQLAlchemy."""
