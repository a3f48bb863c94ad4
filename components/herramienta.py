"""Herramientas: the gallery, and one tool with its controls, figures and views."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from components.cards import cards
from components.dates import day
from components.elements import Control as Native
from components.elements import marks
from components.home import pictured
from components.messages import gettext as _
from components.places import MOST_ROWS, folded, place_chosen, ranking_table, standing
from components.shell import empty_state, heading, link_button, section
from components.stage import drawn, stage
from components.table import column, table
from editorial.binding import resources
from editorial.tool import Control, Step, Tool
from figures.formats import number
from model.chart import MAPPED, PLAIN
from model.errors import PortalError
from portal.answer import Question
from portal.asking import answer
from portal.exploring import live
from portal.portal import Portal, charts
from portal.ranking import Ranking
from portal.tables import written_rows
from portal.tools import Figure, ToolPage

LISTED = 10
TABLES = ("", PLAIN)


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
                    _instructions(tool) if tool.instructions else None,
                    _figure(shown.figure, shown) if shown.figure else None,
                ],
                className="tool-top",
            ),
            *[
                _step(portal, shown, step, result, ranked)
                for step, result, ranked in zip(tool.steps, shown.steps, shown.rankings, strict=True)
            ],
            section(_("Qué muestra"), *[html.P(t) for t in tool.explanation.split("\n\n") if t.strip()]),
            section(_("Conjuntos de datos utilizados"), _used(portal, tool)),
        ],
        className="tool spread",
        **stage(portal),
    )


def _instructions(tool: Tool) -> Component:
    return html.Details(
        [html.Summary(_("Cómo usarla")), html.Ol([html.Li(text) for text in tool.instructions])], className="fold"
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
    offered = shown.options[control.name]
    unready = control.kind == "municipality" and not offered
    all_ = _("Elija primero un estado") if unready else control.all
    first = [{"value": "", "label": all_}] if control.optional else []
    options = [*first, *({"value": c.value, "label": c.label} for c in offered)]
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
    placed = place_chosen(shown)
    numbers = [
        (placed or _("En todo el país"), number(figure.here), wanted.count),
        (
            _("Del total nacional"),
            f"{number(figure.percentage, digits=1)} %",
            wanted.percentage and bool(placed) and figure.percentage is not None,
        ),
        (
            _("Total nacional") if figure.summed else _("En todo el país"),
            number(figure.country),
            wanted.national_total and bool(placed),
        ),
    ]
    items = [html.Div([html.Dt(label), html.Dd(value, className="headline num")]) for label, value, on in numbers if on]
    if not items:
        return None
    about = f"{figure.about} ({figure.unit})" if figure.unit else figure.about
    return html.Div([html.P(about, className="label"), html.Dl(items, className="figures")], className="stack-s")


def _step(
    portal: Portal, shown: ToolPage, step: Step, result: Question | PortalError, ranked: Ranking | None
) -> Component:
    if isinstance(result, PortalError):
        return section(step.title, html.P(result.message, className="warning"))
    note = html.P(step.note) if step.note else None
    told = standing(ranked, shown.places) if ranked else None
    rows = ranking_table(ranked, shown.places, step.title) if ranked else _numbers(portal, step, result)
    return section(step.title, note, told, *_drawn(portal, shown, step, result), rows, id=step.name)


def _drawn(portal: Portal, shown: ToolPage, step: Step, question: Question) -> list[Component]:
    if question.view.chart in TABLES:
        return _listed(portal, step, question)
    try:
        return drawn(portal, step.name, question, shown.places)
    except PortalError as error:
        return [html.P(error.message, className="warning")]


def _numbers(portal: Portal, step: Step, question: Question) -> Component | None:
    """What a drawing shows, as a table for who does not see it; None for places, whose table is the data themselves."""
    kind = charts().get(question.view.chart)
    if kind is None or (kind.mode == MAPPED and not question.view.grouped):
        return None
    try:
        found = answer(portal, question, rows=MOST_ROWS)
    except PortalError:
        return None
    columns = [column(c.name, c.title, numeric=c.type.numeric, unit=c.unit) for c in found.table.columns]
    rows = written_rows(found, portal.settings.territories)
    left = found.table.total - len(rows)
    more = html.P(_("y %(n)s renglones más.", n=number(left)), className="small muted") if left > 0 else None
    return folded(table(columns, rows, caption=step.title), more)


def _listed(portal: Portal, step: Step, question: Question) -> list[Component]:
    """The first rows of a view that is a table, and the way to the rest."""
    try:
        found = answer(portal, question, rows=LISTED)
    except PortalError as error:
        return [html.P(error.message, className="warning")]
    columns = [column(c.name, c.title, numeric=c.type.numeric, unit=c.unit) for c in found.table.columns]
    rows = written_rows(found, portal.settings.territories)
    total = _("Se muestran %(n)s de %(total)s renglones.", n=number(len(rows)), total=number(found.table.total))
    said = html.Span(total) if found.table.total > len(rows) else None
    return [
        table(columns, rows, caption=step.title),
        html.P([said, link_button(_("Explorar esta tabla"), live(question), strong=True)], className="row"),
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
