"""`/datos`: search with facets."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dash.development.base_component import Component

from components.location import page, register_page
from components.messages import gettext
from components.search import search_page
from portal.catalogue import FACETS, find
from portal.place import Head, Place
from portal.portal import Portal

TEMPLATE = "/datos"


def _asked(place: Place) -> tuple[str, dict[str, str]]:
    """The text searched and the facet values chosen."""
    given = dict(parse_qsl(place.query))
    return given.get("q", "")[:200], {name: given[name] for name in FACETS if given.get(name)}


def head(portal: Portal, place: Place) -> Head:
    """The search in words, and the first datasets as links."""
    text, chosen = _asked(place)
    found = find(portal, text, chosen).datasets
    name = gettext("«%(text)s» en los datos", text=text) if text else gettext("Todos los datos")
    return Head(
        title=f"{name} · Ventanilla",
        description=gettext("%(n)s conjuntos de datos abiertos.", n=len(found)),
        canonical=place.path,
        links=tuple((d.title, f"/datos/{d.slug}") for d in found[:20]),
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """Results and facets."""
    text, chosen = _asked(place)
    return search_page(portal, text, chosen, find(portal, text, chosen))


register_page(__name__, TEMPLATE, head, layout)
