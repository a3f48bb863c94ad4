"""«Compartir»: the link, with the title, the figure and the date; `assets/share.js` fills it in."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.elements import marks
from components.messages import gettext as _


def share() -> Component:
    """Buttons to copy the link, to send it by WhatsApp or by the device's own sheet."""
    return html.Section(
        [
            html.H2(_("Compartir")),
            html.P(
                _("El enlace abre exactamente esta vista, con esta versión de los datos: las cifras no cambiarán."),
                className="small muted",
            ),
            html.Div(
                [
                    html.Button(
                        _("Copiar enlace"),
                        type="button",
                        className="btn",
                        **marks({"data-share": "copy", "data-done": _("Enlace copiado"), "aria-live": "polite"}),
                    ),
                    html.A(
                        "WhatsApp",
                        href="https://wa.me/",
                        className="btn",
                        target="_blank",
                        rel="noopener noreferrer",
                        **marks({"data-share": "whatsapp"}),
                    ),
                    html.Button(
                        _("Compartir…"), type="button", className="btn", hidden=True, **marks({"data-share": "native"})
                    ),
                ],
                className="row",
            ),
        ],
        className="box stack share",
        **marks({"aria-label": _("Compartir")}),
    )
