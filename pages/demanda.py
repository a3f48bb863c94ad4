"""`/demanda`: what people ask for most."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dash.development.base_component import Component

from components.demand import demand_page
from components.location import page, register_page
from portal.place import Head, Place
from portal.portal import Portal
from portal.usecases.demand import PERIOD, PERIODS, demand

TEMPLATE = "/demanda"


def _asked(portal: Portal, place: Place) -> tuple[str, str]:
    """The agency and the period that the address names; all, and a year, where it names none that exists."""
    given = dict(parse_qsl(place.query))
    agency, period = given.get("dependencia", ""), given.get("dias", PERIOD)
    known = {found.slug for found in portal.snapshot.agencies()}
    return agency if agency in known else "", period if period in PERIODS else PERIOD


def head(portal: Portal, place: Place) -> Head:
    """The most wanted, as links."""
    found = demand(portal, *_asked(portal, place))
    return Head(
        title="Lo que la gente busca · Ventanilla",
        description="Qué datos y formatos se piden y todavía no están: solicitudes, búsquedas sin resultado y más.",
        canonical=place.path,
        links=(
            *((request.title, f"/pregunta/{request.folio}") for request in found.requests[:10]),
            ("JSON", "/demanda.json"),
        ),
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """The demand of one agency or of all."""
    agency, period = _asked(portal, place)
    return demand_page(portal, demand(portal, agency, period), period)


register_page(__name__, TEMPLATE, head, layout)
