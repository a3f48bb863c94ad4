"""Votes as the forms and the pages ask for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Request

from model.errors import StoreDown
from model.vote import Votes
from participation import votes
from portal.limits import address_of, check_all
from portal.person import person_hash, person_of, person_replying
from portal.portal import Portal
from store.votes import counted as counted_in

CAST, TAKE_BACK = "votar", "retirar"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote form as it was sent: for which thread, with which token, whether to count it or to take it back."""

    folio: str
    token: str
    deed: str = CAST


def counted(portal: Portal, folios: Collection[str], person: str = "") -> Mapping[str, Votes]:
    """The votes of each thread, by folio (`person`: the reader's, from `portal.person`); {} while the store is down."""
    try:
        return counted_in(portal.store, folios, person_hash(portal.settings.secret_key, person))
    except StoreDown:
        return {}


def vote(portal: Portal, request: Request, ballot: Ballot, now: datetime) -> str:
    """Count (or take back) the vote of whoever sent the request, once however often it is sent; the person they are.

    New persons of one address are limited apart. Raises NotFound, TooMany, StoreDown.
    """
    settings = portal.settings
    person = person_replying(request, settings, ballot.token)
    hashed = person_hash(settings.secret_key, person)
    if ballot.deed == TAKE_BACK:
        votes.take_back(portal.store, ballot.folio, hashed)
        return person
    who = address_of(request)
    new = () if person_of(request, settings) else (("person", who),)
    check_all(portal, (("vote", who), *new), now, once=f"voto {ballot.folio} {hashed}")
    votes.vote(portal.store, ballot.folio, hashed, now)
    return person
