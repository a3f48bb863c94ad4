"""What a View is called, in Spanish and English."""

from __future__ import annotations

from datetime import date

import pytest

from portal.portal import charts
from query.address import parse
from query.labels import figure_label
from query.measures import MEASURES, find_measure
from query.moments import span_words
from query.operators import OPERATORS
from query.phrases import PHRASES, joined, lower_first
from query.resolve import resolve
from query.words import Words, describe
from tests.query.world import SCHEMA

SINCE = "30 de diciembre de 2019 a 15 de junio de 2021"


def said(query: str) -> Words:
    return describe(resolve(parse("delitos", "por-entidad", query), SCHEMA), SCHEMA, charts=charts())


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Registros"),
        ("_group=tipo", "Número de registros por tipo de delito"),
        ("_group=_entidad,fecha:month&_measure=sum:VALOR_USD", "Valor por entidad y mes"),
        ("_group=_municipio&_measure=q25:casos", "Percentil 25 de casos por municipio"),
        ("_measure=sum:casos,avg:VALOR_USD", "Casos y valor promedio"),
        ("_group=tipo&_measure=avg:casos,avg:VALOR_USD", "Promedio de casos y valor por tipo de delito"),
        (
            "_measure=count,sum:casos,min:casos,max:casos,median:casos",
            "Número de registros, casos, mínimo de los casos y 2 medidas más",
        ),
        ("_group=fecha:year,hora:hour", "Número de registros por año de fecha y hora de hora"),
        ("_group=VALOR_USD:bin20", "Número de registros por intervalos de valor"),
        ("_group=VALOR_USD:bin20&_chart=histogram", "Distribución de valor"),
        ("_group=tipo&_measure=q25:casos,median:casos&_chart=box", "Distribución de casos por tipo de delito"),
        ("_columns=casos,VALOR_USD&_x=casos&_y=VALOR_USD&_chart=scatter", "Casos y valor por registro"),
        ("_chart=points", "Ubicación de los registros"),
        ("_group=_entidad&_measure=rate:sum:casos", "Casos por cada 100 mil habitantes por entidad"),
        ("_group=tipo&_measure=share:count", "Número de registros (% del total) por tipo de delito"),
        ("_group=_entidad&_measure=sum:VALOR_USD&_lang=en", "Valor by state"),
        ("_group=fecha:week&_lang=en", "Number of records by week"),
    ],
)
def test_the_title_says_the_question(query: str, title: str) -> None:
    assert said(query).title == title


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("entidad=Jalisco", ("Jalisco",)),
        ("_entidad__in=11,14", ("Guanajuato y Jalisco",)),
        ("entidad__ne=9", ("todos menos Ciudad de México",)),
        ("_municipio=11017", ("municipio 11017",)),
        ("tipo=robo", ("Tipo de delito: robo",)),
        ("tipo=", ("Tipo de delito: (vacío)",)),
        ("tipo__isnull=1", ("Tipo de delito sin dato",)),
        ("tipo__isnull=0", ("Tipo de delito con dato",)),
        ("tipo__contains=rob", ("Tipo de delito contiene «rob»",)),
        ("tipo__starts=rob", ("Tipo de delito empieza con «rob»",)),
        ("tipo__ne=robo", ("Tipo de delito distinto de robo",)),
        ("casos__gt=1234567", ("Casos mayor que 1,234,567",)),
        ("casos__gte=2&casos__lte=9", ("Casos de 2 a 9",)),
        ("casos__gt=2&casos__lte=9", ("Casos mayor que 2, casos hasta 9",)),
        ("VALOR_USD__lt=-1234.5", ("Valor menor que -1,234.5 USD",)),
        ("VALOR_USD__gt=-0.5", ("Valor mayor que -0.5 USD",)),
        ("anio=2020", ("2020",)),
        ("anio__gte=2019&anio__lte=2020", ("2019 a 2020",)),
        ("fecha=2020", ("2020",)),
        ("fecha=2020-02", ("febrero de 2020",)),
        ("fecha=2020-02-03", ("3 de febrero de 2020",)),
        ("fecha__gte=2019&fecha__lte=2020", ("2019 a 2020",)),
        ("fecha__gte=2020-02&fecha__lte=2020-04", ("febrero de 2020 a abril de 2020",)),
        ("fecha__gte=2020-02-03", ("Fecha desde el 3 de febrero de 2020",)),
        ("fecha__lt=2020-02-03", ("Fecha antes del 3 de febrero de 2020",)),
        ("hora=2020-01-01", ("1 de enero de 2020",)),
        ("hora__gt=2020-01-01T10:45", ("hora después del 1 de enero de 2020, 10:45",)),
        ("vigente=no", ("vigente: no",)),
        ("_bbox=-104,20,-103,21", ("dentro del recuadro del mapa",)),
        ("tipo__in=a,b,c,d,e,f,g", ("Tipo de delito: a, b, c, d, e y 2 más",)),
        ("casos=7&anio=2020&entidad=Jalisco", ("Jalisco", "2020", "Casos: 7")),
        ("entidad=Jalisco&_lang=en", ("Jalisco",)),
        ("fecha__gte=2020-02-03&_lang=en", ("Fecha from February 3, 2020",)),
        ("tipo__isnull=1&_lang=en", ("Tipo de delito missing",)),
    ],
)
def test_each_filter_is_a_phrase_places_first_then_times(query: str, filters: tuple[str, ...]) -> None:
    assert said(query).filters == filters


