"""Views as SQL: a syntax tree with quoted names and bound values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from model.query import Query
from model.table import Column, ColumnType, Role
from model.view import Group, Measure, View
from query.address import with_measures
from query.bins import bin_start
from query.grammar import bins_of, write_group, write_measure
from query.labels import UNITS, group_label, measure_label, population_label, shared_figure
from query.measures import RATE_PER, find_measure, result_type
from query.operators import call
from query.periods import period
from query.person_years import beside, years_of
from query.rates import denominator, place_of_groups, population_ref, population_type, year_group
from query.schema import Schema, own_columns
from query.source import OWN, Source, open_source, tie_break
from query.spread import is_spread, spread
from query.syntax import Parameters, aliased, cast, column, number, ordered
from query.totals import MISSING, TOTAL, Compiled, is_small, known_total

POPULATION = "_population"
KEPT = "f"


def compile_view(view: View, schema: Schema, limit: int, *, totals: bool = True) -> Compiled:
    """The statements of a resolved view; a page holds `view.size` rows, and never more than `limit`.

    Without `totals` the page is asked for alone, as somebody who does not want to know how many rows there are.
    """
    view = with_measures(view)
    source = open_source(view, schema)
    size = min(view.size, limit) if view.size else limit
    if not view.grouped:
        known = known_total(source)
        rows = _raw(source, size, counted=totals and known is None)
        own = (TOTAL.name,) if any(c is TOTAL for c in rows.columns[-1:]) else ()
        return Compiled(rows, _raw_total(source), size, view.page, own, known)
    if any(m.ratio == "rate" for m in view.measures):
        added = (POPULATION, TOTAL.name, MISSING.name)
        return Compiled(_rates(source, size), _rates_total(source), size, view.page, added)
    counted = totals and bool(view.groups)
    rows, known = _grouped(source, size, counted=counted), None if view.groups else 1
    return Compiled(rows, _grouped_total(source), size, view.page, (TOTAL.name,) if counted else (), known)


def _query(tree: exp.Select, parameters: Parameters, columns: tuple[Column, ...], source: Source) -> Query:
    sql, values = parameters.render(tree)
    return Query(sql, values, columns, source.refs)


def _paged(tree: exp.Select, view: View, size: int, parameters: Parameters) -> exp.Select:
    tree = tree.limit(parameters.bind(size + 1), copy=False)
    return tree.offset(parameters.bind((view.page - 1) * size), copy=False) if view.page > 1 else tree


def _raw(source: Source, size: int, *, counted: bool) -> Query:
    """A page of rows. With `counted`, sorted rows that are few are kept in order to be counted in the same statement:
    counting them by a second one would read the table again, and counting many along with a page is slower than that.
    """
    view, parameters = source.view, Parameters()
    columns = tuple(map(source.find, view.columns)) or own_columns(source.profile)
    selected = list(dict.fromkeys((*(c.name for c in columns), *_sort_names(source))))
    shapes = any(source.find(n).type is ColumnType.GEOMETRY for n in selected)
    counted = counted and bool(view.sort) and not shapes and is_small(source, len(selected))
    tree = source.select(parameters).select(*(aliased(source.at(n), n) for n in selected), copy=False)
    if counted:
        tree = _kept(tree, [c.name for c in columns])
    elif len(selected) > len(columns):
        tree.set("expressions", tree.expressions[: len(columns)])
    # Without a sort the rows come as they are kept, which DuckDB promises for a table, but not across a join.
    asked = {s.column: s.descending for s in view.sort}
    terms = [
        ordered(column(n, KEPT) if counted else source.at(n), descending=asked.get(n, False))
        for n in _sort_names(source)
    ]
    tree = tree.order_by(*terms, copy=False) if terms else tree
    shown = (*columns, TOTAL) if counted else columns
    return _query(_paged(tree, view, size, parameters), parameters, shown, source)


def _sort_names(source: Source) -> tuple[str, ...]:
    """What rows are ordered by: as asked, then by enough to tell them all apart; () as they are kept."""
    view = source.view
    if not view.sort and not source.aliases:
        return ()
    return tuple(dict.fromkeys((*(s.column for s in view.sort), *tie_break(source.profile))))


def _kept(rows: exp.Select, names: Sequence[str]) -> exp.Select:
    """A selection from `rows`, kept once, with their number beside each."""
    count = exp.Subquery(this=exp.select(exp.Count(this=exp.Star()), copy=False).from_(KEPT, copy=False))
    tree = exp.select(*(aliased(column(n, KEPT), n) for n in names), aliased(count, TOTAL.name), copy=False)
    return tree.from_(KEPT, copy=False).with_(KEPT, as_=rows, materialized=True, copy=False)


def _raw_total(source: Source) -> Query:
    parameters = Parameters()
    needed = open_source(replace(source.view, columns=(), sort=()), source.schema)
    tree = needed.select(parameters).select(aliased(exp.Count(this=exp.Star()), TOTAL.name), copy=False)
    return _query(tree, parameters, (TOTAL,), needed)


def _group(group: Group, position: int, source: Source, parameters: Parameters) -> tuple[exp.Expr, exp.Expr]:
    """What the group tells apart, and what to group by: the same, by its position, but for periods."""
    at = source.at(group.column)
    if bins_of(group.by):
        return bin_start(group, at, source.profile, source.schema, parameters), number(position)
    return period(group.by, at) if group.by else (at, number(position))


def _figure(measure: Measure, source: Source) -> exp.Expr:
    kind, n = find_measure(measure.function)
    known = source.find(measure.column) if measure.column else TOTAL
    figure = kind.build(source.at(measure.column) if measure.column else exp.Star(), known.type, n)
    if measure.ratio != "share":
        return figure
    adder = "fsum" if known.type is ColumnType.NUMBER else "sum"
    whole = exp.Window(this=call(adder, figure))
    part = exp.Mul(this=cast(figure, "DOUBLE"), expression=number(100))
    return exp.Div(this=part, expression=_or_null(whole))


def _or_null(divisor: exp.Expr) -> exp.Expr:
    return cast(call("nullif", divisor, number(0)), "DOUBLE")


def _select_groups(source: Source, parameters: Parameters, *, figures: bool) -> exp.Select:
    """The groups as `g0…` and, with `figures`, the measures as `m0…`, over the filtered rows."""
    view = source.view
    pairs = [_group(g, i + 1, source, parameters) for i, g in enumerate(view.groups)]
    groups = [aliased(shown, f"g{i}") for i, (shown, _) in enumerate(pairs)]
    measures = [aliased(_figure(m, source), f"m{i}") for i, m in enumerate(view.measures)] if figures else []
    tree = source.select(parameters).select(*groups, *measures, copy=False)
    return tree.group_by(*(by for _, by in pairs), copy=False) if pairs else tree


def _order(view: View) -> list[exp.Expr]:
    """The asked sort and then every group, by position: names of groups and measures may be the same."""
    places = _positions_by_name(view)
    asked = {places[s.column]: s.descending for s in view.sort if s.column in places}
    order = {**asked, **{i + 1: False for i in range(len(view.groups)) if i + 1 not in asked}}
    return [ordered(number(i), descending=descending) for i, descending in order.items()]


def _positions_by_name(view: View) -> dict[str, int]:
    """Where each output column stands, by its name and by its parts joined without quotes."""
    groups = [(_group_name(g), ":".join(p for p in (g.column, g.by) if p)) for g in view.groups]
    measures = [(write_measure(m), ":".join(p for p in (m.ratio, m.function, m.column) if p)) for m in view.measures]
    pairs = list(enumerate((*groups, *measures), 1))
    return {plain: i for i, (_, plain) in reversed(pairs)} | {name: i for i, (name, _) in reversed(pairs)}


def _grouped(source: Source, size: int, *, counted: bool) -> Query:
    view, parameters = source.view, Parameters()
    columns = _output(source)
    if is_spread(source):
        tree = spread(source, _select_groups(source, parameters, figures=False))
    else:
        tree = _select_groups(source, parameters, figures=True)
    for selected, known in zip(tree.expressions, columns, strict=True):
        selected.set("alias", exp.to_identifier(known.name, quoted=True))
    if counted:
        tree, columns = tree.select(aliased(_all_rows(), TOTAL.name), copy=False), (*columns, TOTAL)
    tree = tree.order_by(*_order(view), copy=False) if view.groups else tree
    return _query(_paged(tree, view, size, parameters), parameters, columns, source)


def _all_rows() -> exp.Expr:
    """How many rows there are before paging, beside each of them: measured to cost nothing over groups."""
    return exp.Window(this=exp.Count(this=exp.Star()))


def _grouped_total(source: Source) -> Query:
    parameters = Parameters()
    if not source.view.groups:
        return _query(exp.select(aliased(number(1), TOTAL.name)), parameters, (TOTAL,), source)
    groups = exp.Subquery(
        this=_select_groups(source, parameters, figures=False), alias=exp.TableAlias(this=exp.to_identifier("g"))
    )
    tree = exp.select(aliased(exp.Count(this=exp.Star()), TOTAL.name)).from_(groups, copy=False)
    return _query(tree, parameters, (TOTAL,), source)


def _output(source: Source) -> tuple[Column, ...]:
    view = source.view
    return tuple(_group_column(g, source) for g in view.groups) + tuple(
        _measure_column(m, source) for m in view.measures
    )


def _group_name(group: Group) -> str:
    return write_group(group) if group.by else group.column


def _group_column(group: Group, source: Source) -> Column:
    known = source.find(group.column)
    label = group_label(group, known, source.view.lang)
    if bins_of(group.by):
        return Column(_group_name(group), ColumnType.NUMBER, Role.CATEGORY, label, known.unit)
    if not group.by:
        return replace(known, label=label)
    return Column(_group_name(group), ColumnType.TIMESTAMP if group.by == "hour" else ColumnType.DATE, Role.TIME, label)


def _measure_column(measure: Measure, source: Source) -> Column:
    known = source.find(measure.column) if measure.column else None
    lang = source.view.lang
    counted = measure.function in ("count", "distinct")
    unit = UNITS[lang][measure.ratio] if measure.ratio else known.unit if known and not counted else ""
    type_ = result_type(measure, known.type if known else None)
    shared = known is not None and shared_figure(source.view.measures, lang)
    label = known.title if known and shared else measure_label(measure, known, lang)
    return Column(write_measure(measure), type_, Role.MEASURE, label, unit)


def _with_population(source: Source, parameters: Parameters) -> tuple[exp.Subquery, exp.Select | None]:
    """The groups and figures of each row with the population of its place and years, as `g`; and the years of the
    period, where no group tells one.
    """
    view, profile, schema = source.view, source.profile, source.schema
    inner = _select_groups(source, parameters, figures=True)
    place = place_of_groups(view, profile)
    if place:
        at = column(place, OWN)
        low, high = exp.Min(this=at.copy()), exp.Max(this=at.copy())
        same = exp.Case().when(exp.EQ(this=low.copy(), expression=high), low)
        inner = inner.select(aliased(same, "place"), copy=False)
    year = _year(source, inner)
    if year is not None:
        inner = inner.select(aliased(year, "year"), copy=False)
    years = years_of(source, parameters) if year is None else None
    which = "group" if year is not None else "period" if years is not None else ""
    people = denominator(view, schema, parameters, by_place=place, years=which)
    outer = exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier("i")), copy=False)
    outer = outer.select(aliased(people, "people"), copy=False).from_(_as(inner, "i"), copy=False)
    return _as(outer, "g"), years


def _year(source: Source, inner: exp.Select) -> exp.Expr | None:
    """The year of each group; None where no group tells one."""
    view, profile, schema = source.view, source.profile, source.schema
    position = year_group(view, profile, schema)
    if position is None:
        return None
    group = inner.expressions[position].this
    return call("year", group) if source.find(view.groups[position].column).type.temporal else group.copy()


def _as(select: exp.Select, alias: str) -> exp.Subquery:
    return exp.Subquery(this=select, alias=exp.TableAlias(this=exp.to_identifier(alias)))


def _rates(source: Source, size: int) -> Query:
    view, parameters = source.view, Parameters()
    columns = (*_output(source), _population_column(source), TOTAL, MISSING)
    inner, years = _with_population(source, parameters)
    outputs = [column(f"g{i}", "g") for i in range(len(view.groups))]
    outputs += [_rated(m, column(f"m{i}", "g")) for i, m in enumerate(view.measures)]
    known = exp.Window(this=exp.Count(this=call("nullif", column("people", "g"), number(0))))
    outputs += [column("people", "g"), _all_rows(), exp.Sub(this=_all_rows(), expression=known)]
    tree = exp.select(*(aliased(o, c.name) for o, c in zip(outputs, columns, strict=True)), copy=False)
    tree = tree.from_(inner, copy=False)
    tree = tree.order_by(*_order(view), copy=False) if view.groups else tree
    paged = _paged(beside(tree, years), view, size, parameters)
    return _with_refs(_query(paged, parameters, columns, source), source)


def _rated(measure: Measure, figure: exp.Expr) -> exp.Expr:
    if measure.ratio != "rate":
        return figure
    part = exp.Mul(this=cast(figure, "DOUBLE"), expression=number(RATE_PER))
    return exp.Div(this=part, expression=_or_null(column("people", "g")))


def _rates_total(source: Source) -> Query:
    parameters = Parameters()
    inner, years = _with_population(source, parameters)
    missing = exp.Sub(
        this=exp.Count(this=exp.Star()), expression=exp.Count(this=call("nullif", column("people", "g"), number(0)))
    )
    tree = exp.select(aliased(exp.Count(this=exp.Star()), TOTAL.name), aliased(missing, MISSING.name), copy=False)
    tree = tree.from_(inner, copy=False)
    return _with_refs(_query(beside(tree, years), parameters, (TOTAL, MISSING), source), source)


def _with_refs(query: Query, source: Source) -> Query:
    population = source.schema.manifest.population
    return replace(query, tables=(*query.tables, population_ref(population))) if population else query


def _population_column(source: Source) -> Column:
    return Column(POPULATION, population_type(source.schema), Role.MEASURE, population_label(source.view.lang))
