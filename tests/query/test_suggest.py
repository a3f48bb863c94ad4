"""What a table suggests by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from model.table import Role
from model.version import TableProfile
from portal.portal import charts
from query.address import format_view, parse
from query.compile import compile_view
from query.complete import complete
from query.resolve import resolve
from query.schema import Schema
from query.suggest import suggest
from query.words import describe
from tests.query.tables import DAY, INT, NUM, Short, table, tables, texts
from tests.query.world import manifest

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
    views = suggest(described, charts())
    for view in views:
        resolved = resolve(view, Schema(described))
        assert compile_view(resolved, Schema(described), 100).rows.sql
        assert describe(resolved, Schema(described), charts=charts()).title
    return [format_view(v) for v in views]


def test_a_monthly_series_is_a_line_of_its_amounts() -> None:
    assert addresses(SERIES)[0] == "_chart=line&_group=PERIODO:month&_measure=sum:VALOR_USD"


def test_states_by_year_are_a_line_and_a_map_of_the_latest_year() -> None:
    assert addresses(STATES)[:3] == [
        "_chart=line&_group=anio&_measure=sum:homicidios",
        "anio=2024&_chart=map&_group=_entidad&_measure=sum:homicidios",
        "anio=2024&_chart=bar&_group=_entidad&_measure=sum:homicidios&_sort=-sum:homicidios",
    ]


def test_a_budget_is_bars_and_a_treemap_by_its_kinds() -> None:
    found = addresses(BUDGET)
    assert found[0] == "_chart=bar&_group=RAMO&_measure=sum:PRESUPUESTO&_sort=-sum:PRESUPUESTO"
    assert "_chart=treemap&_group=TIPO,RAMO&_measure=sum:PRESUPUESTO" in found
    assert not any("line" in a or "PROGRAMA" in a for a in found)


def test_places_with_coordinates_are_points_with_their_names() -> None:
    assert addresses(DAMS)[0] == ("_chart=points&_columns=latitud,longitud,nombreoficial&_x=longitud&_y=latitud")


def test_identifiers_and_texts_alone_are_a_table() -> None:
    assert addresses(CODES) == ["_chart=table"]
    assert addresses(EMPTY) == ["_chart=table"]


def test_a_wide_table_is_drawn_from_its_long_form_and_listed_as_it_is() -> None:
    found = addresses(AIR_WIDE, AIR_LONG, resource="aire-o3-2024")
    assert found[0] == "_chart=line&_group=FECHA:day,periodo&_measure=avg:valor&_table=largo"
    assert found[-1] == "_chart=table"


def test_prices_are_averaged_and_millions_of_rows_are_no_scatter() -> None:
    found = addresses(PRICES)
    assert found[0] == "_chart=line&_group=fecha:month,producto&_measure=avg:precio"
    assert not any("scatter" in a or "points" in a for a in found)


def test_years_and_running_numbers_are_no_figures() -> None:
    numbers: list[Short] = [
        ("inicio", INT, Role.MEASURE, 60, 1550, 2012),
        ("numero", INT, Role.MEASURE, 210, 1, 210),
        ("altura", NUM, Role.MEASURE, 200, 3.0, 261.0),
    ]
    found = addresses(table("datos", 210, [texts("uso", Role.CATEGORY, 7), *numbers]))
    assert found[0] == "_chart=bar&_group=uso&_measure=avg:altura&_sort=-avg:altura"
    assert not any("inicio" in a or "numero" in a for a in found)


def test_cumulative_figures_are_added_up_within_a_moment_only() -> None:
    cases = table(
        "datos",
        16_000,
        [
            texts("Estado", Role.STATE, 32),
            ("dia", DAY, Role.TIME, 500, date(2020, 1, 23), date(2021, 6, 5)),
            ("valor", INT, Role.MEASURE, 900, 0, 700_000),
        ],
        ("_entidad",),
    )
    found = addresses(cases, resource="casos-acumulados")
    assert found[0] == "_chart=line&_group=dia:day&_measure=sum:valor"
    assert found[1] == "dia__gte=2021-01-01&dia__lt=2022-01-01&_chart=map&_group=_entidad&_measure=max:valor"


def test_a_date_a_quarter_is_drawn_by_quarters_up_to_the_last_whole_year() -> None:
    quarterly = table(
        "datos",
        2944,
        [
            texts("entidad", Role.STATE, 32),
            ("PERIODO", DAY, Role.TIME, 92, date(2003, 1, 1), date(2025, 10, 1)),
            ("VALOR_USD", INT, Role.MEASURE, 2900, 5, 9_000_000),
        ],
        ("_entidad",),
    )
    found = addresses(quarterly)
    assert found[0] == "_chart=line&_group=PERIODO:quarter&_measure=sum:VALOR_USD"
    assert found[1].startswith("PERIODO__gte=2025-01-01&PERIODO__lt=2026-01-01&_chart=map")


def test_a_line_does_not_mix_a_few_kinds_but_mixes_parts_of_the_year() -> None:
    flows = [
        ("PERIODO", DAY, Role.TIME, 360, date(1995, 1, 1), date(2024, 12, 1)),
        texts("trimestre", Role.CATEGORY, 4),
    ]
    amount = ("VALOR_USD", INT, Role.MEASURE, 700, 5, 9_000_000)
    mixed = addresses(table("datos", 720, [*flows, amount]))
    apart = addresses(table("datos", 720, [*flows, texts("FLUJO", Role.CATEGORY, 2), amount]))
    assert mixed[0] == "_chart=line&_group=PERIODO:month&_measure=sum:VALOR_USD"
    assert apart[0] == "_chart=line&_group=PERIODO:month,FLUJO&_measure=sum:VALOR_USD"


def test_columns_that_measure_one_thing_in_several_places_are_drawn_together() -> None:
    counters = [(f"Contador Ruta {name}", INT, Role.MEASURE, 90, 0, 180) for name in ("Reforma", "Patriotismo", "Sur")]
    wide = table("datos", 366, [("dia", DAY, Role.TIME, 366, date(2024, 1, 1), date(2024, 12, 31)), *counters])
    assert addresses(wide)[0] == (
        "_chart=line&_group=dia:day&_measure=sum:Contador%20Ruta%20Reforma,sum:Contador%20Ruta%20Patriotismo,"
        "sum:Contador%20Ruta%20Sur"
    )


def test_spells_with_a_beginning_and_an_end_are_a_map_over_all_years() -> None:
    spells = table(
        "datos",
        12_000,
        [
            texts("cve_ent", Role.STATE, 32),
            ("fecha_inicio", DAY, Role.TIME, 380, date(2003, 1, 1), date(2025, 5, 16)),
            ("fecha_fin", DAY, Role.TIME, 370, date(2003, 5, 31), date(2025, 8, 15)),
            ("racha_dias", INT, Role.MEASURE, 380, 13, 4868),
        ],
        ("_entidad",),
    )
    assert addresses(spells)[0] == "_chart=map&_group=_entidad&_measure=avg:racha_dias"


def test_stages_of_a_budget_are_not_added_up() -> None:
    ramo, programa, monto = BUDGET.columns[1], BUDGET.columns[2], BUDGET.columns[4]
    stage = table("datos", 900, [texts("momento", Role.CATEGORY, 3)]).columns[0]
    stage = replace(stage, top=(("Aprobado", 300), ("Modificado", 300), ("Ejercido", 300)))
    found = addresses(replace(BUDGET, columns=(ramo, programa, stage, monto)))
    assert found[0] == "momento=Ejercido&_chart=bar&_group=RAMO&_measure=sum:PRESUPUESTO&_sort=-sum:PRESUPUESTO"
    assert all(address.startswith("momento=Ejercido&") for address in found[:-1])
    assert found[-1] == "_chart=table"


def test_an_outline_whose_headings_have_columns_of_their_own_is_a_table() -> None:
    headed = table(
        "datos",
        4805,
        [
            texts("ente", Role.CATEGORY, 4),
            texts("ramo", Role.CATEGORY, 14),
            ("TOTAL", NUM, Role.MEASURE, 2000, 0.0, 1e12),
        ],
    )
    hollow = tuple(replace(p, nulls=4700) if p.column.role is Role.CATEGORY else p for p in headed.columns)
    assert addresses(replace(headed, columns=hollow)) == ["_chart=table"]


def test_points_are_named_by_the_column_that_tells_most_of_them_apart() -> None:
    names = [
        texts("geo_point", Role.TEXT, 210),
        texts("nom_cuenca", Role.TEXT, 126),
        texts("Nomb_Presa", Role.TEXT, 200),
    ]
    named = table(
        "datos", 210, [*names, *((p.column.name, NUM, p.column.role, 208, -99.0, 20.0) for p in DAMS.columns[3:5])]
    )
    assert addresses(named)[0] == "_chart=points&_columns=latitud,longitud,Nomb_Presa&_x=longitud&_y=latitud"


def test_a_month_a_row_is_drawn_by_months_however_few() -> None:
    few = table(
        "datos",
        90,
        [("mes", DAY, Role.TIME, 3, date(2026, 1, 1), date(2026, 3, 1)), ("casos", INT, Role.MEASURE, 80, 0, 99)],
    )
    assert addresses(few)[0] == "_chart=line&_group=mes:month&_measure=sum:casos"


def test_the_latest_whole_year_leaves_out_the_one_that_has_begun() -> None:
    bars = next(a for a in addresses(PRICES) if "_chart=bar" in a)
    assert bars.startswith("fecha__gte=2024-01-01&fecha__lt=2025-01-01&")


@given(tables())
@settings(max_examples=300, deadline=None)
def test_any_table_has_suggestions_that_can_be_asked_and_never_draw_identifiers(profile: TableProfile) -> None:
    described = manifest((profile,))
    views = suggest(described, charts())
    assert 1 <= len(views) <= 6
    assert views[-1].chart == "table"
    assert len(set(views)) == len(views)
    shy = {p.column.name for p in profile.columns if p.column.role in (Role.IDENTIFIER, Role.TEXT)}
    for view in views:
        asked = resolve(parse("d", "r", format_view(view)), Schema(described))
        assert compile_view(asked, Schema(described), 10).rows.sql
        assert describe(asked, Schema(described)).title
        assert complete(view, profile, charts()) == view
        assert not shy & {g.column for g in view.groups}
        assert not shy & {m.column for m in view.measures}
