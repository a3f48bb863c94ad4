"""What the explorer's controls offer for one table: columns, charts, measures, places and their words.

The schema made here is JSON that `assets/controls.js` and `assets/filters.js` draw with native elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from components.dates import day
from components.messages import gettext as _
from components.messages import language
from components.words import control_words, steps
from figures.formats import number
from model.chart import PLAIN, ChartKind, Charts
from model.spelling import fold
from model.table import Cell, Column, ColumnType, Role
from model.version import ColumnProfile, TableProfile
from query.complete import possible
from query.measures import MEASURES
from query.operators import OPERATORS
from query.schema import Schema, all_columns, find_column_profile

LISTED = 200  # values listed for a column on show
LISTED_ELSEWHERE = 60
CROWDED = 500  # more distinct values than this: also a box to type in
MOST_GROUPS = 2_000
MOST_PANELS = 24
MAIN_FILTERS = 7
FEW = 60
TABLE_ICON = "M3 4h18v16H3zM3 9h18M3 14.500h18M9 4v16"


def schema_for(
    schema: Schema, profile: TableProfile, charts: Charts, names: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """The controls' schema of one table. `charts` are those of the drawer, `names` the places' by key and column."""
    columns = [_column(i, c, schema, profile) for i, c in enumerate(_named(schema, profile))]
    for column in [c for c in columns if c.get("kind") and c.pop("worthy")][:MAIN_FILTERS]:
        column["main"] = True
    for column in columns:
        column.pop("worthy", None)
        if not column.get("main"):
            column["options"] = column.get("options", [])[:LISTED_ELSEWHERE]
    return {
        "version": schema.manifest.version,
        "tables": [{"value": t.name, "label": t.title or t.name} for t in schema.manifest.tables],
        "columns": columns,
        "states": _places(names, "_entidad", profile),
        "municipalities": _places(names, "_municipio", profile),
        "charts": [describe_chart(charts.get(name)) for name in possible(profile, charts, schema.lookups)],
        "measures": _measures(schema),
        "ratios": [
            {"value": "rate", "label": _("Por cada 100 mil habitantes")},
            {"value": "share", "label": _("Porcentaje del total")},
        ],
        "groupable": _groupable(columns, profile),
        "facets": [c for c in columns if c.get("few") and c["own"]],
        "steps": steps(),
        "levels": [{"value": p[1:], "label": _level(p)} for p in profile.places],
        "classes": _classes(),
        "ops": {name: o.words[language()] for name, o in OPERATORS.items()},
        "labels": control_words(),
    }


def describe_chart(kind: ChartKind | None) -> dict[str, Any]:
    """What the page knows of a chart; None: of the plain table."""
    if kind is None:
        return {"name": PLAIN, "label": _("Tabla"), "icon": TABLE_ICON, "mode": PLAIN}
    return {
        "name": kind.name,
        "label": _(kind.label),
        "icon": kind.icon,
        "mode": kind.mode,
        "keeps": list(kind.keeps),
        "facets": kind.facets,
        "options": list(kind.options),
    }


def _named(schema: Schema, profile: TableProfile) -> Iterable[Column]:
    return (c for c in all_columns(profile, schema.lookups) if c.name not in profile.places)


def _column(index: int, column: Column, schema: Schema, profile: TableProfile) -> dict[str, Any]:
    found = find_column_profile(profile, schema.lookups, column.name)
    known: dict[str, Any] = {
        "id": index,
        "name": column.name,
        "title": column.title,
        "type": column.type.value,
        "role": column.role.value,
        "unit": column.unit,
        "own": profile.column(column.name) is not None,
        "worthy": _worthy(column, profile),
    }
    if found is None:
        return known
    if found.nulls:
        known["nulls"] = number(found.nulls)
    if column.type is ColumnType.GEOMETRY:
        return known
    known |= _filter(column, found)
    known["few"] = 1 < found.distinct <= MOST_PANELS and _categorical(column)
    known["many"] = found.distinct
    return known


def _worthy(column: Column, profile: TableProfile) -> bool:
    """Whether the column's filter is on show from the start: the picker of places serves the places' own columns."""
    placed = bool(profile.places) and column.role in (Role.STATE, Role.MUNICIPALITY)
    return not placed and column.role in (Role.TIME, Role.CATEGORY, Role.MEASURE, Role.STATE, Role.MUNICIPALITY)


def _categorical(column: Column) -> bool:
    return column.type in (ColumnType.TEXT, ColumnType.BOOLEAN) or column.role in (Role.CATEGORY, Role.TIME)


def _filter(column: Column, found: ColumnProfile) -> dict[str, Any]:
    """The kind of filter that fits a column, with what it offers."""
    if column.type.temporal:
        return {"kind": "date", **_ends(found)}
    few = column.role is Role.CATEGORY and found.distinct <= FEW
    if column.type.numeric and not (few and found.top):
        return {"kind": "range", **_ends(found)}
    if column.type is ColumnType.BOOLEAN:
        counts = dict(found.top)
        words = (("true", _("Sí")), ("false", _("No")))
        return {"kind": "choices", "options": [_option(v, w, counts.get(v, 0)) for v, w in words]}
    if found.top and found.distinct <= CROWDED * 10:
        options = [_option(value, value, count) for value, count in found.top[:LISTED]]
        return {"kind": "choices", "options": options, "more": found.distinct > len(options)}
    return {"kind": "text"}


def _option(value: str, label: str, count: int) -> dict[str, str]:
    return {"value": value, "label": label, "count": number(count)}


def _ends(found: ColumnProfile) -> dict[str, str]:
    low, high = found.minimum, found.maximum
    years = found.column.role is Role.TIME
    return {"min": _plain(low), "max": _plain(high), "minText": _said(low, years), "maxText": _said(high, years)}


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    return str(value)[:10] if isinstance(value, date) else str(value)


def _said(value: Cell, years: bool) -> str:
    if value is None or isinstance(value, (bool, str)):
        return "" if value is None else str(value)
    if isinstance(value, date):
        return day(value)
    return str(value) if years else number(value)


def _places(names: Mapping[str, Mapping[str, str]], column: str, profile: TableProfile) -> list[list[str]]:
    """[key, name] pairs by name; none where the table has no such place."""
    if column not in profile.places and not (column == "_entidad" and profile.places):
        return []
    return [[key, name] for key, name in sorted(names.get(column, {}).items(), key=lambda pair: fold(pair[1]))]


def _level(place: str) -> str:
    return _("Estados") if place == "_entidad" else _("Municipios")


def _measures(schema: Schema) -> list[dict[str, Any]]:
    ratios = ("share",) if schema.manifest.population is None else ("rate", "share")
    return [
        {
            "name": kind.name,
            "label": _(kind.label),
            "types": sorted(t.value for t in kind.types),
            "ratios": [r for r in ratios if r in kind.ratios],
        }
        for kind in MEASURES.values()
        if kind.name != "q"
    ]


def _groupable(columns: Sequence[Mapping[str, Any]], profile: TableProfile) -> list[dict[str, Any]]:
    """What an answer may be grouped by: places, times, categories, then numbers in intervals."""
    found: list[dict[str, Any]] = [
        {"name": p, "title": _("Estado") if p == "_entidad" else _("Municipio")} for p in profile.places
    ]
    numbers: list[dict[str, Any]] = []
    for column in columns:
        entry = {"name": column["name"], "title": column["title"]}
        if column["type"] in ("date", "timestamp"):
            found.append({**entry, "steps": column["type"]})
        elif column["role"] in ("time", "category", "state", "municipality") and column.get("many", 0) <= MOST_GROUPS:
            found.append(entry)
        elif column["type"] in ("integer", "number") and column["role"] == "measure":
            numbers.append({**entry, "steps": "bins"})
        elif column["type"] in ("text", "boolean") and 0 < column.get("many", 0) <= MOST_GROUPS:
            found.append(entry)
    return found + numbers


def _classes() -> list[dict[str, str]]:
    return [
        {"value": "quantile5", "label": _("5 clases con igual número de lugares")},
        {"value": "quantile7", "label": _("7 clases con igual número de lugares")},
        {"value": "equal5", "label": _("5 intervalos iguales")},
        {"value": "equal7", "label": _("7 intervalos iguales")},
    ]
