"""`/`: search, featured tools, the newest data, themes."""

from __future__ import annotations

from dash.development.base_component import Component

from components.home import home
from components.location import page, register_page
from components.messages import gettext
from portal.place import Head, Place
from portal.portal import Portal

TEMPLATE = "/"


def head(_: Portal, place: Place) -> Head:
    """What the site is."""
    return Head(
        title=gettext("Ventanilla: los datos abiertos de México, con respuesta"),
        description=gettext("Mire los datos abiertos, pregunte por lo que ve y reciba respuesta de quien los publicó."),
        canonical=place.path,
        links=((gettext("Todos los datos"), "/datos"), (gettext("Herramientas"), "/herramientas")),
    )


@page(TEMPLATE)
def layout(portal: Portal, _: Place) -> Component:
    """The front page."""
    return home(portal)


register_page(__name__, TEMPLATE, head, layout)
