"""A View against a version: names, types and places checked and made canonical."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from model.chart import PLAIN
from model.errors import BadRequest, UnknownName
from model.spelling import nearest
from model.table import Column, ColumnType, Role
from model.version import TableProfile
from model.view import PLACES, Filter, Group, Measure, Sort, View
from query.address import sort_filters, with_measures
from query.grammar import PERIODS, bins_of, read_wish, split_lookup, write_group, write_measure
from query.measures import find_measure
from query.operators import OPERATORS, find_operator, operators_for
from query.places import canonical_place
from query.rates import check_rate
from query.schema import MUNICIPALITY, Schema, find_column, own_columns, with_role
from query.values import canonical

__all__ = ["Schema", "output_names", "resolve"]

# What social networks and mail services add to the links that people share through them.
TRACKING = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid"}) | {
    f"utm_{word}" for word in ("source", "medium", "campaign", "term", "content", "id")
}


def resolve(view: View, schema: Schema, charts: Collection[str] | None = None) -> View:
    """The canonical view of the schema's version, pinned to it; `charts` are those there are, None: any goes.

    Raises UnknownName for a table, column, measure, operator or chart that is not there, and BadRequest for what
    does not fit (a text where a number is expected, a rate without a population…).
    """
    profile = schema.table(view.table)
    filters = _filters(view.filters, profile, schema)
    groups = tuple(dict.fromkeys(_checked_group(g, profile, schema) for g in view.groups))
    measures = tuple(dict.fromkeys(_checked_measure(m, profile, schema) for m in view.measures))
    resolved = with_measures(
        replace(
            view,
            table=profile.name,
            version=schema.manifest.version,
            filters=sort_filters(filters),
            groups=groups,
            measures=measures,
            columns=_columns(view, profile, schema),
            highlight=tuple(dict.fromkeys(view.highlight)),
        )
    )
    _check_drawing(resolved, profile, schema, charts)
    if any(m.ratio == "rate" for m in resolved.measures):
        check_rate(resolved, profile, schema)
    return replace(resolved, sort=_sort(resolved, profile, schema))


def output_names(view: View, profile: TableProfile) -> tuple[str, ...]:
    """The names of the columns that the view's answer has, in order."""
    if not view.grouped:
        return view.columns or tuple(c.name for c in own_columns(profile))
    groups = tuple(write_group(g) if g.by else g.column for g in view.groups)
    return groups + tuple(write_measure(m) for m in view.measures)


def asked_group(name: str, profile: TableProfile) -> Group | None:
    """The group that an axis, colour or facet names which the answer does not have; None where it names none."""
    if profile.column(name) or name in PLACES or split_lookup(name)[0]:
        return Group(name)
    wished = read_wish(name)
    return wished if isinstance(wished, Group) else None


def _filters(filters: Sequence[Filter], profile: TableProfile, schema: Schema) -> tuple[Filter, ...]:
    out: list[Filter] = []
    for filter_ in filters:
        if filter_.column in TRACKING and profile.column(filter_.column) is None:
            continue
        column = _filter_column(filter_, profile, schema)
        operator = find_operator(filter_.operator)
        if column.type not in operator.types:
            fitting = ", ".join(o.name for o in operators_for(column.type))
            raise BadRequest(
                f"El operador «{operator.name}» no sirve para la columna «{column.name[:80]}»; sí sirven: {fitting}."
            )
        placed = canonical_place(filter_, column, profile)
        out += (_tidy(placed),) if placed else (_tidy(f) for f in canonical(filter_, column))
    return tuple(out)


def _filter_column(filter_: Filter, profile: TableProfile, schema: Schema) -> Column:
    try:
        return find_column(profile, schema.lookups, filter_.column)
    except UnknownName:
        head, mark, tail = filter_.column.rpartition("__")
        if mark and profile.column(head):
            raise UnknownName("el operador", tail, nearest(tail, OPERATORS)) from None
        raise


def _tidy(filter_: Filter) -> Filter:
    if filter_.operator != "in":
        return filter_
    values = tuple(sorted(set(filter_.values)))
    return Filter(filter_.column, "eq" if len(values) == 1 else "in", values)


