"""Pieces of the SQL syntax tree: quoted names, bound values, and the text they become."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlglot import exp

from model.errors import BadRequest
from model.query import relation
from model.table import Cell
from model.version import TableRef

DIALECT = "duckdb"

# sqlglot does not write a statement in the order in which it visits it (a WITH comes last), so every placeholder
# carries its number through the text between NULs, which no name may hold, and is counted off there.
_MARK = re.compile("[$:]\0([0-9]+)\0")


@dataclass(slots=True)
class Parameters:
    """The values of one statement while it is built."""

    values: list[Cell] = field(default_factory=list)

    def bind(self, value: Cell) -> exp.Expr:
        """A placeholder for `value`."""
        self.values.append(value)
        return exp.Placeholder(this=f"\0{len(self.values) - 1}\0")

    def render(self, tree: exp.Expr) -> tuple[str, tuple[Cell, ...]]:
        """The tree as SQL text with `?`, and the values in the order in which they stand there."""
        text = tree.sql(dialect=DIALECT)
        order = [int(number) for number in _MARK.findall(text)]
        return _MARK.sub("?", text), tuple(self.values[i] for i in order)


def name(text: str) -> exp.Identifier:
    """A quoted identifier."""
    if "\0" in text:
        raise BadRequest("Un nombre contiene un carácter nulo.")
    return exp.to_identifier(text, quoted=True)


def column(text: str, table: str) -> exp.Expr:
    """`table`."text"."""
    return exp.Column(this=name(text), table=exp.to_identifier(table))


def table(ref: TableRef, alias: str) -> exp.Expr:
    """The table as every engine offers it, under an alias."""
    schema, relation_name = relation(ref)
    named = exp.Table(this=name(relation_name), db=name(schema))
    return exp.alias_(named, alias, table=True)


def aliased(expression: exp.Expr, text: str) -> exp.Expr:
    """`expression AS "text"`."""
    return exp.Alias(this=expression, alias=name(text))


def cast(expression: exp.Expr, type_: str) -> exp.Expr:
    """`CAST(expression AS type_)`."""
    return exp.Cast(this=expression.copy(), to=exp.DataType.build(type_, dialect=DIALECT))


def number(value: int) -> exp.Expr:
    """A whole number of ours (a position, a step): never a visitor's value."""
    return exp.Literal.number(value)


def ordered(expression: exp.Expr, *, descending: bool = False) -> exp.Expr:
    """One term of ORDER BY, nulls last."""
    return exp.Ordered(this=expression, desc=descending, nulls_first=False)


def all_of(conditions: list[exp.Expr]) -> exp.Expr | None:
    """The conditions joined by AND; None for none."""
    return exp.and_(*conditions, copy=False) if conditions else None
