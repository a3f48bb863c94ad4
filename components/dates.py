"""Moments and periods as people in Mexico read them."""

from __future__ import annotations

from datetime import date, datetime

from components.messages import gettext as _
from components.messages import language
from figures import formats
from portal.caption import MEXICO


def day(value: date, *, long: bool = False) -> str:
    """«22 nov 2026», or «22 de noviembre de 2026», in the reader's language."""
    return formats.day(value, language(), long=long)


def local_day(moment: datetime) -> str:
    """The day of a moment (with its offset) on a calendar in Mexico City: «22 nov 2026»."""
    return day(moment.astimezone(MEXICO).date())


def span(temporal: str) -> str:
    """A period as catalogues write it (`2020-02-22/2022-07-25`, `1994/2008`), as people read it."""
    first, slash, last = temporal.partition("/")
    return _("%(first)s a %(last)s", first=_said(first), last=_said(last)) if slash else _said(temporal)


def _said(text: str) -> str:
    """A day, a month or whatever else stands there."""
    text = text.strip()
    try:
        if len(text) == len("2025-10"):
            return formats.period(date.fromisoformat(f"{text}-01"), "month", language())
        return day(date.fromisoformat(text))
    except ValueError:
        return text
