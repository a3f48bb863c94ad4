"""What a chart still needs, filled in from the table; and which charts a table can be drawn as."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from model.errors import BadRequest
from model.table import Role
from model.version import TableProfile
from model.view import PLACES, Group, Measure, Sort, View
from query.choose import FEW_CATEGORIES, Chooser
from query.grammar import bins_of, read_wish, split_lookup, write_measure
from query.measures import COUNT
from query.resolve import output_names
from query.schema import MUNICIPALITY, STATE

BINS = "bin20"
QUANTILES = ("q5", "q25", "median", "q75", "q95")
NO_LOOKUPS: Mapping[str, TableProfile] = MappingProxyType({})


def complete(view: View, profile: TableProfile, lookups: Mapping[str, TableProfile] = NO_LOOKUPS) -> View:
    """The view with the groups, measures, columns and order that its chart needs and that it does not yet have.

    What the view has is kept where the chart can use it. Complete views stay as they are. Raises BadRequest, saying
    what the table lacks for the chart.
    """
    fill = _FILLERS.get(view.chart)
    if fill is None:
        return view
    return _consistent(fill(view, chooser(view, profile, lookups)), profile)


def possible(profile: TableProfile, lookups: Mapping[str, TableProfile] = NO_LOOKUPS) -> tuple[str, ...]:
    """The charts that can be made from the table, `table` first."""
    return ("table", *(name for name in _FILLERS if _can(name, profile, lookups)))


def chooser(view: View, profile: TableProfile, lookups: Mapping[str, TableProfile] = NO_LOOKUPS) -> Chooser:
    """The chooser over the view's table, told what the view is about."""
    return Chooser(profile, f"{view.dataset} {view.resource}", lookups)


def _can(chart: str, profile: TableProfile, lookups: Mapping[str, TableProfile]) -> bool:
    try:
        complete(View("", "", table=profile.name, chart=chart), profile, lookups)
    except BadRequest:
        return False
    return True


def _consistent(view: View, profile: TableProfile) -> View:
    """The view without a sort, axis or colour by a column that its answer no longer has."""
    names = set(output_names(view, profile))
    if not view.grouped:
        names |= {c.column.name for c in profile.columns} | set(profile.places)
        asked = (view.x, view.y, view.color, view.facet, *(s.column for s in view.sort))
        names |= {name for name in asked if split_lookup(name)[0]}
    kept = {part: name if name in names else "" for part, name in _parts(view)}
    return replace(
        view,
        sort=tuple(s for s in view.sort if s.column in names),
        columns=() if view.grouped else view.columns,
        **kept,  # type: ignore[arg-type]
    )


def _parts(view: View) -> Iterable[tuple[str, str]]:
    return (("x", view.x), ("y", view.y), ("color", view.color), ("facet", view.facet))


def _asked_group(name: str, choose: Chooser) -> Group | None:
    """The group that `_x`, `_color` or `_facet` names on a view that has no groups yet."""
    if not name:
        return None
    if choose.profile.column(name) or name in PLACES or split_lookup(name)[0]:
        return Group(name)
    wished = read_wish(name)
    return wished if isinstance(wished, Group) else None


def _asked_measure(view: View, choose: Chooser) -> Measure | None:
    found = choose.profile.profile(view.y) if view.y else None
    if found:
        return choose.figure(found) if found.column.type.numeric else COUNT
    wished = read_wish(view.y) if view.y else None
    return wished if isinstance(wished, Measure) else None


def _groups(view: View, choose: Chooser) -> tuple[Group, ...]:
    """The view's groups, or those that its axes, colour and facet ask for."""
    if view.groups:
        return view.groups
    asked = (_asked_group(name, choose) for name in (view.x, view.color, view.facet))
    return tuple(dict.fromkeys(g for g in asked if g))


def _measured(view: View, choose: Chooser, groups: tuple[Group, ...]) -> View:
    """The view grouped by `groups`, with a measure."""
    if view.measures and tuple(m.function for m in view.measures) != QUANTILES:
        return replace(view, groups=groups)
    asked = _asked_measure(view, choose)
    measure = asked or choose.measure()
    return replace(view, groups=groups, measures=(measure,), y=write_measure(asked) if asked else view.y)


def _is_ordered(group: Group, choose: Chooser) -> bool:
    """Whether the values of a group have an order of their own: times, intervals."""
    found = choose.profile.column(group.column)
    return bool(group.by) or (found is not None and (found.type.temporal or found.role is Role.TIME))


def _bar(view: View, choose: Chooser) -> View:
    groups = _groups(view, choose) or choose.categories()[:1] or _optional(choose.time())
    if not groups:
        raise BadRequest("Para una gráfica de barras hace falta una columna de categorías, y esta tabla no la tiene.")
    done = _consistent(_measured(view, choose, groups), choose.profile)
    if done.sort or _is_ordered(groups[0], choose):
        return done
    return replace(done, sort=(Sort(write_measure(done.measures[0]), descending=True),))


def _optional(group: Group | None) -> tuple[Group, ...]:
    return (group,) if group else ()


def _line(view: View, choose: Chooser) -> View:
    groups = _groups(view, choose)
    if not any(_is_ordered(g, choose) for g in groups):
        time = choose.time()
        if time is None:
            raise BadRequest("Para una línea hace falta una columna de fechas o de años, y esta tabla no la tiene.")
        groups = (time, *groups[:1])
    return _measured(view, choose, groups)


