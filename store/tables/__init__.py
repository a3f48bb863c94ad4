"""The tables, one definition for SQLite and PostgreSQL; `store/migrations` must agree with it.

Importing this package is what makes `metadata` know them all.
"""

from store.tables import catalogue, demand, loads, people, surveys, threads, votes
from store.tables.base import metadata

__all__ = ["catalogue", "demand", "loads", "metadata", "people", "surveys", "threads", "votes"]
