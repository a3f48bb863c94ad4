"""Equal intervals over the whole range of a numeric column of a version."""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from model.version import ColumnProfile, TableProfile
from model.view import Group
from query.grammar import bins_of
from query.operators import call, is_null
from query.schema import Schema, find_column_profile
from query.syntax import Parameters, cast


def bin_edges(found: ColumnProfile, bins: int) -> tuple[float, ...]:
    """The `bins` + 1 edges from the column's minimum to its maximum; () where it has no numbers.

    A column with one single value has that value as its one edge. The last interval includes its upper edge.
    """
    low, high = found.minimum, found.maximum
    if not isinstance(low, (int, float, Decimal)) or not isinstance(high, (int, float, Decimal)):
        return ()
    first, last = float(low), float(high)
    if first == last:
        return (first,)
    return (*(first + (last - first) / bins * i for i in range(bins)), last)


def bin_start(group: Group, at: exp.Expr, profile: TableProfile, schema: Schema, parameters: Parameters) -> exp.Expr:
    """The lower edge of the interval in which a value falls, as SQL over `at`; NULL for NULL."""
    bins = bins_of(group.by)
    found = find_column_profile(profile, schema.lookups, group.column)
    edges = bin_edges(found, bins) if found else ()
    if len(edges) < 2:
        only = parameters.bind(edges[0] if edges else None)
        return cast(exp.Case().when(exp.Not(this=is_null(at)), only), "DOUBLE")
    first, last = edges[0], edges[-1]
    value = cast(at, "DOUBLE")
    beyond = exp.Paren(this=exp.Sub(this=value, expression=parameters.bind(first)))
    step = exp.Div(
        this=exp.Mul(this=beyond, expression=exp.Literal.number(bins)), expression=parameters.bind(last - first)
    )
    # Not LEAST: DuckDB's leaves NULL out instead of answering NULL.
    at_end = exp.GTE(this=step, expression=exp.Literal.number(bins))
    index = exp.Case().when(at_end, exp.Literal.number(bins - 1)).else_(call("floor", step))
    offset = exp.Mul(this=index, expression=parameters.bind((last - first) / bins))
    return exp.Add(this=parameters.bind(first), expression=offset)