def _checked_group(group: Group, profile: TableProfile, schema: Schema) -> Group:
    column = find_column(profile, schema.lookups, group.column)
    if column.type is ColumnType.GEOMETRY:
        raise BadRequest(f"No se puede agrupar por «{column.name[:80]}»: es una geometría.")
    if group.by in PERIODS:
        if not column.type.temporal:
            raise BadRequest(f"No se puede agrupar «{column.name[:80]}» por {group.by}: no es una fecha.")
        if group.by == "hour" and column.type is ColumnType.DATE:
            raise BadRequest(f"No se puede agrupar «{column.name[:80]}» por hora: sus fechas no llevan hora.")
    elif bins_of(group.by) and not column.type.numeric:
        raise BadRequest(f"No se puede agrupar «{column.name[:80]}» en intervalos: no es un número.")
    elif group.by and not bins_of(group.by):
        raise UnknownName("la agrupación", group.by, nearest(group.by, PERIODS))
    return group


def _checked_measure(measure: Measure, profile: TableProfile, schema: Schema) -> Measure:
    kind, _ = find_measure(measure.function)
    if measure.column:
        column = find_column(profile, schema.lookups, measure.column)
        if column.type not in kind.types:
            raise BadRequest(f"«{measure.function}» no se puede calcular con «{column.name[:80]}»: {_why(column)}.")
    return measure


def _why(column: Column) -> str:
    return "es una geometría" if column.type is ColumnType.GEOMETRY else "no es una columna de números"


def _columns(view: View, profile: TableProfile, schema: Schema) -> tuple[str, ...]:
    if view.grouped:
        return ()
    chosen = tuple(dict.fromkeys(find_column(profile, schema.lookups, name).name for name in view.columns))
    return () if chosen == tuple(c.name for c in own_columns(profile)) else chosen


def _check_output(name: str, view: View, profile: TableProfile, schema: Schema) -> None:
    names = output_names(view, profile)
    if name in names:
        return
    if view.grouped:
        raise UnknownName("en el resultado la columna", name, nearest(name, names))
    find_column(profile, schema.lookups, name)


def _wished(name: str, view: View, profile: TableProfile) -> Group | Measure | None:
    """What an axis asks for that the answer does not have; None where nothing can be made of it."""
    wished = read_wish(name)
    if not view.grouped:
        return wished
    drawn = view.chart not in ("", PLAIN) and name in (view.x, view.color, view.facet)
    return asked_group(name, profile) if drawn else None


def _check_axis(name: str, view: View, profile: TableProfile, schema: Schema) -> None:
    """An axis may also name a group that its chart is to have; that of a view without groups, a measure too."""
    try:
        _check_output(name, view, profile, schema)
    except UnknownName:
        wished = _wished(name, view, profile)
        if wished is None:
            raise
        if isinstance(wished, Group):
            _checked_group(wished, profile, schema)
        else:
            _checked_measure(wished, profile, schema)


def _check_drawing(view: View, profile: TableProfile, schema: Schema, charts: Collection[str] | None) -> None:
    if view.chart and charts is not None and view.chart not in (PLAIN, *charts):
        raise UnknownName("la gráfica", view.chart, nearest(view.chart, (PLAIN, *charts)))
    for name in filter(None, (view.x, view.y, view.color, view.facet)):
        _check_axis(name, view, profile, schema)
    if view.level == MUNICIPALITY[1:] and MUNICIPALITY not in profile.places:
        raise BadRequest("Esta tabla no llega a municipio: use _level=entidad.")
    located = all(with_role(profile, schema.lookups, role) for role in (Role.LATITUDE, Role.LONGITUDE))
    if view.bbox and not located:
        raise BadRequest("Esta tabla no tiene coordenadas: no se puede usar _bbox.")


def _sort(view: View, profile: TableProfile, schema: Schema) -> tuple[Sort, ...]:
    for sort in view.sort:
        _check_output(sort.column, view, profile, schema)
    natural = tuple(Sort(name) for name in output_names(view, profile)[: len(view.groups)])
    by_default = view.grouped and view.chart in ("", PLAIN)  # charts have orders of their own
    return () if by_default and view.sort == natural[: len(view.sort)] else view.sort
