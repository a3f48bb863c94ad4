"""Names, types and places of a View, checked against a version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.errors import BadRequest, UnknownName
from model.view import Filter, Sort, View
from portal.portal import charts
from query.address import format_view, parse
from query.resolve import resolve
from query.schema import Schema
from tests.query.world import PLAIN, SCHEMA, STATION_TABLE, TABLE, VERSION, manifest


def resolved(query: str, schema: Schema = SCHEMA) -> View:
    return resolve(parse("delitos", "por-entidad", query), schema, charts())


def canonical(query: str) -> str:
    """The canonical query string, without the pin."""
    return format_view(replace(resolved(query), version=""))


@pytest.mark.parametrize(
    ("query", "kind", "nearest"),
    [
        ("tpo=robo", "columna", "tipo"),
        ("VALOR=1", "columna", "VALOR_USD"),
        ("Tipo=robo", "columna", "tipo"),
        ("_group=entidades", "columna", "entidad"),
        ("_measure=sum:caso", "columna", "casos"),
        ("_columns=system", "columna", "system:index"),
        ("lookup:est:nombr=x", "columna", "lookup:est:nombre"),
        ("casos__gtt=1", "operador", "gt"),
        ("_table=dato", "tabla", "datos"),
        ("_chart=barr", "gráfica", "bar"),
        ("_sort=fech", "columna", "fecha"),
        ("_group=tipo&_sort=cont", "columna", "count"),
        ("_group=tipo&_x=tip", "columna", "tipo"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_right_one(query: str, kind: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolved(query)
    assert kind in caught.value.message
    assert caught.value.nearest == nearest


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("casos=+007", "casos=7"),
        ("casos=7.0", "casos=7"),
        ("casos=1e3", "casos=1000"),
        ("VALOR_USD__gt=1.50", "VALOR_USD__gt=1.5"),
        ("VALOR_USD__gt=3.0", "VALOR_USD__gt=3"),
        ("VALOR_USD__gt=.5", "VALOR_USD__gt=0.5"),
        ("casos__in=3,1,3,2", "casos__in=1,2,3"),
        ("casos__in=3", "casos=3"),
        ("casos=-0", "casos=0"),
        ("VALOR_USD=-0.0", "VALOR_USD=0"),
        ("vigente=S%C3%AD", "vigente=true"),
        ("vigente=0", "vigente=false"),
        ("fecha=1/2/2020", "fecha=2020-02-01"),
        ("fecha=2020-02", "fecha__gte=2020-02-01&fecha__lt=2020-03-01"),
        ("fecha=2020", "fecha__gte=2020-01-01&fecha__lt=2021-01-01"),
        ("fecha__lte=2020", "fecha__lt=2021-01-01"),
        ("fecha__gt=2020-12", "fecha__gte=2021-01-01"),
        ("fecha__gte=2020", "fecha__gte=2020-01-01"),
        ("fecha__lt=2020", "fecha__lt=2020-01-01"),
        ("hora=2020-01-01", "hora__gte=2020-01-01T00:00:00&hora__lt=2020-01-02T00:00:00"),
        ("hora__lte=2020-01-01", "hora__lt=2020-01-02T00:00:00"),
        ("hora=2020-01-01T10:45", "hora=2020-01-01T10:45:00"),
        ("hora=2020-01-01%2010:45:00", "hora=2020-01-01T10:45:00"),
        ("hora=2020-01-01T16:45:00Z", "hora=2020-01-01T10:45:00"),
        ("hora=2020-01-01T10:45:00-06:00", "hora=2020-01-01T10:45:00"),
        ("tipo=%20robo", "tipo=%20robo"),
    ],
)
def test_values_become_canonical(query: str, expected: str) -> None:
    assert canonical(query) == expected


@pytest.mark.parametrize(
    "same", ["entidad=Jalisco", "entidad=JALISCO", "entidad=14", "_entidad=14", "_entidad=jalisco"]
)
def test_a_state_by_name_or_key_is_one_address(same: str) -> None:
    assert canonical(same) == "_entidad=14"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("entidad__in=Jalisco,11,guanajuato", "_entidad__in=11,14"),
        ("entidad__ne=Jalisco", "_entidad__ne=14"),
        ("_entidad=9", "_entidad=09"),
        ("entidad=Nacional", "entidad=Nacional"),
        ("entidad__in=Nacional,Jalisco", "entidad__in=Jalisco,Nacional"),
        ("entidad__contains=Baja", "entidad__contains=Baja"),
        ("entidad__isnull=1", "entidad__isnull=1"),
        ("cve_mun=11017", "_municipio=11017"),
        ("cve_mun=1001", "_municipio=01001"),
        ("_municipio=1001", "_municipio=01001"),
        ("cve_mun=Irapuato", "cve_mun=Irapuato"),
        ("_entidad__isnull=1", "_entidad__isnull=1"),
        ("_municipio__starts=11", "_municipio__starts=11"),
    ],
)
def test_places_become_inegi_keys_where_all_values_are_places(query: str, expected: str) -> None:
    assert canonical(query) == expected


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("_entidad=Atlantis", "entidad federativa"),
        ("_municipio=99999", "municipio"),
        ("casos=mucho", "número entero"),
        ("casos=1.5", "número entero"),
        ("casos=" + "9" * 40, "número entero"),
        ("casos=1e300", "número entero"),
        ("VALOR_USD=1e999", "número"),
        ("VALOR_USD=nan", "número"),
        ("VALOR_USD=1,5", "número"),
        ("VALOR_USD=٣", "número"),
        ("vigente=quizá", "sí o no"),
        ("fecha=ayer", "fecha"),
        ("fecha=2020-02-30", "fecha"),
        ("fecha=2020-13", "fecha"),
        ("fecha=0000", "fecha"),
        ("fecha=9999", "fecha"),
        ("fecha=2020-01-01T10:00", "fecha"),
        ("fecha__ne=2020", "fecha"),
        ("hora__in=2020-01-01,2020-01-02", "hora"),
        ("hora=0001-01-01T00:00:00%2B14:00", "hora"),
        ("casos__contains=1", "contains"),
        ("tipo__gt=a", "gt"),
        (".geo=x", "eq"),
        ("_measure=sum:tipo", "columna de números"),
        ("_measure=q25:fecha", "columna de números"),
        ("_measure=distinct:.geo", "geometría"),
        ("_group=.geo", "geometría"),
        ("_group=tipo:month", "no es una fecha"),
        ("_group=anio:year", "no es una fecha"),
        ("_group=fecha:hour", "no llevan hora"),
        ("_group=tipo:bin5", "no es un número"),
        ("_measure=rate:avg:casos", "tasa"),
    ],
)
def test_what_does_not_fit_the_column_says_what_was_expected(query: str, word: str) -> None:
    with pytest.raises(BadRequest) as caught:
        resolved(query)
    assert word in caught.value.message


def test_the_view_is_pinned_to_the_version() -> None:
    assert resolved("").version == VERSION


def test_a_resolved_view_resolves_to_itself() -> None:
    for query in ("entidad=Jalisco&hora=2020&_group=fecha:month&_sort=-count", "_columns=casos,tipo&_sort=-tipo"):
        once = resolved(query)
        assert resolve(once, SCHEMA) == once


def test_all_columns_in_order_are_the_default() -> None:
    names = ",".join(f'"{c.column.name}"' for c in TABLE.columns).replace("%", "%25")
    assert resolved(f"_columns={names}").columns == ()
    assert resolved("_columns=tipo,fecha").columns == ("tipo", "fecha")


def test_the_natural_order_of_groups_is_the_default() -> None:
    assert resolved("_group=tipo,anio&_sort=tipo").sort == ()
    assert resolved("_group=tipo,anio&_sort=-tipo").sort == (Sort("tipo", True),)


def test_what_networks_add_to_a_shared_link_is_ignored() -> None:
    assert canonical("fbclid=abc&utm_source=whatsapp&casos=7") == "casos=7"


def test_the_first_table_stands_in_for_a_missing_default_one() -> None:
    sheet = replace(TABLE, name="Hoja 1")
    schema = Schema(manifest((sheet,)), {"est": STATION_TABLE})
    assert resolved("", schema).table == "Hoja 1"
    with pytest.raises(UnknownName, match="Hoja 1"):
        resolved("_table=Hoja 2", schema)


def test_only_the_offered_charts_exist() -> None:
    view = parse("delitos", "por-entidad", "_chart=treemap")
    with pytest.raises(UnknownName):
        resolve(view, SCHEMA, charts=("table", "bar"))
    assert resolve(view, SCHEMA).chart == "treemap"


def test_a_box_needs_coordinates_and_a_municipal_level_needs_municipalities() -> None:
    bare = replace(TABLE, places=("_entidad",))
    schema = Schema(manifest((bare,)))
    with pytest.raises(BadRequest, match="coordenadas"):
        resolved("_bbox=-104,20,-103,21", schema)
    with pytest.raises(BadRequest, match="municipio"):
        resolved("_level=municipio", schema)
    with pytest.raises(UnknownName, match="_municipio"):
        resolved("_municipio=11017", schema)


def test_a_rate_needs_a_population_of_the_same_places() -> None:
    with pytest.raises(BadRequest, match="población declarada"):
        resolved("_group=_entidad&_measure=rate:count", PLAIN)
    for query in (
        "_group=_municipio&_measure=rate:count",
        "_municipio=11017&_measure=rate:count",
        "_bbox=-104,20,-103,21&_measure=rate:count",
        "entidad__contains=a&_measure=rate:count",
        "cve_mun__starts=14&_group=_entidad&_measure=rate:count",
    ):
        with pytest.raises(BadRequest, match="No se puede calcular la tasa"):
            resolved(query)


def test_a_filter_given_twice_counts_once() -> None:
    assert resolved("casos=7&casos=7.0").filters == (Filter("casos", "eq", ("7",)),)
