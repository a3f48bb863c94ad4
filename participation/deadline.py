"""When an answer is due: business days, by the calendar of central Mexico."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

MEXICO = timezone(timedelta(hours=-6))  # central Mexico has had no summer time since October 2022
SATURDAY = 5


def today(now: datetime) -> date:
    """The date in central Mexico at an aware moment."""
    return now.astimezone(MEXICO).date()


def due(now: datetime, days: int) -> date:
    """The last day to answer what came in at `now`: `days` business days (Monday to Friday) after that day."""
    day = today(now)
    left = days
    while left > 0:
        day += timedelta(days=1)
        if is_business_day(day):
            left -= 1
    return day


def is_business_day(day: date) -> bool:
    """Whether offices work on this day; official holidays still count as working days."""
    return day.weekday() < SATURDAY
