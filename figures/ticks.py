"""Where an axis is marked, and what stands at the marks: asked by both encoders."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from figures import formats
from figures.drawing import Axis, Category

DAY = 86_400_000.0
SHORTENED_FROM = 1e5  # limits from here on are written in words
WHOLE_FROM = 1e6  # larger figures are written without decimals
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
_DAY_STEPS = (1, 2, 7, 14)
_HOUR_STEPS = (1, 3, 6, 12)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at `value`; `lines` are read downwards (a month over its year)."""

    value: float
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def ticks(axis: Axis, count: int, lang: str, short: bool = False) -> tuple[Tick, ...]:
    """At most about `count` marks inside the axis' domain; all categories of a category axis that `count` admits."""
    low, high = axis.domain
    if axis.type == "category":
        return _category_ticks(axis, count, lang)
    if axis.type == "time":
        return _time_ticks(low, high, max(count, 2), axis.format, lang)
    values: tuple[float, ...] = ()
    for tried in range(max(count, 2), max(count, 2) + 4):  # one mark alone says nothing of the scale
        values = linear(low, high, tried, whole=axis.format == "year")
        if len(values) > 1:
            break
    return tuple(Tick(v, (text,)) for v, text in zip(values, write_all(values, axis, lang, short), strict=True))


def linear(low: float, high: float, count: int, whole: bool = False) -> tuple[float, ...]:
    """Round values between `low` and `high`, at steps of 1, 2, 2.5 or 5 times a power of ten."""
    if not high > low:
        return (low,)
    step = _step((high - low) / count, whole)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(dict.fromkeys(float(f"{i * step:.12g}") for i in range(first, last + 1)))


def nice(low: float, high: float, count: int = 5) -> tuple[float, float]:
    """The range widened to round limits."""
    if not high > low:
        high, low = (low + abs(low) * 0.5 or 1.0), min(low, low - abs(low) * 0.5)
    step = _step((high - low) / count, False)
    return float(f"{math.floor(low / step + 1e-9) * step:.12g}"), float(f"{math.ceil(high / step - 1e-9) * step:.12g}")


def write(value: float | None, axis: Axis, lang: str) -> str:
    """One value of the axis in full, as hover texts and tables say it."""
    if value is None:
        return formats.number(None, lang)
    if axis.type == "time":
        return formats.period(formats.moment_of(value), axis.format, lang)
    if axis.type == "category":
        return axis.categories[int(value)].label
    if axis.format == "percent":
        return formats.percent(value, lang)
    if axis.format == "year":
        return f"{value:.0f}"
    return with_unit(formats.number(value, lang, 0 if abs(value) >= WHOLE_FROM else None), axis.unit)


def with_unit(text: str, unit: str) -> str:
    """`1,234` and `toneladas` → `1,234 toneladas`."""
    return f"{text} {unit}" if unit else text


def write_all(values: tuple[float, ...], axis: Axis, lang: str, short: bool) -> tuple[str, ...]:
    """The texts of tick values, all at the same precision."""
    if axis.format == "year":
        return tuple(f"{v:.0f}" for v in values)
    if axis.format == "percent":
        return tuple(formats.percent(v, lang, 2) for v in values)
    if max((abs(v) for v in values), default=0) < 10_000:
        return tuple(formats.number(v, lang) for v in values)
    return tuple(formats.compact(v, lang, short) for v in values)


def brief(values: Sequence[float], axis: Axis, lang: str, fits: Callable[[Sequence[str]], bool]) -> tuple[str, ...]:
    """Short texts of limits: large figures in words, to three digits («17 millones», «17 mill.» unless it `fits`)."""
    if axis.format == "percent" or max((abs(v) for v in values), default=0) < SHORTENED_FROM:
        return tuple(write(v, replace(axis, unit=""), lang) for v in values)
    rounded = [float(f"{v:.3g}") for v in values]
    words = tuple(formats.compact(v, lang) for v in rounded)
    return words if fits(words) else tuple(formats.compact(v, lang, short=True) for v in rounded)


def interval(low: float, high: float, axis: Axis, lang: str) -> str:
    """`81 a 96,203 habitantes`: the edges rounded to what tells intervals of this width apart."""
    if axis.type == "time" or axis.format == "year" or not high > low:
        return f"{write(low, axis, lang)} – {write(high, axis, lang)}"
    digits = max(0, 1 - math.floor(math.log10(high - low)))
    first, last = (formats.number(round(v, digits), lang, digits) for v in (low, high))
    sign = ("%" if lang == "en" else " %") if axis.format == "percent" else ""
    return with_unit(f"{first} {'to' if lang == 'en' else 'a'} {last}{sign}", "" if sign else axis.unit)


