"""The filters of a view in words: places, then times, then the rest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from model.table import Column, ColumnType, Role
from model.territory import state_name
from model.view import Filter
from query.moments import moment_words, range_words, span_words
from query.operators import find_operator
from query.phrases import joined, lower_first
from query.rates import is_year
from query.schema import MUNICIPALITY, STATE
from query.speaker import Speaker
from query.values import bind

MAX_LISTED = 5


def filter_sentences(speaker: Speaker) -> tuple[str, ...]:
    """Places first, then times, then the rest; the two ends of a range are said together."""
    out: list[tuple[int, str]] = []
    filters = list(speaker.view.filters)
    while filters:
        first = filters.pop(0)
        other = next((f for f in filters if _is_range(first, f)), None)
        if other:
            filters.remove(other)
        rank = 0 if first.column in (STATE, MUNICIPALITY) else 1 if is_time(first, speaker) else 2
        out.append((rank, _range(first, other, speaker) if other else _sentence(first, speaker)))
    if speaker.view.bbox:
        out.append((0, speaker.phrases["bbox"]))
    return tuple(text for _, text in sorted(out, key=lambda pair: pair[0]))


def _is_range(one: Filter, other: Filter) -> bool:
    low, high = ("gt", "gte"), ("lt", "lte")
    same = one.column == other.column
    return same and (
        (one.operator in low and other.operator in high) or (one.operator in high and other.operator in low)
    )


def is_time(filter_: Filter, speaker: Speaker) -> bool:
    known = speaker.find(filter_.column)
    return known.type.temporal or is_year(known, speaker.profile.profile(filter_.column))


def _range(one: Filter, other: Filter, speaker: Speaker) -> str:
    low, high = (one, other) if one.operator in ("gt", "gte") else (other, one)
    known = speaker.find(low.column)
    first, last = bind(low.values[0], known.type), bind(high.values[0], known.type)
    if isinstance(first, date) and isinstance(last, date):
        if known.type is ColumnType.DATE or (_midnight(first) and _midnight(last) and high.operator == "lt"):
            return _days(first, last, low.operator, high.operator, speaker)
    elif low.operator == "gte" and high.operator == "lte" and is_time(low, speaker):
        return range_words(first, last, "", speaker.lang)
    elif low.operator == "gte" and high.operator == "lte":
        return speaker.phrases["range"].format(
            column=known.title, low=_value(low.values[0], known, speaker), high=_value(high.values[0], known, speaker)
        )
    return f"{_sentence(low, speaker)}, {lower_first(_sentence(high, speaker))}"


def _midnight(moment: date) -> bool:
    return not isinstance(moment, datetime) or moment.time() == datetime.min.time()


def _days(first: date, last: date, low: str, high: str, speaker: Speaker) -> str:
    start = first.date() if isinstance(first, datetime) else first
    end = last.date() if isinstance(last, datetime) else last
    return span_words(_shift(start, low == "gt"), _shift(end, -(high == "lt")), speaker.lang)


def _shift(day: date, days: int) -> date:
    """The day `days` later; the calendar's own ends stay."""
    return day if day in (date.min, date.max) else day + timedelta(days=days)


def _sentence(filter_: Filter, speaker: Speaker) -> str:
    known = speaker.find(filter_.column)
    phrases, label = speaker.phrases, known.title
    if filter_.operator == "isnull":
        return phrases["present" if filter_.values else "missing"].format(column=label)
    values = tuple(_value(v, known, speaker) for v in filter_.values)
    if filter_.column in (STATE, MUNICIPALITY) and filter_.operator in ("eq", "in"):
        return _listed(values, speaker)
    if filter_.column in (STATE, MUNICIPALITY) and filter_.operator == "ne":
        return phrases["not"].format(value=values[0])
    if filter_.operator == "eq" and is_time(filter_, speaker):
        return values[0]
    dated = phrases.get(f"date_{filter_.operator}") if known.type.temporal else None
    pattern = dated or find_operator(filter_.operator).words[speaker.lang]
    return pattern.format(column=label, value=_listed(values, speaker))


def _listed(values: tuple[str, ...], speaker: Speaker) -> str:
    if len(values) > MAX_LISTED:
        shown = ", ".join(values[:MAX_LISTED])
        return speaker.phrases["list_more"].format(shown=shown, n=len(values) - MAX_LISTED)
    return joined(values, speaker.lang)


def _value(text: str, known: Column, speaker: Speaker) -> str:
    if known.name == STATE:
        return state_name(text) or text
    if known.name == MUNICIPALITY:
        return speaker.municipalities.get(text) or f"{speaker.phrases['municipality']} {text}"
    cell = bind(text, known.type)
    if isinstance(cell, bool):
        return speaker.phrases[str(cell).lower()]
    if isinstance(cell, date):
        return moment_words(cell, speaker.lang)
    if known.role is Role.MEASURE and isinstance(cell, (int, float, Decimal)):
        return _number(text, known.unit)
    return text or speaker.phrases["empty"]


def _number(text: str, unit: str) -> str:
    return f"{Decimal(text):,f}" + (f" {unit}" if unit else "")
