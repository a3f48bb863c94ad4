"""One error shape for programs, one page for people; never a stack trace, never the engine's text."""

from __future__ import annotations

import logging
from types import MappingProxyType

from flask import Flask, Response, jsonify, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from model.errors import Moved, NotReady, PortalError, TooMany
from portal.place import moved_to

FORM = "application/x-www-form-urlencoded"
MESSAGES = MappingProxyType(
    {
        400: "No entendimos esta petición.",
        404: "No encontramos esta dirección.",
        405: "Esta dirección no acepta ese método.",
        413: "El envío es demasiado grande.",
        415: "No aceptamos ese tipo de contenido.",
    }
)
BROKEN = "Algo falló de nuestro lado. Ya quedó registrado; intente de nuevo en unos minutos."


def answer_errors(app: Flask) -> None:
    """Turn every error into an answer."""
    log = logging.getLogger("ventanilla")

    @app.errorhandler(Moved)
    def moved(error: Moved) -> BaseResponse:
        query = request.query_string.decode("utf-8", "replace")
        return redirect(moved_to(error, request.path, query), 301 if error.permanent else 302)

    @app.errorhandler(PortalError)
    def portal_error(error: PortalError) -> Response:
        response = _answer(error.status, error.code, error.message)
        if isinstance(error, (NotReady, TooMany)):
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        return _answer(status, f"http_{status}", MESSAGES.get(status, "No se pudo atender esta petición."))

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        log.exception("unhandled error on %s", request.path.replace("\n", " ")[:200], exc_info=error)
        return _answer(500, "error", BROKEN)


def _wants_page() -> bool:
    """Whether a person looks at this answer: an address opened, or a form sent without scripts."""
    if request.method == "POST":
        return request.mimetype == FORM and "X-Fragment" not in request.headers
    return request.method == "GET" and "." not in request.path and not request.path.startswith("/_")


def _answer(status: int, code: str, message: str) -> Response:
    if _wants_page() and request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html":
        response = Response(
            render_template("error.html", status=status, title=message, message=""), mimetype="text/html"
        )
    else:
        response = jsonify({"error": {"code": code, "message": message}})
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
