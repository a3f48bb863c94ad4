"""`/pregunta/<folio>`: one question with its answers."""

from __future__ import annotations

from dash.development.base_component import Component

from components.feedback import thread_page
from components.location import page, register_page
from components.messages import gettext
from portal.place import Head, Place
from portal.portal import Portal
from portal.usecases.replies import find_thread

TEMPLATE = "/pregunta/<folio>"


def head(portal: Portal, place: Place) -> Head:
    """The folio and the question's first words."""
    thread = find_thread(portal, place.parts["folio"])
    return Head(
        title=gettext("Pregunta %(folio)s · Ventanilla", folio=thread.folio),
        description=thread.question.text[:200],
        canonical=place.path,
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """The thread."""
    return thread_page(find_thread(portal, place.parts["folio"]))


register_page(__name__, TEMPLATE, head, layout)
