"""Counts of what people look for, a row a day and wish; terms that a moderator hid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, Integer, Select, and_, cast, delete, extract, func, or_, select, update

from model.demand import WORDED, What, Wish, Wished, WishedInMonth
from store.database import Store
from store.tables.demand import demand as rows
from store.tables.demand import hidden_terms
from store.upsert import upsert

MOST_A_DAY = 20_000  # different wishes of one kind in one day; beyond them only known ones are counted
KEYS = ("day", "what", "dataset", "resource", "term")


def add(store: Store, counts: Mapping[tuple[date, Wish], int]) -> None:
    """Add to the counts of each day and wish. Raises StoreDown: then nothing was added."""
    with store.write() as connection:
        room: dict[tuple[date, What], int] = {}
        for (day, wish), times in sorted(counts.items(), key=_order):
            kind = (day, wish.what)
            if kind not in room:
                room[kind] = MOST_A_DAY - _different(connection, *kind)
            if not _raise(connection, day, wish, times) and room[kind] > 0:
                room[kind] -= 1
                _insert(connection, day, wish, times)


def totals(store: Store, since: date, until: date, least: int, most: int = 500) -> tuple[Wished, ...]:
    """How often each wish was made in these days, most often first, at most `most` of each kind.

    People's own words only from `least` times on, and never hidden ones. Raises StoreDown.
    """
    found: list[Wished] = []
    with store.read() as connection:
        for what in What:
            summed = func.sum(rows.c.times).label("total")
            wishes = (
                select(rows.c.dataset, rows.c.resource, rows.c.term, summed)
                .where(rows.c.what == what, rows.c.day.between(since, until), rows.c.term.not_in(_hidden()))
                .group_by(rows.c.dataset, rows.c.resource, rows.c.term)
                .order_by(summed.desc(), rows.c.dataset, rows.c.resource, rows.c.term)
                .limit(most)
            )
            if what in WORDED:
                wishes = wishes.having(func.sum(rows.c.times) >= least)
            found.extend(
                Wished(Wish(what, row.dataset, row.resource, row.term), int(row.total))
                for row in connection.execute(wishes)
            )
    return tuple(found)


def months(store: Store, until: date, least: int) -> tuple[WishedInMonth, ...]:
    """How often each wish was made in each month, up to and with the day `until`, oldest month first.

    People's own words only where they came `least` times in that month, and never hidden ones. Raises StoreDown.
    """
    year = cast(extract("year", rows.c.day), Integer).label("year")
    month = cast(extract("month", rows.c.day), Integer).label("month")
    summed = func.sum(rows.c.times)
    found = (
        select(year, month, rows.c.what, rows.c.dataset, rows.c.resource, rows.c.term, summed.label("total"))
        .where(rows.c.day <= until, rows.c.term.not_in(_hidden()))
        .group_by(year, month, rows.c.what, rows.c.dataset, rows.c.resource, rows.c.term)
        .having(or_(rows.c.what.not_in(WORDED), summed >= least))
        .order_by(year, month, rows.c.what, rows.c.dataset, rows.c.resource, rows.c.term)
    )
    with store.read() as connection:
        return tuple(
            WishedInMonth(
                date(row.year, row.month, 1), Wish(What(row.what), row.dataset, row.resource, row.term), int(row.total)
            )
            for row in connection.execute(found)
        )


def hide(store: Store, term: str, reason: str, now: datetime) -> None:
    """Never show a term again; with reason "" show it again. Raises StoreDown."""
    with store.write() as connection:
        connection.execute(delete(hidden_terms).where(hidden_terms.c.term == term))
        if reason:
            connection.execute(hidden_terms.insert().values(term=term, reason=reason, hidden=now))


def clear(store: Store, before: date, rare_before: date, least: int) -> None:
    """Forget what is older than `before`, and older than `rare_before` the words that never came `least` times.

    Raises StoreDown.
    """
    common = (
        select(rows.c.term).where(rows.c.what.in_(WORDED)).group_by(rows.c.term).having(func.sum(rows.c.times) >= least)
    )
    rare = and_(rows.c.what.in_(WORDED), rows.c.day < rare_before, rows.c.term.not_in(common))
    with store.write() as connection:
        connection.execute(delete(rows).where(or_(rows.c.day < before, rare)))


def _hidden() -> Select[tuple[str]]:
    return select(hidden_terms.c.term)


def _order(item: tuple[tuple[date, Wish], int]) -> tuple[date, str, str, str, str]:
    """One order for all writers, so that PostgreSQL's row locks never wait in a circle."""
    day, wish = item[0]
    return day, wish.what, wish.dataset, wish.resource, wish.term


def _values(day: date, wish: Wish) -> dict[str, object]:
    return {"day": day, "what": wish.what, "dataset": wish.dataset, "resource": wish.resource, "term": wish.term}


def _different(connection: Connection, day: date, what: What) -> int:
    found = select(func.count()).select_from(rows).where(rows.c.day == day, rows.c.what == what)
    return int(connection.execute(found).scalar_one())


def _raise(connection: Connection, day: date, wish: Wish, times: int) -> bool:
    same = [rows.c[name] == value for name, value in _values(day, wish).items()]
    return connection.execute(update(rows).where(*same).values(times=rows.c.times + times)).rowcount == 1


def _insert(connection: Connection, day: date, wish: Wish, times: int) -> None:
    made = upsert(connection, rows).values(times=times, **_values(day, wish))
    keys = [rows.c[name] for name in KEYS]
    connection.execute(made.on_conflict_do_update(index_elements=keys, set_={"times": rows.c.times + times}))
