"""Dates and periods in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from model.table import Cell
from model.version import ColumnProfile
from query.phrases import MONTHS, PHRASES

_DAY = timedelta(days=1)


def day_words(day: date, lang: str) -> str:
    """`1 de enero de 2020`."""
    return PHRASES[lang]["day"].format(day=day.day, month=MONTHS[lang][day.month - 1], year=day.year)


def moment_words(moment: date | datetime, lang: str) -> str:
    """A date, with its hour where it has one."""
    if isinstance(moment, datetime) and (moment.hour or moment.minute or moment.second):
        return PHRASES[lang]["moment"].format(day=day_words(moment, lang), clock=f"{moment:%H:%M}")
    return day_words(moment, lang)


def span_words(first: date, last: date, lang: str) -> str:
    """The days from `first` to `last`, both included, in the widest units that say it exactly.

    Whole years (`2015 a 2024`, `2020`), whole months (`marzo de 2020`), else days.
    """
    years = (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31)
    months = first.day == 1 and last < date.max and (last + _DAY).day == 1
    if years:
        low, high = str(first.year), str(last.year)
    elif months:
        low, high = _month(first, lang), _month(last, lang)
    else:
        low, high = day_words(first, lang), day_words(last, lang)
    return low if low == high else PHRASES[lang]["span"].format(low=low, high=high)


def _month(day: date, lang: str) -> str:
    return PHRASES[lang]["month"].format(month=MONTHS[lang][day.month - 1], year=day.year)


def grain(found: ColumnProfile) -> str:
    """`year`, `quarter` or `month` where a column of dates can only stand for such periods, by its ends and its count.

    "" where it can stand for days.
    """
    low, high = found.minimum, found.maximum
    if not isinstance(low, date) or not isinstance(high, date) or (low.day, high.day) != (1, 1):
        return ""
    years = high.year - low.year
    if (low.month, high.month) == (1, 1) and found.distinct <= years + 1:
        return "year"
    months = years * 12 + high.month - low.month
    if low.month % 3 == high.month % 3 == 1 and found.distinct <= months // 3 + 1:
        return "quarter"
    return "month" if found.distinct <= months + 1 else ""


def range_words(low: Cell, high: Cell, step: str, lang: str) -> str:
    """A column's range: years as they are, dates to the `step` by which they are grouped ("" by days)."""
    if isinstance(low, int) and isinstance(high, int):
        return str(low) if low == high else PHRASES[lang]["span"].format(low=low, high=high)
    if not isinstance(low, date) or not isinstance(high, date):
        return ""
    first, last = _plain(low), _plain(high)
    if step in ("year", "quarter", "month"):
        first = first.replace(day=1, month=1 if step == "year" else first.month)
        last = _month_end(last.replace(month=12) if step == "year" else last)
    return span_words(first, last, lang)


def _plain(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day.year < 9999 else date.max
    return following - _DAY
