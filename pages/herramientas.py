"""`/herramientas`: the gallery of tools, by theme."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dash.development.base_component import Component

from components.herramienta import gallery
from components.location import page, register_page
from components.messages import gettext
from portal.place import Head, Place
from portal.portal import Portal
from portal.tools import tools

TEMPLATE = "/herramientas"


def head(portal: Portal, place: Place) -> Head:
    """What a tool is, and each as a link."""
    return Head(
        title=gettext("Herramientas") + " · Ventanilla",
        description=gettext("Mapas y gráficas hechos con datos abiertos, para responder preguntas concretas."),
        canonical=place.path,
        links=tuple((t.title, f"/herramientas/{t.slug}") for t in tools(portal)),
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """The gallery, of one theme where `?tema=` names it."""
    return gallery(portal, tools(portal), dict(parse_qsl(place.query)).get("tema", ""))


register_page(__name__, TEMPLATE, head, layout)
