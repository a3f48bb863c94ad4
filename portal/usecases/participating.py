"""What is going on in the portal's participation: how much was asked and answered, and what is newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.errors import StoreDown
from model.survey import Survey
from model.thread import ThreadState
from portal.portal import Portal
from portal.telling import Told, tell
from portal.usecases.demand import Demand, demand
from portal.usecases.surveys import open_surveys
from store.thread_lists import Wanted, listed

NEWEST = 4
ANSWERED = (ThreadState.ANSWERED,)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many public messages came in, how many were answered, and how many are past their deadline."""

    received: int
    answered: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that `/participa` tells; None and () where the store is down."""

    standing: Standing | None
    surveys: tuple[Survey, ...]
    answered: tuple[Told, ...]
    demand: Demand | None


def overview(portal: Portal, day: date) -> Overview:
    """What there is to take part in on this day."""
    surveys = open_surveys(portal, day)
    try:
        answered = listed(portal.store, Wanted(states=ANSWERED), size=NEWEST, by_change=True)
        standing = Standing(
            received=listed(portal.store, Wanted(), size=1).total,
            answered=answered.total,
            overdue=listed(portal.store, Wanted(due_before=day), size=1).total,
        )
        told = tuple(tell(portal, thread) for thread in answered.threads)
        return Overview(standing, surveys, told, demand(portal))
    except StoreDown:
        return Overview(None, surveys, (), None)
