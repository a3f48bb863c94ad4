"""`/explora/<dataset>/<resource>`: one View as chart, map and table."""

from __future__ import annotations

from dash.development.base_component import Component

from components.explorer import explorer
from components.location import page, register_page
from components.messages import gettext
from portal.exploring import explore, live, picture
from portal.feeds import feed_of
from portal.place import Head, Place
from portal.portal import Portal

TEMPLATE = "/explora/<dataset>/<resource>"


def head(portal: Portal, place: Place) -> Head:
    """Title, description and picture of the view."""
    question = explore(portal, place)
    words = question.words
    return Head(
        title=f"{words.title} · Ventanilla",
        description=" · ".join((words.subtitle, question.dataset.title, question.dataset.agency.name)),
        canonical=live(question),
        image=picture(question),
        alt=words.title,
        links=((gettext("Descargar CSV"), live(question, ".csv")),),
        feeds=((gettext("Cambios en estas cifras"), feed_of(live(question))),),
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """The explorer of the view in the address."""
    return explorer(portal, explore(portal, place))


register_page(__name__, TEMPLATE, head, layout)
