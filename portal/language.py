"""Which language a request is answered in: Spanish, unless its page's address says `_lang=en`."""

from __future__ import annotations

from types import MappingProxyType
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale

from config import ROOT
from model.view import PLACES

PARAMETER = "_lang"
LANGUAGES = MappingProxyType({"es": "es_MX", "en": "en"})  # what an address says, and the catalogue of messages
NAMES = MappingProxyType({"es": "Español", "en": "English"})


def install_language(app: Flask) -> None:
    """Messages come from `translations/`; Spanish is what the code itself says."""
    app.config["BABEL_DEFAULT_LOCALE"] = "es_MX"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "America/Mexico_City"
    Babel(app, locale_selector=_locale, default_translation_directories=str(ROOT / "translations"))
    app.context_processor(lambda: {"lang": language(), "other": _other()})


def language() -> str:
    """`es` or `en`, as the address of the page says."""
    return "en" if str(get_locale()) == LANGUAGES["en"] else "es"


def _locale() -> str:
    asked = _asked() if has_request_context() else ""
    return LANGUAGES.get(asked, LANGUAGES["es"])


def _asked() -> str:
    """What the page's address says: a callback's own address does not, but its body or its referrer has the page's."""
    if request.method != "POST":
        return request.args.get(PARAMETER, "")
    body = request.get_json(silent=True)
    inputs = body.get("inputs", []) if isinstance(body, dict) else []
    named = [i for i in inputs if isinstance(i, dict)] if isinstance(inputs, list) else []
    searches = [i.get("value") for i in named if i.get("property") == "search"]
    query = str(searches[0] or "").removeprefix("?") if searches else urlsplit(request.referrer or "").query
    return parse_qs(query).get(PARAMETER, [""])[0]


def in_language(address: str, lang: str) -> str:
    """A page's site-relative address in `lang`, its reserved words in canonical order; in Spanish nothing is said."""
    path, _, query = address.partition("?")
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0] != PARAMETER]
    if lang != "es":
        after = (i for i, pair in enumerate(kept) if pair.startswith("_") and pair > PARAMETER and not _place(pair))
        kept.insert(next(after, len(kept)), f"{PARAMETER}={lang}")
    return f"{path}?{'&'.join(kept)}" if kept else path


def _place(pair: str) -> bool:
    return pair.startswith(PLACES)


def _other() -> dict[str, str]:
    """The same page in the other language: `{lang, name, href}`."""
    lang = "es" if language() == "en" else "en"
    kept = [pair for pair in parse_qsl(request.query_string.decode("utf-8", "replace")) if pair[0] != PARAMETER]
    query = urlencode([*kept, (PARAMETER, lang)] if lang != "es" else kept)
    return {"lang": lang, "name": NAMES[lang], "href": f"{request.path}?{query}" if query else request.path}