def _category_ticks(axis: Axis, count: int, lang: str) -> tuple[Tick, ...]:
    """All categories or every n-th; months and years are marked where calendars turn."""
    many = len(axis.categories)
    steps = (1, 3, 6, 12, 24, 60, 120) if axis.format == "month" else range(1, many + 1)
    every = next((s for s in steps if many / s <= count), max(many, 1))
    out: list[Tick] = []
    year = ""
    first = next((i for i, c in enumerate(axis.categories) if axis.format == "month" and c.key[5:7] == "01"), 0)
    for i, category in enumerate(axis.categories):
        if (i - first) % every == 0:
            lines = _short_period(category, axis.format, lang)
            out.append(Tick(float(i), lines[:1] if len(lines) > 1 and lines[1] == year else lines))
            year = lines[1] if len(lines) > 1 else ""
    return tuple(out)


def _short_period(category: Category, by: str, lang: str) -> tuple[str, ...]:
    if by not in ("quarter", "month", "week", "day") or not re.match(r"\d{4}-\d\d-\d\d", category.key):
        return (category.label,)
    moment = datetime.fromisoformat(category.key)
    name = formats.month_name(moment.month, lang, short=True)
    if by == "quarter":
        return (f"{'Q' if lang == 'en' else 'T'}{(moment.month + 2) // 3}", str(moment.year))
    if by == "month":
        return (name, str(moment.year))
    return (f"{name} {moment.day}" if lang == "en" else f"{moment.day} {name}", str(moment.year))


def _step(rough: float, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(max(rough, sys.float_info.min)))
    factor = next((f for f in (1, 2, 2.5, 5) if rough <= f * power * (1 + 1e-9)), 10)
    step = factor * power
    return max(1.0, math.ceil(step)) if whole else step


def _time_ticks(low: float, high: float, count: int, by: str, lang: str) -> tuple[Tick, ...]:
    days = max((high - low) / DAY, 1 / 24)
    for hours in _HOUR_STEPS:
        if by not in ("year", "quarter", "month", "week", "day") and days * 24 / hours <= count and days < 3:
            return _stepped(low, high, timedelta(hours=hours), lang, hourly=True)
    for step in _DAY_STEPS:
        if by not in ("year", "quarter", "month") and days / step <= count:
            return _stepped(low, high, timedelta(days=step), lang, hourly=False)
    smallest = {"year": 12, "quarter": 3}.get(by, 1)
    steps = [s for s in _MONTH_STEPS if s >= smallest]
    months = next((s for s in steps if days / 30.44 / s <= count), steps[-1])
    return _monthly(low, high, months, lang)


def _stepped(low: float, high: float, step: timedelta, lang: str, hourly: bool) -> tuple[Tick, ...]:
    moment = formats.moment_of(low).replace(minute=0, second=0, microsecond=0)
    moment = moment.replace(hour=0) if not hourly or step > timedelta(hours=1) else moment
    out: list[Tick] = []
    shown = ""
    while (value := formats.milliseconds(moment)) <= high:
        if value >= low:
            month = formats.month_name(moment.month, lang, short=True)
            date = f"{month} {moment.day}" if lang == "en" else f"{moment.day} {month}"
            first, second = (f"{moment.hour:02d}:00", date) if hourly else (date, str(moment.year))
            out.append(Tick(value, (first, second) if second != shown else (first,)))
            shown = second
        moment += step
    return tuple(out)


def _monthly(low: float, high: float, step: int, lang: str) -> tuple[Tick, ...]:
    start = formats.moment_of(low)
    index = start.year * 12 + start.month - 1
    index -= index % step
    out: list[Tick] = []
    shown = 0
    while index // 12 <= 9999 and (value := formats.milliseconds(_month(index))) <= high:
        if value >= low - DAY / 2 and index >= 12:
            year = index // 12
            if step >= 12:
                out.append(Tick(value, (str(year),)))
            else:
                name = formats.month_name(index % 12 + 1, lang, short=True)
                out.append(Tick(value, (name, str(year)) if year != shown else (name,)))
            shown = year
        index += step
    return tuple(out)


def _month(index: int) -> datetime:
    return datetime(max(index // 12, 1), index % 12 + 1, 1)  # noqa: DTZ001 - see formats.EPOCH
