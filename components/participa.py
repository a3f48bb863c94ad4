"""`/participa`: everything one can do, what is open now, and what became of what others asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.bars import Bar, bars
from components.cards import cards
from components.demand import term_chips
from components.messages import gettext as _
from components.shell import link_button, section
from components.surveys import survey_card
from figures.formats import number
from participation.deadline import BUSINESS
from portal.own import FEEDBACK, own_view
from portal.portal import Portal
from portal.telling import Told
from portal.usecases.demand import Demand
from portal.usecases.participating import Overview, Standing

HERE = "/participa"
MOST_REQUESTS = 5
MOST_TERMS = 8
MOST_SURVEYS = 3


def participa_page(portal: Portal, found: Overview, day: date) -> Component:
    """Everything that the page shows."""
    return html.Div(
        [
            _head(portal),
            _deeds(),
            _figures(found.standing) if found.standing and found.standing.received else None,
            _surveys(portal, found, day),
            html.Div(
                [part for part in (_wanted(found.demand), _answered(found.answered)) if part is not None],
                className="two",
            ),
            _searched(found.demand),
            _steps(portal),
            _own(),
            _open_data(portal),
        ],
        className="spread",
    )


def promise(portal: Portal) -> str:
    """«30 días hábiles»."""
    settings = portal.settings
    kind = _("días hábiles") if settings.plazo_tipo == BUSINESS else _("días naturales")
    return f"{settings.plazo} {kind}"


def home_section(portal: Portal, surveys: Sequence[Component]) -> Component:
    """The block of the front page: what one can do, and what is open now."""
    return section(
        _("Participe"),
        html.P(
            _("Pregunte sobre cualquier cifra: la dependencia tiene %(days)s para responder, a la vista de todos.",
              days=promise(portal)),
            className="lead",
        ),
        html.P(
            [
                link_button(_("Preguntar"), _ask("pregunta")),
                link_button(_("Pedir datos"), _ask("solicitud")),
                link_button(_("Todo lo que puede hacer"), HERE),
            ],
            className="row",
        ),
        cards(list(surveys)) if surveys else None,
        id="participe",
    )  # fmt: skip


def _head(portal: Portal) -> Component:
    lead = _(
        "Aquí se pregunta, se pide y se reclama sobre los datos públicos, sin cuenta y a la vista de todos. "
        "Cada mensaje tiene folio y plazo: la dependencia debe responder en %(days)s.",
        days=promise(portal),
    )
    ways = (
        link_button(_("Preguntar"), _ask("pregunta"), strong=True),
        link_button(_("Pedir datos"), _ask("solicitud")),
        link_button(_("Ver preguntas y respuestas"), "/preguntas"),
    )
    return html.Section(
        [
            html.H1(_("Participa: pregunte, pida y vote")),
            html.P(lead, className="lead"),
            html.Div(list(ways), className="row"),
        ],
        className="counter",
    )


def _deeds() -> Component:
    deeds = (
        (
            _("Pregunte"),
            _("¿Qué significa esta cifra? ¿Por qué cambió? Le responde quien la publicó."),
            _ask("pregunta"),
        ),
        (_("Reporte un error"), _("Una cifra mala, un archivo que no abre, datos incompletos."), _ask("error")),
        (_("Pida datos"), _("Los que faltan, con el detalle y en el formato que necesita."), _ask("solicitud")),
        (_("Vote"), _("Sume su voto a lo que otras personas ya pidieron: así se ordena qué publicar."), "/solicitudes"),
        (_("Responda"), _("Encuestas breves de quienes publican, con resultados abiertos."), "/encuestas"),
        (_("Siga"), _("Elija un conjunto de datos y reciba un aviso cuando cambie."), "/datos"),
        (_("Comente"), _("Diga qué le parece lo que ve, para quien lo publica y quien lo usa."), _ask("comentario")),
        (_("Proponga"), _("Una idea para este portal o para lo que se podría hacer con sus datos."), _ask("idea")),
    )
    items = [
        html.Li(html.A([html.Strong(title), html.Span(text)], href=href, className="deed"))
        for title, text, href in deeds
    ]
    return html.Ul(items, className="deeds plain")


def _ask(kind: str, **more: str) -> str:
    return f"/participar?{urlencode({'tipo': kind, 'sobre': HERE, **more})}"


def _figures(standing: Standing) -> Component:
    facts = (
        (_("mensajes recibidos"), standing.received, "/preguntas"),
        (_("ya respondidos"), standing.answered, "/preguntas?estado=respondida"),
        (_("fuera de plazo"), standing.overdue, "/preguntas?vencidas=1"),
    )
    return html.Dl(
        [
            html.Div([html.Dt(html.A(label, href=href)), html.Dd(number(count), className="num")])
            for label, count, href in facts
        ],
        className="figures tallies",
    )


def _surveys(portal: Portal, found: Overview, day: date) -> Component | None:
    if not found.surveys:
        return None
    return section(
        _("Encuestas abiertas"),
        cards([survey_card(portal, survey, day) for survey in found.surveys[:MOST_SURVEYS]]),
        html.P(link_button(_("Todas las encuestas"), "/encuestas")),
        id="encuestas",
    )


def _wanted(found: Demand | None) -> Component | None:
    if found is None:
        return None
    made = [Bar(r.title, r.votes, f"/pregunta/{r.folio}", r.state) for r in found.requests[:MOST_REQUESTS]]
    none = html.P(_("Nadie ha pedido datos todavía. La primera solicitud puede ser la suya."), className="muted")
    table = (
        bars(made, caption=_("Solicitudes con más votos"), what=_("Solicitud"), counted=_("Votos")) if made else none
    )
    ways = [
        link_button(_("Ver el tablero y votar"), "/solicitudes") if made else None,
        link_button(_("Pedir datos"), _ask("solicitud")),
    ]
    return section(
        _("Lo más pedido"), table, html.Div([way for way in ways if way is not None], className="row"), id="pedido"
    )


def _answered(answered: Sequence[Told]) -> Component | None:
    none = html.P(
        _("Todavía no hay respuestas. Aparecerán aquí en cuanto las dependencias contesten."), className="muted"
    )
    items = [
        html.Li(
            [
                html.A(html.Bdi(told.title), href=told.href),
                html.P(f"{told.replies[-1].agency}, {told.replies[-1].day}", className="small muted"),
            ],
            className="stack-s",
        )
        for told in answered
        if told.replies
    ]  # fmt: skip
    return section(
        _("Recién respondidas"),
        html.Ul(items, className="plain lines") if items else none,
        html.P(link_button(_("Todas las preguntas y respuestas"), "/preguntas")),
        id="respondidas",
    )


def _searched(found: Demand | None) -> Component | None:
    chips = term_chips(found, MOST_TERMS) if found else None
    if chips is None:
        return None
    return section(
        _("Lo que se busca y no está"),
        html.P(_("Toque lo que también necesite para pedirlo.")),
        chips,
        html.P(link_button(_("Todo lo que la gente busca"), "/demanda")),
        id="buscado",
    )


def _steps(portal: Portal) -> Component:
    steps = (
        (_("Escriba desde lo que mira"), _("El botón al pie de cada página guarda qué cifra, mapa o renglón veía.")),
        (_("Reciba un folio"), _("Y un enlace secreto para seguir su mensaje. El correo es opcional.")),
        (_("La dependencia responde"), _("En %(days)s, con su nombre y citando los datos.", days=promise(portal))),
        (_("Todos lo ven"), _("La respuesta queda junto a los datos, y quien siguió la pregunta recibe un aviso.")),
    )  # fmt: skip
    items = [html.Li([html.Strong(title), html.Span(text)]) for title, text in steps]
    formal = _(
        "No es una solicitud formal de acceso a la información: es más rápida y pública. Si el plazo vence, con un "
        "clic se prepara la solicitud formal."
    )
    return section(_("Cómo funciona"), html.Ol(items, className="steps-list"), html.P(formal, className="small muted"))


def _own() -> Component:
    links = (
        (_("Mis preguntas"), "/mis-preguntas"),
        (_("Qué guardamos de usted"), "/mis-datos"),
        (_("Privacidad"), "/privacidad"),
        (_("Registro de moderación"), "/moderacion"),
    )
    return section(_("Lo suyo"), html.Div([link_button(label, href) for label, href in links], className="row"))


def _open_data(portal: Portal) -> Component:
    view = own_view(portal, FEEDBACK, "_chart=table")
    links = [
        link_button("CSV", "/participacion.csv"),
        link_button("JSON", "/participacion.json"),
        link_button(_("Explorar como datos"), view) if view else None,
        link_button(_("Lo que la gente busca"), "/demanda"),
    ]
    text = _("Todo lo que se pregunta y se responde aquí es un conjunto de datos abiertos, sin datos personales.")
    return section(_("Llévese los datos"), html.P(text), html.Div([link for link in links if link], className="row"))
