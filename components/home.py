"""The front page: search, featured tools, the newest data, themes."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from components.cards import cards, dataset_card, still_address, tool_card
from components.elements import Control, marks
from components.messages import gettext as _
from components.messages import language
from components.participa import home_section
from components.shell import link_button, section
from components.surveys import survey_card
from editorial.tool import Tool
from model.errors import PortalError
from model.themes import THEMES
from portal.catalogue import newest
from portal.own import is_own
from portal.portal import Portal
from portal.tools import question_at, tools
from portal.usecases.surveys import now_and_today, open_surveys

FEATURED = 3
NEWEST = 6
SURVEYS = 2
EXAMPLES = ("homicidios", "población", "remesas", "presas")


def home(portal: Portal) -> Component:
    """Everything that the front page shows."""
    found = tools(portal)
    featured = sorted(found, key=lambda t: not t.featured)[:FEATURED]
    datasets = [d for d in newest(portal.snapshot.datasets.values()) if not is_own(d)]
    return html.Div(
        [
            _hero(len(datasets)),
            section(
                _("Herramientas"),
                html.P(_("Mapas y gráficas ya armados para responder preguntas concretas."), className="lead"),
                cards([pictured(portal, t) for t in featured]),
                html.P(link_button(_("Todas las herramientas"), "/herramientas")),
            )
            if featured
            else None,
            section(
                _("Lo más reciente"),
                cards([dataset_card(d) for d in datasets[:NEWEST]]),
                html.P(link_button(_("Todos los datos"), "/datos")),
            ),
            _participate(portal),
            section(_("Por tema"), _themes(portal)),
        ],
        className="home spread",
    )


def pictured(portal: Portal, tool: Tool) -> Component:
    """A tool's card with its first drawing, or without it while its data are not ready."""
    try:
        question = question_at(portal, tool.steps[0].address, language())
    except PortalError:
        return tool_card(tool)
    drawn = question.view.chart not in ("", "table")
    return tool_card(tool, still_address(question.view) if drawn else "", question.words.title)


def _search() -> Component:
    return html.Form(
        [
            html.Label(_("¿Qué quiere saber?"), htmlFor="busqueda"),
            html.Div(
                [
                    Control(
                        id="busqueda",
                        type="search",
                        attributes={"name": "q", "maxLength": 200, "autoComplete": "off"},
                    ),
                    html.Button(_("Buscar"), type="submit", className="btn strong"),
                ],
                className="find large",
            ),
            html.P(
                [
                    html.Span(_("Por ejemplo:")),
                    *[html.A(word, href=f"/datos?q={quote(word)}", className="chip still") for word in EXAMPLES],
                ],
                className="row small",
            ),
        ],
        action="/datos",
        method="get",
        role="search",
        className="stack-s",
    )


def _hero(count: int) -> Component:
    return html.Section(
        [
            html.Div(
                [
                    html.H1(_("Los datos de México, con alguien que responde")),
                    html.P(
                        _(
                            "Mire %(n)s conjuntos de datos abiertos en mapas, gráficas y tablas. Pregunte por lo que "
                            "ve y la dependencia que los publicó le contesta aquí, a la vista de todos.",
                            n=count,
                        ),
                        className="lead",
                    ),
                    _search(),
                ],
                className="stack",
            ),
            html.Div(className="window", **marks({"aria-hidden": "true"})),
        ],
        className="hero",
    )


def _participate(portal: Portal) -> Component:
    _now, day = now_and_today()
    return home_section(portal, [survey_card(portal, s, day) for s in open_surveys(portal, day)[:SURVEYS]])


def _themes(portal: Portal) -> Component:
    counts = Counter(theme for d in portal.snapshot.datasets.values() for theme in d.themes)
    known = [t for t in THEMES if counts[t]] + sorted(t for t in counts if t not in THEMES)
    items = [
        html.Li(
            html.A(
                [html.Span(theme), html.Span(str(counts[theme]), className="num muted")],
                href=f"/datos?tema={quote(theme)}",
                className="theme",
            )
        )
        for theme in known
    ]
    return html.Ul(items, className="themes plain")
