"""When an answer is due: business or calendar days, by the calendar of central Mexico."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from dateutil.easter import easter

MEXICO = timezone(timedelta(hours=-6))  # central Mexico has had no summer time since October 2022
SATURDAY = 5
BUSINESS, CALENDAR = "habiles", "naturales"


@dataclass(frozen=True, slots=True)
class Term:
    """How long an agency has: `days` of `kind` BUSINESS or CALENDAR."""

    days: int = 30
    kind: str = BUSINESS


def today(now: datetime) -> date:
    """The date in central Mexico at an aware moment."""
    return now.astimezone(MEXICO).date()


def due(now: datetime, term: Term) -> date:
    """The last day to answer what came in at `now`: the term counts from the day after."""
    day = today(now)
    if term.kind == CALENDAR:
        return day + timedelta(days=term.days)
    left = term.days
    while left > 0:
        day += timedelta(days=1)
        if is_business_day(day):
            left -= 1
    return day


def left(deadline: date, day: date, kind: str = BUSINESS) -> int:
    """The days that remain after `day` up to the deadline, of that kind; negative: how many it is late."""
    if kind == CALENDAR:
        return (deadline - day).days
    first, last = sorted((day, deadline))
    days = sum(is_business_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return days if deadline >= day else -max(days, 1)


def is_business_day(day: date) -> bool:
    """Whether the federal administration works on this day: Monday to Friday, but for `holidays`."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Days without work: article 74 of the Ley Federal del Trabajo, and Thursday and Friday of Holy Week.

    The electoral day of that article is a Sunday; the change of government is 1 October every sixth year.
    """
    friday = easter(year) - timedelta(days=2)
    days = {
        date(year, 1, 1),
        _monday(year, 2, 1),
        _monday(year, 3, 3),
        friday - timedelta(days=1),
        friday,
        date(year, 5, 1),
        date(year, 9, 16),
        _monday(year, 11, 3),
        date(year, 12, 25),
    }
    if year % 6 == 2024 % 6:
        days.add(date(year, 10, 1))
    return frozenset(days)


def _monday(year: int, month: int, which: int) -> date:
    """The first (1), second (2), third (3) Monday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7 + 7 * (which - 1))
