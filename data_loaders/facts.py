"""What is known of a column when its role is decided, and the words that names are searched for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.spelling import fold
from model.table import Cell, ColumnType, Role

FEW = 60
LONGEST_CATEGORY = 400
NEARLY_ALL = 0.95
DENSE = 1.5
FIRST_YEAR, LAST_YEAR = 1500, 2100
MONTH_WORDS = frozenset(
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "setiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ]
)
ID_WORDS = frozenset(
    [
        "id",
        "cve",
        "clave",
        "clv",
        "codigo",
        "code",
        "cp",
        "cod",
        "folio",
        "clee",
        "curp",
        "rfc",
        "oid",
        "fid",
        "gid",
        "uuid",
        "index",
        "indice",
        "objectid",
        "telefono",
        "tel",
        "phone",
        "zip",
        "postal",
        "geoid",
        "cvegeo",
        "matricula",
        "expediente",
        "identificador",
        "isbn",
        "issn",
        "nss",
        "serie",
    ]
)
YEAR_WORDS = frozenset(["ano", "anio", "year", "ejercicio", "ciclo", "anyo"])
MONTH_HEADERS = frozenset(["mes", "month"])
LATITUDE_WORDS = frozenset(["lat", "latitud", "latitude"])
LONGITUDE_WORDS = frozenset(["lon", "long", "lng", "longitud", "longitude"])
CATEGORY_WORDS = frozenset(
    [
        "tipo",
        "categoria",
        "nivel",
        "grado",
        "clase",
        "estatus",
        "status",
        "sexo",
        "zona",
        "giro",
        "sector",
        "modalidad",
        "rango",
        "turno",
        "hora",
        "hour",
        "dia",
        "day",
        "semana",
        "trimestre",
        "region",
        "grupo",
        "bandera",
        "indicador",
        "decil",
        "estrato",
        "distrito",
        "cluster",
    ]
)
MEASURE_WORDS = frozenset(
    [
        "total",
        "valor",
        "monto",
        "importe",
        "casos",
        "numero",
        "cantidad",
        "poblacion",
        "tasa",
        "promedio",
        "porcentaje",
        "precio",
        "gasto",
        "ingreso",
        "presupuesto",
        "capacidad",
        "altitud",
        "elevacion",
        "alt",
        "elev",
        "superficie",
        "area",
        "altura",
        "volumen",
        "defunciones",
        "victimas",
        "delitos",
        "personas",
        "hombres",
        "mujeres",
        "viviendas",
        "operaciones",
    ]
)
MEXICO_LATITUDES = (14.0, 33.0)
MEXICO_LONGITUDES = (-119.0, -86.0)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules may look at. `known` is the role that is known already (a recognised place), if any."""

    name: str
    type: ColumnType
    rows: int
    nulls: int
    distinct: int
    minimum: Cell = None
    maximum: Cell = None
    values: tuple[str, ...] = ()
    longest: int = 0
    known: Role | None = None

    @property
    def words(self) -> frozenset[str]:
        """The words of the name, folded, with camelCase taken apart."""
        spaced = re.sub(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])", " ", self.name)
        return frozenset(re.findall(r"[a-z]+|[0-9]+", fold(spaced)))

    def within(self, low: float, high: float) -> bool:
        """True if all values are numbers between the two."""
        bounds = (self.minimum, self.maximum)
        return all(isinstance(b, (int, float)) and low <= b <= high for b in bounds)

    @property
    def filled(self) -> int:
        return self.rows - self.nulls
