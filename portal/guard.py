"""What every answer of the site carries, and what no request may do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from types import MappingProxyType
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from model.errors import Forbidden, PortalError

MAX_BODY = 2 * 1024 * 1024
HEADERS = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
)
HTTPS_ONLY = MappingProxyType({"Strict-Transport-Security": "max-age=31536000"})


class TooLarge(PortalError):
    """A body over the limit."""

    status = 413
    code = "too_large"


def protect(app: Flask, settings: Settings, script_hashes: Callable[[], Sequence[str]]) -> None:
    """Refuse cross-site writes, set the security headers, and believe no proxy that the settings do not count.

    `script_hashes` gives those of Dash's inline scripts; asked once, after the first request, when all are known.
    """
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY

    if settings.proxies:
        behind = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=behind, x_proto=behind, x_host=behind)  # type: ignore[method-assign]
    headers_of_all = {**HEADERS, **(HTTPS_ONLY if settings.production else {})}

    @cache
    def policy() -> str:
        return _policy(script_hashes())

    @app.before_request
    def same_origin_writes() -> None:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            _check_origin()

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy())
        for name, value in headers_of_all.items():
            response.headers.setdefault(name, value)
        return response


def _check_origin() -> None:
    """A write must come from this site: browsers say so themselves (Sec-Fetch-Site, Origin); programs send neither."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none") or (origin is not None and urlsplit(origin).netloc != request.host):
        raise Forbidden("Este envío no viene de este sitio.")


def _policy(script_hashes: Sequence[str]) -> str:
    """No host but ours; styles inline because plotly and leaflet inject them."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(script_hashes)}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
