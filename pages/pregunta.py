"""`/pregunta/<folio>`: one thread, of whatever kind, with its answers."""

from __future__ import annotations

from dash.development.base_component import Component

from components.location import page, register_page
from components.messages import gettext
from components.threads import thread_page
from portal.feeds import feed_of
from portal.place import Head, Place
from portal.portal import Portal
from portal.telling import paragraphs, title_of
from portal.usecases.replies import find_thread

TEMPLATE = "/pregunta/<folio>"
DESCRIBED = 300  # characters of the question in the raw HTML


def head(portal: Portal, place: Place) -> Head:
    """What was asked, and a document of it that needs no script."""
    thread = find_thread(portal, place.parts["folio"])
    return Head(
        title=f"{title_of(thread)} · {thread.folio} · Ventanilla",
        description=" ".join(paragraphs(thread.question.text))[:DESCRIBED],
        canonical=f"/pregunta/{thread.folio}",
        links=((gettext("Leer sin JavaScript"), f"/pregunta/{thread.folio}/simple"),),
        feeds=((gettext("Respuestas a este mensaje"), feed_of(f"/pregunta/{thread.folio}")),),
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """The thread."""
    return thread_page(portal, find_thread(portal, place.parts["folio"]))


register_page(__name__, TEMPLATE, head, layout)
