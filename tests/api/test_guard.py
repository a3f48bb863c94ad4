"""What every answer carries, and what no request may do."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

UPDATE = "/_dash-update-component"


@pytest.mark.parametrize("path", ["/", "/datos", "/nada", "/health", "/explora/nada/nada.json", "/robots.txt"])
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}, {"Origin": "null"}]
)
def test_a_write_from_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    response = client.post(UPDATE, json={}, headers=headers)
    assert response.status_code == 403


@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b'{"output": 3}', b"{", b'{"output": "x.y", "inputs": 7}'])
def test_a_malformed_callback_is_a_bad_request_not_a_failure(client: FlaskClient, body: bytes) -> None:
    response = client.post(UPDATE, data=body, content_type="application/json")
    assert response.status_code == 400
    assert "Traceback" not in response.get_data(as_text=True)


@pytest.mark.parametrize("about", ["http://[", "", "//evil.test", "/explora/nada/nada?_group=x", "/" + "x" * 9_000])
@pytest.mark.parametrize("text", ["", "5", "\0\0\0", "x" * 50])
def test_a_forged_question_never_fails_the_server(client: FlaskClient, about: str, text: str) -> None:
    form = {"sobre": about, "renglon": text, "columna": text, "punto": text, "lugar": text, "texto": text}
    assert client.get("/participar", query_string=form).status_code == 200
    assert client.post("/participar", data={**form, "tipo": text, "clave": "x" * 24}).status_code == 422


def test_json_nested_without_end_is_a_bad_request(client: FlaskClient) -> None:
    body = b"[" * 100_000 + b"]" * 100_000
    assert client.post(UPDATE, data=body, content_type="application/json").status_code == 400


def test_a_body_over_the_limit_is_refused(client: FlaskClient) -> None:
    response = client.post(UPDATE, data=b"x" * 3_000_000, content_type="application/json")
    assert response.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/_dash-component-suites/os/__init__.py",
        "/_dash-component-suites/dash/../../../../etc/passwd",
        "/assets/..%2fapp.py",
    ],
)
def test_a_path_out_of_the_site_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert b"root:" not in response.data


def test_an_unknown_page_is_a_404_that_does_not_echo_its_address(client: FlaskClient) -> None:
    response = client.get("/<script>alert(1)</script>", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert b"<script>alert" not in response.data
    assert 'lang="es"' in response.get_data(as_text=True)


def test_health_answers_while_the_process_does(client: FlaskClient) -> None:
    assert client.get("/health").get_json() == {"status": "ok"}


def test_an_asset_named_with_its_time_is_kept_and_a_bare_one_is_asked_for_again(client: FlaskClient) -> None:
    assert client.get("/assets/tokens.css?m=1").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in client.get("/assets/tokens.css").headers["Cache-Control"]
