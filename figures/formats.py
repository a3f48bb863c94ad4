"""Numbers and dates as people read them in Mexico (es) or in English (en); no locale of the machine is asked."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from model.table import Cell

MONTHS = MappingProxyType(
    {
        "es": (
            *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
            *("septiembre", "octubre", "noviembre", "diciembre"),
        ),
        "en": (
            *("January", "February", "March", "April", "May", "June", "July", "August"),
            *("September", "October", "November", "December"),
        ),
    }
)
SCALES = MappingProxyType(
    {
        "es": (
            (1e12, " billón", " billones", " bill."),
            (1e6, " millón", " millones", " mill."),
            (1e3, " mil", " mil", " mil"),
        ),
        "en": (
            (1e12, " trillion", " trillion", "T"),
            (1e9, " billion", " billion", "B"),
            (1e6, " million", " million", "M"),
            (1e3, "k", "k", "k"),
        ),
    }
)
LARGEST = 1e300
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - drawn times are local and carry no offset


def finite(cell: Cell) -> float | None:
    """The cell as a float that can be added up; None for null, NaN, infinities, beyond 1e300 and what is no number."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return None
    try:
        value = float(cell)
    except OverflowError:
        return None
    return value if abs(value) <= LARGEST else None


def number(value: float | int | Decimal | None, lang: str = "es", digits: int | None = None) -> str:
    """`1234567.891` → `1,234,567.89`. Without `digits`: two decimals at most, and more for what is small."""
    amount = finite(value)
    if amount is None:
        return "Sin dato" if lang == "es" else "No data"
    if digits is None:
        digits = 2 if abs(amount) >= 1 or amount == 0 else min(8, 1 - math.floor(math.log10(abs(amount))))
        text = f"{amount:,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{amount:,.{digits}f}"
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text.replace("-", "\u2212")


def percent(points: float | int | Decimal | None, lang: str = "es", digits: int = 1) -> str:
    """Percentage points: `12.34` → `12.3 %` (English `12.3%`)."""
    amount = finite(points)
    if amount is None:
        return number(None, lang)
    text = number(round(amount, digits), lang)
    return f"{text} %" if lang == "es" else f"{text}%"


def compact(value: float, lang: str = "es", short: bool = False) -> str:
    """For axes: `12000` → `12 mil`, `3400000` → `3.4 millones`; `short` abbreviates (`3.4 mill.`)."""
    for scale, one, many, brief in SCALES["en" if lang == "en" else "es"]:
        if abs(value) >= scale:
            text = number(value / scale, lang)
            return text + (brief if short else one if text in ("1", "\u22121") else many)
    return number(value, lang)


def month_name(month: int, lang: str = "es", short: bool = False) -> str:
    """`3` → `marzo`, or `mar` where `short`."""
    name = MONTHS["en" if lang == "en" else "es"][month - 1]
    return name[:3] if short else name


def day(value: date | datetime, lang: str = "es", long: bool = False) -> str:
    """`3 mar 2024`, or `3 de marzo de 2024` where `long` (English `Mar 3, 2024`, `March 3, 2024`)."""
    name = month_name(value.month, lang, short=not long)
    if lang == "en":
        return f"{name} {value.day}, {value.year}"
    return f"{value.day} de {name} de {value.year}" if long else f"{value.day} {name} {value.year}"


def period(value: date | datetime, by: str, lang: str = "es") -> str:
    """A period that starts at `value`: `2024`, `1.er trimestre de 2024`, `marzo de 2024`, `3 mar 2024, 14:00`."""
    if by == "year":
        return str(value.year)
    if by == "quarter":
        quarter = (value.month + 2) // 3
        ordinal = ("1.er", "2.º", "3.er", "4.º")[quarter - 1]
        return f"Q{quarter} {value.year}" if lang == "en" else f"{ordinal} trimestre de {value.year}"
    if by == "month":
        name = month_name(value.month, lang)
        return f"{name} {value.year}" if lang == "en" else f"{name} de {value.year}"
    if by == "week":
        return f"week of {day(value, lang)}" if lang == "en" else f"semana del {day(value, lang)}"
    if isinstance(value, datetime) and (by == "hour" or (value.hour, value.minute, value.second) != (0, 0, 0)):
        return f"{day(value, lang)}, {value.hour:02d}:{value.minute:02d}"
    return day(value, lang)


def milliseconds(value: date | datetime) -> float:
    """Milliseconds from 1970 to this local moment, as if it were UTC."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return (moment - EPOCH) / timedelta(milliseconds=1)


def moment_of(position: float) -> datetime:
    """The local moment of a position on a time axis; OverflowError outside the years 1 to 9999."""
    return EPOCH + timedelta(milliseconds=position)
