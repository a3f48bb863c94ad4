"""How a process opens its portal."""

from __future__ import annotations

from flask import Flask

import data_loaders.engines
from config import Settings
from data_loaders.engine import EngineKind
from data_loaders.lake import Lake
from model.errors import PortalError
from model.registry import discover
from portal.cache import open_cache
from portal.counting import Counts
from portal.portal import Portal
from portal.snapshot import SnapshotKeeper
from store.database import open_store, upgrade


def open_portal(app: Flask, settings: Settings) -> Portal:
    """The portal that the settings describe; makes `var` and brings the store to its newest migration."""
    settings.lake.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database)
    store = open_store(settings.database)
    lake = Lake(settings.lake)
    return Portal(
        settings=settings,
        store=store,
        lake=lake,
        engine=_engine_kind(settings.engine).open(lake, settings.query_memory, settings.query_threads),
        cache=open_cache(app, settings),
        keeper=SnapshotKeeper(store),
        counts=Counts(store),
    )


def _engine_kind(name: str) -> EngineKind:
    kinds = {k.name: k for k in discover(data_loaders.engines, "ENGINE") if isinstance(k, EngineKind)}
    if name not in kinds:
        raise PortalError(f"ENGINE={name!r}: there is {', '.join(sorted(kinds))}")
    return kinds[name]
