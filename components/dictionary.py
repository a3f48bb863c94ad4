"""The dictionary of a version's columns, from their profile."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from components.dates import day
from components.messages import gettext as _
from components.table import column, table
from figures.formats import number
from model.table import Cell, ColumnType, Role
from model.version import ColumnProfile, Manifest, TableProfile

EXAMPLES = 3


def dictionary(manifest: Manifest) -> Component:
    """One row a column: name, type, what it is for, what is in it."""
    many = len(manifest.tables) > 1
    return html.Div([_table(t, many) for t in manifest.tables], className="stack")


def _table(profile: TableProfile, named: bool) -> Component:
    columns = [
        column("name", _("Columna")),
        column("type", _("Tipo")),
        column("role", _("Para qué sirve")),
        column("distinct", _("Valores distintos"), numeric=True),
        column("nulls", _("Sin dato"), numeric=True),
        column("content", _("Contenido")),
    ]
    rows = [_row(p) for p in profile.columns]
    title = profile.title or profile.name
    head = [html.H4(title)] if named else []
    return html.Div([*head, table(columns, rows, caption=_("Columnas de %(name)s", name=title))], className="stack-s")


def _row(profile: ColumnProfile) -> list[str]:
    known = profile.column
    name = known.name if known.title == known.name else f"{known.title} ({known.name})"
    unit = f" ({known.unit})" if known.unit else ""
    return [
        name,
        _types()[known.type] + unit,
        _roles()[known.role],
        number(profile.distinct),
        number(profile.nulls),
        _content(profile),
    ]


def _content(profile: ColumnProfile) -> str:
    if profile.minimum is not None and profile.maximum is not None:
        years = profile.column.role is Role.TIME
        return _("de %(low)s a %(high)s", low=_said(profile.minimum, years), high=_said(profile.maximum, years))
    examples = [value[:40] for value, _count in profile.top[:EXAMPLES] if value]
    return _("por ejemplo: %(list)s", list=", ".join(examples)) if examples else ""


def _said(value: Cell, years: bool) -> str:
    if value is None or isinstance(value, (bool, str)):
        return str(value or "")
    if isinstance(value, date):
        return day(value)
    return str(value) if years else number(value)


def _types() -> dict[ColumnType, str]:
    return {
        ColumnType.INTEGER: _("número entero"),
        ColumnType.NUMBER: _("número"),
        ColumnType.BOOLEAN: _("sí o no"),
        ColumnType.DATE: _("fecha"),
        ColumnType.TIMESTAMP: _("fecha y hora"),
        ColumnType.TEXT: _("texto"),
        ColumnType.GEOMETRY: _("geometría"),
    }


def _roles() -> dict[Role, str]:
    return {
        Role.TIME: _("tiempo"),
        Role.STATE: _("estado"),
        Role.MUNICIPALITY: _("municipio"),
        Role.LATITUDE: _("latitud"),
        Role.LONGITUDE: _("longitud"),
        Role.MEASURE: _("medida"),
        Role.CATEGORY: _("categoría"),
        Role.IDENTIFIER: _("identificador"),
        Role.TEXT: _("texto"),
    }
