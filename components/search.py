"""`/datos`: results with facets as links, and what to do when nothing is found."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.cards import dataset_card
from components.elements import Control, marks
from components.messages import gettext as _
from components.messages import ngettext
from components.shell import empty_state, heading, link_button
from model.dataset import Dataset
from portal.catalogue import FACETS, TERRITORIES, FacetValue, Results, newest
from portal.portal import Portal

SHOWN_VALUES = 8
OFFERED = 3


def search_page(portal: Portal, text: str, chosen: Mapping[str, str], results: Results) -> Component:
    """What a search for `text` with the `chosen` facet values found."""
    found = results.datasets
    title = _("Resultados para «%(text)s»", text=text) if text else _("Todos los datos")
    counted = ngettext("%(num)d conjunto de datos", "%(num)d conjuntos de datos", len(found))
    facets = _facets(text, chosen, results)
    body = [_result_list(found)] if found else [_nothing(portal, text, chosen)]
    return html.Div(
        [
            heading(title, lead=counted),
            _corrected(results.corrected) if results.corrected else None,
            html.Div(
                [facets, html.Div([_form(text, chosen), *body], className="stack")],
                className="with-aside" if facets else "",
            ),
        ],
        className="spread",
    )


def address_of(text: str, chosen: Mapping[str, str]) -> str:
    """The address of a search."""
    pairs = [("q", text), *sorted(chosen.items())]
    query = urlencode([(name, value) for name, value in pairs if value])
    return f"/datos?{query}" if query else "/datos"


def _corrected(text: str) -> Component:
    return html.P([_("No hubo resultados con lo que escribió; mostramos los de "), html.Strong(f"«{text}»"), "."])


def _form(text: str, chosen: Mapping[str, str]) -> Component:
    hidden = [
        Control(id=f"faceta-{name}", type="hidden", value=value, attributes={"name": name})
        for name, value in chosen.items()
    ]
    return html.Form(
        [
            html.Label(_("Buscar en títulos, columnas y valores"), htmlFor="busqueda", className="label"),
            html.Div(
                [
                    Control(id="busqueda", type="search", value=text, attributes={"name": "q", "maxLength": 200}),
                    html.Button(_("Buscar"), type="submit", className="btn strong"),
                ],
                className="find large",
            ),
            *hidden,
        ],
        action="/datos",
        method="get",
        role="search",
        className="stack-s",
    )


def _result_list(found: tuple[Dataset, ...]) -> Component:
    items = [html.Li(dataset_card(dataset)) for dataset in found]
    return html.Ol(items, className="results plain stack")


def _facets(text: str, chosen: Mapping[str, str], results: Results) -> Component | None:
    groups = [_facet(name, values, text, chosen) for name, values in results.facets.items() if values]
    if not groups:
        return None
    return html.Details(
        [html.Summary(html.Span(_("Afinar la búsqueda"), className="btn")), html.Div(groups, className="stack")],
        className="filters facets",
    )


def _facet(name: str, values: tuple[FacetValue, ...], text: str, chosen: Mapping[str, str]) -> Component:
    def link(value: FacetValue) -> Component:
        others = {k: v for k, v in chosen.items() if k != name}
        target = address_of(text, others if value.chosen else {**others, name: value.value})
        mark = marks({"aria-current": "true"} if value.chosen else {})
        name_of = _(value.label) if value.label in TERRITORIES.values() else value.label
        label = [html.Span(name_of), html.Span(str(value.count), className="num muted small")]
        return html.Li(html.A(label, href=target, className="facet", **mark))

    shown = [v for i, v in enumerate(values) if i < SHOWN_VALUES or v.chosen]
    rest = [v for v in values if v not in shown]
    more = (
        [html.Details([html.Summary(_("Ver más")), html.Ul([link(v) for v in rest], className="plain")])]
        if rest
        else []
    )
    return html.Section(
        [html.H2(_(FACETS[name]), className="label"), html.Ul([link(v) for v in shown], className="plain"), *more]
    )


def _nothing(portal: Portal, text: str, chosen: Mapping[str, str]) -> Component:
    """Ways on from an empty result: fewer conditions, other words, all data, asking."""
    actions = [link_button(_("Ver todos los datos"), "/datos", strong=not text)]
    if text:
        wanted = f"/participar?{urlencode({'tipo': 'solicitud', 'sobre': address_of(text, chosen), 'datos': text})}"
        actions.insert(0, link_button(_("Pedir estos datos"), wanted, strong=True, **marks({"data-ask": ""})))
    if chosen and text:
        actions.insert(0, link_button(_("Buscar sin filtros"), address_of(text, {})))
    state = empty_state(
        _("No encontramos datos con esas palabras"),
        _(
            "Pruebe con una palabra más general («salud» en vez de «hospitales rurales»), revise la ortografía, "
            "o pídalos: otras personas podrán sumarse."
        ),
        *actions,
    )
    offered = newest(portal.snapshot.datasets.values())[:OFFERED]
    return html.Div(
        [state, html.H2(_("Mientras tanto, lo más reciente")), *[dataset_card(d) for d in offered]], className="stack"
    )
