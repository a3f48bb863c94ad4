"""What each column is for: a scored table of rules over its name, type and values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from data_loaders.facts import (
    CATEGORY_WORDS,
    DENSE,
    FEW,
    FIRST_YEAR,
    ID_WORDS,
    LAST_YEAR,
    LATITUDE_WORDS,
    LONGEST_CATEGORY,
    LONGITUDE_WORDS,
    MEASURE_WORDS,
    MEXICO_LATITUDES,
    MEXICO_LONGITUDES,
    MONTH_HEADERS,
    MONTH_WORDS,
    NEARLY_ALL,
    YEAR_WORDS,
    Facts,
)
from model.spelling import fold
from model.table import ColumnType, Role


@dataclass(frozen=True, slots=True)
class Rule:
    """`test` true adds `score` to `role`; `why` is for whoever reads the table."""

    role: Role
    score: int
    why: str
    test: Callable[[Facts], bool]


def _integer(f: Facts) -> bool:
    return f.type == ColumnType.INTEGER


def _text(f: Facts) -> bool:
    return f.type == ColumnType.TEXT


RULES: tuple[Rule, ...] = (
    Rule(Role.TIME, 100, "dates", lambda f: f.type.temporal),
    Rule(Role.TIME, 90, "years under a year's name", lambda f: _integer(f) and is_year(f)),
    Rule(Role.TIME, 90, "months under a month's name", lambda f: is_month(f)),
    Rule(
        Role.LATITUDE,
        95,
        "named latitude",
        lambda f: f.type.numeric and bool(f.words & LATITUDE_WORDS) and f.within(-90, 180),
    ),
    Rule(
        Role.LONGITUDE,
        95,
        "named longitude",
        lambda f: f.type.numeric and bool(f.words & LONGITUDE_WORDS) and f.within(-180, 180),
    ),
    Rule(
        Role.LATITUDE,
        85,
        "y within Mexico",
        lambda f: f.type == ColumnType.NUMBER and "y" in f.words and f.within(*MEXICO_LATITUDES),
    ),
    Rule(
        Role.LONGITUDE,
        85,
        "x within Mexico",
        lambda f: f.type == ColumnType.NUMBER and "x" in f.words and f.within(*MEXICO_LONGITUDES),
    ),
    Rule(Role.LATITUDE, 85, "y of points", lambda f: f.type == ColumnType.NUMBER and f.words == {"location", "y"}),
    Rule(Role.LONGITUDE, 85, "x of points", lambda f: f.type == ColumnType.NUMBER and f.words == {"location", "x"}),
    Rule(
        Role.IDENTIFIER,
        80,
        "a word for keys in its name",
        lambda f: f.type in (ColumnType.INTEGER, ColumnType.TEXT) and is_key_name(f),
    ),
    Rule(Role.IDENTIFIER, 60, "an item of a flattened list", lambda f: re.search(r"/\d+$", f.name) is not None),
    Rule(Role.IDENTIFIER, 60, "a running number", lambda f: _integer(f) and _running(f)),
    Rule(
        Role.IDENTIFIER,
        60,
        "numbers too long to be counts",
        lambda f: _integer(f) and f.distinct > f.filled * 0.9 and _at_least(f, 10**9) and not f.words & MEASURE_WORDS,
    ),
    Rule(Role.IDENTIFIER, 45, "codes with leading zeros", lambda f: _text(f) and f.distinct > FEW and _codes(f)),
    Rule(
        Role.CATEGORY,
        55,
        "years without a year's name",
        lambda f: _integer(f) and f.within(FIRST_YEAR, LAST_YEAR) and not f.words & MEASURE_WORDS,
    ),
    Rule(
        Role.CATEGORY,
        50,
        "a word for kinds in its name",
        lambda f: (
            ((_integer(f) and f.distinct <= FEW) or (_text(f) and f.longest <= LONGEST_CATEGORY))
            and bool(f.words & CATEGORY_WORDS)
        ),
    ),
    Rule(Role.CATEGORY, 40, "yes or no", lambda f: f.type == ColumnType.BOOLEAN),
    Rule(
        Role.CATEGORY,
        30,
        "short texts that repeat",
        lambda f: _text(f) and 0 < f.distinct <= max(FEW, f.filled // 4) and f.longest <= LONGEST_CATEGORY,
    ),
    Rule(
        Role.CATEGORY,
        25,
        "flags of 0 and 1",
        lambda f: _integer(f) and f.rows > FEW and f.distinct <= 2 and f.within(0, 1) and not f.words & MEASURE_WORDS,
    ),
    Rule(
        Role.MEASURE,
        30,
        "a word for quantities in its name",
        lambda f: f.type.numeric and bool(f.words & MEASURE_WORDS),
    ),
    Rule(Role.MEASURE, 20, "numbers", lambda f: f.type.numeric),
    Rule(Role.TEXT, 10, "anything else", lambda _: True),
)


def role_of(facts: Facts) -> Role:
    """The known role, else the one with the highest score; between equals, the one whose rule stands first."""
    if facts.known:
        return facts.known
    scores: dict[Role, int] = {}
    for rule in RULES:
        if rule.test(facts):
            scores[rule.role] = max(scores.get(rule.role, 0), rule.score)
    return max(scores, key=lambda role: scores[role])


def is_year(f: Facts) -> bool:
    """True for years in numbers, under a name that says so."""
    return f.within(FIRST_YEAR, LAST_YEAR) and bool(f.words & YEAR_WORDS)


def is_month(f: Facts) -> bool:
    """True for months, by number or by name, under a name that says so."""
    if not f.words & MONTH_HEADERS or not f.distinct:
        return False
    return (_integer(f) and f.within(1, 12)) or (_text(f) and {fold(v) for v in f.values} <= MONTH_WORDS)


def is_key_name(f: Facts) -> bool:
    """True if the name says key, code, number of a register, telephone or postal code."""
    folded = fold(f.name)
    return (
        bool(f.words & ID_WORDS)
        or folded.startswith(("clave", "cve", "cod_"))
        or folded in ("no", "no.", "num", "#", "n", "numero", "consecutivo")
    )


def _running(f: Facts) -> bool:
    if f.words & MEASURE_WORDS or f.filled <= FEW // 6 or f.distinct != f.filled:
        return False
    return isinstance(f.minimum, int) and isinstance(f.maximum, int) and f.maximum - f.minimum + 1 == f.distinct


def _dense(f: Facts) -> bool:
    """Positive numbers that hardly repeat and hardly leave gaps: they number things."""
    unlike = f.filled > FEW and f.distinct >= f.filled * NEARLY_ALL
    return (
        unlike
        and isinstance(f.maximum, int)
        and _at_least(f, 0)
        and f.maximum <= f.filled * DENSE
        and not f.words & MEASURE_WORDS
    )


def _at_least(f: Facts, low: int) -> bool:
    return isinstance(f.minimum, int) and f.minimum >= low


def _codes(f: Facts) -> bool:
    return bool(f.values) and all(v.isascii() and v.isdigit() for v in f.values[:50])
