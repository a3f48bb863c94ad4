"""What people and agencies do in threads: the only writers, each with its permission inside."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from datetime import datetime
from types import MappingProxyType

from model.errors import BadRequest, Forbidden, InvalidForm
from model.people import User
from model.spelling import fold
from model.thread import Author, Event, Message, NewAnswer, NewThread, Thread, ThreadState, Visibility
from participation.deadline import Term, due, today
from participation.personal import mask
from participation.text import clean
from store import threads
from store.catalogue import agency as agency_named
from store.catalogue import dataset_agency
from store.database import Store
from store.threads import Admission, Step

OPERATOR_NAME = "Equipo del portal"
LONGEST_REASON = 1_000

# state → the states that may come before it
BEFORE = MappingProxyType(
    {
        ThreadState.IN_REVIEW: (ThreadState.RECEIVED,),
        ThreadState.ANSWERED: (ThreadState.RECEIVED, ThreadState.IN_REVIEW, ThreadState.ANSWERED),
        ThreadState.CLOSED: (ThreadState.RECEIVED, ThreadState.IN_REVIEW, ThreadState.ANSWERED),
    }
)


def open_thread(
    store: Store,
    new: NewThread,
    now: datetime,
    term: Term | None = None,
    *,
    person_hash: str = "",
    visibility: Visibility = Visibility.PUBLIC,
    agency: str = "",
) -> Thread:
    """Anyone opens a thread, addressed to `agency` (a slug), else to the agency of the anchor's dataset.

    The thread carries the `secret` of its private link this once. Sent again with the same token and content, it is the
    same thread, without the secret. Raises NotFound for an unknown dataset or resource, StoreDown (nothing was saved).
    """
    secret = secrets.token_urlsafe(24)
    said = (new.anchor.label, new.name, new.text, *(value for _, value in new.details))
    admission = Admission(
        year=today(now).year,
        agency=agency or (dataset_agency(store, new.anchor.dataset) if new.anchor.dataset else ""),
        created=now,
        deadline=due(now, term or Term()),
        secret_hash=_hash(secret),
        token_hash=_hash(json.dumps(dataclasses.astuple(new))),
        person_hash=person_hash,
        folded=fold(mask(" ".join(said))),
        visibility=visibility,
    )
    thread, fresh = threads.add(store, new, admission)
    return dataclasses.replace(thread, secret=secret) if fresh else thread


def answer(store: Store, folio: str, new: NewAnswer, by: User, now: datetime, *, agency: str = "") -> Thread:
    """Someone of the agency that a thread is addressed to answers officially; answering again adds a further answer.

    An operator answers in the name of `agency` (of the thread's own if it is ""). The same `token` twice is one answer.
    Raises NotFound, Forbidden, BadRequest for a closed thread, StoreDown.
    """
    thread = _permitted(store, folio, by)
    name = _signature(store, (by.operator and agency) or thread.agency)
    message = Message(
        Author.AGENCY, name, new.text, now, type=new.type, day=new.day, ground=new.ground, view=new.view,
        uncited=new.uncited,
    )  # fmt: skip
    step = _step(ThreadState.ANSWERED, Event(now, ThreadState.ANSWERED, name, new.type.label))
    token = _hash(f"{thread.folio} {new.token}") if new.token else None
    done = threads.add_answer(store, folio, message, step, token_hash=token, folded=fold(mask(new.text)))
    return _moved(done, thread)


def review(store: Store, folio: str, by: User, now: datetime) -> Thread:
    """The agency says that it is looking into a thread. Permission and errors as for `answer`."""
    return _advance(store, folio, by, now, ThreadState.IN_REVIEW, "")


def close(store: Store, folio: str, by: User, now: datetime, reason: str = "") -> Thread:
    """The agency closes a thread for good; one without an answer needs a reason (InvalidForm on `motivo`).

    Permission and errors as for `answer`.
    """
    why = clean(reason)[:LONGEST_REASON]
    if not why and not threads.by_folio(store, folio).answers:
        raise InvalidForm({"motivo": "Diga por qué se cierra sin respuesta."})
    return _advance(store, folio, by, now, ThreadState.CLOSED, why)


def by_secret(store: Store, secret: str) -> Thread:
    """The thread of a private link. Raises NotFound."""
    return threads.by_secret(store, _hash(secret))


def _advance(store: Store, folio: str, by: User, now: datetime, state: ThreadState, reason: str) -> Thread:
    thread = _permitted(store, folio, by)
    event = Event(now, state, _signature(store, thread.agency), reason)
    return _moved(threads.set_state(store, folio, _step(state, event)), thread)


def _step(state: ThreadState, event: Event) -> Step:
    return Step(state, BEFORE[state], event)


def _permitted(store: Store, folio: str, by: User) -> Thread:
    thread = threads.by_folio(store, folio)
    if not by.acts_for(thread.agency):
        raise Forbidden("Sólo puede responder la dependencia a la que se dirige.")
    return thread


def _moved(done: Thread | None, thread: Thread) -> Thread:
    if done is None:
        raise BadRequest(f"{thread.folio} está {thread.state.label} y ya no admite este cambio.")
    return done


def _signature(store: Store, agency: str) -> str:
    found = agency_named(store, agency) if agency else None
    return found.name if found else OPERATOR_NAME


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
