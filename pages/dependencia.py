"""`/dependencia/<siglas>`: an agency with its datasets, loads and tools."""

from __future__ import annotations

from dash.development.base_component import Component

from components.agency import agency_page
from components.location import page, register_page
from components.messages import gettext
from portal.catalogue import agency
from portal.place import Head, Place
from portal.portal import Portal

TEMPLATE = "/dependencia/<siglas>"


def head(portal: Portal, place: Place) -> Head:
    """The agency's name and its datasets as links."""
    found, datasets = agency(portal, place.parts["siglas"])
    return Head(
        title=f"{found.name} · Ventanilla",
        description=gettext(
            "%(n)s conjuntos de datos abiertos publicados por %(name)s.", n=len(datasets), name=found.name
        ),
        canonical=place.path,
        links=tuple((d.title, f"/datos/{d.slug}") for d in datasets),
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """The agency's page."""
    found, datasets = agency(portal, place.parts["siglas"])
    return agency_page(portal, found, datasets)


register_page(__name__, TEMPLATE, head, layout)
