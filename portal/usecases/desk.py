"""The desk of those who answer: what waits for them, and what they do in a thread, each try in the audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from model.errors import Forbidden
from model.people import User
from model.thread import Thread, Visibility
from participation import moderation
from participation.audit import DENIED, DONE, record
from participation.deadline import left, today
from portal.portal import Portal
from portal.usecases.notices.opened import opened
from portal.usecases.replies import answer_thread, close_thread, review_thread
from store import threads
from store.moderation import Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Due:
    """A thread that waits for an answer; `left` days of the settings' kind, negative when it is late."""

    thread: Thread
    left: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for one person: threads to answer, those due first; messages to look at; reports to decide on."""

    due: tuple[Due, ...]
    pending: tuple[Thread, ...]
    reported: tuple[Report, ...]

    @property
    def late(self) -> int:
        """How many threads are past their date."""
        return sum(item.left < 0 for item in self.due)


def desk(portal: Portal, user: User, now: datetime | None = None) -> Desk:
    """The person's desk: of their agency, or of all for an operator. Raises StoreDown."""
    day = today(now or datetime.now(UTC))
    waiting = threads.waiting(portal.store, None if user.operator else user.agency)
    seen = [thread for thread in waiting if thread.visibility is Visibility.PUBLIC]
    return Desk(
        tuple(Due(thread, left(thread.deadline, day, portal.settings.plazo_tipo)) for thread in seen),
        moderation.pending(portal.store, user),
        moderation.reported(portal.store, user),
    )


def opened_for(portal: Portal, folio: str, user: User) -> Thread:
    """The thread, for somebody who may act on it, whoever else sees it. Raises NotFound, Forbidden (in the audit)."""
    thread = threads.by_folio(portal.store, folio)

    def look() -> Thread:
        if not user.acts_for(thread.agency):
            raise Forbidden("Sólo puede contestar la dependencia a la que se dirige.")
        return thread

    return _tried(portal, user, "abrir", folio, look)


def answer(portal: Portal, folio: str, form: dict[str, str], user: User) -> Thread:
    """The official answer, from the fields of `participation.answering`. Errors of `replies.answer_thread`."""
    done = _tried(portal, user, "responder", folio, lambda: answer_thread(portal, folio, form, user))
    return _kept(portal, user, "responder", done, done.answers[-1].type or "")


def review(portal: Portal, folio: str, user: User) -> Thread:
    """The agency is looking into it. Errors of `replies.review_thread`."""
    done = _tried(portal, user, "en revisión", folio, lambda: review_thread(portal, folio, user))
    return _kept(portal, user, "en revisión", done)


def close(portal: Portal, folio: str, reason: str, user: User) -> Thread:
    """The thread is over. Errors of `replies.close_thread`."""
    done = _tried(portal, user, "cerrar", folio, lambda: close_thread(portal, folio, reason, user))
    return _kept(portal, user, "cerrar", done)


def hide(portal: Portal, folio: str, reason: str, note: str, user: User) -> Thread:
    """Out of sight. Errors of `moderation.hide`."""
    now = datetime.now(UTC)
    return _tried(portal, user, "ocultar", folio, lambda: moderation.hide(portal.store, folio, reason, user, now, note))


def show(portal: Portal, folio: str, user: User) -> Thread:
    """Public from now on; then the dataset's contact point is told too. Errors of `moderation.show`."""
    now = datetime.now(UTC)
    thread = _tried(portal, user, "publicar", folio, lambda: moderation.show(portal.store, folio, user, now))
    opened(portal, thread, now)
    return thread


def dismiss(portal: Portal, folio: str, user: User) -> None:
    """The reports do not hold. Errors of `moderation.dismiss`."""
    now = datetime.now(UTC)
    _tried(portal, user, "descartar reportes", folio, lambda: moderation.dismiss(portal.store, folio, user, now))


def move(portal: Portal, folio: str, agency: str, reason: str, user: User) -> Thread:
    """To another agency, whose people are told. Errors of `moderation.move`."""
    now = datetime.now(UTC)
    thread = _tried(
        portal, user, "mover", folio, lambda: moderation.move(portal.store, folio, agency, reason, user, now)
    )
    opened(portal, thread, now)
    return thread


def merge(portal: Portal, folio: str, into: str, user: User) -> Thread:
    """A duplicate of another thread. Errors of `moderation.merge`."""
    now = datetime.now(UTC)
    return _tried(portal, user, "unir", folio, lambda: moderation.merge(portal.store, folio, into, user, now))


def _tried(portal: Portal, user: User, what: str, folio: str, do: Callable[[], T]) -> T:
    """What `do` gives; a refusal is in the audit before it is raised again."""
    try:
        return do()
    except Forbidden:
        record(portal.store, user, what, folio, DENIED, datetime.now(UTC))
        raise


def _kept(portal: Portal, user: User, what: str, thread: Thread, detail: str = "") -> Thread:
    record(portal.store, user, what, thread.folio, DONE, datetime.now(UTC), detail)
    return thread
