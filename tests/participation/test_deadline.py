"""Deadlines count business days by the calendar of central Mexico."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from participation.deadline import due, today


@pytest.mark.parametrize(
    ("now", "days", "last"),
    [
        (datetime(2026, 3, 2, 18, tzinfo=UTC), 1, date(2026, 3, 3)),
        (datetime(2026, 3, 6, 18, tzinfo=UTC), 1, date(2026, 3, 9)),  # a Friday
        (datetime(2026, 3, 7, 18, tzinfo=UTC), 1, date(2026, 3, 9)),  # a Saturday
        (datetime(2026, 3, 2, 18, tzinfo=UTC), 5, date(2026, 3, 9)),
        (datetime(2026, 3, 2, 18, tzinfo=UTC), 30, date(2026, 4, 13)),
        (datetime(2026, 3, 2, 18, tzinfo=UTC), 0, date(2026, 3, 2)),
    ],
)
def test_the_last_day_to_answer(now: datetime, days: int, last: date) -> None:
    assert due(now, days) == last


def test_the_evening_in_mexico_is_not_yet_tomorrow() -> None:
    assert today(datetime(2027, 1, 1, 5, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert today(datetime(2027, 1, 1, 6, 0, tzinfo=UTC)) == date(2027, 1, 1)
