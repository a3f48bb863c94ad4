"""Moments and periods as people in Mexico read them."""

from __future__ import annotations

from datetime import date, datetime

from components.messages import gettext as _
from figures.formats import day, period
from portal.caption import MEXICO


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
            return period(date.fromisoformat(f"{text}-01"), "month")
        return day(date.fromisoformat(text))
    except ValueError:
        return text
