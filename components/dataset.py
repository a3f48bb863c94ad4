"""`/datos/<dataset>`: what a dataset is, what its files hold, and what happened when they were loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode

from dash import html
from dash.development.base_component import Component

from components.cards import cards, tool_card, view_card
from components.data_box import Pairs, breakdown, definitions
from components.dates import day, local_day, span
from components.dictionary import dictionary
from components.follows import follow_form
from components.messages import gettext as _
from components.messages import language
from components.periodicity import next_update, words
from components.preview import first_rows, place_form
from components.report import load_report
from components.shell import heading, link_button, section
from components.threads import thread_list
from figures.formats import number
from model.dataset import Contact, Dataset, Resource
from model.errors import PortalError
from model.load import LoadState
from model.version import Manifest, TableProfile
from model.view import View
from portal.catalogue import manifests
from portal.placing import place_filter, placed
from portal.portal import Portal, charts
from portal.tools import tools_using
from portal.usecases.replies import questions_about
from query.suggest import suggest

SUGGESTED = 6


def dataset_page(portal: Portal, dataset: Dataset, key: str = "") -> Component:
    """Everything that is known of a dataset; its views and rows are of the place `key` (INEGI; "": the country)."""
    loaded = manifests(portal, dataset)
    using = tools_using(portal, dataset.slug)
    trail: list[Component | str] = [
        html.A(_("Datos"), href="/datos"),
        " › ",
        html.A(dataset.agency.name, href=_agency(dataset)),
    ]
    return html.Div(
        [
            heading(dataset.title, eyebrow=trail, lead=dataset.description),
            place_form(portal, dataset, loaded, key),
            _suggested(portal, dataset, loaded, key),
            _rows(portal, dataset, loaded, key),
            section(
                _("Archivos"),
                html.Div([_resource(portal, dataset, r, loaded, key) for r in dataset.resources], className="stack"),
            ),
            section(_("Ficha"), definitions(_facts(dataset))),
            section(_("Herramientas que usan estos datos"), cards([tool_card(t) for t in using])) if using else None,
            follow_form(f"/datos/{dataset.slug}"),
            thread_list(portal, questions_about(portal, dataset.slug)),
        ],
        className="spread",
    )


def _agency(dataset: Dataset) -> str:
    return f"/dependencia/{dataset.agency.slug}"


def _facts(dataset: Dataset) -> Pairs:
    due = next_update(dataset.modified, dataset.periodicity)
    return [
        (_("Dependencia"), html.A(dataset.agency.name, href=_agency(dataset))),
        (_("Contacto"), _contact(dataset.contact)),
        (_("Licencia"), _outside(dataset.license)),
        (_("Se actualiza"), words(dataset.periodicity)),
        (_("Última actualización"), day(dataset.modified) if dataset.modified else ""),
        (_("Próxima actualización esperada"), day(due) if due else ""),
        (_("Periodo que cubre"), span(dataset.temporal)),
        (_("Territorio"), dataset.spatial),
        (_("Temas"), ", ".join(dataset.themes)),
        (_("Palabras clave"), ", ".join(dataset.keywords)),
        (_("Página de origen"), _outside(dataset.landing_page)),
    ]


def _contact(contact: Contact) -> Component | str:
    """Whom to write to; the address opens the reader's own mail. Where the source names nobody, it is said."""
    if not (contact.name or contact.email):
        return _("La fuente no da ninguno.")
    if "@" not in contact.email:
        return " · ".join(t for t in (contact.name, contact.email) if t)
    mail = html.A(contact.email, href=f"mailto:{quote(contact.email, safe='@')}")
    return html.Span([contact.name, " · ", mail]) if contact.name else mail


def _outside(url: str) -> Component | str:
    """A link to another site; only over HTTP, so that no catalogue can slip in a script."""
    if not url.startswith(("https://", "http://")):
        return url
    return html.A(url, href=url, rel="noopener noreferrer")


def _rows(portal: Portal, dataset: Dataset, loaded: Mapping[str, Manifest], key: str) -> Component | None:
    """The first rows of the first file that could be loaded."""
    return next((first_rows(portal, m, dataset.slug, slug, key) for slug, m in loaded.items()), None)


def _suggested(portal: Portal, dataset: Dataset, loaded: Mapping[str, Manifest], key: str) -> Component | None:
    """The views that the data suggest by themselves, the first of each resource before the second of any; where there
    are several files, each says its own.
    """
    titles = {r.slug: r.title for r in dataset.resources} if len(loaded) > 1 else {}
    ranked = [[v for v in suggest(m, charts()) if v.chart not in ("", "table")] for m in loaded.values()]
    turns = (v for turn in range(SUGGESTED) for views in ranked for v in views[turn : turn + 1])
    chosen = dict.fromkeys(placed(v, _table(loaded, v), key) for v in list(turns)[:SUGGESTED])
    items = [_view_card(portal, view, titles.get(view.resource, "")) for view in chosen]
    drawn = [item for item in items if item]
    return section(_("Véalo así"), cards(drawn)) if drawn else None


