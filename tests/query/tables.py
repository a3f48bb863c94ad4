"""Tables of all kinds: short profiles, and a strategy that draws any mix of types and roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from hypothesis import strategies as st

from model.table import Cell, Column, ColumnType, Role
from model.version import ColumnProfile, TableProfile

INT, NUM, TEXT, DAY, WHEN = (
    ColumnType.INTEGER,
    ColumnType.NUMBER,
    ColumnType.TEXT,
    ColumnType.DATE,
    ColumnType.TIMESTAMP,
)
Short = tuple[str, ColumnType, Role, int, Cell, Cell]


def table(name: str, rows: int, columns: Sequence[Short], places: tuple[str, ...] = ()) -> TableProfile:
    profiles = tuple(ColumnProfile(Column(c[0], c[1], c[2]), 0, c[3], c[4], c[5]) for c in columns)
    return TableProfile(name, name, rows, profiles, places=places)


def texts(name: str, role: Role, distinct: int) -> Short:
    return (name, TEXT, role, distinct, None, None)


KINDS = st.sampled_from(
    (
        *((TEXT, r) for r in (Role.CATEGORY, Role.TEXT, Role.IDENTIFIER, Role.STATE, Role.MUNICIPALITY, Role.TIME)),
        *((INT, r) for r in (Role.MEASURE, Role.IDENTIFIER, Role.TIME, Role.CATEGORY, Role.STATE)),
        *((NUM, r) for r in (Role.MEASURE, Role.LATITUDE, Role.LONGITUDE, Role.CATEGORY)),
        *((DAY, Role.TIME), (WHEN, Role.TIME), (DAY, Role.TEXT)),
        *((ColumnType.BOOLEAN, Role.CATEGORY), (ColumnType.GEOMETRY, Role.TEXT)),
    )
)
RANGES: dict[ColumnType, tuple[Cell, Cell]] = {
    INT: (1990, 2024),
    NUM: (-1.5, 7.25),
    DAY: (date(2001, 2, 3), date(2024, 5, 6)),
    WHEN: (datetime.fromisoformat("2024-01-01T00:00"), datetime.fromisoformat("2024-01-02T05:00")),
}


@st.composite
def tables(draw: st.DrawFn) -> TableProfile:
    columns: list[Short] = []
    for i, (type_, role) in enumerate(draw(st.lists(KINDS, max_size=8))):
        distinct = draw(st.sampled_from((0, 1, 2, 12, 40, 5000)))
        low, high = RANGES.get(type_, (None, None)) if distinct else (None, None)
        columns.append((f"c{i}: {role}", type_, role, distinct, low, high))
    roles = {c[2] for c in columns}
    places = (("_entidad",) if Role.STATE in roles else ()) + (("_municipio",) if Role.MUNICIPALITY in roles else ())
    return table("datos", draw(st.sampled_from((0, 100, 10**7))), columns, places)
