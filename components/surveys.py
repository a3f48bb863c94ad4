"""Surveys on pages: the list of them, and a card of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from components.cards import cards
from components.elements import marks
from components.messages import gettext as _
from components.messages import ngettext
from components.shell import empty_state, heading, link_button
from model.survey import Survey, SurveyState
from portal.portal import Portal
from portal.survey_words import asker, when

PAGE = 10


def survey_list(portal: Portal, found: Sequence[tuple[Survey, SurveyState]], page: int, day: date) -> Component:
    """One page of the published surveys, open ones first."""
    shown = found[(page - 1) * PAGE : page * PAGE]
    lead = _("Quien publica datos pregunta antes de decidir. Responder toma unos minutos y no pide su nombre.")
    return html.Div(
        [
            heading(_("Encuestas"), eyebrow=html.A(_("Participa"), href="/participa"), lead=lead),
            cards([survey_card(portal, survey, day) for survey, _state in shown]) if shown else _none(page),
            _pager(page, -(-len(found) // PAGE)),
        ],
        className="spread",
    )


def survey_card(portal: Portal, survey: Survey, day: date) -> Component:
    """A survey with who asks, until when, and the way to its form or its results."""
    state = survey.state(day)
    count = ngettext("%(num)d pregunta", "%(num)d preguntas", len(survey.asked()))
    ended = state is SurveyState.CLOSED
    href = f"/encuesta/{survey.slug}/resultados" if ended else f"/encuesta/{survey.slug}"
    return html.Article(
        [
            html.P([html.Span(when(survey, day), className="tag"), asker(portal, survey)], className="row small muted"),
            html.H3(html.A(survey.title, href=href)),
            html.P(survey.description) if survey.description else None,
            html.P(_("Ver los resultados") if ended else count, className="small muted"),
        ],
        className="card stack-s survey-card",
    )  # fmt: skip


def _none(page: int) -> Component:
    if page > 1:
        return empty_state(_("No hay más encuestas"), _("Esta página está después de la última."), _back())
    text = _("Cuando una dependencia quiera preguntar algo, su encuesta aparecerá aquí.")
    return empty_state(_("No hay encuestas por ahora"), text, _back(_("Otras formas de participar"), "/participa"))


def _back(label: str = "", href: str = "/encuestas") -> Component:
    return link_button(label or _("Ir a la primera página"), href)


def _pager(page: int, pages: int) -> Component | None:
    if pages <= 1:
        return None
    links = [
        link_button(_("Anteriores"), f"/encuestas?pagina={page - 1}") if page > 1 else None,
        html.Span(_("Página %(page)s de %(pages)s", page=page, pages=pages), className="muted"),
        link_button(_("Siguientes"), f"/encuestas?pagina={page + 1}") if page < pages else None,
    ]
    return html.Nav([link for link in links if link], className="row", **marks({"aria-label": _("Páginas")}))
