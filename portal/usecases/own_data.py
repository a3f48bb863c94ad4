"""What the portal keeps of one person, and taking it back: by the cookie of their browser, or by a thread's secret."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Request

from model.thread import Thread
from participation import actions, moderation
from portal.person import person_hash, person_of
from portal.portal import Portal
from store import surveys, threads
from store.survey_replies import answers_of, forget_person
from store.votes import of_person


def kept(request: Request, portal: Portal, secret: str = "") -> dict[str, object]:
    """Everything that is kept of the person, ready for JSON; with a thread's `secret`, only that thread.

    Raises NotFound for a secret of no thread, StoreDown.
    """
    if secret:
        return {"preguntas": [_thread(actions.by_secret(portal.store, secret))]}
    who = _who(request, portal)
    answers = {one.slug: answers_of(portal.store, one.slug, who) for one in surveys.every(portal.store)} if who else {}
    return {
        "preguntas": [_thread(thread) for thread in threads.of_person(portal.store, who)],
        "votos": [{"folio": folio, "fecha": moment.isoformat()} for folio, moment in _votes(portal, who)],
        "encuestas": {slug: dict(said) for slug, said in answers.items() if said},
    }


def erase(request: Request, portal: Portal, secret: str = "", now: datetime | None = None) -> int:
    """Take back what `kept` tells: threads keep folio and official answers; votes and answers to surveys go.

    How many threads. Raises NotFound for a secret of no thread, StoreDown.
    """
    moment = now or datetime.now(UTC)
    if secret:
        actions.by_secret(portal.store, secret)
        return moderation.withdraw(portal.store, moment, secret=secret)
    who = _who(request, portal)
    if who:
        forget_person(portal.store, who)
    return moderation.withdraw(portal.store, moment, person_hash=who)


def _who(request: Request, portal: Portal) -> str:
    person = person_of(request, portal.settings)
    return person_hash(portal.settings.secret_key, person) if person else ""


def _votes(portal: Portal, who: str) -> tuple[tuple[str, datetime], ...]:
    return of_person(portal.store, who) if who else ()


def _thread(thread: Thread) -> dict[str, object]:
    question = thread.question
    return {
        "folio": thread.folio,
        "tipo": thread.kind,
        "estado": thread.state.value,
        "nombre": question.name,
        "texto": question.text,
        "detalles": dict(thread.details),
        "pagina": thread.anchor.page,
        "sobre": thread.anchor.label,
        "creada": thread.created.isoformat(),
    }
