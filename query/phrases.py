"""The sentences by which a View is described, in Spanish and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

Phrases = Mapping[str, str]

_ES = MappingProxyType(
    {
        "by": "{figures} por {groups}",
        "and": " y ",
        "and_before_i": " e ",
        "more": "{n} medidas más",
        "records": "Registros",
        "record": "registro",
        "states": "entidades",
        "municipalities": "municipios",
        "where": "{name}: dónde están",
        "where_records": "Ubicación de los registros",
        "mean": "tasa anual media{period}, ",
        "rate_short": "por cada 100 mil habitantes; {source}",
        "rate_months": "por cada 100 mil habitantes en {months}; {source}",
        "months": (
            "un mes,dos meses,tres meses,cuatro meses,cinco meses,seis meses,"
            "siete meses,ocho meses,nueve meses,diez meses,once meses"
        ),
        "step_of": "{step} de {column}",
        "bins_of": "intervalos de {column}",
        "state": "entidad",
        "municipality": "municipio",
        "present": "{column} con dato",
        "missing": "{column} sin dato",
        "empty": "(vacío)",
        "true": "sí",
        "false": "no",
        "not": "todos menos {value}",
        "date_gt": "{column} después del {value}",
        "date_gte": "{column} desde el {value}",
        "date_lt": "{column} antes del {value}",
        "date_lte": "{column} hasta el {value}",
        "range": "{column} de {low} a {high}",
        "span": "{low} a {high}",
        "bbox": "dentro del recuadro del mapa",
        "day": "{day} de {month} de {year}",
        "month": "{month} de {year}",
        "moment": "{day}, {clock}",
        "rate": (
            "Tasas por cada 100 mil habitantes. Población: {source}; del mismo lugar y del año indicado, o del "
            "anterior más cercano. Sin población no hay tasa."
        ),
        "rate_mean": (
            "Tasa anual media{period}, por cada 100 mil habitantes: el total entre la suma de las poblaciones de cada "
            "año con datos. Población: {source}; del mismo lugar y de cada año, o del anterior más cercano. Sin "
            "población no hay tasa."
        ),
        "rate_latest": (
            "Tasas por cada 100 mil habitantes. Población: {source}; del mismo lugar y de su último año. Sin población "
            "no hay tasa."
        ),
        "share": "Porcentajes del total de todos los grupos, con los mismos filtros.",
        "list_more": "{shown} y {n} más",
        "list_more_short": "{n} más",
    }
)
_EN = MappingProxyType(
    {
        "by": "{figures} by {groups}",
        "and": " and ",
        "and_before_i": " and ",
        "more": "{n} more measures",
        "records": "Records",
        "record": "record",
        "states": "states",
        "municipalities": "municipalities",
        "where": "{name}: where they are",
        "where_records": "Location of the records",
        "mean": "average annual rate{period}, ",
        "rate_short": "per 100,000 inhabitants; {source}",
        "rate_months": "per 100,000 inhabitants in {months}; {source}",
        "months": (
            "one month,two months,three months,four months,five months,six months,"
            "seven months,eight months,nine months,ten months,eleven months"
        ),
        "step_of": "{step} of {column}",
        "bins_of": "intervals of {column}",
        "state": "state",
        "municipality": "municipality",
        "present": "{column} present",
        "missing": "{column} missing",
        "empty": "(empty)",
        "true": "yes",
        "false": "no",
        "not": "all but {value}",
        "date_gt": "{column} after {value}",
        "date_gte": "{column} from {value}",
        "date_lt": "{column} before {value}",
        "date_lte": "{column} up to {value}",
        "range": "{column} from {low} to {high}",
        "span": "{low} to {high}",
        "bbox": "within the box on the map",
        "day": "{month} {day}, {year}",
        "month": "{month} {year}",
        "moment": "{day}, {clock}",
        "rate": (
            "Rates per 100,000 inhabitants. Population: {source}; of the same place and year, or the nearest earlier "
            "one. Without a population there is no rate."
        ),
        "rate_mean": (
            "Average annual rate{period}, per 100,000 inhabitants: the total over the sum of the populations of each "
            "year with data. Population: {source}; of the same place and each year, or the nearest earlier one. "
            "Without a population there is no rate."
        ),
        "rate_latest": (
            "Rates per 100,000 inhabitants. Population: {source}; of the same place and its last year. Without a "
            "population there is no rate."
        ),
        "share": "Percentages of the total of all groups, with the same filters.",
        "list_more": "{shown} and {n} more",
        "list_more_short": "{n} more",
    }
)
PHRASES: Mapping[str, Phrases] = MappingProxyType({"es": MappingProxyType(_ES), "en": MappingProxyType(_EN)})

MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "es": (
            *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
            *("septiembre", "octubre", "noviembre", "diciembre"),
        ),
        "en": (
            *("January", "February", "March", "April", "May", "June", "July", "August"),
            *("September", "October", "November", "December"),
        ),
    }
)


PROPER = (
    *("Aguascalientes", "Banxico", "Campeche", "Chiapas", "Chihuahua", "Coahuila", "Colima", "Conapo", "Durango"),
    *("Gini", "Guanajuato", "Guerrero", "Hidalgo", "Infonavit", "Jalisco", "México", "Michoacán", "Morelos"),
    *("Nayarit", "Oaxaca", "Pemex", "Puebla", "Querétaro", "Sinaloa", "Sonora", "Tabasco", "Tamaulipas", "Tlaxcala"),
    *("Veracruz", "Yucatán", "Zacatecas"),
)
_FEMININE = ("a", "ción", "sión", "dad", "tud", "cione", "sione", "dade", "tude")


def joined(parts: tuple[str, ...], lang: str) -> str:
    """`a, b y c`; Spanish writes `e` before the sound of an i."""
    if len(parts) < 2:
        return "".join(parts)
    before_i = parts[-1].casefold().startswith(("i", "í", "hi")) and not parts[-1].casefold().startswith(("hie", "ia"))
    word = PHRASES[lang]["and_before_i" if before_i else "and"]
    return ", ".join(parts[:-1]) + word + parts[-1]


def lower_first(text: str) -> str:
    """A label inside a sentence: «Tipo de delito» → «tipo de delito»; `VALOR_USD`, `PIB` and «México» stay."""
    proper = any(re.match(rf"{name}\b", text) for name in PROPER)
    return text[0].lower() + text[1:] if len(text) > 1 and text[1].islower() and not proper else text


def with_article(text: str) -> str:
    """`de` and a label with its article, by the ending of its first word: «de la racha más larga», «del precio»."""
    label = lower_first(text)
    first = re.split(r"\W", label.casefold(), maxsplit=1)[0]
    many = first.endswith("s") and not first.endswith(("is", "us"))
    stem = first.removesuffix("s") if many else first
    feminine = stem.endswith(_FEMININE) and not stem.endswith("ma") and stem not in ("día", "dia", "mapa")
    article = ("de las" if feminine else "de los") if many else "de la" if feminine else "del"
    return f"{article} {label}"
