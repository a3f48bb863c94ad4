"""Answers kept as bytes: on disk, bounded in bytes, or in Redis when several machines share them."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import diskcache
from flask import Flask
from flask_caching import Cache
from flask_caching.backends.base import BaseCache
from redis.exceptions import RedisError

from config import Settings

LOG = logging.getLogger(__name__)


class BoundedDiskCache(BaseCache):
    """flask-caching's backend over diskcache: its own file backend counts entries, this one bytes."""

    def __init__(self, folder: str, size_limit: int, default_timeout: int = 0) -> None:
        super().__init__(default_timeout)
        self._disk = diskcache.Cache(folder, size_limit=size_limit, eviction_policy="least-recently-stored")

    @classmethod
    def factory(
        cls,
        _app: Flask,
        config: dict[str, Any],
        _args: list[Any],
        _kwargs: dict[str, Any],
    ) -> BoundedDiskCache:
        """The signature by which flask-caching makes a backend named in CACHE_TYPE."""
        return cls(config["CACHE_DIR"], config["CACHE_BYTES"])

    def get(self, key: str) -> bytes | None:
        """The bytes under `key`, or None."""
        found: bytes | None = self._disk.get(key)
        return found

    def set(self, key: str, value: bytes, timeout: int | timedelta | None = None) -> bool:
        """Keep `value`; the oldest entries leave when the bound is passed."""
        return bool(self._disk.set(key, value, expire=_seconds(timeout)))

    def has(self, key: str) -> bool:
        """Whether `key` is kept."""
        return key in self._disk

    def delete(self, key: str) -> bool:
        """Forget `key`."""
        return bool(self._disk.delete(key))

    def clear(self) -> bool:
        """Forget everything."""
        self._disk.clear()
        return True


def _seconds(timeout: int | timedelta | None) -> float | None:
    """diskcache keeps for ever what has no expiry; cachelib says 0 for that."""
    seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout
    return seconds or None


FAILURES = (OSError, sqlite3.Error, RedisError)


@dataclass(frozen=True, slots=True)
class Answers:
    """Bytes by key, for a while; a cache that fails is as good as an empty one."""

    cache: Cache

    def get(self, key: str) -> bytes | None:
        """The bytes under `key`, or None."""
        try:
            found: bytes | None = self.cache.get(key)
        except FAILURES as error:
            LOG.warning("cache: %s", error)
            return None
        return found

    def set(self, key: str, value: bytes) -> None:
        """Keep `value`, if the cache can."""
        try:
            self.cache.set(key, value)
        except FAILURES as error:
            LOG.warning("cache: %s", error)


def open_cache(app: Flask, settings: Settings) -> Answers:
    """The cache that the settings name: Redis when `redis_url` is given, else a folder under `settings.cache`."""
    if settings.redis_url:
        config: dict[str, object] = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": settings.redis_url}
    else:
        config = {
            "CACHE_TYPE": "portal.cache.BoundedDiskCache",
            "CACHE_DIR": str(settings.cache / "answers"),
            "CACHE_BYTES": settings.cache_bytes,
        }
    return Answers(Cache(app, config={**config, "CACHE_DEFAULT_TIMEOUT": 0}))
