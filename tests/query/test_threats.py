"""Hostile addresses: no value or name becomes SQL, no file is reached, no limit is passed (threats C1, C2, C4)."""

from __future__ import annotations

import re
from contextlib import suppress

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from model.errors import BadRequest, UnknownName
from model.table import Column, ColumnType, Role
from model.view import Filter, Group, Measure, Sort, View
from query.address import MAX_SIZE, format_view, parse
from query.compile import compile_view
from query.resolve import resolve
from query.schema import Schema
from query.words import describe
from tests.query.world import SCHEMA, World, create, manifest, profile

INJECTIONS = (
    "' OR 1=1 --",
    "x'; DROP TABLE datos; --",
    '" OR ""="',
    "') UNION SELECT * FROM read_text('/etc/passwd') --",
    "1; COPY datos TO '/tmp/x'",
    "'||getenv('HOME')||'",
    "$1",
    "?",
    ":0",
    "/* */",
    "\\'",
    "%27%20OR%201",
    "1e309",
    "sleep(10)",
    "{{7*7}}",
    "{0.__class__}",
)
FILE_READERS = (
    "read_text('/etc/passwd')",
    "count(*) from read_csv('/etc/passwd')",
    "*",
    "t.*",
    "rowid",
    "/etc/passwd",
    "datos; select 1",
)
NASTY = st.one_of(st.sampled_from(INJECTIONS), st.text(st.characters(codec="utf-8"), max_size=15))


@given(NASTY, st.sampled_from(("eq", "ne", "contains", "starts")))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_stand_outside_the_sql(world: World, value: str, operator: str) -> None:
    if "\0" in value:
        return
    query = format_view(View("d", "r", filters=(Filter("tipo", operator, (value,)),)))
    compiled = compile_view(resolve(parse("delitos", "por-entidad", query), SCHEMA), SCHEMA, 10)
    plain = compile_view(resolve(parse("delitos", "por-entidad", f"tipo__{operator}=robo"), SCHEMA), SCHEMA, 10)
    assert compiled.rows.sql == plain.rows.sql
    assert compiled.rows.parameters[0] == value
    world.run(compiled.rows)


@given(st.lists(NASTY, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lists_of_values_stand_outside_the_sql(world: World, values: list[str]) -> None:
    if any("\0" in v for v in values):
        return
    query = format_view(View("d", "r", filters=(Filter("tipo", "in", tuple(values)),)))
    view = resolve(parse("delitos", "por-entidad", query), SCHEMA)
    compiled = compile_view(view, SCHEMA, 10).rows
    assert set(compiled.parameters[:-1]) == set(values)
    assert compiled.sql.count("?") == len(compiled.parameters)
    world.run(compiled)


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=20))
@example('a"; DROP TABLE x; --')
@example("$\x01")
@example("?")
@example("[b")
@example("\\")
@settings(max_examples=150, deadline=None)
def test_any_header_is_a_name_and_nothing_else(name: str) -> None:
    columns = (Column(name, ColumnType.TEXT, Role.CATEGORY), Column(f"{name}_n", ColumnType.INTEGER, Role.MEASURE))
    connection = duckdb.connect()
    create(connection, "0123456789ab", columns, (("a", 1), ("b", 2), ("b", 3)))
    small = World(connection, Schema(manifest((profile("datos", columns, (("a", 1), ("b", 2), ("b", 3))),))))
    raw = View("d", "r", filters=(Filter(name, "eq", ("b",)),), columns=(f"{name}_n",), sort=(Sort(name, True),))
    assert [r[0] for r in small.ask(format_view(raw)).rows] == [2, 3]
    grouped = View("d", "r", groups=(Group(name),), measures=(Measure("sum", f"{name}_n"),))
    assert small.ask(format_view(grouped)).rows == (("a", 1), ("b", 5))
    connection.close()


@pytest.mark.parametrize("text", [*INJECTIONS, *FILE_READERS])
@pytest.mark.parametrize("part", ["_sort", "_columns", "_group", "_measure", "_x", "_color", "_table", "_facet"])
def test_expressions_are_unknown_names(part: str, text: str) -> None:
    shapes = {"_measure": Measure("sum", text), "_group": Group(text)}
    view = View("delitos", "por-entidad")
    if part == "_measure":
        view = View("delitos", "por-entidad", measures=(shapes["_measure"],))  # type: ignore[arg-type]
    elif part == "_group":
        view = View("delitos", "por-entidad", groups=(shapes["_group"],))  # type: ignore[arg-type]
    elif part == "_columns":
        view = View("delitos", "por-entidad", columns=(text,))
    elif part == "_sort":
        view = View("delitos", "por-entidad", sort=(Sort(text),))
    elif part == "_table":
        view = View("delitos", "por-entidad", table=text)
    else:
        view = View("delitos", "por-entidad", **{part[1:]: text})  # type: ignore[arg-type]
    again = parse("delitos", "por-entidad", format_view(view))
    with pytest.raises(UnknownName):
        resolve(again, SCHEMA)


