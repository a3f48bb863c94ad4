"""Several quantiles of one column of a large table, exact, in one pass over its rows.

DuckDB computes each `quantile_cont` by itself: five of them by three groups of 27.7 million rows take 8.6 s, one list
of five 2.2 s, and counting the rows of each of few different values first 0.24 s, with the same figures.
"""

from __future__ import annotations

from sqlglot import exp

from model.view import Measure
from query.measures import quantile_of
from query.operators import call
from query.schema import find_column_profile
from query.source import Source
from query.syntax import aliased, cast, column, number, ordered

MANY_ROWS = 1_000_000  # of smaller tables each quantile may be asked by itself
FEW_VALUES = 20_000  # so many different values are worth counting first
VALUES, TIMES, UP_TO, ALL, LIST = "x", "n", "c", "s", "q"


def is_spread(source: Source) -> bool:
    """Whether the view asks for several quantiles of one column of a large table, and for nothing else."""
    measures = source.view.measures
    same = len({m.column for m in measures}) == 1 and all(quantile_of(m.function) for m in measures)
    return len(measures) > 1 and same and source.profile.rows >= MANY_ROWS


def spread(source: Source, groups: exp.Select) -> exp.Select:
    """`g0…` and `m0…` of the view, from `groups`: the filtered rows, grouped and with their groups selected."""
    measures = source.view.measures
    at = source.at(measures[0].column)
    found = find_column_profile(source.profile, source.schema.lookups, measures[0].column)
    names = [f"g{i}" for i in range(len(source.view.groups))]
    if found is not None and found.distinct <= FEW_VALUES:
        return _by_counts(groups, at, names, measures)
    return _by_list(groups, at, names, measures)


def _by_list(groups: exp.Select, at: exp.Expr, names: list[str], measures: tuple[Measure, ...]) -> exp.Select:
    asked = exp.Array(expressions=[_literal(m) for m in measures])
    inner = groups.select(aliased(call("quantile_cont", at, asked), LIST), copy=False)
    figures = [call("list_extract", column(LIST, "i"), number(i)) for i in range(1, len(measures) + 1)]
    return _over(inner, names, figures)


def _by_counts(groups: exp.Select, at: exp.Expr, names: list[str], measures: tuple[Measure, ...]) -> exp.Select:
    counted = groups.select(aliased(at.copy(), VALUES), aliased(call("count", at), TIMES), copy=False)
    counted = counted.group_by(number(len(names) + 1), copy=False)
    keys = [column(name, "v") for name in names]
    order = exp.Order(expressions=[ordered(column(VALUES, "v"))])
    rising = exp.Window(this=call("sum", column(TIMES, "v")), partition_by=keys, order=order)
    whole = exp.Window(this=call("sum", column(TIMES, "v")), partition_by=[key.copy() for key in keys])
    inner = exp.select(
        *(aliased(key.copy(), name) for key, name in zip(keys, names, strict=True)),
        column(VALUES, "v"),
        aliased(cast(rising, "DOUBLE"), UP_TO),
        aliased(cast(whole, "DOUBLE"), ALL),
        copy=False,
    ).from_(_subquery(counted, "v"), copy=False)
    tree = _over(inner, names, [_between(m) for m in measures])
    return tree.group_by(*(number(i + 1) for i in range(len(names))), copy=False) if names else tree


def _between(measure: Measure) -> exp.Expr:
    """The quantile between the two values around its place among `s` sorted ones, as `quantile_cont` defines it."""
    place = exp.Mul(
        this=_literal(measure),
        expression=exp.Paren(this=exp.Sub(this=column(ALL, "i"), expression=number(1))),
    )
    low, high = _value_at(call("floor", place)), _value_at(call("ceil", place))
    rest = call("max", exp.Sub(this=place.copy(), expression=call("floor", place)))
    step = exp.Mul(this=exp.Paren(this=exp.Sub(this=high, expression=low.copy())), expression=rest)
    return exp.Add(this=low, expression=step)


def _value_at(place: exp.Expr) -> exp.Expr:
    """The first value that more than `place` rows do not exceed."""
    reached = exp.GT(this=column(UP_TO, "i"), expression=place)
    return exp.Filter(this=call("min", column(VALUES, "i")), expression=exp.Where(this=reached))


def _over(inner: exp.Select, names: list[str], figures: list[exp.Expr]) -> exp.Select:
    """`SELECT g0…, m0… FROM (inner) AS i`."""
    groups = [aliased(column(name, "i"), name) for name in names]
    measures = [aliased(figure, f"m{i}") for i, figure in enumerate(figures)]
    return exp.select(*groups, *measures, copy=False).from_(_subquery(inner, "i"), copy=False)


def _literal(measure: Measure) -> exp.Expr:
    return exp.Literal.number(f"0.{quantile_of(measure.function):02d}")


def _subquery(select: exp.Select, alias: str) -> exp.Subquery:
    return exp.Subquery(this=select, alias=exp.TableAlias(this=exp.to_identifier(alias)))
