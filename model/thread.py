"""Threads: what people ask and what agencies answer, anchored to what they were looking at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ThreadState(StrEnum):
    """Where a thread stands. `label` is what a visitor reads."""

    RECEIVED = "recibida"
    IN_REVIEW = "en_revision"
    ANSWERED = "respondida"
    CLOSED = "cerrada"

    @property
    def label(self) -> str:
        return {"recibida": "recibida", "en_revision": "en revisión", "respondida": "respondida", "cerrada": "cerrada"}[
            self
        ]


class Author(StrEnum):
    """Who writes a message."""

    CITIZEN = "citizen"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a thread is about. Only `page` (a path, from `/`) is always there.

    `dataset` and `resource` are slugs, `view` the canonical address of a View, `row` and `column` name what was
    pointed at, and `label` is the text of the chip: «Guanajuato · 2024 · 3 148».
    """

    page: str
    dataset: str = ""
    resource: str = ""
    version: str = ""
    view: str = ""
    row: str = ""
    column: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class NewThread:
    """A valid form: clean text, and the token that makes sending it twice one thread.

    `details` are the kind's own further fields, as (field name, value).
    """

    kind: str
    anchor: Anchor
    text: str
    token: str
    name: str = ""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `name` is the citizen's ("" for none given) or the agency's."""

    author: Author
    name: str
    text: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with its answers, oldest message first.

    `agency` is the slug of who has to answer ("": the portal's operator). `secret` is the private link's token:
    only the answer to the first `open_thread` holds it, the store keeps no more than its hash.
    """

    folio: str
    kind: str
    state: ThreadState
    anchor: Anchor
    created: datetime
    deadline: date
    agency: str
    messages: tuple[Message, ...]
    details: tuple[tuple[str, str], ...] = ()
    secret: str = ""

    @property
    def question(self) -> Message:
        return self.messages[0]

    @property
    def answers(self) -> tuple[Message, ...]:
        """The official answers, oldest first."""
        return tuple(m for m in self.messages if m.author is Author.AGENCY)
