"""Herramientas: the gallery, and one tool with its controls, figures and views."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from components.cards import cards
from components.chart import face_bytes, picture
from components.elements import Control as Native
from components.elements import marks
from components.home import pictured
from components.messages import gettext as _
from components.shell import empty_state, heading, link_button, section
from components.table import column, table
from editorial.binding import resources
from editorial.tool import Control, Step, Tool
from figures.formats import day, number
from model.errors import PortalError
from portal.answer import Question
from portal.exploring import live
from portal.portal import Portal
from portal.tools import Figure, ToolPage


def gallery(portal: Portal, tools: Sequence[Tool], theme: str) -> Component:
    """All tools, or those of one theme."""
    themes = sorted({t.theme for t in tools})
    shown = [t for t in tools if not theme or t.theme == theme]
    links = [_theme_link(_("Todas"), "", not theme), *[_theme_link(t, t, t == theme) for t in themes]]
    found = [html.H2(theme or _("Todas"), className="sr"), cards([pictured(portal, t) for t in shown])]
    return html.Div(
        [
            heading(_("Herramientas"), lead=_("Mapas y gráficas hechos con datos abiertos, para preguntas concretas.")),
            html.Nav(links, className="row", **marks({"aria-label": _("Temas")})),
            html.Div(found if shown else _none()),
        ],
        className="spread",
    )


def _theme_link(label: str, theme: str, current: bool) -> Component:
    mark = marks({"aria-current": "true"} if current else {})
    return html.A(
        label, href=f"/herramientas?tema={quote(theme)}" if theme else "/herramientas", className="btn", **mark
    )


def _none() -> Component:
    return empty_state(
        _("Todavía no hay herramientas de este tema"),
        _("Puede explorar los datos directamente."),
        link_button(_("Ver los datos"), "/datos", strong=True),
    )


def tool_view(portal: Portal, shown: ToolPage) -> Component:
    """A tool with the reader's choices."""
    tool = shown.tool
    trail: list[Component | str] = [html.A(_("Herramientas"), href="/herramientas"), " › ", tool.theme]
    return html.Div(
        [
            heading(tool.title, eyebrow=trail, lead=tool.summary),
            html.Div(
                [
                    _choices(shown) if tool.controls else None,
                    _figure(shown.figure, shown) if shown.figure else None,
                ],
                className="tool-top",
            ),
            *[_step(portal, step, result) for step, result in zip(tool.steps, shown.steps, strict=True)],
            section(_("Cómo usarla"), html.Ol([html.Li(t) for t in tool.instructions])) if tool.instructions else None,
            section(_("Qué muestra"), *[html.P(t) for t in tool.explanation.split("\n\n") if t.strip()]),
            section(_("Conjuntos de datos utilizados"), _used(portal, tool)),
        ],
        className="tool spread",
    )


def _choices(shown: ToolPage) -> Component:
    """A plain form over GET: the choices stand in the address."""
    tool = shown.tool
    return html.Form(
        [
            *[_choice(control, shown) for control in tool.controls],
            html.Button(_("Actualizar"), type="submit", className="btn strong"),
        ],
        action=f"/herramientas/{tool.slug}",
        method="get",
        className="choices-form",
        **marks({"data-submits": "change"}),
    )


def _choice(control: Control, shown: ToolPage) -> Component:
    name = f"eleccion-{control.name}"
    first = [{"value": "", "label": control.all}] if control.optional else []
    options = [*first, *({"value": c.value, "label": c.label} for c in shown.options[control.name])]
    return html.Div(
        [
            html.Label(control.label, htmlFor=name),
            Native(
                id=name,
                tag="select",
                value=shown.chosen[control.name],
                options=options,
                attributes={"name": control.name},
            ),
        ],
        className="field",
    )


def _figure(figure: Figure, shown: ToolPage) -> Component | None:
    """The count, its share of the country and the national total."""
    wanted = shown.tool.shows
    placed = any(shown.chosen[c.name] for c in shown.tool.controls if c.kind in ("state", "municipality"))
    numbers = [
        (_("En el lugar elegido") if placed else _("En todo el país"), number(figure.here), wanted.count),
        (
            _("Del total nacional"),
            f"{number(figure.percentage, digits=1)} %",
            wanted.percentage and placed and figure.percentage is not None,
        ),
        (_("Total nacional"), number(figure.country), wanted.national_total and placed),
    ]
    items = [html.Div([html.Dt(label), html.Dd(value, className="headline num")]) for label, value, on in numbers if on]
    return html.Dl(items, className="figures") if items else None


def _step(portal: Portal, step: Step, result: Question | PortalError) -> Component:
    if isinstance(result, PortalError):
        return section(step.title, html.P(result.message, className="warning"))
    return section(step.title, html.P(step.note) if step.note else None, *_drawn(portal, step, result), id=step.name)


def _drawn(portal: Portal, step: Step, question: Question) -> list[Component]:
    try:
        words = face_bytes(portal, question, ".txt").decode()
        image = picture(
            question.view,
            words,
            face_bytes(portal, question, ".svg"),
            face_bytes(portal, question, ".svg", 360),
            name=step.name,
        )
    except PortalError as error:
        return [html.P(error.message, className="warning")]
    return [
        html.P(words, className="description"),
        html.Figure(
            [
                html.A(image, href=live(question), title=_("Explorar esta vista")),
                html.Figcaption(
                    [
                        link_button(_("Explorar esta vista"), live(question), strong=True),
                        html.Button(
                            _("Pantalla completa"),
                            type="button",
                            className="btn",
                            **marks({"data-fullscreen": "figure"}),
                        ),
                    ],
                    className="row",
                ),
            ],
            className="sheet",
        ),
    ]


def _used(portal: Portal, tool: Tool) -> Component:
    """Name, agency, date and format of what the tool shows, each linked."""
    caption = _("Conjuntos de datos utilizados")
    columns = [
        column("name", _("Nombre")),
        column("agency", _("Dependencia")),
        column("date", _("Fecha")),
        column("format", _("Formato")),
    ]
    rows, hrefs = [], []
    for slug, resource in resources(tool):
        dataset, found = portal.resource(slug, resource)
        modified = day(dataset.modified) if dataset.modified else ""
        rows.append([f"{dataset.title}: {found.title}", dataset.agency.name, modified, found.format.upper()])
        hrefs.append(f"/datos/{slug}#{resource}")
    return table(columns, rows, caption=caption, hrefs=hrefs)
