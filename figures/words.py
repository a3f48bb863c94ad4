"""The few sentences that drawings say by themselves, in Spanish and English."""

from __future__ import annotations

from types import MappingProxyType

_WORDS = MappingProxyType(
    {
        "null": ("Sin dato", "No data"),
        "empty": ("(vacío)", "(empty)"),
        "true": ("Sí", "Yes"),
        "false": ("No", "No"),
        "others": ("Otros {n}", "Other {n}"),
        "top": (
            "Se muestran {n} de {total}; los otros {m} están en la tabla.",
            "Showing {n} of {total}; the other {m} are in the table.",
        ),
        "panels": (
            "Se dibujan {n} de {total} recuadros, uno por cada valor de «{by}»; los otros {m} están en la tabla.",
            "Showing {n} of {total} panels, one for each value of “{by}”; the other {m} are in the table.",
        ),
        "series": (
            "Se dibujan {n} de {total} series; las otras {m} están en la tabla.",
            "Showing {n} of {total} series; the other {m} are in the table.",
        ),
        "truncated": ("La respuesta es parcial: se cortó en {n} filas.", "Partial answer: cut at {n} rows."),
        "not_zero": ("El eje no empieza en cero.", "The axis does not start at zero."),
        "stressed": (
            "Se destacan {n} de {total} series; las demás, en gris.",
            "{n} of {total} series stand out; the rest are grey.",
        ),
        "nulls": ("Registros sin dato, que no se dibujan: {n}.", "Records without data, not drawn: {n}."),
        "negative": (
            "Valores negativos o en cero, que no se dibujan: {n}.",
            "Negative or zero values, not drawn: {n}.",
        ),
        "unmatched": (
            "Registros que no corresponden a ningún lugar del mapa: {n}.",
            "Records that match no place on the map: {n}.",
        ),
        "no_outlines": (
            "No hay contornos de este nivel; se muestran los lugares con las cifras más altas.",
            "There are no outlines at this level; the places with the highest figures are shown.",
        ),
        "no_data": ("No hay datos que dibujar.", "There is nothing to draw."),
        "not_stacked": (
            "Promedios, medianas y tasas no se apilan; se dibujan como líneas.",
            "Averages, medians and rates are not stacked; they are drawn as lines.",
        ),
        "sample": ("Se dibujan {n} de {total} registros.", "{n} of {total} records are drawn."),
        "dropped_zero": ("Puntos con coordenadas 0, 0, que no se dibujan: {n}.", "Points at 0, 0, not drawn: {n}."),
        "dropped_swapped": (
            "Puntos con latitud y longitud invertidas, que no se dibujan: {n}.",
            "Points with latitude and longitude swapped, not drawn: {n}.",
        ),
        "dropped_outside": (
            "Puntos fuera de México, que no se dibujan: {n}.",
            "Points outside Mexico, not drawn: {n}.",
        ),
        "dropped_null": (
            "Puntos sin coordenadas, que no se dibujan: {n}.",
            "Points without coordinates, not drawn: {n}.",
        ),
        "records": ("{n} registros", "{n} records"),
        "row_noun": ("registros", "records"),
        "quantiles": (
            "Caja: la mitad central de los casos; raya: la mediana; bigotes: del 5 % al 95 %.",
            "Box: the middle half of cases; line: the median; whiskers: from 5% to 95%.",
        ),
        "median": ("Mediana", "Median"),
        "total": ("Total nacional: {v}", "National total: {v}"),
        "total_of": ("Total de {place}: {v}", "Total of {place}: {v}"),
        "whole": ("En todo el país: {v}", "Nationwide: {v}"),
        "whole_of": ("En {place}: {v}", "In {place}: {v}"),
        "rank": ("Lugar {rank} de {n}", "Rank {rank} of {n}"),
        "source": ("Fuente: {source}", "Source: {source}"),
        "count": ("Registros", "Records"),
    }
)


def say(key: str, lang: str, **values: object) -> str:
    """The sentence `key` in `lang`, with its values put in."""
    text = _WORDS[key][1 if lang == "en" else 0]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
