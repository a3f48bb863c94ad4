"""What a chart still needs, filled in from the table; and which charts a table can be drawn as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from model.chart import PLAIN, ChartKind, Charts
from model.errors import BadRequest
from model.version import TableProfile
from model.view import View
from query.options import Options, consistent
from query.resolve import asked_group, output_names

NO_LOOKUPS: Mapping[str, TableProfile] = MappingProxyType({})


def complete(
    view: View, profile: TableProfile, charts: Charts, lookups: Mapping[str, TableProfile] = NO_LOOKUPS
) -> View:
    """The view with the groups, measures, columns and order that its chart needs and that it does not yet have.

    What the view has is kept where the chart can use it. Complete views stay as they are. Raises BadRequest, saying
    what the table lacks for the chart, or which charts can be repeated where this one cannot.
    """
    kind = charts.get(view.chart)
    if kind is None:
        return view
    if view.facet and not kind.facets:
        raise BadRequest(_not_repeated(kind, charts))
    view = by_axes(view, profile)
    return consistent(kind.complete(view, options(view, profile, lookups)), profile)


def by_axes(view: View, profile: TableProfile) -> View:
    """A grouped view grouped as well by the columns that its first axis, colour and facet name, the axis first."""
    names = set(output_names(view, profile))
    if not view.grouped:
        return view
    first, *others = (
        (group,) if name and name not in names and (group := asked_group(name, profile)) else ()
        for name in (view.x, view.color, view.facet)
    )
    added = (*first, *view.groups, *(group for some in others for group in some))
    return replace(view, groups=tuple(dict.fromkeys(added)))


def possible(
    profile: TableProfile, charts: Charts, lookups: Mapping[str, TableProfile] = NO_LOOKUPS
) -> tuple[str, ...]:
    """The charts that can be made from the table, the plain table first."""
    return (PLAIN, *(name for name in charts if _can(name, profile, charts, lookups)))


def options(view: View, profile: TableProfile, lookups: Mapping[str, TableProfile] = NO_LOOKUPS) -> Options:
    """What the view's chart may ask of its table, told what the view is about."""
    return Options(profile, f"{view.dataset} {view.resource}", lookups)


def _can(chart: str, profile: TableProfile, charts: Charts, lookups: Mapping[str, TableProfile]) -> bool:
    try:
        complete(View("", "", table=profile.name, chart=chart), profile, charts, lookups)
    except BadRequest:
        return False
    return True


def _not_repeated(kind: ChartKind, charts: Charts) -> str:
    able = ", ".join(f"{other.label} ({other.name})" for other in charts.values() if other.facets)
    return f"«{kind.label}» no se puede repetir por cada valor de una columna (_facet). Sí se puede con: {able}."
