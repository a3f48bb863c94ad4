"""Masks, totals, title rows, workbooks, shapefiles: the figures are still those of the source file."""

from __future__ import annotations

import re
import statistics
from collections import Counter

import pandas as pd
import pytest

from tests.acceptance.conftest import Asker
from tests.acceptance.sources import added, counted, dbf, numbers, parquet, path, rows

pytestmark = pytest.mark.acceptance
AIR = "calidad-del-aire-por-hora-2024"
CENSUS = "censo-2020-principales-resultados-por-localidad"
INEGI = "consultas-interactivas-de-inegi-por-municipio"
BUDGET = "cuenta-publica-2023-gasto-por-ente-y-programa"
MOBILITY = "movilidad-en-la-ciudad-de-mexico"
MASK = ("", "-99")
TOTALS = r"^Total|^Localidades de (?:una|dos) vivienda"


def test_ozone_of_a_station_leaves_the_masks_out(ask: Asker) -> None:
    source = rows("aire_o3_2024.csv")
    ozone = f"{AIR}/ozono-2024"
    months = sorted({row["FECHA"][:7] for row in source})
    expected = {
        f"{m}-01": statistics.fmean(numbers([r for r in source if r["FECHA"].startswith(m)], "MER", MASK))
        for m in months
    }
    assert ask.by(ozone, "FECHA:month", "avg:MER") == pytest.approx(expected, rel=1e-9)
    by_hour = {
        h: statistics.median(numbers([r for r in source if r["HORA"] == str(h)], "AJM", MASK)) for h in range(1, 25)
    }
    assert ask.by(ozone, "HORA", "median:AJM") == pytest.approx(by_hour, rel=1e-9)
    assert ask.total(ozone, ("AJM__isnull", "1")) == sum(row["AJM"] in MASK for row in source)


def test_the_worst_hours_of_fine_particles(ask: Asker) -> None:
    source = rows("aire_pm25_2024.csv")
    values = sorted(numbers(source, "SAG", MASK), reverse=True)
    found = ask.answer(f"{AIR}/pm2-5-2024", ("SAG__gt", "100"), ("_sort", "-SAG"), ("_size", "1000"))
    assert [row["SAG"] for row in found["data"]] == [v for v in values if v > 100]


@pytest.mark.parametrize(
    ("state", "resource", "key"),
    [
        ("Aguascalientes", "localidades-de-aguascalientes", "01"),
        ("Tlaxcala", "localidades-de-tlaxcala", "29"),
        ("Quintana%20Roo", "localidades-de-quintana-roo", "23"),
    ],
)
def test_localities_are_added_up_without_their_totals(ask: Asker, state: str, resource: str, key: str) -> None:
    source = parquet(f"censo2020_localidades/NOM_ENT={state}/part-0.parquet")
    is_total = source["NOM_LOC"].str.contains(TOTALS, regex=True)
    data, totals = source[~is_total], source[is_total]
    census = f"{CENSUS}/{resource}"
    assert ask.total(census) == len(data)
    assert ask.total(census, ("_table", "totales")) == len(totals)
    assert ask.by(census, "NOM_MUN", "sum:POBTOT") == data.groupby("NOM_MUN")["POBTOT"].sum().to_dict()
    assert ask.by(census, "_entidad", "count") == {key: len(data)}
    masked = data["POB0_14"].isin(["*", "N/D"]) | data["POB0_14"].isna()
    assert ask.total(census, ("POB0_14__isnull", "1")) == masked.sum()
    assert ask.one(census, "sum:POB0_14") == data.loc[~masked, "POB0_14"].astype(int).sum()


def inegi() -> list[dict[str, str]]:
    """Rows of a municipality, by key; the file's own totals of states have a formula for a key."""
    found = []
    for row in path("inegi_consulta_censo2020.csv").read_text("cp1252").splitlines():
        cells = [cell.strip() for cell in re.findall(r'"([^"]*)"', row)]
        if len(cells) >= 5 and re.fullmatch(r"\d\d \d\d\d", cells[0]):
            numbers = dict(zip(("Total", "Hombres", "Mujeres"), (c.replace(",", "") for c in cells[2:5]), strict=True))
            found.append({"key": cells[0].replace(" ", ""), **numbers})
    return found


