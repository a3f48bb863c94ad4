"""A View in words: its title, its filters with the names of places, its period and its denominators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from model.chart import Charts
from model.table import Cell, Column, ColumnType, Role
from model.territory import state_name
from model.version import TableProfile
from model.view import Filter, Group, View
from query.address import with_measures
from query.grammar import bins_of
from query.labels import STEPS, measure_label
from query.measures import find_measure
from query.moments import grain, moment_words, range_words, span_words
from query.operators import find_operator
from query.phrases import PHRASES, Phrases, joined, lower_first
from query.rates import is_year, year_column, year_group
from query.schema import MUNICIPALITY, STATE, Schema, find_column
from query.values import bind

NO_CHARTS: Charts = MappingProxyType({})
MAX_NAMED = 3
MAX_LISTED = 5
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Words:
    """What a view shows, for a title, a caption and a list of chips. `denominator` is "" where there is none.

    `subtitle` joins the filters and the period; `filters` has one sentence for each thing that is filtered.
    """

    title: str
    subtitle: str
    filters: tuple[str, ...]
    denominator: str


@dataclass(frozen=True, slots=True)
class _Speaker:
    view: View
    schema: Schema
    profile: TableProfile
    municipalities: Mapping[str, str] = field(default_factory=dict)
    heading: str = ""

    @property
    def lang(self) -> str:
        return self.view.lang

    @property
    def phrases(self) -> Phrases:
        return PHRASES[self.lang]

    def find(self, reference: str) -> Column:
        return find_column(self.profile, self.schema.lookups, reference)


def describe(
    view: View, schema: Schema, municipalities: Mapping[str, str] | None = None, charts: Charts = NO_CHARTS
) -> Words:
    """The words of a resolved view, in its language; `municipalities` gives names by 5-digit key, where known.

    A chart may have a title of its own.
    """
    view = with_measures(view)
    kind = charts.get(view.chart)
    heading = kind.headings.get(view.lang, "") if kind else ""
    speaker = _Speaker(view, schema, schema.table(view.table), municipalities or {}, heading)
    filters = _filters(speaker)
    period = "" if any(_is_time(f, speaker) for f in view.filters) else _whole_period(speaker)
    subtitle = _SEPARATOR.join(part for part in (*filters, period) if part)
    return Words(_title(speaker), subtitle, filters, _denominator(speaker))


def _title(speaker: _Speaker) -> str:
    view, phrases = speaker.view, speaker.phrases
    groups = joined(tuple(dict.fromkeys(_group(g, speaker) for g in view.groups)), speaker.lang)
    own = _heading(speaker, groups)
    if own or not view.grouped:
        return own or phrases["records"]
    figures = _figures(speaker)
    return phrases["by"].format(figures=figures, groups=groups) if groups else figures


def _heading(speaker: _Speaker, groups: str) -> str:
    """The chart's own title; "" where it has none, or one with a field that the view does not fill."""
    view, said = speaker.view, {"groups": groups} if groups else {}
    first = view.groups[0] if view.groups else None
    if first and bins_of(first.by):
        said["binned"] = speaker.find(first.column).title
    columns = {m.column for m in view.measures}
    if len(columns) == 1 and "" not in columns:
        said["measured"] = speaker.find(columns.pop()).title
    if not view.grouped and view.x and view.y:
        said |= {"x": lower_first(speaker.find(view.x).title), "y": speaker.find(view.y).title}
    try:
        return speaker.heading.format(**said)
    except KeyError:
        return ""


def _figures(speaker: _Speaker) -> str:
    shared = _shared(speaker)
    if shared:
        return shared
    labels = [
        measure_label(m, speaker.find(m.column) if m.column else None, speaker.lang) for m in speaker.view.measures
    ]
    named = labels[:MAX_NAMED]
    if len(labels) > MAX_NAMED:
        named.append(speaker.phrases["more"].format(n=len(labels) - MAX_NAMED))
    return joined((named[0], *(lower_first(label) for label in named[1:])), speaker.lang)


def _shared(speaker: _Speaker) -> str:
    """«Promedio de IZT, MGH y AJM»: several columns measured the same way; "" where they are not."""
    measures = speaker.view.measures
    columns = [speaker.find(m.column) for m in measures if m.column]
    first = measures[0]
    same = all((m.function, m.ratio) == (first.function, "") for m in measures)
    if len(measures) < 2 or len(columns) < len(measures) or not same:
        return ""
    if first.function == "sum" and any(c.label for c in columns):
        return ""
    kind, n = find_measure(first.function)
    named = [lower_first(c.title) if c.label else c.title for c in columns[:MAX_NAMED]]
    if len(columns) > MAX_NAMED:
        named.append(speaker.phrases["list_more_short"].format(n=len(columns) - MAX_NAMED))
    return kind.words[speaker.lang].format(column=joined(tuple(named), speaker.lang), n=n)


