"""All feedback as open data."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from portal.portal import get_portal
from portal.usecases.open_data import as_csv, as_objects

LIVE = "public, max-age=60"

blueprint = Blueprint("participation", __name__)


@blueprint.get("/participacion.csv")
def table() -> Response:
    """One line a thread."""
    response = Response(as_csv(get_portal()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="participacion.csv"'
    return _public(response)


@blueprint.get("/participacion.json")
def objects() -> Response:
    """One object a thread, with all its answers."""
    portal = get_portal()
    found = as_objects(portal)
    links = {"self": "/participacion.json", "csv": "/participacion.csv", "page": "/preguntas"}
    return _public(jsonify({"data": found, "meta": {"total": len(found)}, "links": links}))


def _public(response: Response) -> Response:
    response.headers["Cache-Control"] = LIVE
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
