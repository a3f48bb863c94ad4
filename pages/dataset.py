"""`/datos/<dataset>`: what a dataset is, what its files hold, and what happened when they were loaded."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dash.development.base_component import Component

from components.dataset import dataset_page
from components.location import page, register_page
from portal.feeds import feed_of
from portal.place import Head, Place
from portal.placing import place_key
from portal.portal import Portal

TEMPLATE = "/datos/<dataset>"


def head(portal: Portal, place: Place) -> Head:
    """Title, description and the resources as links."""
    dataset = portal.dataset(place.parts["dataset"])
    return Head(
        title=f"{dataset.title} · Ventanilla",
        description=dataset.description,
        canonical=place.path,
        links=tuple((r.title, f"/explora/{dataset.slug}/{r.slug}") for r in dataset.resources),
        feeds=(("Versiones nuevas", feed_of(f"/datos/{dataset.slug}")),),
    )


@page(TEMPLATE)
def layout(portal: Portal, place: Place) -> Component:
    """The dataset's page, of the place that the address names."""
    key = place_key(dict(parse_qsl(place.query)), portal.settings.territories)
    return dataset_page(portal, portal.dataset(place.parts["dataset"]), key)


register_page(__name__, TEMPLATE, head, layout)
