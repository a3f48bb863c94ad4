"""Columns, and the Table that answers a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Cell = None | bool | int | float | Decimal | str | date | datetime


class ColumnType(StrEnum):
    """What the cells of a column are. A timestamp is local time of America/Mexico_City, without an offset."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TEXT = "text"
    GEOMETRY = "geometry"  # a GeoJSON geometry, as text

    @property
    def numeric(self) -> bool:
        return self in (ColumnType.INTEGER, ColumnType.NUMBER)

    @property
    def temporal(self) -> bool:
        return self in (ColumnType.DATE, ColumnType.TIMESTAMP)


class Role(StrEnum):
    """What a column is for."""

    TIME = "time"
    STATE = "state"
    MUNICIPALITY = "municipality"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    MEASURE = "measure"
    CATEGORY = "category"
    IDENTIFIER = "identifier"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` as in the source (trimmed, unique), `label` for people ("" means the name)."""

    name: str
    type: ColumnType
    role: Role = Role.TEXT
    label: str = ""
    unit: str = ""

    @property
    def title(self) -> str:
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: `rows` hold one cell per column; `total` counts what there is before paging.

    `truncated` says that there are more rows than these; `unpopulated` counts rows whose rate lacks a population.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    truncated: bool = False
    elapsed_ms: float = 0.0
    unpopulated: int = 0

    def index(self, name: str) -> int:
        """The position of the column `name`; ValueError if it is not here."""
        return [c.name for c in self.columns].index(name)

    def values(self, name: str) -> tuple[Cell, ...]:
        """The cells of the column `name`, in row order."""
        i = self.index(name)
        return tuple(row[i] for row in self.rows)
