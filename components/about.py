"""What this site is: licence of the data, privacy, source code."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.messages import gettext as _
from components.shell import heading, section


def about() -> Component:
    """The page to which the foot of every page links."""
    return html.Div(
        [
            heading(
                _("Acerca de Ventanilla"),
                lead=_("Una ventanilla para los datos abiertos: se mira, se pregunta y se recibe respuesta."),
            ),
            section(_("Cómo funciona"), _how()),
            section(_("Licencia de los datos"), _licence(), id="licencia"),
            section(_("Privacidad"), _privacy(), id="privacidad"),
            section(_("Código fuente"), _code(), id="codigo"),
        ],
        className="spread",
    )


def _how() -> Component:
    return html.Ol(
        [
            html.Li(_("Las dependencias publican archivos. Aquí se leen, se revisan y se guarda cada versión.")),
            html.Li(_("Cada mapa, gráfica o tabla tiene una dirección propia, que siempre dará las mismas cifras.")),
            html.Li(_("En cada página se puede preguntar. La pregunta lleva folio y fecha límite, y es pública.")),
            html.Li(_("La respuesta oficial aparece junto a los datos por los que se preguntó.")),
        ]
    )


def _licence() -> Component:
    return html.P(
        _(
            "Los datos son de las dependencias que los publican, con la licencia que indica cada conjunto; casi "
            "siempre, los términos de Libre Uso MX: se pueden copiar, adaptar y vender si se cita la fuente, no se "
            "altera su sentido y no se aparenta un respaldo oficial."
        )
    )


def _privacy() -> Component:
    return html.Ul(
        [
            html.Li(_("No pedimos cuenta para leer, descargar ni preguntar.")),
            html.Li(_("No hay rastreadores, anuncios ni servicios de otros sitios: nada de lo que mira sale de aquí.")),
            html.Li(
                _("Sólo al enviar algo se pone una cookie, con un número al azar. El borrador queda en su equipo.")
            ),
            html.Li(_("Las preguntas son públicas: no escriba en ellas datos personales. El nombre es opcional.")),
            html.Li(html.A(_("Qué guardamos, para qué y cómo borrarlo"), href="/privacidad")),
        ]
    )


def _code() -> Component:
    return html.P(
        _(
            "Ventanilla es software libre, con licencia MIT: cualquier dependencia, estado o municipio puede "
            "instalarlo y apuntarlo a sus propios datos. El código acompaña a cada instalación."
        )
    )
