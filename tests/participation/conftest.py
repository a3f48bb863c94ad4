"""The two stores."""

from __future__ import annotations

from tests.stores import backend, blank_url, migrated_sqlite, postgres, store, store_url

__all__ = ["backend", "blank_url", "migrated_sqlite", "postgres", "store", "store_url"]
