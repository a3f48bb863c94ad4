"""How often something was done, counted under keys that cannot be traced back once their salt is gone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from store.database import Store
from store.tables.people import limits, salts
from store.upsert import upsert

SALT_DAYS = 2  # a salt is forgotten with the last window that it was used in


@dataclass(frozen=True, slots=True)
class Tally:
    """One thing to count: `what` was done by `who`, in windows of `seconds` (those of the clock, not of the person)."""

    what: str
    who: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are in the present window, which ends at `until`."""

    count: int
    until: datetime


def count(store: Store, tallies: Sequence[Tally], now: datetime, once: Tally | None = None) -> tuple[Counted, ...]:
    """Count one more of each, this one included; () and nothing counted where `once` was counted before.

    Only HMAC-SHA256 of `what` and `who` under the salt of the window's day is kept. Raises StoreDown.
    """
    with store.write() as connection:
        if once is not None and _more(connection, once, now).count > 1:
            return ()
        return tuple(_more(connection, tally, now) for tally in tallies)


def give_back(store: Store, tallies: Sequence[Tally], now: datetime) -> None:
    """Take one of each back from the present window. Raises StoreDown."""
    with store.write() as connection:
        for tally in tallies:
            key, _ = _key(connection, tally, now)
            some = (limits.c.key == key, limits.c.count > 0)
            connection.execute(update(limits).where(*some).values(count=limits.c.count - 1))


def clear(store: Store, now: datetime) -> None:
    """Forget windows that are over, and salts that no window needs. Raises StoreDown."""
    with store.write() as connection:
        connection.execute(delete(limits).where(limits.c.until < now))
        connection.execute(delete(salts).where(salts.c.day < (now - timedelta(days=SALT_DAYS)).date()))


def _more(connection: Connection, tally: Tally, now: datetime) -> Counted:
    key, until = _key(connection, tally, now)
    row = upsert(connection, limits).values(key=key, until=until, count=1)
    counted = row.on_conflict_do_update(index_elements=[limits.c.key], set_={"count": limits.c.count + 1})
    return Counted(int(connection.execute(counted.returning(limits.c.count)).scalar_one()), until)


def _key(connection: Connection, tally: Tally, now: datetime) -> tuple[str, datetime]:
    start = int(now.timestamp()) // tally.seconds * tally.seconds
    begun = datetime.fromtimestamp(start, UTC)
    named = f"{tally.what}\n{tally.seconds}\n{start}\n{tally.who}".encode(errors="surrogatepass")
    key = hmac.new(_salt(connection, begun.date()).encode(), named, hashlib.sha256).hexdigest()
    return key, begun + timedelta(seconds=tally.seconds)


def _salt(connection: Connection, day: date) -> str:
    found = connection.execute(select(salts.c.salt).where(salts.c.day == day)).scalar()
    if found is None:
        made = upsert(connection, salts).values(day=day, salt=secrets.token_hex(32))
        connection.execute(made.on_conflict_do_nothing(index_elements=[salts.c.day]))
        found = connection.execute(select(salts.c.salt).where(salts.c.day == day)).scalar_one()
    return str(found)
