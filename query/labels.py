"""What output columns are called for people, in Spanish and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from model.table import Column
from model.view import Group, Measure
from query.grammar import bins_of
from query.measures import find_measure
from query.phrases import lower_first, with_article

STEPS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "es": {
            "year": "año",
            "quarter": "trimestre",
            "month": "mes",
            "week": "semana",
            "day": "día",
            "hour": "hora",
        },
        "en": {
            "year": "year",
            "quarter": "quarter",
            "month": "month",
            "week": "week",
            "day": "day",
            "hour": "hour",
        },
    }
)
RATIO_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "es": {"rate": "{figure} por cada 100 mil habitantes", "share": "{figure} (% del total)"},
        "en": {"rate": "{figure} per 100,000 inhabitants", "share": "{figure} (% of total)"},
    }
)
UNITS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "es": {"rate": "por cada 100 mil habitantes", "share": "%"},
        "en": {"rate": "per 100,000 inhabitants", "share": "%"},
    }
)
_BINS = MappingProxyType({"es": "{column} ({n} intervalos)", "en": "{column} ({n} bins)"})
_BY = MappingProxyType({"es": "{column} ({step})", "en": "{column} ({step})"})
_OF_ONE = ("min", "max", "median")
_POPULATION = MappingProxyType({"es": "Población", "en": "Population"})


def figure_label(measure: Measure, column: Column | None, lang: str) -> str:
    """The measure in words without its ratio: «Promedio de valor», «Suma de VALOR_USD»; a sum by its label alone."""
    kind, n = find_measure(measure.function)
    if column is None:
        return kind.words[lang].format(column="", n=n)
    if measure.function == "sum" and column.label:
        return column.label
    if lang == "es" and column.label and measure.function == "avg":
        return f"{column.label} promedio"
    words = kind.words[lang].format(column=inside(column), n=n)
    if lang == "es" and column.label and measure.function in _OF_ONE:
        return words.replace(f"de {inside(column)}", with_article(column.label))
    return words


def inside(column: Column) -> str:
    """The column inside a phrase: a label begins small, unless it is one like PIB; a source's name stays."""
    return lower_first(column.label) if column.label else column.title


def measure_label(measure: Measure, column: Column | None, lang: str) -> str:
    """The measure in words: «Casos por cada 100 mil habitantes»."""
    figure = figure_label(measure, column, lang)
    return RATIO_WORDS[lang][measure.ratio].format(figure=figure) if measure.ratio else figure


def shared_figure(measures: Sequence[Measure], lang: str) -> str:
    """What several measures have in common, «Promedio», so that each is named by its column alone; "" where nothing."""
    first = measures[0] if measures else None
    if first is None or len(measures) < 2 or not all(m.column for m in measures):
        return ""
    if any((m.function, m.ratio) != (first.function, first.ratio) for m in measures):
        return ""
    kind, n = find_measure(first.function)
    alone = kind.alone[lang].format(n=n)
    return RATIO_WORDS[lang][first.ratio].format(figure=alone) if first.ratio else alone


def group_label(group: Group, column: Column, lang: str) -> str:
    """The group in words: «Fecha (mes)»."""
    if bins_of(group.by):
        return _BINS[lang].format(column=column.title, n=bins_of(group.by))
    return _BY[lang].format(column=column.title, step=STEPS[lang][group.by]) if group.by else column.title


def population_label(lang: str) -> str:
    """The heading of the denominators' column."""
    return _POPULATION[lang]
