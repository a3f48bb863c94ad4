"""Dash's own endpoints answer 400 and 404 to what they would otherwise fail on (stock Dash: 500)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash
from flask import Flask, Response, request

from model.errors import BadRequest, NotFound

UPDATE = "/_dash-update-component"
ASSETS = "/assets/"
SUITES = "/_dash-component-suites/"
MOST_CHANGES = 100


def guard_endpoints(server: Flask, site: Dash) -> None:
    """Look at each request to Dash's endpoints before Dash does, and let browsers keep assets named with their time."""

    @server.before_request
    def look() -> None:
        if request.path == UPDATE and request.method == "POST":
            _check_callback(site, _body())
        elif request.path.startswith(SUITES):
            _check_suite(site, request.path.removeprefix(SUITES))

    @server.after_request
    def keep(response: Response) -> Response:
        if request.path.startswith(ASSETS) and "m" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _body() -> object:
    try:
        return request.get_json(silent=True)
    except RecursionError:
        raise BadRequest("No entendimos esta petición.") from None


def _check_callback(site: Dash, body: object) -> None:
    if not isinstance(body, dict) or body.get("output") not in _outputs(site):
        raise BadRequest("No entendimos esta petición.")
    given = [body.get(name, []) for name in ("inputs", "state")]
    if not all(isinstance(items, list) and all(map(_is_value, items)) for items in given):
        raise BadRequest("No entendimos esta petición.")
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or len(changed) > MOST_CHANGES or not all(isinstance(c, str) for c in changed):
        raise BadRequest("No entendimos esta petición.")
    known = site.callback_map[body["output"]]
    expected = [[(i["id"], i["property"]) for i in known[name]] for name in ("inputs", "state")]
    if [[(i["id"], i["property"]) for i in items] for items in given] != expected:
        raise BadRequest("No entendimos esta petición.")
    if _named(body.get("outputs")) != _targets(body):
        raise BadRequest("No entendimos esta petición.")


def _outputs(site: Dash) -> Any:
    return site.callback_map.keys() if site.callback_map else ()


def _targets(body: Mapping[str, str]) -> list[str]:
    """`..a.children...b.hidden..` → [`a.children`, `b.hidden`]; a single one stands as it is."""
    name = body["output"].partition("@")[0]
    return name.strip(".").split("...") if name.startswith("..") else [name]


def _named(outputs: object) -> list[str]:
    """Where the answer goes, as the page says it: an id and a property, or a list of them."""
    items = outputs if isinstance(outputs, list) else [outputs]
    return [f"{o.get('id')}.{o.get('property')}".partition("@")[0] for o in items if isinstance(o, dict)]


def _is_value(item: object) -> bool:
    """An input as the page sends it: an id, a property, and a plain value."""
    return (
        isinstance(item, dict)
        and isinstance(item.get("id"), str)
        and isinstance(item.get("property"), str)
        and isinstance(item.get("value"), (str, int, float, bool, type(None)))
    )


def _check_suite(site: Dash, path: str) -> None:
    package, _, file = path.partition("/")
    known = site.registered_paths.get(package, ())
    if not file or not any(_unversioned(file) == part for part in known):
        raise NotFound("No existe este archivo.")


def _unversioned(path: str) -> str:
    """`deps/react.v4_4_1m17.min.js` → `deps/react.min.js`: Dash puts version and time in the name."""
    folder, _, name = path.rpartition("/")
    stem, *rest = name.split(".")
    kept = [part for part in rest if not (part.startswith("v") and part[1:2].isdigit())]
    return "/".join(filter(None, (folder, ".".join((stem, *kept)))))
