"""What travels compressed, and how often it is compressed."""

from __future__ import annotations

import re

import brotli
import pytest
from flask.testing import FlaskClient

import portal.compression

BROTLI = {"Accept-Encoding": "br"}


def scripts(client: FlaskClient) -> list[str]:
    """The scripts that the front page loads."""
    return re.findall(r'<script src="([^"]+)"', client.get("/").get_data(as_text=True))


def test_every_script_of_a_page_is_compressed_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    found = scripts(client)
    assert any(url.startswith("/_dash-component-suites/dash/dcc/") for url in found)
    first = {url: client.get(url, headers=BROTLI).data for url in found}
    monkeypatch.setattr(brotli, "compress", lambda *_, **__: pytest.fail("compressed again"))
    assert {url: client.get(url, headers=BROTLI).data for url in found} == first


def test_compressed_scripts_are_whole_and_near_the_smallest(client: FlaskClient) -> None:
    url = next(u for u in scripts(client) if "dash_core_components" in u)
    plain = client.get(url, headers={"Accept-Encoding": "identity"}).data
    packed = client.get(url, headers=BROTLI).data
    assert brotli.decompress(packed) == plain
    assert len(packed) < 1.03 * len(brotli.compress(plain, quality=11))


def test_what_passes_once_is_not_kept(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    compress = brotli.compress

    def counting(body: bytes, quality: int) -> bytes:
        calls.append(quality)
        packed: bytes = compress(body, quality=quality)
        return packed

    monkeypatch.setattr(brotli, "compress", counting)
    client.get("/", headers=BROTLI)
    client.get("/", headers=BROTLI)
    assert calls == [portal.compression.PASSING_QUALITY] * 2
