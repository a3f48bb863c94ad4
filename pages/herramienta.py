"""`/herramientas/<slug>`: one tool with its controls, views and figures."""

from __future__ import annotations

from dash.development.base_component import Component

from components.herramienta import tool_view
from components.location import page, register_page
from components.messages import language
from portal.answer import Question
from portal.exploring import picture
from portal.place import Head, Place
from portal.portal import Portal
from portal.tools import choices, tool_page

TEMPLATE = "/herramientas/<slug>"


def head(portal: Portal, place: Place) -> Head:
    """The tool's title and summary, with its first drawing."""
    shown = tool_page(portal, place.parts["slug"], choices(place.query), language())
    first = next((q for q in shown.steps if isinstance(q, Question)), None)
    return Head(
        title=f"{shown.tool.title} · Ventanilla",
        description=shown.tool.summary,
        canonical=place.path,
        image=picture(first) if first else "",
        alt=first.words.title if first else "",
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """The tool with the reader's choices."""
    return tool_view(portal, tool_page(portal, place.parts["slug"], choices(place.query), language()))


register_page(__name__, TEMPLATE, head, layout)
