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
        return self.value.replace("en_revision", "en revisión")

    @property
    def open(self) -> bool:
        """Whether an answer is still awaited."""
        return self in (ThreadState.RECEIVED, ThreadState.IN_REVIEW)


class Visibility(StrEnum):
    """Who may see a thread: everyone; nobody but its author and staff, before or after a moderator looked at it."""

    PUBLIC = "publica"
    PENDING = "por_revisar"
    HIDDEN = "oculta"


class Author(StrEnum):
    """Who writes a message."""

    CITIZEN = "citizen"
    AGENCY = "agency"


class AnswerType(StrEnum):
    """What an official answer says."""

    DATE = "fecha"
    REASON = "razon"
    REFUSED = "no_procede"
    QUALITY = "calidad"
    MEANING = "significado"
    PUBLISHED = "publicada"  # of data requests: the data are there, at the address that the answer cites

    @property
    def label(self) -> str:
        return {
            "fecha": "Fecha estimada",
            "razon": "Razón",
            "no_procede": "No procede",
            "calidad": "Calidad de los datos",
            "significado": "Significado de los datos",
            "publicada": "Datos publicados",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a thread is about. Only `page` (a path, from `/`) is always there.

    `dataset` and `resource` are slugs, `view` the canonical address of a View without its version, `version` the one
    that was looked at. `row` says which row (JSON, see `portal.rows`), `column` names the column that was pointed at,
    `value` is its cell then, as plain text, and `label` is the text of the chip: «Guanajuato · 2024 · 3 148».
    """

    page: str
    dataset: str = ""
    resource: str = ""
    version: str = ""
    view: str = ""
    row: str = ""
    column: str = ""
    label: str = ""
    value: str = ""


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
class NewAnswer:
    """A valid official answer. `day` belongs to DATE, `ground` (the legal one) to REFUSED.

    It cites a View by its address (`view`), or says in `uncited` why it cites none. `token` makes twice once.
    """

    type: AnswerType
    text: str
    day: date | None = None
    ground: str = ""
    view: str = ""
    uncited: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `name` is the citizen's ("" for none given) or the agency's; the rest is of official answers."""

    author: Author
    name: str
    text: str
    created: datetime
    type: AnswerType | None = None
    day: date | None = None
    ground: str = ""
    view: str = ""
    uncited: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a thread's public history: what happened, by whom, and why ("" where that goes without saying).

    `what` is a state's value or a moderator's deed (`oculta`, `publica`, `unida`, `movida`).
    """

    moment: datetime
    what: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with its answers, oldest message first.

    `agency` is the slug of who has to answer ("": the portal's operator). `secret` is the private link's token:
    only the answer to the first `open_thread` holds it, the store keeps no more than its hash.
    `merged_into` is the folio of the thread that goes on with this one.
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
    updated: datetime | None = None
    visibility: Visibility = Visibility.PUBLIC
    merged_into: str = ""
    events: tuple[Event, ...] = ()

    @property
    def question(self) -> Message:
        return self.messages[0]

    @property
    def answers(self) -> tuple[Message, ...]:
        """The official answers, oldest first."""
        return tuple(m for m in self.messages if m.author is Author.AGENCY)

    @property
    def public(self) -> bool:
        """Whether everyone may read it."""
        return self.visibility is Visibility.PUBLIC

    @property
    def standing(self) -> str:
        """The state as people read it; a data request that was met is «publicada», a refused one «no procede»."""
        last = self.answers[-1].type if self.kind == "solicitud" and self.answers else None
        ends = {AnswerType.PUBLISHED: "publicada", AnswerType.REFUSED: "no procede"}
        return ends.get(last, self.state.label) if last else self.state.label

    def overdue(self, today: date) -> bool:
        """Whether its deadline passed without an answer."""
        return self.state.open and today > self.deadline