def test_the_census_by_state_and_municipality(ask: Asker) -> None:
    source, census = inegi(), f"{INEGI}/censo-2020"
    assert ask.total(census) == len(source) == 2469
    assert ask.by(census, "_entidad", "sum:Total") == added(source, lambda row: row["key"][:2], "Total")
    yucatan = {row["key"]: int(row["Mujeres"]) for row in source if row["key"].startswith("31")}
    assert ask.by(census, "_municipio", "sum:Mujeres", ("_entidad", "31")) == yucatan
    assert ask.one(census, "sum:Total") == 126_014_024


def test_metropolitan_areas(ask: Asker) -> None:
    source = rows("inegi_consulta_zm2015.csv", "cp1252")
    metro = f"{INEGI}/zonas-metropolitanas-2015"
    assert ask.by(metro, "NOM_ZM", "sum:POB_2015") == added(source, "NOM_ZM", "POB_2015")
    assert ask.total(metro, ("DIST_CC__isnull", "1")) == sum(row["DIST_CC"] in ("", "n.a.") for row in source)
    assert ask.by(metro, "_entidad", "count") == counted(source, "CVE_ENT")


def test_spending_by_branch_leaves_the_totals_apart(ask: Asker) -> None:
    source = rows("cuenta_publica_2023.csv")
    table = f"{BUDGET}/gasto-2023-tabla"
    data = [row for row in source if row["PROGRAMA"] != "TOTAL"]
    assert ask.total(table, ("_table", "totales")) == len(source) - len(data)
    spent = [row for row in data if row["PRESUPUESTO"] == "Ejercicio"]
    found = ask.by(table, "RAMO", "sum:TOTAL", ("PRESUPUESTO", "Ejercicio"))
    assert found == pytest.approx(added(spent, "RAMO", "TOTAL"), rel=1e-9)
    two = [row for row in data if row["PRESUPUESTO"] in ("Aprobado", "Ejercicio")]
    counts = ask.by(table, "PRESUPUESTO", "count", ("PRESUPUESTO__in", "Aprobado,Ejercicio"))
    assert counts == counted(two, "PRESUPUESTO") == {"Aprobado": 635, "Ejercicio": 635}


def test_the_original_workbook_holds_the_same_amounts(ask: Asker) -> None:
    sheet = pd.read_excel(path("cuenta_publica_2023.xls"), header=None, engine="calamine")
    approved = sheet[sheet[6].astype(str).str.strip() == "Aprobado"]
    assert str(sheet.iloc[6, 17]).strip() == "TOTAL"
    book = f"{BUDGET}/gasto-2023-libro-original"
    name = "DENOMINACIÓN2/"
    assert ask.total(book, (name, "Aprobado")) == len(approved)
    expected = float(pd.to_numeric(approved[17], errors="coerce").sum())
    assert ask.one(book, "sum:TOTAL", (name, "Aprobado")) == pytest.approx(expected, rel=1e-12)


def test_the_shapefile_counts_as_its_dbf(ask: Asker) -> None:
    source = dbf("presas_shp/Presas_Vul_Rec_INU_NCUENCA.dbf", "latin-1")
    flood = "presas-para-el-control-de-inundaciones/shapefile"
    assert ask.total(flood) == len(source) == 207
    assert ask.by(flood, "VULACTUAL", "count") == counted(source, "VULACTUAL")
    assert ask.total(flood, ("Nomb_Presa__contains", "san ")) == sum(
        "san " in row["Nomb_Presa"].lower() for row in source
    )


