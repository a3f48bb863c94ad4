"""The load of a resource: what the ingest worker did, does or has to do with its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LoadState(StrEnum):
    """Where a load stands. `label` is what a visitor reads."""

    PENDING = "pendiente"
    LOADING = "cargando"
    READY = "lista"
    FAILED = "fallida"

    @property
    def label(self) -> str:
        return {"pendiente": "en espera", "cargando": "cargando", "lista": "lista", "fallida": "no se pudo leer"}[self]


@dataclass(frozen=True, slots=True)
class Load:
    """The one load of a resource (`dataset` and `resource` are its present slugs).

    `source` is the path of the file, `fingerprint` what told the harvest that the file changed. `version` is the one
    last loaded ("" before the first), `reason` why it failed, in Spanish. `claim` is the worker's proof that the
    job is its own; "" when nobody works on it.
    """

    dataset: str
    resource: str
    state: LoadState
    source: str
    fingerprint: str
    version: str
    reason: str
    attempts: int
    enqueued: datetime
    started: datetime | None
    finished: datetime | None
    progress: str
    worker: str
    claim: str
