"""27.7 million petrol prices: the product's figures are those that pandas finds in the source file."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from tests.acceptance.conftest import Asker
from tests.acceptance.sources import path, prices
from tests.conftest import Loaded

pytestmark = pytest.mark.acceptance
PRICES = "precios-diarios-de-gasolinas-y-diesel-por-estacion/precios-diarios-2020-2022"
FILE = "gasolina_precios_diarios.parquet"


@pytest.fixture(scope="module")
def source(real_site: Loaded) -> pd.DataFrame:
    return prices()


def test_the_total_is_exact(ask: Asker) -> None:
    assert ask.total(PRICES) == pq.ParquetFile(path(FILE)).metadata.num_rows == 27_666_301
    assert ask.one(PRICES, "count") == 27_666_301


def test_monthly_averages_of_each_fuel_are_those_of_the_source(ask: Asker, source: pd.DataFrame) -> None:
    months = source["fecha"].dt.to_period("M").dt.to_timestamp()
    expected = source.groupby([months, "tipo"], observed=True)["precio"].mean()
    rows = ask.rows(PRICES, ("_group", "fecha:month,tipo"), ("_measure", "avg:precio"))
    found = {(pd.Timestamp(row["fecha:month"]), row["tipo"]): row["avg:precio"] for row in rows}
    assert found == pytest.approx(expected.to_dict(), rel=1e-9)
    assert len(found) == 3 * months.nunique() == 87


def test_sums_are_exact_to_the_twelfth_digit(ask: Asker, source: pd.DataFrame) -> None:
    expected = source.groupby("tipo", observed=True)["precio"].sum().to_dict()
    assert ask.by(PRICES, "tipo", "sum:precio") == pytest.approx(expected, rel=1e-12)


def test_a_price_of_zero_is_no_price(ask: Asker, source: pd.DataFrame) -> None:
    nulls = int(source["precio"].isna().sum())
    assert nulls > 0
    assert ask.total(PRICES, ("precio__isnull", "1")) == nulls
    assert ask.one(PRICES, "min:precio") == pytest.approx(source["precio"].min(), rel=1e-12)


def test_medians_and_percentiles_are_those_of_the_source(ask: Asker, source: pd.DataFrame) -> None:
    by_kind = source.groupby("tipo", observed=True)["precio"]
    assert ask.by(PRICES, "tipo", "median:precio") == pytest.approx(by_kind.median().to_dict(), rel=1e-9)
    assert ask.by(PRICES, "tipo", "q95:precio") == pytest.approx(by_kind.quantile(0.95).to_dict(), rel=1e-9)


def test_stations_are_counted_once(ask: Asker, source: pd.DataFrame) -> None:
    expected = source.groupby(source["fecha"].dt.year)["place_id"].nunique().to_dict()
    found = ask.by(PRICES, "fecha:year", "distinct:place_id")
    assert {int(str(year)[:4]): n for year, n in found.items()} == expected


def test_filters_on_date_kind_and_price_keep_the_right_rows(ask: Asker, source: pd.DataFrame) -> None:
    kept = source[
        (source["fecha"] >= "2021-05-01")
        & (source["fecha"] < "2021-06-01")
        & (source["tipo"] == "premium")
        & (source["precio"] >= 22)
    ]
    pairs = (("fecha__gte", "2021-05-01"), ("fecha__lt", "2021-06-01"), ("tipo", "premium"), ("precio__gte", "22"))
    assert ask.total(PRICES, *pairs) == len(kept) > 1000
    assert ask.one(PRICES, "avg:precio", *pairs) == pytest.approx(kept["precio"].mean(), rel=1e-9)


def test_page_forty_of_the_sorted_table_holds_the_rows_of_the_source(ask: Asker, source: pd.DataFrame) -> None:
    day = source[(source["fecha"] == "2021-05-03") & (source["tipo"] == "regular") & source["precio"].notna()]
    expected = day.sort_values("precio", ascending=False, kind="stable")["precio"].iloc[3900:4000].tolist()
    pairs = (("fecha", "2021-05-03"), ("tipo", "regular"), ("precio__isnull", "0"))
    answer = ask.answer(PRICES, *pairs, ("_sort", "-precio"), ("_page", "40"), ("_size", "100"))
    assert [row["precio"] for row in answer["data"]] == pytest.approx(expected, rel=1e-9)
    assert answer["meta"]["total"] == len(day)


def test_page_forty_of_all_rows_is_answered(ask: Asker, source: pd.DataFrame) -> None:
    answer = ask.answer(PRICES, ("_sort", "-precio"), ("_page", "40"), ("_size", "100"))
    expected = source["precio"].nlargest(4000).iloc[3900:].tolist()
    assert [row["precio"] for row in answer["data"]] == pytest.approx(expected, rel=1e-9)


def test_the_station_of_a_price_is_found_by_its_lookup(ask: Asker, source: pd.DataFrame) -> None:
    stations = pd.read_xml(path("gasolina_estaciones.xml"), xpath="./place", parser="etree")[["place_id", "name"]]
    five = stations.sort_values("place_id").head(5)
    merged = source[source["place_id"].isin(five["place_id"])].merge(five, on="place_id")
    expected = merged.groupby("name")["precio"].agg(["size", "mean"])
    pairs = (("place_id__in", ",".join(map(str, five["place_id"]))),)
    found = ask.by(PRICES, "lookup:estacion:name", "avg:precio", *pairs)
    assert found == pytest.approx(expected["mean"].to_dict(), rel=1e-9)
    assert ask.by(PRICES, "lookup:estacion:name", "count", *pairs) == expected["size"].to_dict()


def test_the_twenty_intervals_hold_all_prices(ask: Asker, source: pd.DataFrame) -> None:
    found = ask.by(PRICES, "precio:bin20", "count")
    assert sum(found.values()) == len(source)
    assert found[None] == source["precio"].isna().sum()


def test_the_export_stops_at_its_limit_and_says_so(real_site: Loaded) -> None:
    client: FlaskClient = real_site.app.test_client()
    pairs = urlencode((("fecha", "2021-05-03"), ("_columns", "place_id,tipo,precio")))
    text = client.get(f"/explora/{PRICES}.csv?{pairs}").get_data(as_text=True)
    frame = prices()
    assert len(text.splitlines()) - 1 == int((frame["fecha"] == "2021-05-03").sum())
