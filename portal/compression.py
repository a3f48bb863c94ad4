"""Answers compressed for the wire; what does not change is compressed once."""

from __future__ import annotations

import gzip
import hashlib

import brotli
from flask import Flask, Response, request

from portal.cache import Answers

COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/geo+json")
CODE = ("text/javascript", "application/javascript", "text/css")
SMALLEST = 600
LONG = 86_400  # seconds that a client may keep an answer whose bytes never change
# Brotli 10 takes 0.2 s for 350 kB of Dash's scripts and saves a tenth over 9, which takes 80 ms for all of plotly.
CODE_QUALITY, KEPT_QUALITY, PASSING_QUALITY = 10, 9, 4
MOST_CODE = 1_000_000


def compress(app: Flask, cache: Answers) -> None:
    """Compress text answers; those that do not change keep their compressed bytes in `cache`."""

    @app.after_request
    def _compress(response: Response) -> Response:
        if response.status_code == 304:  # as the answer that it stands for, whose text it does not have
            response.vary.add("Accept-Encoding")
        if not _worthwhile(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = request.accept_encodings.best_match(("br", "gzip"))
        if encoding is None:
            return response
        etag, _ = response.get_etag()
        response.set_data(_encoded(cache, response, encoding, etag or _fingerprint(response)))
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


def _fingerprint(response: Response) -> str:
    """What tells the bytes of a lasting answer without an ETag apart (Dash's scripts, named by version), or ""."""
    lasting = request.method == "GET" and (response.cache_control.max_age or 0) >= LONG
    return hashlib.sha256(response.get_data()).hexdigest() if lasting else ""


def _encoded(cache: Answers, response: Response, encoding: str, identity: str) -> bytes:
    body = response.get_data()
    if not identity:
        return _encode(body, encoding, PASSING_QUALITY)
    quality = CODE_QUALITY if response.mimetype in CODE and len(body) < MOST_CODE else KEPT_QUALITY
    key = f"wire|{encoding}|{quality}|{request.path}|{identity}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _encode(body, encoding, quality)
        cache.set(key, kept)
    return kept


def _encode(body: bytes, encoding: str, quality: int) -> bytes:
    return brotli.compress(body, quality=quality) if encoding == "br" else gzip.compress(body, compresslevel=6)
