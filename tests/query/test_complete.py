"""What a chart still needs, filled in from the table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from model.errors import BadRequest
from model.table import Role
from model.version import TableProfile
from model.view import Filter, Group, Measure, Sort, View
from portal.portal import charts
from query.address import parse
from query.compile import compile_view
from query.complete import complete, possible
from query.resolve import resolve
from query.schema import Schema
from tests.query.tables import table, tables, texts
from tests.query.world import SCHEMA, STATION_TABLE, TABLE, manifest

CODES = table("datos", 50, [texts("id", Role.IDENTIFIER, 50), texts("nota", Role.TEXT, 49)])


@given(tables())
@settings(max_examples=200, deadline=None)
def test_a_chart_is_possible_exactly_where_it_can_be_completed(profile: TableProfile) -> None:
    schema = Schema(manifest((profile,)))
    can = possible(profile, charts())
    assert can[0] == "table"
    for chart in charts():
        bare = resolve(View("d", "r", chart=chart), schema)
        if chart not in can:
            with pytest.raises(BadRequest, match="hace"):
                complete(bare, profile, charts())
            continue
        done = complete(bare, profile, charts())
        assert done.chart == chart
        assert complete(done, profile, charts()) == done
        assert resolve(done, schema) == done
        assert compile_view(done, schema, 10).rows.sql


SWITCHED = (
    *("_group=tipo", "_group=tipo,anio&_measure=sum:casos&_sort=-sum:casos", "_group=fecha:month&_measure=avg:casos"),
    *("_columns=tipo,casos&_sort=-casos", "_group=_municipio&_measure=rate:count", "_x=casos&_y=VALOR_USD"),
    *("_x=tipo&_y=casos&_color=vigente", "_group=tipo&_measure=q5:casos,q25:casos,median:casos,q75:casos,q95:casos"),
    *("_group=casos:bin5&_x=casos:bin5&_y=count", "_measure=sum:casos", "_x=fecha:month&_facet=tipo", "entidad=14"),
    *("_group=lookup:est:nombre&_color=lookup:est:nombre", "_columns=lookup:est:nombre&_x=lookup:est:nombre"),
)


@pytest.mark.parametrize("chart", list(charts()))
@pytest.mark.parametrize("before", SWITCHED)
def test_any_view_can_be_switched_to_any_chart(before: str, chart: str) -> None:
    schema = replace(SCHEMA, population=replace(STATION_TABLE, places=("_entidad", "_municipio")))
    view = resolve(parse("delitos", "por-entidad", before), schema)
    view = view if charts()[chart].facets else replace(view, facet="")
    done = complete(replace(view, chart=chart), TABLE, charts(), schema.lookups)
    assert done.filters == view.filters
    assert complete(done, TABLE, charts(), schema.lookups) == done
    assert resolve(done, schema) == done
    compile_view(done, schema, 10)


def made(query: str) -> View:
    view = resolve(parse("delitos", "por-entidad", query), SCHEMA)
    return complete(view, TABLE, charts(), SCHEMA.lookups)


def test_bars_are_sorted_by_their_figure_unless_time_orders_them() -> None:
    assert made("_chart=bar&_group=tipo").sort == (Sort("count", descending=True),)
    assert made("_chart=bar&_group=fecha:month").sort == ()
    assert made("_chart=bar&_group=tipo&_sort=tipo&_measure=sum:casos").sort == (Sort("tipo"),)


def test_a_line_puts_time_first_and_colours_by_what_was_there() -> None:
    assert made("_chart=line&_group=tipo&_measure=sum:casos").groups == (Group("fecha", "month"), Group("tipo"))


def test_axes_say_what_to_group_and_measure() -> None:
    view = made("_chart=bar&_x=tipo&_y=casos&_color=vigente")
    assert view.groups == (Group("tipo"), Group("vigente"))
    assert view.measures == (Measure("sum", "casos"),)
    assert (view.x, view.y, view.color) == ("tipo", "sum:casos", "vigente")


def test_a_histogram_takes_the_column_that_was_measured() -> None:
    view = made("_chart=histogram&_group=tipo&_measure=sum:casos&_sort=-sum:casos")
    assert view.groups == (Group("casos", "bin20"),)
    assert view.measures == (Measure("count"),)
    assert view.sort == ()


def test_a_box_has_five_quantiles_of_one_column() -> None:
    view = made("_chart=box&_group=tipo&_measure=avg:casos")
    assert [m.function for m in view.measures] == ["q5", "q25", "median", "q75", "q95"]
    assert {m.column for m in view.measures} == {"casos"}


def test_a_scatter_has_two_columns_of_rows() -> None:
    view = made("_chart=scatter&_x=casos&_color=tipo")
    assert (view.x, view.y, view.columns) == ("casos", "VALOR_USD", ("casos", "VALOR_USD", "tipo"))
    assert not view.grouped


def test_a_map_inside_one_state_shows_its_municipalities() -> None:
    assert made("_chart=map").groups == (Group("_entidad"),)
    assert made("_chart=map&entidad=Jalisco").groups == (Group("_municipio"),)
    assert made("_chart=map&_level=municipio").groups == (Group("_municipio"),)
    assert made("_chart=map&entidad=Jalisco&_level=entidad").groups == (Group("_entidad"),)


def test_points_may_come_from_a_lookup() -> None:
    view = made("_chart=points&tipo=robo")
    assert (view.x, view.y) == ("lookup:est:location/lon", "lookup:est:location/lat")
    assert view.filters == (Filter("tipo", "eq", ("robo",)),)


def test_what_is_lacking_is_said() -> None:
    with pytest.raises(BadRequest, match="latitud y longitud"):
        complete(View("d", "r", chart="points"), TABLE, charts())
    with pytest.raises(BadRequest, match="fechas o de años"):
        complete(View("d", "r", chart="line"), CODES, charts())


@pytest.mark.parametrize("chart", [name for name, kind in charts().items() if not kind.facets])
def test_a_chart_that_cannot_be_repeated_says_which_ones_can(chart: str) -> None:
    with pytest.raises(BadRequest, match="no se puede repetir") as refused:
        made(f"_chart={chart}&_facet=tipo")
    assert "Barras (bar)" in refused.value.message
    assert f"({chart})" not in refused.value.message


@pytest.mark.parametrize("chart", [name for name, kind in charts().items() if kind.facets])
def test_a_facet_asked_of_a_bare_view_stays(chart: str) -> None:
    view = made(f"_chart={chart}&_facet=vigente")
    assert view.facet == "vigente"
    assert Group("vigente") in view.groups or "vigente" in view.columns
    assert len(view.groups) in (0, 2, 3)


def test_a_facet_is_never_the_first_axis_too() -> None:
    assert made("_chart=bar&_facet=tipo").groups[0] != Group("tipo")
    assert made("_chart=box&_facet=tipo").groups[0] != Group("tipo")
    assert made("_chart=map&_facet=tipo").groups == (Group("_entidad"), Group("tipo"))
    assert made("_chart=heatmap&_group=anio,vigente,tipo&_facet=tipo").groups[2] == Group("tipo")
    assert made("_chart=histogram&_x=casos&_facet=tipo").groups == (Group("casos", "bin20"), Group("tipo"))


def test_a_box_has_one_category_whatever_was_grouped_before() -> None:
    assert made("_chart=box&_group=tipo,vigente").groups == (Group("tipo"),)


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ("_chart=bar&_group=_entidad&_facet=anio", (Group("_entidad"), Group("anio"))),
        ("_chart=bar&_group=_entidad&_color=tipo", (Group("_entidad"), Group("tipo"))),
        ("_chart=line&_group=tipo&_x=fecha:month", (Group("fecha", "month"), Group("tipo"))),
        ("_chart=line&_group=anio&_facet=_entidad&_color=tipo", (Group("anio"), Group("tipo"), Group("_entidad"))),
        ("_chart=map&_group=_entidad&_facet=anio", (Group("_entidad"), Group("anio"))),
    ],
)
def test_a_column_that_an_axis_a_colour_or_a_facet_names_is_grouped_by(query: str, groups: tuple[Group, ...]) -> None:
    view = resolve(parse("delitos", "por-entidad", query), SCHEMA, charts())
    done = complete(view, TABLE, charts(), SCHEMA.lookups)
    assert done.groups == groups
    assert (done.x, done.color, done.facet) == (view.x, view.color, view.facet)
    assert complete(done, TABLE, charts(), SCHEMA.lookups) == done


@pytest.mark.parametrize(
    "query", ["_chart=bar&_group=tipo&_facet=nada", "_group=tipo&_facet=anio", "_chart=bar&_group=tipo&_y=anio"]
)
def test_what_cannot_be_grouped_by_is_still_not_in_the_answer(query: str) -> None:
    with pytest.raises(BadRequest, match="No existe"):
        resolve(parse("delitos", "por-entidad", query), SCHEMA, charts())
