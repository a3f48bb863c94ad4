"""The «Datos» box: what stands behind a drawing, and how to take it home."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.dates import day, local_day, span
from components.elements import marks
from components.messages import gettext as _
from figures.formats import number
from model.table import Role
from model.version import TableProfile
from portal.answer import Question

Pairs = list[tuple[str, Component | str]]


def data_box(question: Question) -> Component:
    """Name, agency, date, format, breakdown, rows, version, downloads and address of a question's data."""
    return html.Section(
        [
            html.H2(_("Datos")),
            definitions(_facts(question)),
            html.P(
                [
                    html.A(
                        _("Descargar esta vista (CSV)"), href="#", className="btn strong", **marks({"data-face": "csv"})
                    ),
                    html.A(_("Descargar el original"), href=original(question), className="btn"),
                    html.A("JSON", href="#", className="btn quiet", **marks({"data-face": "json"})),
                ],
                className="row",
            ),
        ],
        className="box stack",
        **marks({"aria-label": _("Datos")}),
    )


def original(question: Question) -> str:
    """The address of the source file as its agency published it."""
    view = question.view
    return f"/datos/{view.dataset}/{view.resource}/original/{question.manifest.version}"


def definitions(pairs: Pairs) -> Component:
    """A list of terms and what they stand for."""
    return html.Dl([html.Div([html.Dt(term), html.Dd(value)]) for term, value in pairs if value], className="facts")


def breakdown(profile: TableProfile) -> str:
    """By what places the data may be told apart, in words."""
    words = {"_entidad": _("por estado"), "_municipio": _("por municipio")}
    found = [words[p] for p in profile.places]
    if any(p.column.role is Role.LATITUDE for p in profile.columns):
        found.append(_("por punto, con coordenadas"))
    return ", ".join(found) or _("nacional")


def _facts(question: Question) -> Pairs:
    dataset, manifest = question.dataset, question.manifest
    agency = dataset.agency
    dates = local_day(question.release.published if question.release else manifest.created)
    return [
        (_("Conjunto"), html.A(dataset.title, href=f"/datos/{dataset.slug}")),
        (_("Dependencia"), html.A(agency.name, href=f"/dependencia/{agency.slug}")),
        (_("Publicado"), day(dataset.modified) if dataset.modified else ""),
        (_("Publicado aquí"), dates),
        (_("Periodo"), span(dataset.temporal)),
        (_("Desglose"), breakdown(question.profile)),
        (_("Formato"), manifest.report.format.upper()),
        (_("Renglones"), number(question.profile.rows)),
        (_("Versión"), html.Code(manifest.version)),
        (_("Dirección"), html.Code("", **marks({"data-share": "address"}))),
    ]
