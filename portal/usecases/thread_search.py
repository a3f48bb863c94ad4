"""Finding threads by what a reader of the list or the feed asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from model.dataset import Agency
from model.spelling import fold
from model.thread import ThreadState
from participation.deadline import today
from participation.kind import kind_named
from portal.portal import Portal
from store.thread_lists import Listed, Wanted, listed

PAGE = 20
PORTAL = "portal"  # stands for the portal's own team where an agency is named
STATES = tuple(ThreadState)
MOST_WORDS = 12


def find_threads(
    portal: Portal, given: Mapping[str, str], page: int, now: datetime, *, by_change: bool = False
) -> Listed:
    """A page of PAGE public threads by `q` (words, accents aside), `dependencia`, `tipo`, `estado`, `vencidas`.

    What is not known filters nothing. Newest (`by_change`: last changed) first. Raises StoreDown.
    """
    kind = kind_named(given.get("tipo", ""))
    state = next((s for s in STATES if s == given.get("estado")), None)
    agency = given.get("dependencia", "")
    wanted = Wanted(
        kinds=(kind.name,) if kind else (),
        states=(state,) if state else (),
        agency=("" if agency == PORTAL else agency) if agency else None,
        words=tuple(fold(given.get("q", "")).split())[:MOST_WORDS],
        due_before=today(now) if given.get("vencidas") else None,
    )
    return listed(portal.store, wanted, page=page, size=PAGE, by_change=by_change)


def agencies(portal: Portal) -> tuple[Agency, ...]:
    """Those who may be asked, by name."""
    return portal.snapshot.agencies()
