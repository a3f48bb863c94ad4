"""Answers compressed for the wire; what does not change is compressed once."""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request
from flask_caching import Cache

COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/geo+json")
SMALLEST = 600
KEPT_QUALITY, PASSING_QUALITY = 9, 4  # measured in stack.md: 80 ms for plotly at 9, so only what is kept gets it


def compress(app: Flask, cache: Cache) -> None:
    """Compress text answers; those with an ETag keep their compressed bytes in `cache`."""

    @app.after_request
    def _compress(response: Response) -> Response:
        if not _worthwhile(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = request.accept_encodings.best_match(("br", "gzip"))
        if encoding is None:
            return response
        etag, _ = response.get_etag()
        response.set_data(_encoded(cache, response, encoding, etag))
        response.headers["Content-Encoding"] = encoding
        if etag:
            response.set_etag(etag, weak=True)
        return response


def _worthwhile(response: Response) -> bool:
    if response.status_code != 200 or "Content-Encoding" in response.headers:
        return False
    if not (response.mimetype or "").startswith(COMPRESSIBLE):
        return False
    response.direct_passthrough = False
    return len(response.get_data()) >= SMALLEST


def _encoded(cache: Cache, response: Response, encoding: str, etag: str | None) -> bytes:
    if etag is None:
        return _encode(response.get_data(), encoding, PASSING_QUALITY)
    key = f"wire|{encoding}|{request.path}|{etag}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _encode(response.get_data(), encoding, KEPT_QUALITY)
        cache.set(key, kept)
    return kept


def _encode(body: bytes, encoding: str, quality: int) -> bytes:
    return brotli.compress(body, quality=quality) if encoding == "br" else gzip.compress(body, compresslevel=6)
