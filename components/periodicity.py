"""How often data are renewed, from ISO 8601 repeats to plain words and an expected date."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from components.messages import gettext as _

_REPEAT = re.compile(r"R\d*/P(?:(\d+(?:\.\d+)?)([YMWD])|T(\d+(?:\.\d+)?)([HMS]))")
_HALF_MONTH = 15


def words(periodicity: str) -> str:
    """`R/P1Y` → «cada año»; the source's own text where it is not a repeat; "" for none."""
    known = {"irregular": _("irregular, sin fecha fija"), "realtime": _("en tiempo real")}
    if periodicity.lower() in known:
        return known[periodicity.lower()]
    found = _REPEAT.fullmatch(periodicity.upper())
    if found is None:
        return periodicity
    if found[3]:
        return _("varias veces al día")
    count, unit = float(found[1]), found[2]
    if unit == "M" and count < 1:
        return _("cada quincena")
    return _one(unit) if count == 1 else _several(f"{count:g}", unit)


def next_update(modified: date | None, periodicity: str) -> date | None:
    """When new data are due; None where it cannot be told."""
    found = _REPEAT.fullmatch(periodicity.upper())
    if modified is None or found is None or found[3]:
        return None
    count, unit = float(found[1]), found[2]
    if unit in "DW":
        return modified + timedelta(days=round(count * (7 if unit == "W" else 1)))
    if count < 1:
        return modified + timedelta(days=_HALF_MONTH)
    months = modified.month - 1 + round(count * (12 if unit == "Y" else 1))
    year, month = modified.year + months // 12, months % 12 + 1
    return date(year, month, min(modified.day, calendar.monthrange(year, month)[1]))


def _one(unit: str) -> str:
    return {"D": _("cada día"), "W": _("cada semana"), "M": _("cada mes"), "Y": _("cada año")}[unit]


def _several(count: str, unit: str) -> str:
    patterns = {
        "D": _("cada %(n)s días", n=count),
        "W": _("cada %(n)s semanas", n=count),
        "M": _("cada %(n)s meses", n=count),
        "Y": _("cada %(n)s años", n=count),
    }
    return patterns[unit]
