"""`/dependencia/<siglas>`: an agency with its datasets, its loads and the tools made of its data."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.cards import cards, dataset_card, tool_card
from components.dates import local_day
from components.messages import gettext as _
from components.messages import ngettext
from components.shell import heading, section
from components.table import column, table
from figures.formats import number
from model.dataset import Agency, Dataset
from model.load import LoadState
from portal.catalogue import manifests
from portal.portal import Portal
from portal.tools import tools_using


def agency_page(portal: Portal, agency: Agency, datasets: Sequence[Dataset]) -> Component:
    """What an agency publishes and how its files were loaded."""
    using = {t.slug: t for d in datasets for t in tools_using(portal, d.slug)}
    counted = ngettext("%(num)d conjunto de datos publicado", "%(num)d conjuntos de datos publicados", len(datasets))
    return html.Div(
        [
            heading(agency.name, eyebrow=agency.acronym or _("Dependencia"), lead=counted),
            section(_("Conjuntos de datos"), cards([dataset_card(d) for d in datasets])),
            section(_("Cómo se leyeron sus archivos"), _loads(portal, datasets)),
            section(_("Herramientas con sus datos"), cards([tool_card(t) for t in using.values()])) if using else None,
        ],
        className="spread",
    )


def _loads(portal: Portal, datasets: Sequence[Dataset]) -> Component:
    columns = [
        column("file", _("Archivo")),
        column("dataset", _("Conjunto")),
        column("state", _("Estado")),
        column("rows", _("Renglones"), numeric=True),
        column("aside", _("Apartados"), numeric=True),
        column("date", _("Publicado")),
    ]
    rows, hrefs = [], []
    for dataset in datasets:
        loaded = manifests(portal, dataset)
        for resource in dataset.resources:
            manifest = loaded.get(resource.slug)
            release = portal.snapshot.releases.get((dataset.slug, resource.slug))
            load = portal.snapshot.loads.get((dataset.slug, resource.slug))
            state = load.state if load else LoadState.FAILED
            kept = sum(t.rows_kept for t in manifest.report.tables) if manifest else 0
            aside = sum(t.set_aside_rows for t in manifest.report.tables) if manifest else 0
            rows.append(
                [
                    resource.title,
                    dataset.title,
                    _(state.label),
                    number(kept) if manifest else "",
                    number(aside) if manifest else "",
                    local_day(release.published) if release else "",
                ]
            )
            hrefs.append(f"/datos/{dataset.slug}#{resource.slug}")
    return table(columns, rows, caption=_("Estado de carga de los archivos"), hrefs=hrefs)
