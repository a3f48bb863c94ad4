"""`/acerca`: what this is, licence, privacy, source code."""

from __future__ import annotations

from dash.development.base_component import Component

from components.about import about
from components.location import page, register_page
from components.messages import gettext
from portal.place import Head, Place
from portal.portal import Portal

TEMPLATE = "/acerca"


def head(_: Portal, place: Place) -> Head:
    """Licence and privacy in a sentence."""
    return Head(
        title=gettext("Acerca de Ventanilla"),
        description=gettext("Licencia de los datos, privacidad y código fuente de este sitio."),
        canonical=place.path,
    )


@page(TEMPLATE)
def layout(_: Portal, __: Place) -> Component:
    """The page."""
    return about()


register_page(__name__, TEMPLATE, head, layout)
