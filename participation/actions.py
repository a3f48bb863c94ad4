"""What people and agencies do in threads: the only writers, each with its permission inside."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from datetime import datetime
from types import MappingProxyType

from model.errors import BadRequest, Forbidden
from model.thread import Author, Message, NewThread, Thread, ThreadState
from participation.deadline import due, today
from participation.forms import official_text
from store import threads
from store.catalogue import agency as agency_named
from store.catalogue import dataset_agency
from store.database import Store

OPERATOR_NAME = "Equipo del portal"

# state → the states that may come before it
BEFORE = MappingProxyType(
    {
        ThreadState.IN_REVIEW: (ThreadState.RECEIVED,),
        ThreadState.ANSWERED: (ThreadState.RECEIVED, ThreadState.IN_REVIEW, ThreadState.ANSWERED),
        ThreadState.CLOSED: (ThreadState.RECEIVED, ThreadState.IN_REVIEW, ThreadState.ANSWERED),
    }
)


def open_thread(store: Store, new: NewThread, now: datetime, deadline_days: int = 30) -> Thread:
    """Anyone opens a thread, addressed to the agency of the anchor's dataset. `deadline_days` are business days.

    The thread carries the `secret` of its private link this once. Sent again with the same token and content, it is the
    same thread, without the secret. Raises NotFound for an unknown dataset or resource, StoreDown (nothing was saved).
    """
    secret = secrets.token_urlsafe(24)
    agency = dataset_agency(store, new.anchor.dataset) if new.anchor.dataset else ""
    thread, fresh = threads.add(
        store,
        new,
        year=today(now).year,
        agency=agency,
        created=now,
        deadline=due(now, deadline_days),
        secret_hash=_hash(secret),
        token_hash=_hash(json.dumps(dataclasses.astuple(new))),
    )
    return dataclasses.replace(thread, secret=secret) if fresh else thread


def answer(store: Store, folio: str, text: str, agency: str, now: datetime, *, operator: bool = False) -> Thread:
    """The agency with the slug `agency` answers officially; answering again adds a further answer.

    Only the agency that the thread is addressed to may, or an `operator`, who answers in the name of `agency` (of the
    thread's own if it is ""). Raises NotFound, Forbidden, InvalidForm, BadRequest for a closed thread, StoreDown.
    """
    words = official_text(text)
    thread = _permitted(store, folio, agency, operator)
    name = _signature(store, agency or thread.agency)
    done = threads.add_answer(store, folio, Message(Author.AGENCY, name, words, now), BEFORE[ThreadState.ANSWERED])
    return _moved(done, thread)


def review(store: Store, folio: str, agency: str, *, operator: bool = False) -> Thread:
    """The agency says that it is looking into a thread. Permission and errors as for `answer`."""
    thread = _permitted(store, folio, agency, operator)
    return _moved(threads.set_state(store, folio, ThreadState.IN_REVIEW, BEFORE[ThreadState.IN_REVIEW]), thread)


def close(store: Store, folio: str, agency: str, *, operator: bool = False) -> Thread:
    """The agency closes a thread for good. Permission and errors as for `answer`."""
    thread = _permitted(store, folio, agency, operator)
    return _moved(threads.set_state(store, folio, ThreadState.CLOSED, BEFORE[ThreadState.CLOSED]), thread)


def by_secret(store: Store, secret: str) -> Thread:
    """The thread of a private link. Raises NotFound."""
    return threads.by_secret(store, _hash(secret))


def _permitted(store: Store, folio: str, agency: str, operator: bool) -> Thread:
    thread = threads.by_folio(store, folio)
    if not operator and (not agency or agency != thread.agency):
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
