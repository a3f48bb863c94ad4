"""A thread as the public reads it: titles, dates and states in words, personal data masked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from figures.formats import day
from model.errors import PortalError
from model.thread import AnswerType, Event, Message, Thread, ThreadState
from participation.deadline import MEXICO, today
from participation.kind import Field, choice_label, kind_named
from participation.personal import mask
from portal.portal import Portal
from portal.usecases.reanchor import opening, standing
from query.address import address, parse

LONGEST_TITLE = 110
SENTENCE = re.compile(rf".{{10,{LONGEST_TITLE - 1}}}?[.?!](?=\s)")
PORTAL_TEAM = "Equipo del portal"
DEEDS = MappingProxyType(
    {
        ThreadState.RECEIVED: "Recibida",
        ThreadState.IN_REVIEW: "En revisión",
        ThreadState.ANSWERED: "Respondida",
        ThreadState.CLOSED: "Cerrada",
        "oculta": "Oculta",
        "publica": "A la vista",
        "unida": "Unida a otra",
        "movida": "Pasada a otra dependencia",
        "retirada": "Retirada por quien la escribió",
    }
)


@dataclass(frozen=True, slots=True)
class Chip:
    """What a thread is about: its words, the address that shows exactly that, and what became of it since."""

    label: str
    href: str
    since: str = ""
    now: str = ""  # the same view in the present release, where something became of it


@dataclass(frozen=True, slots=True)
class Reply:
    """An official answer. `picture` is the drawing of the view that it cites, `cited` that view's address."""

    agency: str
    day: str
    type: str
    paragraphs: tuple[str, ...]
    estimate: str = ""
    ground: str = ""
    cited: str = ""
    picture: str = ""
    uncited: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    day: str
    what: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """A thread in words. `signed` is the name that the person wrote, as they wrote it: it proves nothing."""

    folio: str
    kind: str
    title: str
    signed: str
    day: str
    paragraphs: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    chip: Chip
    state: str
    open: bool
    overdue: bool
    due: str
    agency: str
    replies: tuple[Reply, ...]
    history: tuple[Step, ...]
    merged_into: str

    @property
    def href(self) -> str:
        return f"/pregunta/{self.folio}"


def tell(portal: Portal, thread: Thread, now: datetime | None = None) -> Told:
    """The thread in words at a moment (now)."""
    kind = kind_named(thread.kind)
    fields = {field.name: field for field in kind.fields} if kind else {}
    question = thread.question
    moment = now or datetime.now(UTC)
    return Told(
        folio=thread.folio,
        kind=kind.label if kind else thread.kind,
        title=title_of(thread),
        signed=mask(question.name),
        day=local_day(question.created),
        paragraphs=paragraphs(question.text),
        details=tuple(_detail(fields, name, value) for name, value in thread.details),
        chip=_chip(portal, thread),
        state=thread.standing,
        open=thread.state.open,
        overdue=thread.overdue(today(moment)),
        due=day(thread.deadline, long=True),
        agency=agency_name(portal, thread.agency),
        replies=tuple(_reply(message) for message in thread.answers),
        history=tuple(_step(event) for event in thread.events),
        merged_into=thread.merged_into,
    )


def title_of(thread: Thread) -> str:
    """The field that says best what a thread is about, or its first sentence, or its beginning; masked."""
    kind = kind_named(thread.kind)
    details = dict(thread.details)
    text = details.get(kind.title if kind else "") or " ".join(thread.question.text.split())
    plain = mask(text)
    if len(plain) > LONGEST_TITLE and (first := SENTENCE.match(plain)):
        return first[0]
    return plain if len(plain) <= LONGEST_TITLE else plain[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def paragraphs(text: str, *, official: bool = False) -> tuple[str, ...]:
    """The masked paragraphs of a message; an `official` one keeps its office's telephone and address."""
    return tuple(part.strip() for part in mask(text, official=official).split("\n\n") if part.strip())


def local_day(moment: datetime) -> str:
    """`22 nov 2026`, by the calendar of central Mexico."""
    return day(moment.astimezone(MEXICO).date())


def agency_name(portal: Portal, slug: str) -> str:
    """The name of the agency that a thread is addressed to; the portal's team for none."""
    if not slug:
        return PORTAL_TEAM
    try:
        known = portal.snapshot.datasets.values()
    except PortalError:
        return slug
    return next((d.agency.name for d in known if d.agency.slug == slug), slug)


def _detail(fields: dict[str, Field], name: str, value: str) -> tuple[str, str]:
    field = fields.get(name)
    return (field.label, mask(choice_label(field, value))) if field else (name, mask(value))


def _chip(portal: Portal, thread: Thread) -> Chip:
    anchor = thread.anchor
    try:
        found = standing(portal, anchor)
    except PortalError:
        found = None
    label = anchor.label or anchor.page
    since, now = (found.words, anchor.view) if found else ("", "")
    return Chip(label, opening(anchor), since, now)


def _reply(message: Message) -> Reply:
    return Reply(
        agency=message.name,
        day=local_day(message.created),
        type=message.type.label if message.type else "",
        paragraphs=paragraphs(message.text, official=True),
        estimate=day(message.day, long=True) if message.day and message.type is AnswerType.DATE else "",
        ground=mask(message.ground, official=True),
        cited=message.view,
        picture=_picture(message.view),
        uncited=mask(message.uncited, official=True),
    )


def _picture(cited: str) -> str:
    """The address of the drawing of a cited view; "" for a table or none."""
    path, _, query = cited.partition("?")
    parts = path.split("/")
    if len(parts) != 4:
        return ""
    try:
        view = parse(parts[2], parts[3], query)
    except PortalError:
        return ""
    return address(view, ".svg") if view.chart not in ("", "table") else ""


def _step(event: Event) -> Step:
    return Step(local_day(event.moment), DEEDS.get(event.what, event.what), event.by, mask(event.reason))
