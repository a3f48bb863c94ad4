"""The panel of every public page: closed, it is a link to the form; `assets/replypanel.js` fetches the form into it."""

from __future__ import annotations

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from components import ids
from components.elements import marks
from components.messages import gettext as _

FORM = "/participar"


def panel(path: str) -> Component:
    """The panel about the page at `path`, until the page says something finer (`assets/replypanel.js`)."""
    link = html.A(_("Abrir el formulario"), href=f"{FORM}?sobre={quote(path)}", className="btn strong")
    return html.Details(
        [
            html.Summary(html.Span(_("Pregunte, reporte o pida algo sobre lo que ve aquí"), className="ask-title")),
            html.Div([html.P(link), html.Div(id=ids.FEEDBACK_SLOT, **marks({"data-slot": ""}))]),
        ],
        id=ids.FEEDBACK,
        className="panel-ask",
        **marks({"data-about": path}),
    )
