"""Tables of places and of months: the product's figures equal the source file's."""

from __future__ import annotations

import statistics

import pytest

from tests.acceptance.conftest import Asker
from tests.acceptance.sources import added, counted, numbers, rows

pytestmark = pytest.mark.acceptance
LONG = ("_table", "largo")
CRIMES = "incidencia-delictiva-del-fuero-comun-por-estado/estatal-2026"
REMITTANCES = "remesas-familiares/por-entidad"
MONTHLY = "remesas-familiares/mensual-nacional"
DAMS = "catalogo-de-presas-principales/presas"
DROUGHT = "rachas-maximas-de-sequia-por-municipio/rachas"
KEYS = "rachas-maximas-de-sequia-por-municipio/claves-de-municipios"
CASES = "covid-19-casos-confirmados-acumulados-por-estado/confirmados"
PLANTS = "plantas-de-tratamiento-de-aguas-residuales/plantas"
MONTHS = {"Enero": "2026-01-01", "Febrero": "2026-02-01", "Marzo": "2026-03-01"}


def crimes() -> list[dict[str, str]]:
    return rows("incidencia_delictiva_estatal_2026.csv", "cp1252")


def test_crimes_by_month_come_from_the_columns_of_months(ask: Asker) -> None:
    expected = {day: sum(numbers(crimes(), month)) for month, day in MONTHS.items()}
    assert ask.by(CRIMES, "periodo:month", "sum:valor", LONG) == expected


def test_crimes_by_state_and_kind(ask: Asker) -> None:
    long = [{**row, "n": row[month]} for row in crimes() for month in MONTHS]
    assert ask.by(CRIMES, "_entidad", "sum:valor", LONG) == added(long, "Clave_Ent", "n")
    guanajuato = [row for row in long if row["Entidad"] == "Guanajuato"]
    found = ask.by(CRIMES, "Tipo de delito", "sum:valor", LONG, ("Entidad", "Guanajuato"))
    assert found == added(guanajuato, "Tipo de delito", "n")
    assert found == ask.by(CRIMES, "Tipo de delito", "sum:valor", LONG, ("_entidad", "11"))


def test_shares_of_crimes_are_per_cent_of_the_whole(ask: Asker) -> None:
    sums = added(crimes(), "Clave_Ent", "Enero")
    whole = sum(sums.values())
    found = ask.by(CRIMES, "_entidad", "share:sum:Enero")
    assert found == pytest.approx({key: 100 * n / whole for key, n in sums.items()}, rel=1e-9)


@pytest.mark.parametrize(("year", "resource"), [("2024", "lluvia-2024"), ("2025", "lluvia-2025")])
def test_rain_of_a_month_is_the_average_of_the_municipalities(ask: Asker, year: str, resource: str) -> None:
    source = rows(f"mex_chirps_pr_mm_mun_month_{year}.csv")
    rain = f"lluvia-mensual-por-municipio-chirps/{resource}"
    months = [name for name in source[0] if name.isdigit()]
    expected = {f"{year}-{m}-01": statistics.fmean(numbers(source, m)) for m in months}
    assert ask.by(rain, "periodo:month", "avg:valor", LONG) == pytest.approx(expected, rel=1e-9)
    places = {row["CVEGEO"]: float(row[months[0]]) for row in source if row["CVE_ENT"] == "14"}
    first = ("periodo", f"{year}-01-01")
    found = ask.by(rain, "_municipio", "max:valor", LONG, first, ("_entidad", "14"))
    assert found == pytest.approx(places, rel=1e-9)


def test_remittances_by_year_and_by_state(ask: Asker) -> None:
    source = rows("remesas_entidad.csv")
    expected = added(source, lambda row: f"{row['PERIODO'][:4]}-01-01", "VALOR_USD")
    assert ask.by(REMITTANCES, "PERIODO:year", "sum:VALOR_USD") == expected
    recent = [row for row in source if row["PERIODO"].startswith("2025")]
    during = (("PERIODO__gte", "2025-01-01"), ("PERIODO__lt", "2026-01-01"))
    found = ask.by(REMITTANCES, "_entidad", "sum:VALOR_USD", *during)
    assert found == added(recent, lambda row: row["CVE_ENT"].zfill(2), "VALOR_USD")
    assert ask.by(REMITTANCES, "ENTIDAD", "sum:VALOR_USD", *during) == added(recent, "ENTIDAD", "VALOR_USD")


def test_monthly_remittances_by_flow(ask: Asker) -> None:
    source = rows("remesas_mensuales.csv")
    assert ask.by(MONTHLY, "FLUJO", "sum:VALOR_USD") == added(source, "FLUJO", "VALOR_USD")
    assert ask.by(MONTHLY, "FLUJO", "count") == counted(source, "FLUJO")
    amounts = sorted(numbers(source, "VALOR_USD"))
    assert ask.one(MONTHLY, "median:VALOR_USD") == pytest.approx(statistics.median(amounts), rel=1e-9)


