"""A View in words: its title, its filters with the names of places, its period and its denominators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from model.chart import Charts
from model.table import Cell, Role
from model.version import TableProfile
from model.view import Group, View
from query.address import with_measures
from query.filter_words import filter_sentences, is_time
from query.grammar import bins_of
from query.labels import STEPS, inside, measure_label
from query.measures import find_measure
from query.moments import grain, range_words
from query.person_years import rate_phrase
from query.phrases import PHRASES, joined, lower_first
from query.rates import year_column, year_group
from query.schema import MUNICIPALITY, STATE, Schema
from query.speaker import Speaker

NO_CHARTS: Charts = MappingProxyType({})
MAX_NAMED = 3
_SEPARATOR = " · "
_ONE = MappingProxyType({"municipalities": "municipality", "states": "state"})
FEWEST_TOWNS, MOST_TOWNS, FEWEST_STATES, MOST_STATES = 500, 2500, 20, 33
YEAR = 12


@dataclass(frozen=True, slots=True)
class Words:
    """What a view shows, for a title, a caption and a list of chips.

    `denominator` is "" where there is none; `rate` says it in few words, with the months where the data are of less
    than a year.

    `subtitle` joins the filters and the period; `filters` has one sentence for each thing that is filtered.
    """

    title: str
    subtitle: str
    filters: tuple[str, ...]
    denominator: str
    rate: str = ""


def describe(
    view: View,
    schema: Schema,
    municipalities: Mapping[str, str] | None = None,
    charts: Charts = NO_CHARTS,
    name: str = "",
) -> Words:
    """The words of a resolved view, in its language; `municipalities` gives names by 5-digit key, where known.

    A chart may have a title of its own. `name` is what the rows are called together («Estaciones de servicio»).
    """
    view = with_measures(view)
    kind = charts.get(view.chart)
    heading = kind.headings.get(view.lang, "") if kind else ""
    speaker = Speaker(view, schema, schema.table(view.table), municipalities or {}, heading, name)
    filters = filter_sentences(speaker)
    period = "" if any(is_time(f, speaker) for f in view.filters) else _whole_period(speaker)
    subtitle = _SEPARATOR.join(part for part in (*filters, period) if part)
    return Words(_title(speaker), subtitle, filters, _denominator(speaker), _short_rate(speaker))


def _title(speaker: Speaker) -> str:
    view, phrases = speaker.view, speaker.phrases
    groups = joined(tuple(dict.fromkeys(_group(g, speaker) for g in view.groups)), speaker.lang)
    own = _heading(speaker, groups)
    if own or not view.grouped:
        return own or phrases["records"]
    figures = _figures(speaker)
    return phrases["by"].format(figures=figures, groups=groups) if groups else figures


def _heading(speaker: Speaker, groups: str) -> str:
    """The chart's own title; "" where it has none, or one with a field that the view does not fill."""
    view, said = speaker.view, {"groups": groups} if groups else {}
    first = view.groups[0] if view.groups else None
    if first and bins_of(first.by):
        said["binned"] = inside(speaker.find(first.column))
    columns = {m.column for m in view.measures}
    if len(columns) == 1 and "" not in columns:
        said["measured"] = inside(speaker.find(columns.pop()))
    said["where"] = speaker.phrases["where" if speaker.name else "where_records"].format(name=speaker.name)
    if not view.grouped and view.x and view.y:
        x, y = speaker.find(view.x), speaker.find(view.y)
        noun = row_noun(speaker.profile)
        said["pair"] = joined((x.title, inside(y)), speaker.lang)
        said["unit"] = speaker.phrases[_ONE.get(noun, "record")]
    try:
        return speaker.heading.format(**said)
    except KeyError:
        return ""


def _figures(speaker: Speaker) -> str:
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


def _shared(speaker: Speaker) -> str:
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


def _group(group: Group, speaker: Speaker) -> str:
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


def _whole_period(speaker: Speaker) -> str:
    """The range of the table's time column, where no filter speaks of time."""
    position = year_group(speaker.view, speaker.profile, speaker.schema)
    group = speaker.view.groups[position] if position is not None else None
    own = group.column if group and speaker.profile.profile(group.column) else year_column(speaker.profile)
    found = speaker.profile.profile(own) if own else None
    low: Cell = found.minimum if found else None
    high: Cell = found.maximum if found else None
    step = (group.by if group else "") or (grain(found) if found else "")
    return range_words(low, high, step, speaker.lang)


def row_noun(profile: TableProfile) -> str:
    """`municipalities` or `states` where the table has about one row for each; "" where a row is something else."""
    if any(p.column.role is Role.TIME and p.distinct > 1 for p in profile.columns):
        return ""
    if MUNICIPALITY in profile.places and FEWEST_TOWNS <= profile.rows <= MOST_TOWNS:
        return "municipalities"
    return "states" if STATE in profile.places and FEWEST_STATES <= profile.rows <= MOST_STATES else ""


def row_words(profile: TableProfile, lang: str) -> str:
    """`row_noun` in words, «municipios»; "" where a row is no place."""
    noun = row_noun(profile)
    return PHRASES[lang][noun] if noun else ""


def _short_rate(speaker: Speaker) -> str:
    view, population = speaker.view, speaker.schema.manifest.population
    if not population or all(m.ratio != "rate" for m in view.measures):
        return ""
    source = population.source or f"{population.dataset}/{population.resource}"
    months = _months(speaker)
    if not 0 < months < YEAR:
        key, years = rate_phrase(view, speaker.profile, speaker.schema)
        mean = speaker.phrases["mean"].format(period=years) if key == "rate_mean" else ""
        return mean + speaker.phrases["rate_short"].format(source=source)
    return speaker.phrases["rate_months"].format(months=speaker.phrases["months"].split(",")[months - 1], source=source)


def _months(speaker: Speaker) -> int:
    """How many months each figure covers, where the data are monthly and no filter chooses among them; else 0."""
    own = year_column(speaker.profile)
    found = speaker.profile.profile(own) if own else None
    low, high = (found.minimum, found.maximum) if found else (None, None)
    if found is None or grain(found) != "month" or not isinstance(low, date) or not isinstance(high, date):
        return 0
    if any(is_time(f, speaker) for f in speaker.view.filters):
        return 0
    steps = {g.by for g in speaker.view.groups if g.column == own}
    if steps - {"year"}:
        return 1 if steps <= {"", "month"} else 0
    return (high.year - low.year) * YEAR + high.month - low.month + 1


def _denominator(speaker: Speaker) -> str:
    view, population = speaker.view, speaker.schema.manifest.population
    out: list[str] = []
    if population and any(m.ratio == "rate" for m in view.measures):
        source = population.source or f"{population.dataset}/{population.resource}"
        key, years = rate_phrase(view, speaker.profile, speaker.schema)
        out.append(speaker.phrases[key].format(source=source, period=years))
    if any(m.ratio == "share" for m in view.measures):
        out.append(speaker.phrases["share"])
    return " ".join(out)
