"""How often one address or one account may do a thing; one row of `LIMITS` a thing."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flask import Request

from model.errors import TooMany
from portal.portal import Portal
from store import limits
from store.limits import Tally

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in each window of `seconds`."""

    count: int
    seconds: int


LIMITS: Mapping[str, tuple[Limit, ...]] = MappingProxyType(
    {
        "thread": (Limit(10, HOUR), Limit(30, DAY)),
        "vote": (Limit(60, HOUR),),
        "person": (Limit(20, DAY),),  # new persons, that is, first votes without a cookie
        "mail": (Limit(5, HOUR),),
        "survey": (Limit(20, HOUR),),
        "report": (Limit(10, HOUR),),
        "text": (Limit(10, DAY),),  # the same words, from wherever and about whatever
        "echo": (Limit(3, DAY),),  # the same words about the same page
        "login": (Limit(10, 15 * MINUTE),),  # one address
        "account": (Limit(10, 15 * MINUTE),),  # one account, from devices that never signed in to it
        "device": (Limit(10, 15 * MINUTE),),  # one account, from one device that did
    }
)

MESSAGES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        ("text", "echo"), "Ya recibimos este mismo texto varias veces. Búsquelo en la lista de preguntas y sígalo allí."
    )
)


def check(portal: Portal, what: str, who: str, now: datetime) -> None:
    """Count one more `what` (a name of LIMITS) by `who`, an address of `address_of` or what else stands for a person.

    Raises TooMany with the seconds to wait, StoreDown. `limit_factor` of the settings multiplies every limit.
    """
    check_all(portal, ((what, who),), now)


def check_all(portal: Portal, done: Sequence[tuple[str, str]], now: datetime, once: str = "") -> None:
    """`check` for several (what, who) in one transaction; nothing is counted if `once` was given before today."""
    limited = [(what, who, limit) for what, who in done for limit in LIMITS[what]]
    tallies = [Tally(what, who, limit.seconds) for what, who, limit in limited]
    repeated = Tally("once", once, DAY) if once else None
    counted = limits.count(portal.store, tallies, now, repeated)
    for (what, _, limit), tally in zip(limited, counted, strict=False):
        if tally.count > limit.count * portal.settings.limit_factor:
            raise TooMany(max(1, math.ceil((tally.until - now).total_seconds())), MESSAGES.get(what, ""))


def give_back(portal: Portal, what: str, who: str, now: datetime) -> None:
    """Do not count the last `what` of `who` after all. Raises StoreDown."""
    limits.give_back(portal.store, [Tally(what, who, limit.seconds) for limit in LIMITS[what]], now)


def address_of(request: Request) -> str:
    """The visitor's address as the limits know it: IPv4 as it is, IPv6 by its /64, which one household has.

    Behind a proxy it is the visitor's only when `proxies` of the settings counts it; X-Forwarded-For is not read here.
    """
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
