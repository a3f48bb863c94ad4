"""Voting for a thread, or taking the vote back: the only writers, each with its rules inside."""

from __future__ import annotations

from datetime import datetime

from model.errors import BadRequest, NotFound
from model.thread import Thread
from store import votes
from store.database import Store
from store.thread_lists import by_folio

NOT_A_BALLOT = "No es una votación: sirve para saber qué le importa a más gente, y no obliga a nadie."


def vote(store: Store, folio: str, person: str, now: datetime) -> bool:
    """Anyone (a person's hash) says «a mí también»; False if they had said so.

    Raises NotFound, BadRequest (nobody), StoreDown.
    """
    if not person:
        raise BadRequest("No pudimos contar su voto. Recargue la página e intente de nuevo.")
    return votes.cast(store, _open_to_all(store, folio).folio, person, now)


def own(store: Store, thread: Thread, person: str, now: datetime) -> bool:
    """The author of a thread is counted for it, also while a moderator has yet to look at it. Raises StoreDown."""
    return bool(person) and votes.cast(store, thread.folio, person, now)


def take_back(store: Store, folio: str, person: str) -> bool:
    """The person no longer says so; False if they had not. Raises NotFound, StoreDown."""
    thread = by_folio(store, folio)
    return bool(person) and votes.take_back(store, thread.folio, person)


def _open_to_all(store: Store, folio: str) -> Thread:
    """The thread, or the one that it was merged into. Raises NotFound for one that is not public."""
    thread = by_folio(store, folio)
    if thread.merged_into:
        thread = by_folio(store, thread.merged_into)
    if not thread.public:
        raise NotFound("No existe ese folio.")
    return thread
