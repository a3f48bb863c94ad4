"""The one table of filter operators: it serves the address, the SQL, the controls and the sentence in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlglot import exp

from model.errors import UnknownName
from model.spelling import nearest
from model.table import ColumnType

Build = Callable[[exp.Expr, Sequence[exp.Expr]], exp.Expr]

_ORDERED = frozenset({ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DATE, ColumnType.TIMESTAMP})
_VALUED = _ORDERED | {ColumnType.BOOLEAN, ColumnType.TEXT}
_TEXT = frozenset({ColumnType.TEXT})
_ANY = frozenset(ColumnType)


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to compare a column with values.

    `label` is for a control (Spanish); `words` are sentence patterns by language with `{column}` and `{value}`;
    `types` are the column types it fits; `build(column, values)` gives the condition as a syntax tree.
    """

    name: str
    label: str
    words: Mapping[str, str]
    types: frozenset[ColumnType]
    build: Build


def call(name: str, *arguments: exp.Expr) -> exp.Expr:
    """A call of the SQL function `name`, written as it stands."""
    return exp.Anonymous(this=name, expressions=[a.copy() for a in arguments])


def _binary(node: type[exp.Binary]) -> Build:
    return lambda column, values: node(this=column.copy(), expression=values[0].copy())


def _folded(expression: exp.Expr) -> exp.Expr:
    return call("strip_accents", call("lower", expression))


def _text(function: str) -> Build:
    return lambda column, values: call(function, _folded(column), _folded(values[0]))


def _in(column: exp.Expr, values: Sequence[exp.Expr]) -> exp.Expr:
    return exp.In(this=column.copy(), expressions=[v.copy() for v in values])


def is_null(column: exp.Expr) -> exp.Expr:
    """`column IS NULL`."""
    return exp.Is(this=column.copy(), expression=exp.Null())


def _isnull(column: exp.Expr, values: Sequence[exp.Expr]) -> exp.Expr:
    return exp.Not(this=is_null(column)) if values else is_null(column)


def _words(es: str, en: str) -> Mapping[str, str]:
    return MappingProxyType({"es": es, "en": en})


_ROWS = (
    Operator("eq", "es igual a", _words("{column}: {value}", "{column}: {value}"), _VALUED, _binary(exp.EQ)),
    Operator(
        # Rows without a value are also different from it: `ne` and `eq` together are all rows.
        "ne",
        "es distinto de",
        _words("{column} distinto de {value}", "{column} other than {value}"),
        _VALUED,
        _binary(exp.NullSafeNEQ),
    ),
    Operator(
        "gt", "es mayor que", _words("{column} mayor que {value}", "{column} over {value}"), _ORDERED, _binary(exp.GT)
    ),
    Operator("gte", "desde", _words("{column} desde {value}", "{column} from {value}"), _ORDERED, _binary(exp.GTE)),
    Operator(
        "lt", "es menor que", _words("{column} menor que {value}", "{column} under {value}"), _ORDERED, _binary(exp.LT)
    ),
    Operator("lte", "hasta", _words("{column} hasta {value}", "{column} up to {value}"), _ORDERED, _binary(exp.LTE)),
    Operator("in", "es uno de", _words("{column}: {value}", "{column}: {value}"), _VALUED, _in),
    Operator(
        "contains",
        "contiene",
        _words("{column} contiene «{value}»", "{column} contains “{value}”"),
        _TEXT,
        _text("contains"),
    ),
    Operator(
        "starts",
        "empieza con",
        _words("{column} empieza con «{value}»", "{column} starts with “{value}”"),
        _TEXT,
        _text("starts_with"),
    ),
    Operator("isnull", "está vacío", _words("{column} sin dato", "{column} missing"), _ANY, _isnull),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({row.name: row for row in _ROWS})


def find_operator(name: str) -> Operator:
    """The operator `name`; UnknownName with the nearest one."""
    found = OPERATORS.get(name)
    if found is None:
        raise UnknownName("el operador", name, nearest(name, OPERATORS))
    return found


def operators_for(type_: ColumnType) -> tuple[Operator, ...]:
    """The operators that fit a column of this type, in the order of the table."""
    return tuple(o for o in _ROWS if type_ in o.types)
