"""What people look for and do not find: counted after each answer, told as JSON."""

from __future__ import annotations

import logging
from dataclasses import asdict

from flask import Blueprint, Response, g, jsonify, request

from model.demand import What
from model.errors import BadRequest, StoreDown
from portal.place import Head
from portal.portal import get_portal
from portal.usecases.demand import LEAST, PERIOD, PERIODS, Demand, Line, demand
from portal.wishes import Seen, wish_of

QUIET = ("/_", "/assets/", "/static/")

blueprint = Blueprint("demand", __name__)


@blueprint.get("/demanda.json")
def as_json() -> Response:
    """What people ask for most, of one agency where `?dependencia=` names it, in the days of `?dias=`."""
    portal = get_portal()
    agency, period = request.args.get("dependencia", ""), request.args.get("dias", PERIOD)
    if period not in PERIODS:
        raise BadRequest(f"dias es uno de: {', '.join(PERIODS)}.")
    if agency and agency not in {known.slug for known in portal.snapshot.agencies()}:
        raise BadRequest(f"No existe la dependencia «{agency[:80]}».")
    response = jsonify(written(demand(portal, agency, period)))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=30"
    return response


def written(found: Demand) -> dict[str, object]:
    """The demand as programs read it."""
    kinds = {
        "searches": (What.SEARCH, ("term",)),
        "formats": (What.FORMAT, ("dataset", "resource", "term")),
        "failed": (What.FAILED, ("dataset", "resource", "note")),
        "missing": (What.MISSING, ("term",)),
        "views": (What.VIEW, ("dataset",)),
        "downloads": (What.DOWNLOAD, ("dataset", "resource", "term")),
    }
    data: dict[str, object] = {
        name: [_written(line, fields) for line in found.lines[what]] for name, (what, fields) in kinds.items()
    }
    data["requests"] = [asdict(item) for item in found.requests]
    data["formats_wanted"] = [{"format": label, "requests": times} for label, times in found.formats]
    data["agencies"] = [asdict(item) for item in found.agencies]
    return {
        "data": data,
        "meta": {
            "since": found.since.isoformat(),
            "until": found.until.isoformat(),
            "agency": found.agency,
            "words_from": LEAST,
        },
        "links": {"page": "/demanda"},
    }


def _written(line: Line, fields: tuple[str, ...]) -> dict[str, object]:
    named = {"dataset": ("agency", "dataset")}
    names = [name for field in fields for name in named.get(field, (field,))]
    return {**{name: getattr(line, name) for name in names}, "times": line.times}


@blueprint.after_app_request
def count(response: Response) -> Response:
    """Count what a visitor wished for. Neither address nor cookie is looked at, and nothing is written here."""
    if (
        request.method != "GET"
        or request.path.startswith(QUIET)
        or "prefetch" in request.headers.get("Sec-Purpose", "")
    ):
        return response
    head: Head | None = g.get("head")
    status = head.status if head is not None and response.status_code == 200 else response.status_code
    agent = request.headers.get("User-Agent", "")
    query = request.query_string.decode("utf-8", "replace")
    portal = get_portal()
    # the head of a search links what was found
    seen = Seen(request.path, query, status, agent, found_nothing=head is not None and not head.links)
    try:
        if wish := wish_of(portal, seen):
            portal.counts.add(wish)
    except StoreDown:
        logging.getLogger("ventanilla").info("demand: not counted while the store is down")
    return response
