"""The faces of a View as programs and browsers receive them."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from flask.testing import FlaskClient

from config import ROOT
from portal.face import faces

SERIES = "/explora/homicidios-por-entidad/serie-anual"
BY_YEAR = "?_chart=line&_group=anio&_measure=sum:homicidios"
SOURCE = ROOT / "catalog" / "tablas" / "homicidios_entidad.csv"


def source_rows() -> list[dict[str, str]]:
    with SOURCE.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def pinned(client: FlaskClient) -> str:
    version = client.get(f"{SERIES}.json{BY_YEAR}").get_json()["meta"]["version"]
    return f"{BY_YEAR}&_version={version}"


def test_the_json_face_adds_up_what_the_source_file_says(client: FlaskClient) -> None:
    answer = client.get(f"{SERIES}.json{BY_YEAR}").get_json()
    expected: dict[int, int] = {}
    for row in source_rows():
        expected[int(row["anio"])] = expected.get(int(row["anio"]), 0) + int(row["homicidios"])
    assert {row["anio"]: row["sum:homicidios"] for row in answer["data"]} == expected
    assert answer["meta"]["total"] == len(expected)
    assert [c["name"] for c in answer["columns"]] == ["anio", "sum:homicidios"]


def test_the_csv_face_holds_the_whole_table_cell_by_cell(client: FlaskClient) -> None:
    text = client.get(f"{SERIES}.csv").get_data(as_text=True)
    found = list(csv.DictReader(io.StringIO(text)))
    key = ("anio", "entidad")
    assert sorted(found, key=lambda r: (r[key[0]], r[key[1]])) == sorted(
        source_rows(), key=lambda r: (r[key[0]], r[key[1]])
    )


def test_the_svg_face_is_a_picture_with_its_title_and_source_as_text(client: FlaskClient) -> None:
    response = client.get(f"{SERIES}.svg{BY_YEAR}")
    texts = " ".join(ET.fromstring(response.data).itertext())
    assert response.mimetype == "image/svg+xml"
    assert "Homicidios" in texts
    assert "INEGI" in texts


def test_the_description_has_at_most_sixty_words(client: FlaskClient) -> None:
    text = client.get(f"{SERIES}.txt{BY_YEAR}").get_data(as_text=True)
    assert 10 <= len(text.split()) <= 60


def test_a_pinned_answer_is_kept_for_a_day_and_asked_for_again_by_etag(client: FlaskClient) -> None:
    first = client.get(f"{SERIES}.json{pinned(client)}")
    assert first.headers["Cache-Control"] == "public, max-age=86400, immutable"
    again = client.get(f"{SERIES}.json{pinned(client)}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Accept-Encoding" in again.headers["Vary"]


def test_an_unpinned_answer_lives_briefly(client: FlaskClient) -> None:
    assert client.get(f"{SERIES}.json{BY_YEAR}").headers["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_text_travels_compressed(client: FlaskClient, encoding: str) -> None:
    response = client.get(f"{SERIES}.svg{BY_YEAR}", headers={"Accept-Encoding": encoding})
    assert response.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize("suffix", sorted(faces()))
def test_every_face_answers_a_drawn_view(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"{SERIES}{suffix}{BY_YEAR}")
    assert response.status_code == 200
    assert response.mimetype == faces()[suffix].media_type.partition(";")[0]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/explora/nada/nada.json", 404, "not_found"),
        (f"{SERIES}.json?_group=nada", 400, "unknown_name"),
        (f"{SERIES}.json?anio__gtt=2000", 400, "unknown_name"),
        (f"{SERIES}.json?_chart=torta", 400, "unknown_name"),
        (f"{SERIES}.json?_version=aaaaaaaaaaaa", 404, "not_found"),
        (f"{SERIES}.json?_version=zz", 400, "bad_request"),
        (f"{SERIES}.json?_page=0", 400, "bad_request"),
        (f"{SERIES}.json?_size=1000000000", 400, "bad_request"),
        (f"{SERIES}.svg", 400, "bad_request"),
        (f"{SERIES}.svg{BY_YEAR}&_width=9", 400, "bad_request"),
        (f"{SERIES}.exe", 404, "not_found"),
        (f"{SERIES}.json?q='%20OR%201=1--", 400, "unknown_name"),
        (f"{SERIES}.json?_sort=read_text('/etc/passwd')", 400, "unknown_name"),
    ],
)
def test_a_wrong_address_is_told_what_is_wrong(client: FlaskClient, path: str, status: int, code: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.get_json()["error"]["code"]) == (status, code)


def test_an_unknown_column_is_named_with_the_nearest_right_one(client: FlaskClient) -> None:
    message = client.get(f"{SERIES}.json?homicidio=3").get_json()["error"]["message"]
    assert "homicidio" in message
    assert "¿Quiso decir «homicidios»?" in message


def test_the_original_file_comes_back_byte_for_byte(client: FlaskClient) -> None:
    version = client.get(f"{SERIES}.json").get_json()["meta"]["version"]
    response = client.get(f"/datos/homicidios-por-entidad/serie-anual/original/{version}")
    assert response.status_code == 200
    assert response.data == SOURCE.read_bytes()
    assert "homicidios_entidad.csv" in response.headers["Content-Disposition"]


def test_a_kept_original_is_asked_for_again_because_its_version_can_be_withdrawn(client: FlaskClient) -> None:
    version = client.get(f"{SERIES}.json").get_json()["meta"]["version"]
    path = f"/datos/homicidios-por-entidad/serie-anual/original/{version}"
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["ETag"] == f'"{version}"'
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
