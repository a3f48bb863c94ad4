"""Which columns of a table suit which part of a chart, best first: rules over roles, ranges and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from model.chart import FEW_CATEGORIES
from model.spelling import fold
from model.table import Column, ColumnType, Role
from model.version import ColumnProfile, TableProfile
from model.view import Group, Measure
from query.measures import COUNT
from query.moments import grain
from query.rates import is_year
from query.schema import MUNICIPALITY, STATE, with_role
from query.traits import stage_of

MANY_CATEGORIES = 200
MOST_STATES = 32
FIRST_YEAR, LAST_YEAR = 1500, 2100
DAILY = 800  # days of a daily series that can still be drawn day by day

# What is compared at a level (and averaged) rather than added up, told by a column's name, label or unit.
_LEVEL_WORDS = re.compile(
    r"\b(porcentaje|porciento|tasa|promedio|medi[ao]|precio|indice|temperatura|altura|elevacion|altitud|edad|razon"
    r"|proporcion|duracion|racha|dias|velocidad|concentracion|aire|ozono|o3|pm25|pm10|lluvia|precipitacion|chirps"
    r"|densidad|grado|margen)(e?s)?\b|%"
)
_LEVEL_UNITS = frozenset({"%", "°c", "mm", "µg/m³", "ppb", "ppm", "m", "km/h", "dias", "anos"})
_AMOUNT_WORDS = re.compile(r"\b(total|valor|monto|importe|presupuesto|poblacion|pobtot|homicidio|defuncion)(e?s)?\b")
_COUNT_WORDS = re.compile(r"\b(caso|numero|cantidad|operacion|ingreso|victima|delito)(e?s)?\b")
# Figures that already hold all that came before them: only the last one, which is the largest, says something.
_RUNNING_WORDS = re.compile(r"\bacumulad[oa]s?\b")
_NAME_WORDS = re.compile(r"\b(nombre|name|nombreoficial|nom|nomb|titulo)\b")
_POSITION_WORDS = re.compile(r"\b(geo|point|punto|coordenadas?)\b")
_CALENDAR_WORDS = re.compile(r"\b(trimestre|bimestre|semestre|mes|dia|hora|semana|quarter|month|day|hour|week)(e?s)?\b")
_WORD_EDGES = re.compile(r"[^a-z0-9%]+")


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses among the columns of one table (and, for coordinates, of its lookups).

    `subject` is more text that says what the figures are about (the slugs of the dataset and the resource).
    """

    profile: TableProfile
    subject: str = ""
    lookups: Mapping[str, TableProfile] = field(default_factory=dict)

    def time(self) -> Group | None:
        """The best group of time: dates to a fitting step, else years, else months; None where there are none."""
        times = [p for p in self.profile.columns if p.column.role is Role.TIME and p.distinct > 0]
        dates = [p for p in times if p.column.type.temporal]
        years = [p for p in times if is_year(p.column, p)]
        months = [p for p in times if p.column.type is ColumnType.INTEGER and p not in years]
        for found in sorted(dates, key=lambda p: -min(p.distinct, 3)):
            if found.distinct >= 3 or not (years or months):
                return Group(found.column.name, step_of(found))
        for found in sorted((*years, *months), key=lambda p: -min(p.distinct, 3)):
            return Group(found.column.name)
        return None

    @property
    def stage(self) -> tuple[ColumnProfile, str] | None:
        """The column of budget stages, and the stage to look at."""
        return stage_of(self.profile)

    def _is_moment(self, group: Group) -> bool:
        """Whether each period of a group of time is one moment of the table."""
        found = self.profile.profile(group.column)
        if found is None or not group.by:
            return True
        return group.by in (grain(found), "day") and found.column.type is not ColumnType.TIMESTAMP

    def periods(self) -> int:
        """How many different moments the chosen time has, at least roughly."""
        group = self.time()
        found = self.profile.profile(group.column) if group else None
        return found.distinct if found else 0

    def categories(self) -> tuple[Group, ...]:
        """Groups that tell kinds or places apart, the most readable first."""
        scored = [(self._category_score(p), Group(p.column.name)) for p in self.profile.columns]
        if STATE in self.profile.places and self.size_of(Group(STATE)) > 1:
            scored.append((2.5, Group(STATE)))
        if MUNICIPALITY in self.profile.places:
            scored.append((0.5, Group(MUNICIPALITY)))
        ranked = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
        return tuple(group for _, group in ranked)

    def size_of(self, group: Group) -> int:
        """How many different values the column of a group has; place keys: those of the source's column."""
        roles = {STATE: Role.STATE, MUNICIPALITY: Role.MUNICIPALITY}
        if group.column in roles:
            states, towns = (
                max((p.distinct for p in self.profile.columns if p.column.role is role), default=0)
                for role in roles.values()
            )
            return min(states or towns, MOST_STATES) if group.column == STATE else towns
        found = self.profile.profile(group.column)
        return found.distinct if found else 0

    def numbers(self) -> tuple[ColumnProfile, ...]:
        """Numeric columns that measure something, the most telling first; never identifiers, times or coordinates."""
        found = [p for p in self.profile.columns if p.column.type.numeric and p.distinct > 1 and not self._is_name(p)]
        measures = [p for p in found if p.column.role is Role.MEASURE]
        return tuple(sorted(measures, key=lambda p: -self._number_score(p)))

    def measure(self, within: Group | None = None) -> Measure:
        """The best figure: a sum of amounts, an average of levels (prices, percentages…), else the count."""
        numbers = self.numbers()
        return self.figure(numbers[0], within) if numbers else COUNT

    def figure(self, found: ColumnProfile, within: Group | None = None) -> Measure:
        """How a column is best summed up; `within` is the group of time of which each figure tells one period."""
        running = _RUNNING_WORDS.search(_plain(f"{found.column.name} {found.column.label} {self.subject}"))
        if running and not (within and self._is_moment(within)):
            return Measure("max", found.column.name)
        return Measure("avg" if self._is_level(found) else "sum", found.column.name)

    def kinds(self, most: int) -> tuple[Group, ...]:
        """The category that must not be mixed in one line, where there are few: fuels, flows; never parts of a date."""
        few = (g for g in self.categories() if 2 <= self.size_of(g) <= most and g.column not in (STATE, MUNICIPALITY))
        return next(((g,) for g in few if not _CALENDAR_WORDS.search(_plain(g.column))), ())

    def coordinates(self) -> tuple[str, str] | None:
        """(latitude, longitude), the table's own or a lookup's."""
        latitude, longitude = (with_role(self.profile, self.lookups, r) for r in (Role.LATITUDE, Role.LONGITUDE))
        return (latitude.name, longitude.name) if latitude and longitude else None

    def name_column(self) -> str:
        """The column that names a row for people; "" where none does."""
        texts = [
            p
            for p in self.profile.columns
            if p.column.type is ColumnType.TEXT
            and p.column.role not in (Role.STATE, Role.MUNICIPALITY)
            and not _POSITION_WORDS.search(_plain(p.column.name))
        ]
        named = sorted((p for p in texts if _NAME_WORDS.search(_plain(p.column.name))), key=lambda p: -p.distinct)
        said = (p for p in texts if p.column.role is not Role.IDENTIFIER)
        return next((p.column.name for p in (*named, *said)), "")

    def _category_score(self, found: ColumnProfile) -> float:
        column = found.column
        if column.role is not Role.CATEGORY or column.type is ColumnType.GEOMETRY or found.distinct < 2:
            return 0.0
        if self.stage and found is self.stage[0]:
            return 0.0
        if found.distinct > MANY_CATEGORIES or 2 * found.nulls > self.profile.rows:
            return 0.2
        return 3.0 if 3 <= found.distinct <= FEW_CATEGORIES else 2.0 if found.distinct == 2 else 1.0

    def _is_name(self, found: ColumnProfile) -> bool:
        """Whether whole numbers only name things: years, or a running number that no two rows share."""
        low, high = found.minimum, found.maximum
        if found.column.type is not ColumnType.INTEGER or not isinstance(low, int) or not isinstance(high, int):
            return False
        filled = self.profile.rows - found.nulls
        unique = found.distinct == filled or (low in (0, 1) and found.distinct > 0.95 * filled)
        return (unique and high - low < 1.1 * found.distinct) or FIRST_YEAR <= low <= high <= LAST_YEAR

    def _number_score(self, found: ColumnProfile) -> float:
        text = _plain(f"{found.column.name} {found.column.label}")
        score = 2.0 * bool(_AMOUNT_WORDS.search(text)) + bool(_COUNT_WORDS.search(text)) + bool(found.column.unit)
        return score - 3.0 * (found.nulls > self.profile.rows / 2)

    def _is_level(self, found: ColumnProfile) -> bool:
        column = found.column
        named = fold(column.name) not in ("valor", "value") and self._number_score(found) > 0
        told = not named and _LEVEL_WORDS.search(_plain(self.subject))
        return bool(told) or _says_level(column)


def measures_level(measure: Measure, profile: TableProfile) -> bool:
    """Whether the column measured tells a level (a price, a percentage), by its name, label and unit."""
    known = profile.column(measure.column) if measure.column else None
    return known is not None and _says_level(known)


def _says_level(column: Column) -> bool:
    told = _LEVEL_WORDS.search(_plain(f"{column.name} {column.label}"))
    return told is not None or fold(column.unit) in _LEVEL_UNITS


def step_of(found: ColumnProfile) -> str:
    """The period by which a column of dates is best grouped: fine enough to see, coarse enough to draw."""
    low, high = found.minimum, found.maximum
    if not isinstance(low, date) or not isinstance(high, date):
        return "year"
    days = (_day(high) - _day(low)).days
    if isinstance(low, datetime) and days <= 3:
        return "hour"
    if found.distinct * 300 < days or days > 40 * 366:
        return "year"
    if grain(found) == "quarter":
        return "quarter"
    return "day" if not grain(found) and days <= DAILY and found.distinct * 20 > days else "month"


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _plain(text: str) -> str:
    return _WORD_EDGES.sub(" ", fold(text))