def _group(group: Group, speaker: _Speaker) -> str:
    known = speaker.find(group.column)
    if group.column in (STATE, MUNICIPALITY):
        return speaker.phrases["state" if group.column == STATE else "municipality"]
    label = lower_first(known.title)
    if bins_of(group.by):
        return speaker.phrases["bins_of"].format(column=label)
    if not group.by:
        return label
    step = STEPS[speaker.lang][group.by]
    lone = sum(speaker.find(g.column).type.temporal for g in speaker.view.groups) == 1 and known.role is Role.TIME
    return step if lone else speaker.phrases["step_of"].format(step=step, column=label)


def _filters(speaker: _Speaker) -> tuple[str, ...]:
    """Places first, then times, then the rest; the two ends of a range are said together."""
    out: list[tuple[int, str]] = []
    filters = list(speaker.view.filters)
    while filters:
        first = filters.pop(0)
        other = next((f for f in filters if _is_range(first, f)), None)
        if other:
            filters.remove(other)
        rank = 0 if first.column in (STATE, MUNICIPALITY) else 1 if _is_time(first, speaker) else 2
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


def _is_time(filter_: Filter, speaker: _Speaker) -> bool:
    known = speaker.find(filter_.column)
    return known.type.temporal or is_year(known, speaker.profile.profile(filter_.column))


def _range(one: Filter, other: Filter, speaker: _Speaker) -> str:
    low, high = (one, other) if one.operator in ("gt", "gte") else (other, one)
    known = speaker.find(low.column)
    first, last = bind(low.values[0], known.type), bind(high.values[0], known.type)
    if isinstance(first, date) and isinstance(last, date):
        if known.type is ColumnType.DATE or (_midnight(first) and _midnight(last) and high.operator == "lt"):
            return _days(first, last, low.operator, high.operator, speaker)
    elif low.operator == "gte" and high.operator == "lte" and _is_time(low, speaker):
        return range_words(first, last, "", speaker.lang)
    elif low.operator == "gte" and high.operator == "lte":
        return speaker.phrases["range"].format(
            column=known.title, low=_value(low.values[0], known, speaker), high=_value(high.values[0], known, speaker)
        )
    return f"{_sentence(low, speaker)}, {lower_first(_sentence(high, speaker))}"


def _midnight(moment: date) -> bool:
    return not isinstance(moment, datetime) or moment.time() == datetime.min.time()


def _days(first: date, last: date, low: str, high: str, speaker: _Speaker) -> str:
    start = first.date() if isinstance(first, datetime) else first
    end = last.date() if isinstance(last, datetime) else last
    return span_words(_shift(start, low == "gt"), _shift(end, -(high == "lt")), speaker.lang)


def _shift(day: date, days: int) -> date:
    """The day `days` later; the calendar's own ends stay."""
    return day if day in (date.min, date.max) else day + timedelta(days=days)


def _sentence(filter_: Filter, speaker: _Speaker) -> str:
    known = speaker.find(filter_.column)
    phrases, label = speaker.phrases, known.title
    if filter_.operator == "isnull":
        return phrases["present" if filter_.values else "missing"].format(column=label)
    values = tuple(_value(v, known, speaker) for v in filter_.values)
    if filter_.column in (STATE, MUNICIPALITY) and filter_.operator in ("eq", "in"):
        return _listed(values, speaker)
    if filter_.column in (STATE, MUNICIPALITY) and filter_.operator == "ne":
        return phrases["not"].format(value=values[0])
    if filter_.operator == "eq" and _is_time(filter_, speaker):
        return values[0]
    dated = phrases.get(f"date_{filter_.operator}") if known.type.temporal else None
    pattern = dated or find_operator(filter_.operator).words[speaker.lang]
    return pattern.format(column=label, value=_listed(values, speaker))


def _listed(values: tuple[str, ...], speaker: _Speaker) -> str:
    if len(values) > MAX_LISTED:
        shown = ", ".join(values[:MAX_LISTED])
        return speaker.phrases["list_more"].format(shown=shown, n=len(values) - MAX_LISTED)
    return joined(values, speaker.lang)


def _value(text: str, known: Column, speaker: _Speaker) -> str:
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


def _whole_period(speaker: _Speaker) -> str:
    """The range of the table's time column, where no filter speaks of time."""
    position = year_group(speaker.view, speaker.profile, speaker.schema)
    group = speaker.view.groups[position] if position is not None else None
    own = group.column if group and speaker.profile.profile(group.column) else year_column(speaker.profile)
    found = speaker.profile.profile(own) if own else None
    low: Cell = found.minimum if found else None
    high: Cell = found.maximum if found else None
    step = (group.by if group else "") or (grain(found) if found else "")
    return range_words(low, high, step, speaker.lang)


def _denominator(speaker: _Speaker) -> str:
    view, population = speaker.view, speaker.schema.manifest.population
    out: list[str] = []
    if population and any(m.ratio == "rate" for m in view.measures):
        dated = year_group(view, speaker.profile, speaker.schema) is not None
        source = population.source or f"{population.dataset}/{population.resource}"
        out.append(speaker.phrases["rate" if dated else "rate_latest"].format(source=source))
    if any(m.ratio == "share" for m in view.measures):
        out.append(speaker.phrases["share"])
    return " ".join(out)
