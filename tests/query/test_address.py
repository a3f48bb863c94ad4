"""The grammar of addresses: what is written comes back, and nothing but BadRequest comes of nonsense."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.errors import BadRequest, UnknownName
from model.view import Filter, Group, Measure, Sort, View
from query.address import MAX_ADDRESS, address, format_view, parse, sort_filters, with_measures
from query.grammar import PERIODS, write_group, write_measure
from query.operators import OPERATORS

REAL_HEADERS = (
    *("system:index", ".geo", "location/lat", "30%   (F)", "nearbyStations/0", "Número de día", "a,b", 'dice "sí"'),
    *("a__b", "precio__gt", "_oculta", "-resta", "~", "x~y", "__", "año", "lookup", "lookup:a", "count", "sum:count"),
    *("_entidad", "a_", "a&b=c", "a+b", "a%20b", "#", "línea\nnueva", "bin5", "x:month", "lookup:e:f", "fbclid"),
)
TEXT = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12)
NAMES = st.one_of(st.sampled_from(REAL_HEADERS), TEXT.filter(bool), st.text('ab_,:"~.-% =&+', min_size=1, max_size=6))
FUNCTIONS = st.sampled_from(("sum", "avg", "min", "max", "median", "distinct", "q5", "q99"))
ONE_VALUE = tuple(name for name in OPERATORS if name not in ("in", "isnull"))

FILTERS = st.one_of(
    st.builds(Filter, NAMES, st.sampled_from(ONE_VALUE), st.tuples(TEXT)),
    st.builds(Filter, NAMES, st.just("in"), st.lists(TEXT, min_size=1, max_size=4).map(tuple)),
    st.builds(Filter, NAMES, st.just("isnull"), st.sampled_from(((), ("0",)))),
)
GROUPS = st.builds(Group, NAMES, st.one_of(st.just(""), st.sampled_from(PERIODS), st.just("bin12")))
MEASURES = st.one_of(
    st.just(Measure("count")),
    st.builds(Measure, FUNCTIONS, NAMES),
    st.builds(Measure, st.just("sum"), NAMES, st.sampled_from(("rate", "share"))),
    st.builds(Measure, st.just("count"), st.just(""), st.sampled_from(("rate", "share"))),
)
OUTPUTS = st.one_of(NAMES, GROUPS.map(write_group), MEASURES.map(write_measure))
DEGREES = st.integers(-80_000_000, 80_000_000).map(lambda n: n / 1_000_000)


def several(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3, unique=True).map(tuple)


def boxes() -> st.SearchStrategy[tuple[float, float, float, float] | None]:
    four = st.tuples(DEGREES, DEGREES, DEGREES, DEGREES)
    return st.one_of(
        st.none(), four.map(lambda d: (min(d[0], d[2]), min(d[1], d[3]), max(d[0], d[2]), max(d[1], d[3])))
    )


VIEWS = st.builds(
    View,
    dataset=st.just("delitos"),
    resource=st.just("por-entidad"),
    table=st.one_of(st.just("datos"), TEXT.filter(bool)),
    version=st.sampled_from(("", "0123456789ab")),
    filters=several(FILTERS),
    groups=several(GROUPS),
    measures=several(MEASURES),
    sort=st.lists(st.builds(Sort, OUTPUTS, st.booleans()), max_size=3, unique_by=lambda s: s.column).map(tuple),
    columns=several(NAMES),
    page=st.sampled_from((1, 2, 99)),
    size=st.sampled_from((0, 1, 1000)),
    chart=st.sampled_from(("", "bar", "points")),
    x=st.one_of(st.just(""), OUTPUTS),
    y=st.one_of(st.just(""), OUTPUTS),
    color=st.one_of(st.just(""), OUTPUTS),
    facet=st.one_of(st.just(""), OUTPUTS),
    highlight=st.lists(TEXT, max_size=3).map(tuple),
    level=st.sampled_from(("", "entidad", "municipio")),
    classes=st.sampled_from(("", "quantile5", "equal9")),
    bbox=boxes(),
    lang=st.sampled_from(("es", "en")),
)


@given(VIEWS)
@settings(max_examples=400, deadline=None)
def test_every_view_comes_back_from_its_address(view: View) -> None:
    canonical = with_measures(replace(view, filters=sort_filters(view.filters)))
    written = format_view(canonical)
    assert written.isascii()
    assert parse("delitos", "por-entidad", written) == canonical
    assert format_view(parse("delitos", "por-entidad", written)) == written


@given(st.one_of(st.text(max_size=60), st.text('_groupmeasrtxycolfi,:"~=&%-.0123456789', max_size=60)))
@example("_sort=%22")
@example("%ff=1")
@example("a=%00")
@example("\ud800=1")
@example("=&=")
@example('"a"b=1')
@example("lookup::=1")
@example("_group=a:bin0")
@example("_bbox=nan,1,2,3")
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_view_or_a_bad_request(text: str) -> None:
    with suppress(BadRequest):
        view = parse("d", "r", text)
        assert parse("d", "r", format_view(view)) == view


@pytest.mark.parametrize("header", REAL_HEADERS)
def test_a_real_header_can_be_filtered_grouped_measured_sorted_and_chosen(header: str) -> None:
    view = View(
        "d",
        "r",
        filters=(Filter(header, "gte", ("1",)), Filter(header, "in", (header, ""))),
        groups=(Group(header, "month"),),
        measures=(Measure("sum", header, "rate"),),
        sort=(Sort(header, descending=True),),
        columns=(header,),
        x=header,
    )
    assert parse("d", "r", format_view(view)) == view


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a=1", Filter("a", "eq", ("1",))),
        ("a__gte=1", Filter("a", "gte", ("1",))),
        ("a__b=1", Filter("a__b", "eq", ("1",))),
        ("a__b__lt=1", Filter("a__b", "lt", ("1",))),
        ("a___lt=1", Filter("a_", "lt", ("1",))),
        ("%22a__lt%22=1", Filter("a__lt", "eq", ("1",))),
        ("%22a__lt%22__lt=1", Filter("a__lt", "lt", ("1",))),
        ("%22di%22%22jo%22__ne=x", Filter('di"jo', "ne", ("x",))),
        ("system:index=5", Filter("system:index", "eq", ("5",))),
        (".geo__isnull=1", Filter(".geo", "isnull", ())),
        (".geo__isnull=0", Filter(".geo", "isnull", ("0",))),
        ("a=", Filter("a", "eq", ("",))),
        ("a", Filter("a", "eq", ("",))),
        ("a__in=1,%22b,c%22,", Filter("a", "in", ("1", "b,c", ""))),
        ("a=x,y", Filter("a", "eq", ("x,y",))),
        ("a=1+2%2B3", Filter("a", "eq", ("1 2+3",))),
        ("_entidad=14", Filter("_entidad", "eq", ("14",))),
        ("_municipio__in=11017,14039", Filter("_municipio", "in", ("11017", "14039"))),
        ("lookup:est:precio__gt=3", Filter("lookup:est:precio", "gt", ("3",))),
        ("lookup:est:%22a__gt%22=3", Filter("lookup:est:a__gt", "eq", ("3",))),
        ("30%25+++(F)__gt=1", Filter("30%   (F)", "gt", ("1",))),
    ],
)
def test_a_filter_is_read_as_it_is_meant(query: str, expected: Filter) -> None:
    assert parse("d", "r", query).filters == (expected,)


def test_empty_text_and_no_value_are_different_questions() -> None:
    assert parse("d", "r", "a=").filters != parse("d", "r", "a__isnull=1").filters


def test_repeated_keys_are_all_kept() -> None:
    assert parse("d", "r", "a=1&a=2&a=1").filters == (Filter("a", "eq", ("1",)), Filter("a", "eq", ("2",)))


def test_the_example_of_the_design_is_canonical_up_to_order() -> None:
    written = "entidad=Jalisco&anio__gte=2015&_group=fecha:month,tipo&_measure=avg:precio&_chart=line"
    view = parse("d", "r", written)
    assert view.groups == (Group("fecha", "month"), Group("tipo"))
    assert view.measures == (Measure("avg", "precio"),)
    assert format_view(view) == (
        "anio__gte=2015&entidad=Jalisco&_chart=line&_group=fecha:month,tipo&_measure=avg:precio"
    )


def test_defaults_are_left_out() -> None:
    assert format_view(parse("d", "r", "_page=1&_lang=es&_table=datos&_group=a&_measure=count")) == "_group=a"
    assert format_view(parse("d", "r", "_measure=count")) == "_measure=count"


def test_groups_without_a_measure_are_counted() -> None:
    assert parse("d", "r", "_group=a").measures == (Measure("count"),)


def test_the_address_names_dataset_resource_and_face() -> None:
    view = parse("delitos", "por-entidad", "a=1")
    assert address(view) == "/explora/delitos/por-entidad?a=1"
    assert address(view, ".json") == "/explora/delitos/por-entidad.json?a=1"
    assert address(View("d", "r"), ".svg") == "/explora/d/r.svg"


def test_a_sort_by_a_measure_or_a_period_is_named_as_written() -> None:
    view = parse("d", "r", "_sort=-sum:VALOR_USD,fecha:month,-%22a:b%22,-%22-c%22,rate:count")
    assert view.sort == (
        Sort("sum:VALOR_USD", True),
        Sort("fecha:month"),
        Sort("a:b", True),
        Sort("-c", True),
        Sort("rate:count"),
    )


@pytest.mark.parametrize(
    ("query", "nearest"),
    [("_grup=a", "_group"), ("_chrt=bar", "_chart"), ("_entidd=14", "_entidad"), ("_entidd__in=14", "_entidad")],
)
def test_an_unknown_reserved_word_names_the_nearest_one(query: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as caught:
        parse("d", "r", query)
    assert caught.value.nearest == nearest
    assert f"«{nearest}»" in caught.value.message


def test_an_unknown_measure_names_the_nearest_one() -> None:
    with pytest.raises(UnknownName, match="¿Quiso decir «median»"):
        parse("d", "r", "_measure=mediana:a")


@pytest.mark.parametrize(
    "query",
    [
        *("_page=0", "_page=-1", "_page=1.5", "_page=", "_page=1e3", "_page=NaN", "_page=٣", "_page=1000001"),
        *("_size=0", "_size=1001", "_size=10**9", "_size= 5", "_size=+5", "_page=1&_page=1", "_size=5&_size=6"),
        *("_bbox=1,2,3", "_bbox=a,b,c,d", "_bbox=10,0,-10,5", "_bbox=0,0,181,1", "_bbox=1e1,0,20,5"),
        *("_classes=quantile2", "_classes=equal10", "_classes=jenks5", "_level=colonia", "_lang=fr", "_chart=Bar"),
        *("_version=123", "_version=0123456789AB", "_version=0123456789abc", "_table="),
        *("_group=", "_group=a,", "_group=a:decade", "_group=a:bin0", "_group=a:bin501", "_group=a:month:b"),
        *("_measure=", "_measure=sum", "_measure=count:a", "_measure=rate:avg:a", "_measure=share:median:a"),
        *("_measure=q0:a", "_measure=q100:a", "_measure=q:a", "_measure=rate", "_measure=%22sum%22:a"),
        *("_columns=a%22b", "_columns=%22a", "_columns=_oculta", "_x=a,b", "_sort=-", "_sort=a,,b"),
        *("a__isnull=quizá", "=1", "_=1", "__gt=1", "%22a%22__foo=1", "%22a%22b=1", "lookup:%22a:b%22:c=1"),
    ],
)
def test_what_cannot_be_meant_is_a_bad_request(query: str) -> None:
    with pytest.raises(BadRequest):
        parse("d", "r", query)


def test_limits_of_length_filters_items_and_groups_hold() -> None:
    for query in (
        "a=" + "x" * MAX_ADDRESS,
        "&".join(f"a{i}=1" for i in range(51)),
        "&".join(f"a{i}=1" for i in range(101)),
        "a__in=" + ",".join(map(str, range(501))),
        "_group=" + ",".join(f"a{i}" for i in range(7)),
        "_measure=" + ",".join(f"sum:a{i}" for i in range(21)),
        "a=" + "é" * 2000,  # short as typed, over the limit once encoded
    ):
        with pytest.raises(BadRequest):
            parse("d", "r", query)
    assert len(parse("d", "r", "&".join(f"a{i}=1" for i in range(50))).filters) == 50
    assert len(parse("d", "r", "a__in=" + ",".join(map(str, range(500)))).filters[0].values) == 500


@given(st.lists(st.tuples(NAMES, TEXT), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_the_canonical_address_says_the_same_to_any_reader_of_query_strings(pairs: list[tuple[str, str]]) -> None:
    view = View("d", "r", filters=sort_filters(tuple(Filter(n, "eq", (v,)) for n, v in pairs)))
    values = [value for _, value in parse_qsl(format_view(view), keep_blank_values=True)]
    assert values == [f.values[0] for f in view.filters]
    assert all(quote(v, safe=":,/") in format_view(view) for v in values)
