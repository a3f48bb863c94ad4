"""The HTML around every page: one resolver decides its status, title and first words before Dash answers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Flask, Response, g, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from model.errors import Moved, NotFound, NotReady, PortalError
from portal.language import LANGUAGES, in_language, language
from portal.place import Head, HeadMaker, moved_to, place_at
from portal.portal import Portal, get_portal

SITE = "Ventanilla"
MAP_SCRIPTS = re.compile(r'<script src="([^"]*/dash_(?:leaflet|extensions)/[^"]*)"></script>\s*')  # 100 kB, compressed
PAGE_ENDPOINTS = ("/", "/<path:path>")  # what Dash calls its own routes of pages


def resolve_pages(app: Flask, portal: Portal, heads: Mapping[str, HeadMaker]) -> None:
    """Before each page, find its head by path template; after it, set the status that the head says."""

    @app.before_request
    def find_head() -> BaseResponse | None:
        if request.method not in ("GET", "HEAD") or request.endpoint not in PAGE_ENDPOINTS:
            return None
        try:
            g.head = _head(portal, heads)
        except Moved as moved:
            return redirect(moved_to(moved, request.path, _query()), 301 if moved.permanent else 302)
        except PortalError as error:
            g.head = _error_head(error)
        return None

    @app.after_request
    def status(response: Response) -> Response:
        head: Head | None = g.get("head")
        if head is not None and response.status_code == 200:
            response.status_code = head.status
            response.headers["Cache-Control"] = "no-cache" if head.status == 200 else "no-store"
            if head.retry_after:
                response.headers["Retry-After"] = str(head.retry_after)
        return response


def render_shell(parts: Mapping[str, str]) -> str:
    """The whole document; `parts` are Dash's own pieces (metas, css, config, scripts, renderer, app_entry)."""
    head: Head = g.get("head") or Head(SITE)
    maps = MAP_SCRIPTS.findall(parts["scripts"])  # `assets/boot.js` loads them when a map is drawn
    parts = {**parts, "scripts": MAP_SCRIPTS.sub("", parts["scripts"])}
    pieces = {name: Markup(html) for name, html in parts.items()}  # noqa: S704  Dash's own markup
    return render_template(
        "shell.html",
        site=SITE,
        head=head,
        canonical=in_language(head.canonical, language()) if head.canonical else "",
        alternates=[(lang, in_language(head.canonical, lang)) for lang in LANGUAGES] if head.canonical else [],
        origin=get_portal().base_url,
        map_scripts=" ".join(maps),
        **pieces,
    )


def _head(portal: Portal, heads: Mapping[str, HeadMaker]) -> Head:
    query = _query()
    for template, make in heads.items():
        place = place_at(template, request.path, query)
        if place is not None:
            return make(portal, place)
    raise NotFound("No encontramos esta página.")


def _query() -> str:
    return request.query_string.decode("utf-8", "replace")


def _error_head(error: PortalError) -> Head:
    retry = error.retry_after if isinstance(error, NotReady) else 0
    return Head(f"{error.message} · {SITE}", error.message, status=error.status, retry_after=retry)