def _scatter(view: View, choose: Chooser) -> View:
    if view.grouped and len(view.measures) > 1:
        names = [write_measure(m) for m in view.measures]
        return replace(view, x=view.x or names[0], y=view.y or next(n for n in names if n != (view.x or names[0])))
    known = [p.column.name for p in choose.numbers()]
    measured = [m.column for m in view.measures if m.column]
    asked = [n for n in (view.x, view.y) if _is_number(n, choose)]
    names = list(dict.fromkeys((*asked, *(n for n in measured if _is_number(n, choose)), *known)))
    if len(names) < 2:
        raise BadRequest("Para una dispersión hacen falta dos columnas de números, y esta tabla no las tiene.")
    x = view.x if _is_number(view.x, choose) else next(n for n in names if n != view.y)
    y = view.y if _is_number(view.y, choose) and view.y != x else next(n for n in names if n != x)
    return _raw(view, choose, (x, y), x, y)


def _is_number(name: str, choose: Chooser) -> bool:
    found = choose.profile.column(name) if name else None
    return found is not None and found.type.numeric


def _raw(view: View, choose: Chooser, columns: tuple[str, ...], x: str, y: str) -> View:
    """The view as rows of `columns` and of what else it draws with."""
    asked = view.columns if not view.grouped else ()
    extra = (n for n in (view.color, view.facet) if n and (choose.profile.column(n) or split_lookup(n)[0]))
    kept = tuple(dict.fromkeys((*columns, *extra, *asked)))
    every = tuple(p.column.name for p in choose.profile.columns)
    return replace(view, groups=(), measures=(), columns=() if kept == every else kept, x=x, y=y)


def _histogram(view: View, choose: Chooser) -> View:
    if view.groups and bins_of(view.groups[0].by):
        return replace(view, measures=view.measures or (COUNT,))
    measured = (m.column for m in view.measures if m.column)
    candidates = (view.x, *(g.column for g in view.groups), *measured, *(p.column.name for p in choose.numbers()))
    name = next((n for n in candidates if _is_number(n, choose)), None)
    if name is None:
        raise BadRequest("Para un histograma hace falta una columna de números, y esta tabla no la tiene.")
    return replace(view, groups=(Group(name, BINS),), measures=(COUNT,), sort=(), x="", y="")


def _box(view: View, choose: Chooser) -> View:
    measured = [m.column for m in view.measures if m.column]
    candidates = (view.y, *measured, *(p.column.name for p in choose.numbers()))
    name = next((n for n in candidates if _is_number(n, choose)), None)
    if name is None:
        raise BadRequest("Para un diagrama de caja hace falta una columna de números, y esta tabla no la tiene.")
    readable = tuple(g for g in choose.categories() if choose.size_of(g) <= FEW_CATEGORIES + 2)
    groups = _groups(view, choose) or readable[:1] or choose.categories()[:1] or _optional(choose.time())
    if not groups:
        raise BadRequest("Para un diagrama de caja hace falta una columna de categorías, y esta tabla no la tiene.")
    return replace(view, groups=groups, measures=tuple(Measure(q, name) for q in QUANTILES), y="")


def _heatmap(view: View, choose: Chooser) -> View:
    groups = _groups(view, choose)
    time = choose.time()
    for candidate in (*_optional(time), *choose.categories()):
        if len(groups) >= 2:
            break
        if all(candidate.column != g.column for g in groups):
            groups = (*groups, candidate)
    if len(groups) < 2:
        raise BadRequest(
            "Para un mapa de calor hacen falta dos columnas por las cuales agrupar: esta tabla no las tiene."
        )
    return _measured(view, choose, groups)


def _treemap(view: View, choose: Chooser) -> View:
    groups = _groups(view, choose) or choose.categories()[:2]
    if not groups:
        raise BadRequest("Para un mapa de áreas hace falta una columna de categorías, y esta tabla no la tiene.")
    return _measured(view, choose, groups)


def _map(view: View, choose: Chooser) -> View:
    places = choose.profile.places
    one_state = any(f.column == STATE and f.operator == "eq" for f in view.filters)
    asked = f"_{view.level}" if view.level else next((g.column for g in view.groups if g.column in PLACES), "")
    by_default = (MUNICIPALITY, STATE) if one_state else (STATE, MUNICIPALITY)
    place = asked or next((p for p in by_default if p in places), "")
    if place not in places or not place:
        raise BadRequest("Para un mapa hace falta una columna de entidades o municipios, y esta tabla no la tiene.")
    # Any other group on the view says how another chart was cut: a map has one figure for each place.
    return _measured(view, choose, (Group(place),))


def _points(view: View, choose: Chooser) -> View:
    found = choose.coordinates()
    if found is None:
        raise BadRequest(
            "Para un mapa de puntos hacen falta columnas de latitud y longitud, y esta tabla no las tiene."
        )
    latitude, longitude = found
    name = choose.name_column()
    return _raw(view, choose, (latitude, longitude, *((name,) if name else ())), longitude, latitude)


_FILLERS: Mapping[str, Callable[[View, Chooser], View]] = MappingProxyType(
    {
        "bar": _bar,
        "line": _line,
        "area": _line,
        "scatter": _scatter,
        "histogram": _histogram,
        "box": _box,
        "heatmap": _heatmap,
        "treemap": _treemap,
        "map": _map,
        "points": _points,
    }
)
