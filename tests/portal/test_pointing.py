"""From what a visitor points at to an anchor, and back to exactly what they saw."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

from model.thread import Anchor
from portal.pointing import Pointer, anchor_of, columns_of
from portal.portal import get_portal
from portal.usecases.reanchor import opening
from tests.conftest import Loaded

SERIES = "/explora/homicidios-por-entidad/serie-anual"
TABLE = f"{SERIES}?_chart=table&_entidad=11&anio=2008"
LINES = f"{SERIES}?_chart=line&_entidad=11&_group=anio&_measure=sum:homicidios"
MAP = f"{SERIES}?_chart=map&_group=_entidad&_measure=sum:homicidios&anio=2008"


def anchored(site: Loaded, about: str, **more: str) -> Anchor:
    with site.app.test_request_context("/"):
        return anchor_of(get_portal(), Pointer(about, **more))


def test_a_page_without_data_is_its_path_alone(site: Loaded) -> None:
    assert anchored(site, "/herramientas?x=1#y") == Anchor("/herramientas")
    assert anchored(site, "/datos/nada") == Anchor("/datos/nada")
    for wrong in ("https://otro.example/explora/x", "//otro.example/x", "javascript:alert(1)", "", "http://[::1"):
        assert anchored(site, wrong).page.startswith("/")
        assert not anchored(site, wrong).page.startswith("//")


def test_a_dataset_is_called_by_its_title(site: Loaded) -> None:
    anchor = anchored(site, "/datos/homicidios-por-entidad")
    assert (anchor.dataset, anchor.label) == ("homicidios-por-entidad", "Homicidios por entidad")


def test_a_view_is_pinned_and_said_in_words(site: Loaded) -> None:
    anchor = anchored(site, LINES)
    assert anchor.version
    assert "_version" not in anchor.view
    assert "Guanajuato" in anchor.label
    assert opening(anchor) == anchor.view + f"&_version={anchor.version}"


def test_a_row_of_a_table_is_told_by_its_key_and_said_with_its_figure(site: Loaded) -> None:
    anchor = anchored(site, TABLE, row="0")
    told = json.loads(anchor.row)
    assert anchor.label == "Guanajuato · 2008 · 292"
    assert (anchor.column, anchor.value) == ("homicidios", "292")
    assert told["at"] == 0
    assert "2008" in told["key"].values()
    assert "hash" not in told
    assert unquote(opening(anchor)).endswith("#fila=" + json.dumps(told["read"], ensure_ascii=False))


def test_a_row_of_a_grouped_view_is_told_by_its_groups(site: Loaded) -> None:
    anchor = anchored(site, LINES, rows=f"{LINES.replace('line', 'table')}&_sort=-anio", row="0")
    assert json.loads(anchor.row)["key"] == {"anio": "2008"}
    assert anchor.label == "2008 · 292"
    assert "_chart=line" in anchor.view


def test_a_place_of_a_map_is_its_row(site: Loaded) -> None:
    anchor = anchored(site, MAP, place="11")
    assert (anchor.label, anchor.value) == ("Guanajuato · 292", "292")
    assert json.loads(anchor.row)["key"] == {"_entidad": "11"}
    assert anchored(site, MAP, place="99").row == ""


@pytest.mark.parametrize(
    ("view", "key"),
    [
        (LINES, {"anio": "2008"}),
        (MAP.replace("map", "bar"), {"_entidad": "11"}),
        (LINES.replace("line", "area"), {"anio": "2008"}),
        (LINES.replace("_group=anio", "_group=anio,_entidad").replace("_entidad=11&", ""), None),
    ],
    ids=["line", "bar", "area", "two groups"],
)
def test_a_drawn_point_is_the_row_that_it_is_drawn_from(site: Loaded, view: str, key: dict[str, str] | None) -> None:
    client = site.app.test_client()
    figure = client.get(view.replace("?", ".figure.json?", 1)).get_json()["figure"]
    texts = [text for trace in figure["data"] for text in trace["hovertext"]]
    wanted = next(t for t in texts if "2008" in t or "Guanajuato" in t)
    anchor = anchored(site, view, point=wanted)
    told = json.loads(anchor.row)["key"]
    assert told == key if key else set(told) == {"anio", "_entidad"}
    assert anchor.value in wanted.replace(",", "")


def test_words_that_no_point_has_stay_with_the_view(site: Loaded) -> None:
    assert anchored(site, LINES, point="2008<br>9999999").row == ""


@pytest.mark.parametrize("row", ["9", "100", "-1", "1e3", "²", "x", "9" * 50])
def test_a_row_that_is_not_there_stays_with_the_view(site: Loaded, row: str) -> None:
    anchor = anchored(site, TABLE, row=row)
    assert (anchor.row, anchor.value) == ("", "")
    assert anchor.view


def test_rows_of_another_resource_are_not_believed(site: Loaded) -> None:
    assert anchored(site, TABLE, rows="/explora/presas/presas?_chart=table", row="0").row == ""
    assert anchored(site, TABLE, rows="https://otro.example/", row="0").row == ""


def test_one_may_choose_a_column_of_the_row_or_of_the_view(site: Loaded) -> None:
    anchor = anchored(site, TABLE, row="0", column="anio")
    assert (anchor.column, anchor.value) == ("anio", "2008")
    assert anchor.label.endswith("2008")
    assert anchored(site, TABLE, column="homicidios").label.startswith("«Homicidios» · ")
    assert anchored(site, TABLE, column="nada").column == ""
    with site.app.test_request_context("/"):
        of_row = dict(columns_of(get_portal(), Pointer(TABLE, row="0")))
        of_view = dict(columns_of(get_portal(), Pointer(TABLE)))
        assert columns_of(get_portal(), Pointer("/datos")) == ()
    assert of_row["homicidios"] == "Homicidios: 292"
    assert of_view["homicidios"] == "Homicidios"
