"""What people follow, so as to be told when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Followed(StrEnum):
    """The kinds of things that can be followed. `label` is what a visitor reads."""

    THREAD = "hilo"
    DATASET = "conjunto"
    VIEW = "vista"

    @property
    def label(self) -> str:
        return {"hilo": "esta conversación", "conjunto": "este conjunto de datos", "vista": "estas cifras"}[self]


@dataclass(frozen=True, slots=True)
class Target:
    """One thread (`folio`), dataset, or View: `dataset`, `resource` and its canonical query without a version."""

    kind: Followed
    folio: str = ""
    dataset: str = ""
    resource: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """One e-mail address that follows one target, by its present slugs. `confirmed` is None until its owner said so.

    `seen` is the number of the newest release that its owner knows of (0: none).
    """

    id: int
    target: Target
    email: str
    created: datetime
    confirmed: datetime | None
    seen: int
