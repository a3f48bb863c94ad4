"""`/participa`: everything that one can do."""

from __future__ import annotations

from dash.development.base_component import Component

from components.location import page, register_page
from components.participa import participa_page
from portal.place import Head, Place
from portal.portal import Portal
from portal.usecases.participating import overview
from portal.usecases.surveys import now_and_today, open_surveys

TEMPLATE = "/participa"


def head(portal: Portal, place: Place) -> Head:
    """What one can do, as links, open surveys first."""
    _, day = now_and_today()
    return Head(
        title="Participe · Ventanilla",
        description="Pregunte, pida datos, vote, responda encuestas y siga lo que le importa, sin cuenta.",
        canonical=place.path,
        links=(
            *((survey.title, f"/encuesta/{survey.slug}") for survey in open_surveys(portal, day)[:5]),
            ("Preguntar", "/participar?tipo=pregunta"),
            ("Reportar un error", "/participar?tipo=error"),
            ("Pedir datos", "/participar?tipo=solicitud"),
            ("Preguntas y respuestas", "/preguntas"),
            ("Solicitudes de datos", "/solicitudes"),
            ("Encuestas", "/encuestas"),
            ("Mis preguntas", "/mis-preguntas"),
        ),
    )


@page(TEMPLATE)
def layout(portal: Portal, _: Place) -> Component:
    """The page of today."""
    _now, day = now_and_today()
    return participa_page(portal, overview(portal, day), day)


register_page(__name__, TEMPLATE, head, layout)
