"""Deadlines count business days by the calendar of central Mexico; the dates here were counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from participation.deadline import CALENDAR, Term, due, holidays, today

MARCH_2, MARCH_25 = datetime(2026, 3, 2, 18, tzinfo=UTC), datetime(2026, 3, 25, 18, tzinfo=UTC)
SEPTEMBER_14 = datetime(2026, 9, 14, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "days", "last"),
    [
        (MARCH_2, 0, date(2026, 3, 2)),
        (MARCH_2, 1, date(2026, 3, 3)),
        (MARCH_2, 5, date(2026, 3, 9)),
        (datetime(2026, 3, 6, 18, tzinfo=UTC), 1, date(2026, 3, 9)),  # a Friday
        (datetime(2026, 3, 7, 18, tzinfo=UTC), 1, date(2026, 3, 9)),  # a Saturday
        # Juárez's Monday (16 March), Thursday 2 and Friday 3 April
        (MARCH_2, 30, date(2026, 4, 16)),
        # 26, 27, 30, 31 March and 1 April; Holy Thursday and Friday rest; 6 to 10 April
        (MARCH_25, 10, date(2026, 4, 10)),
        (datetime(2026, 4, 1, 18, tzinfo=UTC), 1, date(2026, 4, 6)),
        (datetime(2027, 3, 24, 18, tzinfo=UTC), 1, date(2027, 3, 29)),
        # 15 September; Independence Day rests; 17 and 18 September
        (SEPTEMBER_14, 3, date(2026, 9, 18)),
        (datetime(2026, 9, 15, 18, tzinfo=UTC), 1, date(2026, 9, 17)),
        # Christmas is a Friday, New Year the next: 21 to 24, 28 to 31 December, 4 January
        (datetime(2026, 12, 18, 18, tzinfo=UTC), 9, date(2027, 1, 4)),
    ],
)
def test_the_last_business_day_to_answer(now: datetime, days: int, last: date) -> None:
    assert due(now, Term(days)) == last


@pytest.mark.parametrize(
    ("now", "last"), [(MARCH_25, date(2026, 4, 24)), (SEPTEMBER_14, date(2026, 10, 14))], ids=["holy-week", "september"]
)
def test_calendar_days_take_no_rest(now: datetime, last: date) -> None:
    assert due(now, Term(30, CALENDAR)) == last


def test_the_days_of_rest_are_those_of_the_labour_law_and_of_holy_week() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 2, 2),
        date(2026, 3, 16),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 5, 1),
        date(2026, 9, 16),
        date(2026, 11, 16),
        date(2026, 12, 25),
    ]


def test_the_change_of_government_is_every_sixth_year() -> None:
    assert [year for year in range(2023, 2032) if date(year, 10, 1) in holidays(year)] == [2024, 2030]


def test_the_evening_in_mexico_is_not_yet_tomorrow() -> None:
    assert today(datetime(2027, 1, 1, 5, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert today(datetime(2027, 1, 1, 6, 0, tzinfo=UTC)) == date(2027, 1, 1)