def test_intervals_of_remittances_count_every_row(ask: Asker) -> None:
    values = numbers(rows("remesas_mensuales.csv"), "VALOR_USD")
    low, high = min(values), max(values)
    width = (high - low) / 10
    expected = [0] * 10
    for value in values:
        expected[min(int((value - low) / width), 9)] += 1
    found = ask.rows(MONTHLY, ("_group", "VALOR_USD:bin10"), ("_measure", "count"))
    assert [row["count"] for row in found] == [n for n in expected if n]


def test_dams_by_state_use_and_capacity(ask: Asker) -> None:
    source = rows("presas.csv")
    assert ask.by(DAMS, "estado", "count") == counted(source, "estado")
    assert ask.by(DAMS, "uso", "count") == counted(source, "uso")
    big = [row for row in source if float(row["namoalmac"] or 0) > 1000]
    assert ask.total(DAMS, ("namoalmac__gt", "1000")) == len(big)
    found = ask.by(DAMS, "regioncna", "sum:namoalmac")
    assert found == pytest.approx(added(source, "regioncna", "namoalmac"), rel=1e-9)
    assert ask.total(DAMS, ("alturacortina__isnull", "1")) == sum(not row["alturacortina"] for row in source)


def test_dams_within_a_box_of_coordinates(ask: Asker) -> None:
    source = rows("presas.csv")
    west, south, east, north = -104.0, 19.0, -100.0, 22.0
    inside = [
        row for row in source if west <= float(row["longitud"]) <= east and south <= float(row["latitud"]) <= north
    ]
    assert ask.total(DAMS, ("_bbox", f"{west},{south},{east},{north}")) == len(inside) > 10


def test_the_longest_droughts(ask: Asker) -> None:
    source = rows("max_rachas_sequia_municipios.csv")
    longest: dict[str, int] = {}
    for row in source:
        longest[row["sequia"]] = max(longest.get(row["sequia"], 0), int(row["racha_dias"]))
    assert ask.by(DROUGHT, "sequia", "max:racha_dias") == longest
    sonora = [row for row in source if row["cve_ent"] == "26" and row["sequia"] == "D3"]
    pairs = (("_entidad", "Sonora"), ("sequia", "D3"))
    assert ask.one(DROUGHT, "avg:racha_dias", *pairs) == pytest.approx(
        statistics.fmean(numbers(sonora, "racha_dias")), rel=1e-9
    )
    begun = [row for row in source if row["full_date_start_racha"] >= "2020-01-01"]
    assert ask.total(DROUGHT, ("full_date_start_racha__gte", "2020-01-01")) == len(begun)


def test_municipalities_of_each_state(ask: Asker) -> None:
    source = rows("cve_nom_municipios.csv")
    assert ask.by(KEYS, "_entidad", "count") == counted(source, "cve_ent")
    assert ask.by(KEYS, "nombre_estado", "distinct:cve_geo") == counted(source, "nombre_estado")


def test_cases_of_the_last_day_by_state(ask: Asker) -> None:
    source = rows("covid19_confirmed_mx.csv")
    last = list(source[0])[-1]
    day = "-".join(reversed(last.split("-")))
    expected = added(source, "Estado", last)
    assert ask.by(CASES, "Estado", "max:valor", LONG, ("periodo", day)) == expected
    whole = {"-".join(reversed(n.split("-"))): sum(numbers(source, n)) for n in source[0] if n[:1].isdigit()}
    found = ask.by(CASES, "periodo:day", "sum:valor", LONG)
    assert found == whole
    assert len(found) == 500


def test_treatment_plants_by_state_and_municipality(ask: Asker) -> None:
    source = rows("plantas_tratamiento.csv", skip=1)
    found = ask.by(PLANTS, "_entidad", "sum:CAUDAL TRATADO L/S")
    assert found == pytest.approx(added(source, "CVE_EDO", "CAUDAL TRATADO L/S"), rel=1e-9)
    assert ask.by(PLANTS, "_municipio", "count", ("_entidad", "01")) == counted(
        [row for row in source if row["CVE_EDO"] == "01"], "CVE_MUN"
    )
    assert ask.by(PLANTS, "TIPO DE PROCESO", "count") == counted(source, "TIPO DE PROCESO")


def test_a_rate_without_a_declared_population_says_so(ask: Asker) -> None:
    response = ask.client.get(f"/explora/{REMITTANCES}.json?_group=_entidad&_measure=rate:sum:VALOR_USD")
    assert response.status_code == 400
    assert "población" in response.get_json()["error"]["message"]
