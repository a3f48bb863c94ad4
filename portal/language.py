"""Which language a request is answered in: Spanish, unless its address says `_lang=en`."""

from __future__ import annotations

from flask import Flask, has_request_context, request
from flask_babel import Babel


def install_language(app: Flask) -> None:
    """Messages come from `translations/`; Spanish is what the code itself says."""
    app.config["BABEL_DEFAULT_LOCALE"] = "es_MX"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "America/Mexico_City"
    Babel(app, locale_selector=_locale)


def _locale() -> str:
    asked = request.args.get("_lang", "es") if has_request_context() else "es"
    return "en" if asked == "en" else "es_MX"
