"""How a plain document answers: a whole page without scripts, or only its main part for `assets/reply.js`."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from model.errors import NotReady, PortalError, TooMany

FRAGMENT = "X-Fragment"
PUBLIC = ("/preguntas", "/solicitudes", "/moderacion", "/privacidad", "/encuesta/")


def is_fragment() -> bool:
    """Whether `assets/reply.js` asks, which puts the answer in place."""
    return request.headers.get(FRAGMENT) == "1"


def respond(template: str, *, status: int = 200, title: str, **values: Any) -> Response:
    """`templates/<template>`, which extends `page.html`; of it only the block `main` for a fragment. Never kept.

    Macros that the block uses have to be imported inside the block. A page of PUBLIC has the panel, about `panel`.
    """
    values.setdefault("panel", request.path if request.path.startswith(PUBLIC) else "")
    if is_fragment():
        html = _block(template, "main", {"title": title, "fragment": True, **values})
    else:
        html = render_template(template, title=title, fragment=False, **values)
    response = Response(html, status=status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = FRAGMENT
    return response


def done(address: str, template: str, *, title: str, **values: Any) -> BaseResponse:
    """After a form was accepted: 303 to the page at `address`; for a fragment, `template` with status 201."""
    if is_fragment():
        return respond(template, status=201, title=title, **values)
    response = redirect(address, 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def later(response: BaseResponse, error: PortalError) -> BaseResponse:
    """The answer that tells of an error, with when to try again where the error says so."""
    if isinstance(error, (NotReady, TooMany)):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _block(template: str, name: str, values: dict[str, Any]) -> str:
    found = current_app.jinja_env.get_template(template)
    current_app.update_template_context(values)
    return "".join(found.blocks[name](found.new_context(values)))
