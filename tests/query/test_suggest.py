"""What a table suggests by itself, and what a chart still needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import BadRequest
from model.table import Cell, Column, ColumnType, Role
from model.version import ColumnProfile, TableProfile
from model.view import Filter, Group, Measure, Sort, View
from query.address import format_view, parse
from query.compile import compile_view
from query.complete import complete, possible
from query.resolve import CHARTS, resolve
from query.schema import Schema
from query.suggest import suggest
from query.words import describe
from tests.query.world import SCHEMA, STATION_TABLE, TABLE, manifest

INT, NUM, TEXT, DAY, WHEN = (
    ColumnType.INTEGER,
    ColumnType.NUMBER,
    ColumnType.TEXT,
    ColumnType.DATE,
    ColumnType.TIMESTAMP,
)
Short = tuple[str, ColumnType, Role, int, Cell, Cell]


def table(name: str, rows: int, columns: Sequence[Short], places: tuple[str, ...] = ()) -> TableProfile:
    profiles = tuple(ColumnProfile(Column(c[0], c[1], c[2]), 0, c[3], c[4], c[5]) for c in columns)
    return TableProfile(name, name, rows, profiles, places=places)


def texts(name: str, role: Role, distinct: int) -> Short:
    return (name, TEXT, role, distinct, None, None)


SERIES = table(
    "datos",
    360,
    [
        ("PERIODO", DAY, Role.TIME, 360, date(1995, 1, 1), date(2024, 12, 1)),
        ("ID_FLUJO", INT, Role.IDENTIFIER, 1, 1, 1),
        texts("FLUJO", Role.CATEGORY, 1),
        ("OPERACIONES", INT, Role.MEASURE, 350, 5, 9_000_000),
        ("VALOR_USD", INT, Role.MEASURE, 360, 5, 9_000_000),
    ],
)
STATES = table(
    "datos",
    320,
    [
        ("anio", INT, Role.TIME, 10, 2015, 2024),
        texts("cve_ent", Role.STATE, 32),
        texts("entidad", Role.STATE, 32),
        ("homicidios", INT, Role.MEASURE, 300, 1, 5000),
    ],
    ("_entidad",),
)
BUDGET = table(
    "datos",
    900,
    [
        ("CICLO", INT, Role.TIME, 1, 2023, 2023),
        texts("RAMO", Role.CATEGORY, 28),
        texts("TIPO", Role.CATEGORY, 4),
        texts("PROGRAMA", Role.IDENTIFIER, 880),
        ("PRESUPUESTO", NUM, Role.MEASURE, 800, 0.0, 1e9),
    ],
)
DAMS = table(
    "datos",
    210,
    [
        texts("clave", Role.IDENTIFIER, 210),
        texts("nombreoficial", Role.TEXT, 208),
        texts("uso", Role.CATEGORY, 7),
        ("latitud", NUM, Role.LATITUDE, 210, 14.0, 32.0),
        ("longitud", NUM, Role.LONGITUDE, 210, -117.0, -87.0),
        ("alturacortina", NUM, Role.MEASURE, 100, 3.0, 261.0),
    ],
)
CODES = table("datos", 50, [texts("id", Role.IDENTIFIER, 50), texts("nota", Role.TEXT, 49)])
EMPTY = table("datos", 0, [("fecha", DAY, Role.TIME, 0, None, None), ("x", NUM, Role.MEASURE, 0, None, None)])
AIR_WIDE = table(
    "datos",
    8784,
    [
        ("FECHA", DAY, Role.TIME, 366, date(2024, 1, 1), date(2024, 12, 31)),
        *((code, INT, Role.MEASURE, 90, 0, 180) for code in ("ACO", "AJM", "AJU")),
    ],
)
AIR_LONG = table(
    "largo",
    26352,
    [
        ("FECHA", DAY, Role.TIME, 366, date(2024, 1, 1), date(2024, 12, 31)),
        texts("periodo", Role.CATEGORY, 3),
        ("valor", INT, Role.MEASURE, 150, 0, 180),
    ],
)
PRICES = table(
    "datos",
    27_700_000,
    [
        texts("station", Role.IDENTIFIER, 13_000),
        ("fecha", DAY, Role.TIME, 3000, date(2017, 1, 1), date(2025, 6, 30)),
        texts("producto", Role.CATEGORY, 3),
        ("precio", NUM, Role.MEASURE, 1800, 10.0, 30.0),
    ],
)


def addresses(*tables: TableProfile, resource: str = "por-entidad") -> list[str]:
    described = replace(manifest(tables), resource=resource)
    views = suggest(described)
    for view in views:
        resolved = resolve(view, Schema(described))
        assert compile_view(resolved, Schema(described), 100).rows.sql
        assert describe(resolved, Schema(described)).title
    return [format_view(v) for v in views]


def test_a_monthly_series_is_a_line_of_its_amounts() -> None:
    assert addresses(SERIES)[0] == "_chart=line&_group=PERIODO:month&_measure=sum:VALOR_USD"


def test_states_by_year_are_a_line_and_a_map_of_the_latest_year() -> None:
    assert addresses(STATES)[:3] == [
        "_chart=line&_group=anio&_measure=sum:homicidios",
        "anio=2024&_chart=map&_group=_entidad&_measure=sum:homicidios",
        "anio=2024&_chart=bar&_group=_entidad&_measure=sum:homicidios&_size=20&_sort=-sum:homicidios",
    ]


def test_a_budget_is_bars_and_a_treemap_by_its_kinds() -> None:
    found = addresses(BUDGET)
    assert found[0] == "_chart=bar&_group=RAMO&_measure=sum:PRESUPUESTO&_sort=-sum:PRESUPUESTO"
    assert "_chart=treemap&_group=RAMO,TIPO&_measure=sum:PRESUPUESTO" in found
    assert not any("line" in a or "PROGRAMA" in a for a in found)


def test_places_with_coordinates_are_points_with_their_names() -> None:
    assert addresses(DAMS)[0] == ("_chart=points&_columns=latitud,longitud,nombreoficial&_x=longitud&_y=latitud")


def test_identifiers_and_texts_alone_are_a_table() -> None:
    assert addresses(CODES) == ["_chart=table"]
    assert addresses(EMPTY) == ["_chart=table"]


def test_a_wide_table_is_drawn_from_its_long_form_and_listed_as_it_is() -> None:
    found = addresses(AIR_WIDE, AIR_LONG, resource="aire-o3-2024")
    assert found[0] == "_chart=line&_group=FECHA:day&_measure=avg:valor&_table=largo"
    assert found[-1] == "_chart=table"


def test_prices_are_averaged_and_millions_of_rows_are_no_scatter() -> None:
    found = addresses(PRICES)
    assert found[0] == "_chart=line&_group=fecha:month&_measure=avg:precio"
    assert not any("scatter" in a or "points" in a for a in found)


def test_the_latest_whole_year_leaves_out_the_one_that_has_begun() -> None:
    bars = next(a for a in addresses(PRICES) if "_chart=bar" in a)
    assert bars.startswith("fecha__gte=2024-01-01&fecha__lt=2025-01-01&")


KINDS = st.sampled_from(
    (
        *((TEXT, r) for r in (Role.CATEGORY, Role.TEXT, Role.IDENTIFIER, Role.STATE, Role.MUNICIPALITY, Role.TIME)),
        *((INT, r) for r in (Role.MEASURE, Role.IDENTIFIER, Role.TIME, Role.CATEGORY, Role.STATE)),
        *((NUM, r) for r in (Role.MEASURE, Role.LATITUDE, Role.LONGITUDE, Role.CATEGORY)),
        *((DAY, Role.TIME), (WHEN, Role.TIME), (DAY, Role.TEXT)),
        *((ColumnType.BOOLEAN, Role.CATEGORY), (ColumnType.GEOMETRY, Role.TEXT)),
    )
)
RANGES: dict[ColumnType, tuple[Cell, Cell]] = {
    INT: (1990, 2024),
    NUM: (-1.5, 7.25),
    DAY: (date(2001, 2, 3), date(2024, 5, 6)),
    WHEN: (datetime.fromisoformat("2024-01-01T00:00"), datetime.fromisoformat("2024-01-02T05:00")),
}


@st.composite
def tables(draw: st.DrawFn) -> TableProfile:
    columns: list[Short] = []
    for i, (type_, role) in enumerate(draw(st.lists(KINDS, max_size=8))):
        distinct = draw(st.sampled_from((0, 1, 2, 12, 40, 5000)))
        low, high = RANGES.get(type_, (None, None)) if distinct else (None, None)
        columns.append((f"c{i}: {role}", type_, role, distinct, low, high))
    roles = {c[2] for c in columns}
    places = (("_entidad",) if Role.STATE in roles else ()) + (("_municipio",) if Role.MUNICIPALITY in roles else ())
    return table("datos", draw(st.sampled_from((0, 100, 10**7))), columns, places)


@given(tables())
@settings(max_examples=300, deadline=None)
def test_any_table_has_suggestions_that_can_be_asked_and_never_draw_identifiers(profile: TableProfile) -> None:
    described = manifest((profile,))
    views = suggest(described)
    assert 1 <= len(views) <= 6
    assert views[-1].chart == "table"
    assert len(set(views)) == len(views)
    shy = {p.column.name for p in profile.columns if p.column.role in (Role.IDENTIFIER, Role.TEXT)}
    for view in views:
        asked = resolve(parse("d", "r", format_view(view)), Schema(described))
        assert compile_view(asked, Schema(described), 10).rows.sql
        assert describe(asked, Schema(described)).title
        assert complete(view, profile) == view
        assert not shy & {g.column for g in view.groups}
        assert not shy & {m.column for m in view.measures}


@given(tables())
@settings(max_examples=200, deadline=None)
def test_a_chart_is_possible_exactly_where_it_can_be_completed(profile: TableProfile) -> None:
    schema = Schema(manifest((profile,)))
    can = possible(profile)
    assert can[0] == "table"
    for chart in CHARTS:
        bare = resolve(View("d", "r", chart=chart), schema)
        if chart not in can:
            with pytest.raises(BadRequest, match="hace"):
                complete(bare, profile)
            continue
        done = complete(bare, profile)
        assert done.chart == chart
        assert complete(done, profile) == done
        assert resolve(done, schema) == done
        assert compile_view(done, schema, 10).rows.sql


SWITCHED = (
    *("_group=tipo", "_group=tipo,anio&_measure=sum:casos&_sort=-sum:casos", "_group=fecha:month&_measure=avg:casos"),
    *("_columns=tipo,casos&_sort=-casos", "_group=_municipio&_measure=rate:count", "_x=casos&_y=VALOR_USD"),
    *("_x=tipo&_y=casos&_color=vigente", "_group=tipo&_measure=q5:casos,q25:casos,median:casos,q75:casos,q95:casos"),
    *("_group=casos:bin5&_x=casos:bin5&_y=count", "_measure=sum:casos", "_x=fecha:month&_facet=tipo", "entidad=14"),
    *("_group=lookup:est:nombre&_color=lookup:est:nombre", "_columns=lookup:est:nombre&_x=lookup:est:nombre"),
)


@pytest.mark.parametrize("chart", [c for c in CHARTS if c != "table"])
@pytest.mark.parametrize("before", SWITCHED)
def test_any_view_can_be_switched_to_any_chart(before: str, chart: str) -> None:
    schema = replace(SCHEMA, population=replace(STATION_TABLE, places=("_entidad", "_municipio")))
    view = resolve(parse("delitos", "por-entidad", before), schema)
    done = complete(replace(view, chart=chart), TABLE, schema.lookups)
    assert done.filters == view.filters
    assert complete(done, TABLE, schema.lookups) == done
    assert resolve(done, schema) == done
    compile_view(done, schema, 10)


def made(query: str) -> View:
    view = resolve(parse("delitos", "por-entidad", query), SCHEMA)
    return complete(view, TABLE, SCHEMA.lookups)


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
        complete(View("d", "r", chart="points"), TABLE)
    with pytest.raises(BadRequest, match="fechas o de años"):
        complete(View("d", "r", chart="line"), CODES)
