"""`/encuestas`: the published surveys, ten a page."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dash.development.base_component import Component

from components.location import page, register_page
from components.surveys import PAGE, survey_list
from portal.place import Head, Place
from portal.portal import Portal
from portal.usecases.surveys import listed, now_and_today

TEMPLATE = "/encuestas"
MOST_PAGES = 10_000


def _page(place: Place) -> int:
    text = dict(parse_qsl(place.query)).get("pagina", "1")
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 9 and int(text) else 1


def head(portal: Portal, place: Place) -> Head:
    """The surveys of the page, as links."""
    _, day = now_and_today()
    number = _page(place)
    shown = listed(portal, day)[(number - 1) * PAGE : number * PAGE]
    return Head(
        title="Encuestas · Ventanilla",
        description="Encuestas públicas de las dependencias y de este portal, con sus resultados.",
        canonical=place.path,
        links=tuple((survey.title, f"/encuesta/{survey.slug}") for survey, _state in shown),
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """One page of surveys."""
    _, day = now_and_today()
    return survey_list(portal, listed(portal, day), _page(place), day)


register_page(__name__, TEMPLATE, head, layout)
