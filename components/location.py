"""A page's layout and title from the raw address: Dash's own page arguments let a query override the path."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import dash
from dash import html
from dash.development.base_component import Component
from flask import request

from components.shell import error_state, shell
from model.errors import PortalError
from portal.place import HeadMaker, Place, place_at
from portal.portal import Portal, get_portal

PAGES_LOCATION = "_pages_location"  # the id of Dash's own Location


def page(template: str) -> Callable[[Callable[[Portal, Place], Component]], Callable[..., Component]]:
    """Make a page's layout of a function of the portal and the place; its errors become the page's error state."""

    def decorate(render: Callable[[Portal, Place], Component]) -> Callable[..., Component]:
        @wraps(render)
        def layout(**_: str) -> Component:
            place = _here(template)
            if place is None:  # Dash calls each layout once with no address, to learn its ids
                return shell(html.Div(), path=template)
            try:
                return shell(render(get_portal(), place), path=place.path)
            except PortalError as error:
                return shell(error_state(error), path=place.path)

        return layout

    return decorate


def register_page(module: str, template: str, head: HeadMaker, layout: Callable[..., Component]) -> None:
    """Tell Dash of a page; its document title is the one that its raw HTML has."""

    def title(**_: str) -> str:
        place = _here(template)
        try:
            return head(get_portal(), place).title if place else ""
        except PortalError as error:
            return error.message

    at = {"path_template": template} if "<" in template else {"path": template}
    dash.register_page(module, title=title, head=head, layout=layout, **at)  # type: ignore[no-untyped-call]


def _here(template: str) -> Place | None:
    body = request.get_json(silent=True) if request.method == "POST" else None
    if not isinstance(body, dict):
        return None
    values = {i.get("property"): i.get("value") for i in body.get("inputs", []) if i.get("id") == PAGES_LOCATION}
    path, query = values.get("pathname"), values.get("search")
    return place_at(template, str(path or "/"), str(query or "").removeprefix("?"))
