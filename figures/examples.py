"""Small answers, made up, that the charts of the drawer show themselves with."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from figures.drawing import Caption
from model.table import Cell, Column, ColumnType, Role, Table
from model.view import Group, Measure, View

NAMES = MappingProxyType(
    {
        "01": "Aguascalientes",
        "05": "Coahuila de Zaragoza",
        "09": "Ciudad de México",
        "11": "Guanajuato",
        "14": "Jalisco",
        "15": "Estado de México",
        "16": "Michoacán de Ocampo",
        "19": "Nuevo León",
        "20": "Oaxaca",
        "30": "Veracruz de Ignacio de la Llave",
    }
)
COUNTS = (82, 143, 921, 3148, 1892, 2210, 1504, 1388, 978, 1034)
CORNERS = ((0, 2), (1, 4), (1, 0), (1, 2), (0, 1), (2, 1), (0, 0), (2, 4), (2, -1), (3, 1))
SUM = Measure("sum", "victimas")
VICTIMS = Column("sum:victimas", ColumnType.INTEGER, Role.MEASURE, "Víctimas")
STATE = Column("_entidad", ColumnType.TEXT, Role.STATE, "Entidad")
MONTH = Column("fecha:month", ColumnType.DATE, Role.TIME, "Mes")
KIND = Column("tipo", ColumnType.TEXT, Role.CATEGORY, "Tipo")


def caption(title: str, subtitle: str) -> Caption:
    """Words for an example."""
    return Caption(
        title=title,
        subtitle=subtitle,
        source="Datos de ejemplo, Ventanilla. Versión 0a1b2c3d4e5f, 3 de marzo de 2024",
        url="https://ejemplo.mx/explora/homicidios/por-entidad?_group=_entidad&_measure=sum:victimas",
        values={"_entidad": NAMES},
        outlines=squares(),
    )


def squares() -> dict[str, Any]:
    """A country of square states, as GeoJSON."""
    features = []
    for (key, name), (column, row) in zip(NAMES.items(), CORNERS, strict=True):
        west, south = -106.0 + 3 * column, 18.0 + 2.2 * row
        ring = [[west, south], [west, south + 2.2], [west + 3, south + 2.2], [west + 3, south], [west, south]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "id": key, "properties": {"name": name}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def states(view: View) -> tuple[View, Table, Caption]:
    """Victims by state, and one row whose state is not known."""
    asked = replace(view, groups=(Group("_entidad"),), measures=(SUM,))
    rows: list[tuple[Cell, ...]] = list(zip(NAMES, COUNTS, strict=True))
    words = caption("Víctimas de homicidio doloso por entidad", "Suma de víctimas, 2024")
    return asked, Table((STATE, VICTIMS), (*rows, (None, 17)), len(rows) + 1), replace(words, unmatched=1)


def months(view: View) -> tuple[View, Table, Caption]:
    """Victims by month and state over three years, with June 2023 missing in one state."""
    asked = replace(view, groups=(Group("fecha", "month"), Group("_entidad")), measures=(SUM,))
    rows: list[tuple[Cell, ...]] = []
    for index in range(36):
        month = date(2022 + index // 12, index % 12 + 1, 1)
        for place, level in (("11", 260), ("15", 205), ("14", 160), ("09", 80)):
            swing = 28 * math.sin(index / 2.3 + level) + (index - 18) * (level - 150) / 90
            if (place, month) != ("14", date(2023, 6, 1)):
                rows.append((month, place, round(level + swing)))
    words = caption("Víctimas de homicidio doloso por mes", "Suma de víctimas por mes en cuatro entidades, 2022-2024")
    return asked, Table((MONTH, STATE, VICTIMS), tuple(rows), len(rows)), words


def pairs(view: View) -> tuple[View, Table, Caption]:
    """Population and victims of each state, as plain rows."""
    people = (1425607, 3146771, 9209944, 6166934, 8348151, 16992418, 4748846, 5784442, 4132148, 8062579)
    columns = (
        Column("entidad", ColumnType.TEXT, Role.STATE, "Entidad"),
        Column("poblacion", ColumnType.INTEGER, Role.MEASURE, "Población", "habitantes"),
        Column("victimas", ColumnType.INTEGER, Role.MEASURE, "Víctimas"),
    )
    rows = tuple(zip(NAMES, people, COUNTS, strict=True))
    words = caption("Población y víctimas de homicidio por entidad", "Cada punto es una entidad, 2020")
    return view, Table(columns, rows, len(rows)), replace(words, values={"entidad": NAMES})


def bins(view: View) -> tuple[View, Table, Caption]:
    """Stations by the price of a litre, in intervals of 25 centavos; some without a price."""
    asked = replace(view, groups=(Group("precio", "bin20"),), measures=(Measure("count"),))
    columns = (
        Column("precio:bin20", ColumnType.NUMBER, Role.CATEGORY, "Precio por litro", "pesos"),
        Column("count", ColumnType.INTEGER, Role.MEASURE, "Estaciones"),
    )
    heights = (3, 8, 21, 55, 130, 310, 640, 1105, 1490, 1720, 1604, 1230, 860, 540, 260, 0, 61, 24, 9, 2)
    rows: list[tuple[Cell, ...]] = [(20 + i * 0.25, n) for i, n in enumerate(heights) if n]
    words = caption("Precio de la gasolina regular en las estaciones", "Número de estaciones por precio, 3 mar 2024")
    return asked, Table(columns, (*rows, (None, 118)), len(rows) + 1), words


def quantiles(view: View) -> tuple[View, Table, Caption]:
    """Five quantiles of prices in each state."""
    names = ("q5", "q25", "median", "q75", "q95")
    asked = replace(view, groups=(Group("_entidad"),), measures=tuple(Measure(n, "precio") for n in names))
    figures = tuple(Column(f"{n}:precio", ColumnType.NUMBER, Role.MEASURE, "Precio por litro", "pesos") for n in names)
    rows = []
    for index, key in enumerate(NAMES):
        middle = 22.1 + (index * 37 % 11) * 0.19
        rows.append((key, middle - 1.1, middle - 0.5, middle, middle + 0.4 + index * 0.03, middle + 1.2))
    words = caption("Precio de la gasolina regular por entidad", "Pesos por litro, 3 mar 2024")
    return asked, Table((STATE, *figures), tuple(rows), len(rows)), words


def budget(view: View) -> tuple[View, Table, Caption]:
    """Spending by branch and unit."""
    asked = replace(view, groups=(Group("ramo"), Group("unidad")), measures=(Measure("sum", "monto"),))
    columns = (
        Column("ramo", ColumnType.TEXT, Role.CATEGORY, "Ramo"),
        Column("unidad", ColumnType.TEXT, Role.CATEGORY, "Unidad responsable"),
        Column("sum:monto", ColumnType.NUMBER, Role.MEASURE, "Monto ejercido", "pesos"),
    )
    parts = {
        "Educación": (
            ("Becas", 84.2e9),
            ("Educación superior", 61.7e9),
            ("Educación básica", 48.1e9),
            ("Cultura", 12.3e9),
        ),
        "Salud": (("Hospitales", 57.9e9), ("Vacunación", 22.4e9), ("Prevención y control de enfermedades", 9.6e9)),
        "Bienestar": (("Adultos mayores", 96.5e9), ("Personas con discapacidad", 14.8e9)),
        "Infraestructura": (("Carreteras", 31.2e9), ("Puertos", 8.3e9), ("Caminos rurales", 4.1e9)),
    }
    rows = tuple((branch, unit, amount) for branch, units in parts.items() for unit, amount in units)
    words = caption("En qué se gastó el presupuesto", "Monto ejercido por ramo y unidad, pesos, 2024")
    return asked, Table(columns, rows, len(rows)), words


def stations(view: View) -> tuple[View, Table, Caption]:
    """Petrol stations: some are well placed, some lie at 0, 0, some have their coordinates swapped."""
    columns = (
        Column("nombre", ColumnType.TEXT, Role.TEXT, "Estación"),
        Column("latitud", ColumnType.NUMBER, Role.LATITUDE, "Latitud"),
        Column("longitud", ColumnType.NUMBER, Role.LONGITUDE, "Longitud"),
        Column("marca", ColumnType.TEXT, Role.CATEGORY, "Marca"),
    )
    rows: list[tuple[Cell, ...]] = [
        (f"Estación {i + 1}", 18.5 + (i * 7 % 83) / 10, -105.6 + (i * 13 % 119) / 10, ("Norte", "Sur", "Centro")[i % 3])
        for i in range(90)
    ]
    rows += [("Sin ubicar", 0.0, 0.0, "Norte"), ("Al revés", -99.1, 19.4, "Sur"), ("Lejos", 48.8, 2.3, "Sur")]
    rows.append(("Vacía", None, None, "Centro"))
    words = caption("Estaciones de servicio por marca", "Ubicación declarada, 3 mar 2024")
    return view, Table(columns, tuple(rows), len(rows)), words