def _table(loaded: Mapping[str, Manifest], view: View) -> TableProfile:
    manifest = loaded[view.resource]
    return manifest.table(view.table) or manifest.tables[0]


def _view_card(portal: Portal, view: View, file: str) -> Component | None:
    try:
        question = portal.question(replace(view, lang=language()))
    except PortalError:
        return None
    kind = _(charts()[question.view.chart].label)
    return view_card(question.view, question.words.title, f"{kind} · {file}" if file else kind)


def _resource(
    portal: Portal, dataset: Dataset, resource: Resource, loaded: Mapping[str, Manifest], key: str
) -> Component:
    manifest = loaded.get(resource.slug)
    parts: list[Component] = [html.P(resource.description)] if resource.description else []
    parts += _loaded(portal, dataset, resource, manifest, key) if manifest else _unloaded(portal, dataset, resource)
    return html.Article([html.H3(resource.title), *parts], className="card stack-s", id=resource.slug)


def _loaded(portal: Portal, dataset: Dataset, resource: Resource, manifest: Manifest, key: str) -> list[Component]:
    release = portal.snapshot.releases[(dataset.slug, resource.slug)]
    first = manifest.tables[0]
    original = f"/datos/{dataset.slug}/{resource.slug}/original/{manifest.version}"
    facts: Pairs = [
        (_("Renglones"), number(first.rows)),
        (_("Columnas"), number(len(first.columns))),
        (_("Desglose"), breakdown(first)),
        (_("Publicado aquí"), local_day(release.published)),
        (_("Formato"), manifest.report.format.upper()),
        (_("Tamaño"), _bytes(manifest.source_bytes)),
        (_("Versión"), html.Code(manifest.version)),
        (_("SHA-256 del original"), html.Code(manifest.source_sha256)),
    ]
    explore = f"/explora/{dataset.slug}/{resource.slug}"
    return [
        definitions(facts),
        html.P(
            [
                link_button(_("Explorar"), explore, strong=True),
                link_button(_("Descargar CSV"), f"{explore}.csv{_of_place(key, first)}"),
                link_button(_("Descargar original (%(name)s)", name=manifest.source_name), original),
            ],
            className="row",
        ),
        html.Details([html.Summary(_("Diccionario de columnas")), dictionary(manifest)], className="fold"),
        html.Details([html.Summary(_("Cómo se leyó el archivo")), load_report(manifest)], className="fold"),
    ]


def _of_place(key: str, profile: TableProfile) -> str:
    """The query that leaves the rows of the chosen place."""
    wanted = place_filter(key, profile)
    return f"?{wanted.column}={wanted.values[0]}" if wanted else ""


def _unloaded(portal: Portal, dataset: Dataset, resource: Resource) -> list[Component]:
    load = portal.snapshot.loads.get((dataset.slug, resource.slug))
    state = load.state if load else LoadState.FAILED
    reason = load.reason if load and load.reason else _("El archivo no está en este sitio.")
    words_ = {
        LoadState.PENDING: _("En espera de cargarse."),
        LoadState.LOADING: _("Cargándose en este momento."),
    }.get(state, _("No se puede explorar: %(reason)s", reason=reason))
    parts: list[Component] = [
        html.P(words_, className="warning"),
        html.P(_outside(resource.location), className="small"),
    ]
    if state is LoadState.FAILED:
        ask = link_button(_("Pedir estos datos"), f"/solicitudes/nueva?{_request(dataset, resource)}")
        parts.append(html.P(ask, className="row"))
    return parts


def _request(dataset: Dataset, resource: Resource) -> str:
    """The query that prefills a request for a file that would not load."""
    given = {
        "tipo": "solicitud",
        "datos": f"{dataset.title}: {resource.title}",
        "institucion": dataset.agency.name,
        "texto": _("El archivo publicado no se puede abrir en este portal; pido que se publique uno que sí."),
        "formato": "csv",
        "sobre": f"/datos/{dataset.slug}",
    }
    return urlencode(given)


def _bytes(count: int) -> str:
    for size, unit in ((1024**3, "GB"), (1024**2, "MB"), (1024, "kB")):
        if count >= size:
            return f"{number(count / size, digits=1)} {unit}"
    return f"{number(count)} bytes"