def test_the_workbook_of_landfills_by_kind_and_state(ask: Asker) -> None:
    source = pd.read_excel(path("puntos_disposicion.xlsx"), sheet_name="DATOS", dtype=str, engine="calamine")
    points = "plantas-de-tratamiento-de-aguas-residuales/puntos-de-disposicion"
    assert ask.by(points, "TIPODISP", "count") == source["TIPODISP"].value_counts().to_dict()
    assert ask.by(points, "_entidad", "count") == source["CVE_MUN"].str[:2].value_counts().to_dict()
    assert ask.total(points, ("_table", "metadatos")) == 9


def test_the_stations_of_petrol_are_those_of_the_xml(ask: Asker) -> None:
    stations = "precios-diarios-de-gasolinas-y-diesel-por-estacion/estaciones-de-servicio"
    source = pd.read_xml(path("gasolina_estaciones.xml"), xpath="./place", parser="etree")
    assert ask.total(stations) == len(source)
    assert ask.one(stations, "distinct:name") == source["name"].str.strip().nunique()
    assert ask.rows(stations, ("place_id", "2040"))[0]["cre_id"] == "PL/902/EXP/ES/2015"


def test_fields_of_open_contracting_by_phase(ask: Asker) -> None:
    fields = "red-compartida-estandar-de-contrataciones-abiertas/campos-edca"
    source = [row for row in rows("edca.csv", "cp1252") if any(row.values())]
    phase = next(name for name in source[0] if name.startswith("Fase"))
    assert ask.total(fields) == len(source)
    assert ask.by(fields, phase, "count") == counted(source, phase)


def test_bicycles_stations_cameras_and_lanes(ask: Asker) -> None:
    bikes = rows("estaciones-de-ecobici.csv")
    assert ask.by(f"{MOBILITY}/estaciones-de-ecobici", "Tipo de estación", "count") == counted(
        bikes, "Tipo de estación"
    )
    assert ask.by(f"{MOBILITY}/estaciones-de-ecobici", "Colonia", "count") == counted(bikes, "Colonia")
    cameras = rows("fotocivicas.csv")
    found = ask.by(f"{MOBILITY}/fotocivicas", "SENTIDO", "count")
    assert sum(found.values()) == len(cameras)
    assert ask.total(f"{MOBILITY}/fotocivicas", ("VIA_PRINCIPAL__contains", "perif")) == sum(
        "perif" in row["VIA_PRINCIPAL"].lower() for row in cameras
    )
    assert ask.total(f"{MOBILITY}/ciclovias") == len(rows("ciclovias.csv")) == 114


def test_cyclists_by_year_and_by_weekday(ask: Asker) -> None:
    source, counters = rows("contador-ciclistas.csv"), f"{MOBILITY}/conteo-de-ciclistas"
    column = "Contador Ruta Reforma222"
    expected = {int(year): n for year, n in added(source, "Año", column).items()}
    assert ask.by(counters, "Año", f"sum:{column}") == expected
    found = ask.by(counters, "periodo:year", f"sum:{column}")
    assert {int(day[:4]): n for day, n in found.items()} == expected
    assert ask.total(counters, (f"{column}__isnull", "1")) == sum(not row[column] for row in source)


def test_parking_meters_by_borough_and_year(ask: Asker) -> None:
    source, meters = rows("prueba-parquimetros.csv"), f"{MOBILITY}/parquimetros"
    income = "Ingreso    (B)"
    assert ask.by(meters, "Alcaldía", f"sum:{income}") == pytest.approx(added(source, "Alcaldía", income), rel=1e-9)
    assert ask.by(meters, "_municipio", "count") == {
        {"Miguel Hidalgo": "09016", "Benito Juárez": "09014", "Alvaro Obregón": "09010"}[name]: n
        for name, n in Counter(row["Alcaldía"] for row in source).items()
    }
    by_year = {int(year): n for year, n in added(source, "Año", income).items()}
    assert ask.by(meters, "Año", f"sum:{income}") == pytest.approx(by_year, rel=1e-9)
