"""The views that a table suggests by itself: scored rules over the roles of its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from model.errors import BadRequest
from model.table import Cell
from model.version import ColumnProfile, Manifest, TableProfile
from model.view import Filter, Group, View
from query.address import sort_filters
from query.choose import FEW_CATEGORIES, Chooser
from query.complete import chooser, complete, possible
from query.measures import COUNT
from query.moments import grain
from query.schema import MAIN_TABLE, MUNICIPALITY, STATE
from query.traits import has_spells, is_outline, sisters
from query.values import canonical

__all__ = ["complete", "possible", "suggest", "suggest_table"]

MOST = 6
LONG_TABLE = "largo"
MOST_POINTS = 50_000  # rows beyond which single points say nothing
FEW_SERIES = 8
FEW_LINES = 6
FEW_BARS = 20


class Suggestion(NamedTuple):
    """A view and how well it suits; 0 and below: not at all."""

    score: float
    view: View


Rule = Callable[[View, Chooser], Suggestion | None]


def suggest(manifest: Manifest) -> tuple[View, ...]:
    """Up to six different views of a version, the best first; a plain table is always among them.

    Charts are made of the unpivoted table where there is one. Never a chart of identifiers.
    """
    main = manifest.table(LONG_TABLE) or manifest.table(MAIN_TABLE)
    tables = dict.fromkeys((main.name if main else "", *(t.name for t in manifest.tables)))
    found: list[View] = []
    for name in tables:
        profile = manifest.table(name)
        if profile is None:
            continue
        kinds = {(v.chart, v.level) for v in found}
        views = suggest_table(profile, manifest.dataset, manifest.resource)
        found += [v for v in views if (v.chart, v.level) not in kinds and (not found or v.chart != "table")]
    plain = View(manifest.dataset, manifest.resource, table=_plain_table(manifest), chart="table")
    charts = [v for v in found if v.chart != "table"][: MOST - 1]
    return (*charts, plain)


def suggest_table(profile: TableProfile, dataset: str, resource: str) -> tuple[View, ...]:
    """The views that suit one table, the best first; the plain table comes last."""
    bare = View(dataset, resource, table=profile.name)
    choose = chooser(bare, profile)
    rules = () if is_outline(profile) else RULES
    start = _staged(bare, choose)
    scored = [s for rule in rules if (s := _applied(rule, start, choose)) and s.score > 0]
    ranked = sorted(scored, key=lambda s: -s.score)
    return (*(s.view for s in ranked), replace(bare, chart="table"))


def _applied(rule: Rule, bare: View, choose: Chooser) -> Suggestion | None:
    try:
        found = rule(bare, choose)
        return Suggestion(found.score, complete(found.view, choose.profile)) if found else None
    except BadRequest:
        return None


def _plain_table(manifest: Manifest) -> str:
    found = manifest.table(MAIN_TABLE) or (manifest.tables[0] if manifest.tables else None)
    return found.name if found else MAIN_TABLE


def _line(bare: View, choose: Chooser) -> Suggestion | None:
    periods, time = choose.periods(), choose.time()
    if time is None or periods < 3:
        return None
    score = 40 if has_spells(choose.profile) else 90 if periods >= 6 else 60
    alike = sisters(choose.numbers(), FEW_LINES)
    if alike:
        measures = tuple(choose.figure(p, time) for p in alike)
        return Suggestion(score, replace(bare, chart="line", groups=(time,), measures=measures))
    groups = (time, *choose.kinds(FEW_LINES))
    return Suggestion(score, replace(bare, chart="line", groups=groups, measures=(choose.measure(time),)))


def _state_map(bare: View, choose: Chooser) -> Suggestion | None:
    if STATE not in choose.profile.places or choose.size_of(Group(STATE)) < 5:
        return None
    return Suggestion(
        80, replace(_recent(bare, choose), chart="map", groups=(Group(STATE),), measures=(choose.measure(),))
    )


def _municipal_map(bare: View, choose: Chooser) -> Suggestion | None:
    if MUNICIPALITY not in choose.profile.places or choose.size_of(Group(MUNICIPALITY)) < 10:
        return None
    view = replace(_recent(bare, choose), chart="map", level="municipio", groups=(Group(MUNICIPALITY),))
    return Suggestion(75, replace(view, measures=(choose.measure(),)))


def _bar(bare: View, choose: Chooser) -> Suggestion | None:
    groups = choose.categories()
    if not groups:
        return None
    size = choose.size_of(groups[0])
    score = 70 if size <= FEW_CATEGORIES else 55 if groups[0].column == STATE else 40
    view = replace(_recent(bare, choose), chart="bar", groups=groups[:1], size=FEW_BARS if size > FEW_CATEGORIES else 0)
    return Suggestion(score, replace(view, measures=(choose.measure(),)))


def _points(bare: View, choose: Chooser) -> Suggestion | None:
    if choose.coordinates() is None or choose.profile.rows > MOST_POINTS:
        return None
    return Suggestion(65 if choose.periods() >= 6 else 95, replace(bare, chart="points"))


def _histogram(bare: View, choose: Chooser) -> Suggestion | None:
    numbers = choose.numbers()
    return Suggestion(50, replace(bare, chart="histogram")) if numbers and numbers[0].distinct >= 10 else None


def _treemap(bare: View, choose: Chooser) -> Suggestion | None:
    groups = tuple(g for g in choose.categories() if choose.size_of(g) <= FEW_CATEGORIES + 2)[:2]
    groups = tuple(sorted(groups, key=choose.size_of))
    measure = choose.measure()
    if len(groups) < 2 or measure.function not in ("sum", "count"):
        return None
    return Suggestion(45, replace(_recent(bare, choose), chart="treemap", groups=groups, measures=(measure,)))


def _heatmap(bare: View, choose: Chooser) -> Suggestion | None:
    groups = tuple(g for g in choose.categories() if 2 < choose.size_of(g) <= 2 * FEW_CATEGORIES)
    time = choose.time()
    if time is None or not groups or choose.periods() < 3:
        return None
    return Suggestion(42, replace(bare, chart="heatmap", groups=(time, groups[0]), measures=(choose.measure(),)))


def _area(bare: View, choose: Chooser) -> Suggestion | None:
    groups = tuple(g for g in choose.categories() if choose.size_of(g) <= FEW_SERIES)
    time, measure = choose.time(), choose.measure()
    if time is None or not groups or choose.periods() < 6 or measure.function not in ("sum", "count"):
        return None
    return Suggestion(38, replace(bare, chart="area", groups=(time, groups[0]), measures=(measure,)))


def _scatter(bare: View, choose: Chooser) -> Suggestion | None:
    if len(choose.numbers()) < 2 or choose.profile.rows > MOST_POINTS:
        return None
    return Suggestion(35, replace(bare, chart="scatter"))


def _box(bare: View, choose: Chooser) -> Suggestion | None:
    groups = tuple(g for g in choose.categories() if choose.size_of(g) <= FEW_CATEGORIES)
    numbers = choose.numbers()
    if not groups or not numbers or numbers[0].distinct < 20:
        return None
    return Suggestion(33, replace(bare, chart="box", groups=groups[:1]))


RULES: tuple[Rule, ...] = (
    _line,
    _state_map,
    _municipal_map,
    _bar,
    _points,
    _histogram,
    _treemap,
    _heatmap,
    _area,
    _scatter,
    _box,
)


def _recent(bare: View, choose: Chooser) -> View:
    """The view over the latest whole year: a sum over all years of a stock, such as a population, means nothing."""
    group = choose.time()
    found = choose.profile.profile(group.column) if group else None
    if found is None or choose.measure() == COUNT or has_spells(choose.profile):
        return bare
    year = _latest_year(found)
    if not year:
        return bare
    filters = canonical(Filter(found.column.name, "eq", (f"{year:04d}",)), found.column)
    return replace(bare, filters=sort_filters((*bare.filters, *filters)))


def _staged(bare: View, choose: Chooser) -> View:
    """The view over one stage of a budget, the furthest: approved and spent money are the same money."""
    if choose.stage is None:
        return bare
    found, stage = choose.stage
    return replace(bare, filters=sort_filters(canonical(Filter(found.column.name, "eq", (stage,)), found.column)))


def _latest_year(found: ColumnProfile) -> int:
    """The latest year that the column covers whole; 0 where one year is all there is."""
    low, high = _year(found.minimum), _year(found.maximum)
    if low is None or high is None or low[0] == high[0]:
        return 0
    last = high[1] + {"year": 11, "quarter": 2}.get(grain(found), 0)
    return high[0] if last >= 12 or high[0] - 1 <= low[0] else high[0] - 1


def _year(cell: Cell) -> tuple[int, int] | None:
    """(year, last month that it certainly has) of a date or of a whole number that is a year."""
    if isinstance(cell, (date, datetime)):
        return cell.year, cell.month
    return (cell, 12) if isinstance(cell, int) and cell > 1000 else None
