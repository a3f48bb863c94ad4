"""How often data are renewed, in words and as the next date."""

from __future__ import annotations

from datetime import date

import pytest

from components.periodicity import next_update, words
from tests.conftest import Loaded


@pytest.mark.parametrize(
    ("repeat", "said"),
    [
        ("R/P1Y", "cada año"),
        ("R/P1M", "cada mes"),
        ("R/P3M", "cada 3 meses"),
        ("R/P0.5M", "cada quincena"),
        ("R/P2W", "cada 2 semanas"),
        ("R/P1D", "cada día"),
        ("R/PT1H", "varias veces al día"),
        ("irregular", "irregular, sin fecha fija"),
        ("cuando se pueda", "cuando se pueda"),
        ("", ""),
    ],
)
def test_a_repeat_is_said_in_plain_words(site: Loaded, repeat: str, said: str) -> None:
    with site.app.test_request_context("/"):
        assert words(repeat) == said


@pytest.mark.parametrize(
    ("last", "repeat", "due"),
    [
        (date(2024, 1, 31), "R/P1M", date(2024, 2, 29)),
        (date(2024, 11, 15), "R/P3M", date(2025, 2, 15)),
        (date(2024, 2, 29), "R/P1Y", date(2025, 2, 28)),
        (date(2024, 12, 28), "R/P1W", date(2025, 1, 4)),
        (date(2024, 1, 1), "R/P0.5M", date(2024, 1, 16)),
        (date(2024, 1, 1), "irregular", None),
        (None, "R/P1Y", None),
    ],
)
def test_the_next_date_follows_the_calendar(last: date | None, repeat: str, due: date | None) -> None:
    assert next_update(last, repeat) == due