def test_the_subtitle_joins_filters_and_the_period_of_the_data() -> None:
    assert said("").subtitle == SINCE
    assert said("entidad=Jalisco&tipo=robo").subtitle == f"Jalisco · Tipo de delito: robo · {SINCE}"
    assert said("entidad=Jalisco&anio=2020").subtitle == "Jalisco · 2020"
    assert said("_group=fecha:month").subtitle == "diciembre de 2019 a junio de 2021"
    assert said("_group=fecha:year").subtitle == "2019 a 2021"
    assert said("_group=anio").subtitle == "2019 a 2021"
    assert said("_lang=en").subtitle == "December 30, 2019 to June 15, 2021"


def test_the_denominator_names_its_source_and_year() -> None:
    assert said("_group=tipo").denominator == ""
    latest = said("_group=_entidad&_measure=rate:sum:casos").denominator
    assert latest.startswith("Tasa anual media, 2019–2021, por cada 100 mil habitantes: ")
    assert "Población: INEGI, Censo 2020;" in latest
    assert "del año indicado" in said("_group=anio&_measure=rate:count").denominator
    both = said("_group=anio&_measure=rate:count,share:count&_lang=en").denominator
    assert both.startswith("Rates per 100,000 inhabitants.")
    assert both.endswith("Percentages of the total of all groups, with the same filters.")


@pytest.mark.parametrize(
    ("filters", "opening"),
    [
        ("fecha=2020", "Tasas por cada"),
        ("fecha__gte=2020", "Tasa anual media, 2020–2021, por"),
        ("fecha__lt=2021", "Tasa anual media, 2019–2020, por"),
        ("fecha__gt=2020-12-31", "Tasas por cada"),
        ("fecha__lte=2019-12-31", "Tasas por cada"),
        ("fecha__in=2019-12-30,2021-06-15", "Tasa anual media, 2019–2021, por"),
        ("tipo=robo", "Tasa anual media, 2019–2021, por"),
        ("hora__gte=2020", "Tasa anual media, por cada"),
    ],
)
def test_a_rate_of_several_years_is_called_an_average_annual_one(filters: str, opening: str) -> None:
    assert said(f"{filters}&_group=_entidad&_measure=rate:sum:casos").denominator.startswith(opening)


def test_municipalities_are_named_where_their_names_are_known() -> None:
    view = resolve(parse("delitos", "por-entidad", "_municipio__in=11017,14039"), SCHEMA)
    assert describe(view, SCHEMA, {"11017": "Irapuato"}).filters == ("Irapuato y municipio 14039",)


def test_braces_in_values_are_only_text() -> None:
    assert said("tipo={0.__class__}").filters == ("Tipo de delito: {0.__class__}",)
    assert said("tipo={column}").filters == ("Tipo de delito: {column}",)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2020, 1, 1), date(2020, 12, 31), "2020"),
        (date(2015, 1, 1), date(2024, 12, 31), "2015 a 2024"),
        (date(2020, 2, 1), date(2020, 2, 29), "febrero de 2020"),
        (date(2020, 11, 1), date(2021, 1, 31), "noviembre de 2020 a enero de 2021"),
        (date(2020, 2, 1), date(2020, 2, 28), "1 de febrero de 2020 a 28 de febrero de 2020"),
        (date(2020, 2, 2), date(2020, 2, 2), "2 de febrero de 2020"),
        (date.min, date.max, "1 a 9999"),
    ],
)
def test_a_period_is_said_in_its_widest_exact_units(first: date, last: date, words: str) -> None:
    assert span_words(first, last, "es") == words


def test_lists_follow_spanish_euphony() -> None:
    assert joined(("entidad", "institución"), "es") == "entidad e institución"
    assert joined(("a", "b", "c"), "es") == "a, b y c"
    assert joined(("a", "hierro"), "es") == "a y hierro"
    assert joined(("a", "b"), "en") == "a and b"
    assert joined((), "es") == ""


def test_codes_and_acronyms_keep_their_capitals() -> None:
    assert [lower_first(t) for t in ("Tipo de delito", "VALOR_USD", "PIB", "A", "Año", "")] == [
        *("tipo de delito", "VALOR_USD", "PIB", "A", "año", "")
    ]


def test_both_languages_say_all_phrases_operators_and_measures() -> None:
    assert set(PHRASES["es"]) == set(PHRASES["en"])
    assert all(set(row.words) == {"es", "en"} and row.label for row in OPERATORS.values())
    assert all(set(row.words) == {"es", "en"} and row.label for row in MEASURES.values())
    assert all(find_measure("q7" if name == "q" else name)[0] is row for name, row in MEASURES.items())
    view = parse("d", "r", "_measure=q7:a")
    assert figure_label(view.measures[0], None, "en") == "Percentile 7 of "
