"""The faces of a View, the outlines, and what programs ask of the whole site."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, send_file
from werkzeug.routing import BaseConverter

from model.errors import BadRequest, Moved, NotFound
from portal.face import Context, Rendered, render_face
from portal.portal import get_portal
from portal.static import static_file
from query.address import parse

WIDTHS = range(200, 2001)
PINNED = "public, max-age=86400, immutable"
LIVE = "public, max-age=30"

blueprint = Blueprint("api", __name__)


class SlugConverter(BaseConverter):
    """`[a-z0-9-]+`, without dots, so that a face's suffix stays apart."""

    regex = "[a-z0-9-]+"


class SuffixConverter(BaseConverter):
    """`.csv`, `.figure.json`."""

    regex = r"\.[a-z.]+"


@blueprint.get("/explora/<slug:dataset>/<slug:resource><suffix:suffix>")
def face(dataset: str, resource: str, suffix: str) -> Response:
    """One face of one view."""
    query, width = _without_width(request.query_string.decode("utf-8", "replace"))
    portal = get_portal()
    rendered = render_face(parse(dataset, resource, query), suffix, Context(portal, width))
    return _respond(rendered, dataset, resource)


@blueprint.get("/health")
def health() -> Response:
    """200 while the process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read: everything that is a page."""
    return Response("User-agent: *\nDisallow: /_dash-\n", mimetype="text/plain")


@blueprint.get("/static/<name>")
def static(name: str) -> Response:
    """A file named by its content."""
    found = static_file(get_portal().settings, name)
    if found is None:
        raise NotFound("No existe este archivo.")
    response = send_file(found.path, mimetype=found.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.get("/datos/<slug:dataset>/<slug:resource>/original/<version>")
def original(dataset: str, resource: str, version: str) -> Response:
    """The source file of a version, as its agency published it; a folder of parts as a ZIP is not offered here."""
    portal = get_portal()
    try:
        manifest, _ = portal.manifest(dataset, resource, version)
    except Moved as moved:
        raise Moved(f"{moved.location.replace('/explora/', '/datos/', 1)}/original/{version}") from None
    path = portal.lake.original(manifest.dataset, manifest.resource, manifest.version)
    if not path.is_file():
        raise NotFound("El original de este recurso tiene varias partes; descárguelo como CSV.")
    response = send_file(
        path,
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=manifest.source_name,
        etag=manifest.version,
    )
    response.headers["Cache-Control"] = "no-cache"  # kept, and asked about again each time: a version can be withdrawn
    return response


def _without_width(query: str) -> tuple[str, int]:
    """The query string without `_width`, and that width (0: none given)."""
    parts = query.split("&")
    widths = [p.removeprefix("_width=") for p in parts if p.startswith("_width=")]
    if not widths:
        return query, 0
    if len(widths) > 1 or not widths[0].isascii() or not widths[0].isdigit() or int(widths[0]) not in WIDTHS:
        raise BadRequest(f"_width va de {WIDTHS.start} a {WIDTHS.stop - 1}.")
    return "&".join(p for p in parts if not p.startswith("_width=")), int(widths[0])


def _respond(rendered: Rendered, dataset: str, resource: str) -> Response:
    response = Response(rendered.body, content_type=rendered.face.media_type)
    response.set_etag(rendered.etag, weak=True)
    response.headers["Cache-Control"] = PINNED if rendered.pinned else LIVE
    response.headers["Access-Control-Allow-Origin"] = "*"
    if rendered.face.export:
        name = f"{dataset}-{resource}{rendered.face.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.make_conditional(request)
    return response