@given(
    st.text(max_size=80), st.lists(st.sampled_from(sorted(c.column.name for c in SCHEMA.manifest.tables[0].columns)))
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_passes_runs_and_the_rest_is_a_bad_request(world: World, text: str, names: list[str]) -> None:
    query = "&".join((text, *(f'"{name}"__gte={text}' for name in names)))
    with suppress(BadRequest):
        view = resolve(parse("delitos", "por-entidad", query), SCHEMA)
        world.run(compile_view(view, SCHEMA, 10).rows)
        describe(view, SCHEMA)


PIECES = st.sampled_from(
    (
        *("_group=tipo", "_group=fecha:month,_entidad", "_group=VALOR_USD:bin7", "_group=lookup:est:nombre,anio"),
        *("_measure=count", "_measure=rate:sum:casos,share:count", "_measure=q7:VALOR_USD,distinct:tipo,max:fecha"),
        *("_sort=-count", "_sort=tipo,-casos", "_size=3", "_page=2", "_page=1000000&_size=1000", "_lang=en"),
        *("_bbox=-104,20,-103,21", "entidad=Jalisco", "entidad__ne=Jalisco", "casos__gt=2", "fecha__lte=2020"),
        *("hora__gt=2020-01", "tipo__in=robo,fraude", "tipo__isnull=0", "lookup:est:nombre__contains=o"),
        *("vigente=1", "_columns=casos,lookup:est:nombre", "_municipio__starts=1", "fecha__gt=9999-12-30"),
        *("fecha__lt=0001-01-02", "casos__lt=" + "9" * 37, "VALOR_USD=1e308", "hora__lte=9999-12-30"),
    )
)


@given(st.lists(PIECES, max_size=7, unique=True))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_mix_of_right_pieces_runs_or_is_a_bad_request(world: World, pieces: list[str]) -> None:
    with suppress(BadRequest):
        view = resolve(parse("delitos", "por-entidad", "&".join(pieces)), SCHEMA)
        compiled = compile_view(view, SCHEMA, 50)
        for query in (compiled.rows, compiled.total):
            assert query.sql.count("?") == len(query.parameters)
            assert all(len(row) == len(query.columns) for row in world.run(query))
        assert describe(view, SCHEMA).title
        assert resolve(view, SCHEMA) == view
        assert format_view(parse("delitos", "por-entidad", format_view(view))) == format_view(view)


@pytest.mark.parametrize("size", ["10**9", "1000000000", "-1", "1.5", "", "1e3", "NaN", "0", "1001", "5&_size=5"])
def test_no_page_is_larger_than_the_documented_size(size: str) -> None:
    with pytest.raises(BadRequest):
        parse("d", "r", f"_size={size}")
    assert parse("d", "r", f"_size={MAX_SIZE}").size == 1000


def test_a_message_never_echoes_more_than_a_little_of_the_address() -> None:
    long = "x" * 5000
    for query in (
        f"{long}=1",
        f"casos={long}",
        f"_chart={long}",
        f"_measure={long}:a",
        f"_group=a:{long}",
        f"_{long}=1",
    ):
        with pytest.raises(BadRequest) as caught:
            resolve(parse("delitos", "por-entidad", query), SCHEMA)
        assert len(caught.value.message) < 300


def test_the_sql_names_only_tables_of_the_lake() -> None:
    query = "_group=_entidad,lookup:est:nombre&_measure=rate:sum:casos&_bbox=0,0,1,1"
    with pytest.raises(BadRequest):
        resolve(parse("delitos", "por-entidad", query), SCHEMA)
    view = resolve(parse("delitos", "por-entidad", query.partition("&_bbox")[0]), SCHEMA)
    compiled = compile_view(view, SCHEMA, 10)
    for asked in (compiled.rows, compiled.total):
        found = set(re.findall(r'(?:FROM|JOIN) "(v[0-9a-f]{12})"\."datos"', asked.sql))
        assert found == {f"v{ref.version}" for ref in asked.tables}
