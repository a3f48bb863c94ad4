"""The composition root: `create_app(settings)`, and `server()` for gunicorn and the command line."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy  # noqa: F401  plotly imports these lazily, and the imports race under threads
import orjson  # noqa: F401
import pandas  # noqa: F401
import plotly.graph_objects  # noqa: F401
from dash import Dash, page_container, page_registry
from flask import Flask

from api.blueprints import api_blueprints
from api.errors import answer_errors
from api.routes import SlugConverter, SuffixConverter
from commands.register import add_commands
from components.endpoints import guard_endpoints
from config import ROOT, Settings, local_secret, read_settings
from documents.routes import blueprints
from documents.shell import render_shell, resolve_pages
from portal.compression import compress
from portal.guard import protect
from portal.language import install_language
from portal.open import open_portal
from portal.people import keep_sessions_apart
from portal.portal import install


class Site(Dash):
    """Dash inside our own HTML document."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The document round Dash's pieces, which it passes by name."""
        return render_shell(parts)


def create_app(settings: Settings) -> Flask:
    """The whole site as a Flask app: portal, routes, pages, guards and commands."""
    secret = settings.secret_key or local_secret(settings.var)
    server = Flask("ventanilla", template_folder=str(ROOT / "documents" / "templates"), static_folder=None)
    server.secret_key = secret
    server.url_map.converters.update(slug=SlugConverter, suffix=SuffixConverter)
    install_language(server)
    portal = open_portal(server, replace(settings, secret_key=secret))
    install(server, portal)
    for part in (*api_blueprints(), *blueprints()):
        server.register_blueprint(part)
    answer_errors(server)
    site = Site(
        "ventanilla",
        server=server,  # type: ignore[arg-type]
        use_pages=True,
        pages_folder=str(ROOT / "pages"),
        assets_folder=str(ROOT / "assets"),
        use_async=False,
        update_title="",
    )
    site.layout = page_container
    protect(server, settings, site.csp_hashes)
    keep_sessions_apart(server)
    guard_endpoints(server, site)
    heads = {page["path_template"] or page["path"]: page["head"] for page in page_registry.values() if "head" in page}
    resolve_pages(server, portal, heads)
    compress(server, portal.cache)
    add_commands(server)
    with server.test_request_context("/"):
        server.preprocess_request()  # Dash sets up its pages in its first request: 6 s, and inline scripts to hash
    return server


def server() -> Flask:
    """The site that the environment describes: `gunicorn "app:server()"`, `flask --app app:server`."""
    return create_app(read_settings(os.environ))
