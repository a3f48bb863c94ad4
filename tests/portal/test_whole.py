"""A figure of the whole country is the country's own figure, worked out here by hand from the source's file."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from statistics import mean, median
from typing import Any
from urllib.parse import quote

import pytest

from config import ROOT
from tests.conftest import Loaded

TABLES = ROOT / "catalog" / "tablas"
HOMICIDES = "/explora/homicidios-por-entidad/serie-anual"


def read(name: str) -> list[Mapping[str, str]]:
    with (TABLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def figure(site: Loaded, query: str) -> Mapping[str, Any]:
    answer = site.app.test_client().get(f"{HOMICIDES}.figure.json?{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: Mapping[str, Any] = answer.get_json()
    return found


def deaths(year: str) -> list[int]:
    return [int(row["homicidios"]) for row in read("homicidios_entidad.csv") if row["anio"] == year]


def test_the_national_total_of_a_sum_is_the_sum_of_the_states(site: Loaded) -> None:
    total = figure(site, "anio=2008&_chart=map&_group=_entidad&_measure=sum:homicidios")["figure"]["total"]
    assert total["v"] == sum(deaths("2008"))
    assert total["text"].startswith("Total nacional: ")


def test_the_national_rate_is_all_deaths_over_all_people_not_a_sum_of_rates(site: Loaded) -> None:
    people = sum(int(row["poblacion"]) for row in read("poblacion_entidad.csv") if row["anio"] == "2008")
    drawn = figure(site, "anio=2008&_chart=map&_group=_entidad&_measure=rate:sum:homicidios")["figure"]
    assert drawn["total"]["v"] == pytest.approx(sum(deaths("2008")) * 100_000 / people, rel=1e-12)
    assert drawn["total"]["text"].startswith("En todo el país: ")
    assert drawn["total"]["v"] < max(one["v"] for one in drawn["values"].values())


def people(state: str, years: range) -> int:
    rows = read("poblacion_entidad.csv")
    return sum(int(r["poblacion"]) for r in rows if r["clave_entidad"] == state and int(r["anio"]) in years)


def killed(state: str, years: range) -> int:
    rows = read("homicidios_entidad.csv")
    return sum(int(r["homicidios"]) for r in rows if r["clave_entidad"] == state and int(r["anio"]) in years)


@pytest.mark.parametrize(
    ("query", "years"),
    [("anio=2008&", range(2008, 2009)), ("", range(1994, 2009)), ("anio__gte=2000&", range(2000, 2009))],
)
def test_a_rate_of_several_years_is_a_mean_of_one_year(site: Loaded, query: str, years: range) -> None:
    drawn = figure(site, f"{query}_chart=map&_group=_entidad&_measure=rate:sum:homicidios")
    values = drawn["figure"]["values"]
    for state in ("12", "06", "31"):
        assert values[state]["v"] == pytest.approx(killed(state, years) * 100_000 / people(state, years), rel=1e-12)
    named = f"tasa anual media, {years[0]}–{years[-1]}, por cada 100 mil habitantes"
    assert (named in drawn["subtitle"]) == (len(years) > 1)


def test_the_rate_of_guerrero_is_about_what_is_known_of_it(site: Loaded) -> None:
    query = "_chart=map&_group=_entidad&_measure=rate:sum:homicidios"
    assert figure(site, f"anio=2008&{query}")["figure"]["values"]["12"]["v"] == pytest.approx(27.9, abs=0.05)
    assert figure(site, query)["figure"]["values"]["12"]["v"] < 60


def test_a_rate_without_some_of_its_places_is_refused(site: Loaded) -> None:
    answer = site.app.test_client().get(f"{HOMICIDES}.json?_measure=rate:sum:homicidios&anio=2008&homicidios__gte=1000")
    assert answer.status_code == 400
    assert "quita renglones por su cifra" in answer.get_data(as_text=True)


def test_a_facet_is_grouped_by(site: Loaded) -> None:
    assert figure(site, "_chart=bar&_group=_entidad&_facet=anio&anio__gte=2005")["figure"]["data"]


@pytest.mark.parametrize(("function", "by_hand"), [("avg", mean), ("median", median), ("max", max)])
def test_the_national_average_is_that_of_all_rows(site: Loaded, function: str, by_hand: Any) -> None:
    drawn = figure(site, f"anio=2008&_chart=map&_group=_entidad&_measure={function}:homicidios")["figure"]
    assert drawn["total"]["v"] == pytest.approx(by_hand(deaths("2008")), rel=1e-12)
    assert drawn["total"]["text"].startswith("En todo el país: ")


def test_percentages_of_the_total_have_no_total_of_their_own(site: Loaded) -> None:
    drawn = figure(site, "anio=2008&_chart=map&_group=_entidad&_measure=share:sum:homicidios")["figure"]
    assert drawn["total"] is None
    assert sum(one["v"] for one in drawn["values"].values()) == pytest.approx(100)


def test_several_states_have_no_national_total(site: Loaded) -> None:
    drawn = figure(site, "_entidad__in=11,14&anio=2008&_chart=map&_group=_entidad&_measure=sum:homicidios")["figure"]
    assert drawn["total"] is None


def test_several_measures_of_one_kind_are_named_by_their_column(site: Loaded) -> None:
    at = "/explora/poblacion-por-municipio/censo-2020"
    client = site.app.test_client()
    query = "_group=_entidad&_measure=avg:hombres,avg:mujeres"
    columns = client.get(f"{at}.table.json?{query}").get_json()["columns"]
    assert [c["title"] for c in columns] == ["Entidad", "Hombres", "Mujeres"]
    drawn = client.get(f"{at}.figure.json?{query}&_chart=bar").get_json()
    assert drawn["title"] == "Promedio de hombres y mujeres por entidad"
    assert sorted(trace["name"] for trace in drawn["figure"]["data"]) == ["Hombres", "Mujeres"]
    assert drawn["figure"]["layout"]["xaxis"]["title"]["text"] == "Promedio (habitantes)"
    alone = client.get(f"{at}.table.json?_group=_entidad&_measure=avg:hombres,sum:mujeres").get_json()["columns"]
    assert [c["title"] for c in alone] == ["Entidad", "Hombres promedio", "Mujeres"]


def test_a_facet_that_a_chart_cannot_have_is_a_400_that_names_those_that_can(site: Loaded) -> None:
    answer = site.app.test_client().get(f"{HOMICIDES}.svg?_chart=treemap&_facet={quote('anio')}")
    assert answer.status_code == 400
    assert "Barras (bar)" in answer.get_json()["error"]["message"]
