"""The one table of measures: how each is named, said in words, computed and typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlglot import exp

from model.errors import BadRequest, UnknownName
from model.spelling import nearest
from model.table import ColumnType
from model.view import Measure
from query.operators import call

RATIOS = ("rate", "share")
RATE_PER = 100_000
COUNT = Measure("count")

_QUANTILE = re.compile(r"q([1-9][0-9]?)")
_NUMERIC = frozenset({ColumnType.INTEGER, ColumnType.NUMBER})
_ORDERED = _NUMERIC | {ColumnType.DATE, ColumnType.TIMESTAMP}
_VALUED = frozenset(ColumnType) - {ColumnType.GEOMETRY}

Build = Callable[[exp.Expr, ColumnType, int], exp.Expr]


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """One way to sum up a column.

    `label` is for a control; `words` are patterns by language with `{column}` and `{n}` (the percentile), and `alone`
    the same without a column;
    `types` are the column types it fits (empty: it takes no column); `result` is the type of the answer (None: the
    column's); `ratios` are those it may stand in; `build(column, type, n)` gives the syntax tree.
    """

    name: str
    label: str
    words: Mapping[str, str]
    alone: Mapping[str, str]
    types: frozenset[ColumnType]
    result: ColumnType | None
    ratios: frozenset[str]
    build: Build


def _words(es: str, en: str) -> Mapping[str, str]:
    return MappingProxyType({"es": es, "en": en})


def _plain(function: str, for_floats: str = "") -> Build:
    def build(column: exp.Expr, type_: ColumnType, _n: int) -> exp.Expr:
        return call(for_floats if for_floats and type_ is ColumnType.NUMBER else function, column)

    return build


def _count(_column: exp.Expr, _type: ColumnType, _n: int) -> exp.Expr:
    return exp.Count(this=exp.Star())


def _distinct(column: exp.Expr, _type: ColumnType, _n: int) -> exp.Expr:
    return exp.Count(this=exp.Distinct(expressions=[column.copy()]))


def _quantile(column: exp.Expr, _type: ColumnType, n: int) -> exp.Expr:
    return call("quantile_cont", column, exp.Literal.number(f"0.{n:02d}"))


_NONE: frozenset[str] = frozenset()
_ALL_RATIOS = frozenset(RATIOS)
_INTEGER, _NUMBER = ColumnType.INTEGER, ColumnType.NUMBER

_ROWS = (
    MeasureKind(
        "count",
        "Número de registros",
        _words("Número de registros", "Number of records"),
        _words("Número de registros", "Number of records"),
        frozenset(),
        _INTEGER,
        _ALL_RATIOS,
        _count,
    ),
    # DuckDB adds floats in any order; fsum keeps the running error, so that the total does not depend on it.
    MeasureKind(
        "sum",
        "Suma",
        _words("Suma de {column}", "Sum of {column}"),
        _words("Suma", "Sum"),
        _NUMERIC,
        None,
        _ALL_RATIOS,
        _plain("sum", "fsum"),
    ),
    MeasureKind(
        "avg",
        "Promedio",
        _words("Promedio de {column}", "Average {column}"),
        _words("Promedio", "Average"),
        _NUMERIC,
        _NUMBER,
        _NONE,
        _plain("avg", "favg"),
    ),
    MeasureKind(
        "min",
        "Mínimo",
        _words("Mínimo de {column}", "Minimum {column}"),
        _words("Mínimo", "Minimum"),
        _ORDERED,
        None,
        _NONE,
        _plain("min"),
    ),
    MeasureKind(
        "max",
        "Máximo",
        _words("Máximo de {column}", "Maximum {column}"),
        _words("Máximo", "Maximum"),
        _ORDERED,
        None,
        _NONE,
        _plain("max"),
    ),
    MeasureKind(
        "median",
        "Mediana",
        _words("Mediana de {column}", "Median {column}"),
        _words("Mediana", "Median"),
        _NUMERIC,
        _NUMBER,
        _NONE,
        _plain("median"),
    ),
    MeasureKind(
        "distinct",
        "Valores distintos",
        _words("Valores distintos de {column}", "Distinct values of {column}"),
        _words("Valores distintos", "Distinct values"),
        _VALUED,
        _INTEGER,
        frozenset({"rate"}),
        _distinct,
    ),
    MeasureKind(
        "q",
        "Percentil",
        _words("Percentil {n} de {column}", "Percentile {n} of {column}"),
        _words("Percentil {n}", "Percentile {n}"),
        _NUMERIC,
        _NUMBER,
        _NONE,
        _quantile,
    ),
)

MEASURES: Mapping[str, MeasureKind] = MappingProxyType({row.name: row for row in _ROWS})

_OFFERED = (*(name for name in MEASURES if name != "q"), "q25", "q75", *RATIOS)


def find_measure(function: str) -> tuple[MeasureKind, int]:
    """The row of a measure's function and the percentile it asks for (0 where none): `q25` → (q, 25).

    Raises UnknownName with the nearest measure.
    """
    quantile = _QUANTILE.fullmatch(function)
    if quantile:
        return MEASURES["q"], int(quantile[1])
    found = MEASURES.get(function) if function != "q" else None
    if found is None:
        raise UnknownName("la medida", function, nearest(function, _OFFERED))
    return found, 0


def quantile_of(function: str) -> int:
    """The percentile that a function gives, 50 for the median; 0 where it gives none."""
    return 50 if function == "median" else find_measure(function)[1]


def result_type(measure: Measure, column_type: ColumnType | None) -> ColumnType:
    """The type of a measure's column; ratios are numbers."""
    kind, _ = find_measure(measure.function)
    return ColumnType.NUMBER if measure.ratio else kind.result or column_type or ColumnType.NUMBER


def check_shape(measure: Measure) -> None:
    """Raises BadRequest where a measure lacks its column, has one too many, or cannot be a rate or a share."""
    kind, _ = find_measure(measure.function)
    if kind.types and not measure.column:
        raise BadRequest(f"La medida «{measure.function}» necesita una columna: {measure.function}:columna.")
    if measure.column and not kind.types:
        raise BadRequest(f"La medida «{measure.function}» no lleva columna.")
    if measure.ratio and measure.ratio not in kind.ratios:
        what = "una tasa" if measure.ratio == "rate" else "un porcentaje"
        raise BadRequest(f"No se puede calcular {what} de «{measure.function}».")
