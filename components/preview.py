"""A dataset seen from one place: the picker, and the first rows of its table."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.elements import Control, marks
from components.messages import gettext as _
from components.messages import language
from components.shell import link_button, section
from components.table import column, table
from figures.formats import number
from model.dataset import Dataset
from model.errors import PortalError
from model.spelling import fold
from model.version import Manifest
from model.view import View
from portal.asking import answer
from portal.exploring import live
from portal.placing import STATE, TOWN, place_filter
from portal.portal import Portal
from portal.tables import written_rows
from portal.territory import place_names

FIRST_ROWS = 5
MOST_COLUMNS = 8


def place_form(portal: Portal, dataset: Dataset, loaded: Mapping[str, Manifest], key: str) -> Component | None:
    """Selects of state and municipality that open the page about that place; None where no table knows places."""
    levels = {place for m in loaded.values() for place in m.tables[0].places}
    if not levels:
        return None
    names = place_names(portal.settings.territories)
    towns = {k: n for k, n in names[TOWN].items() if k[:2] == key[:2]} if key and TOWN in levels else {}
    return html.Form(
        [
            _select(STATE, _("Estado"), _("Todo el país"), names[STATE], key[:2]),
            _select(TOWN, _("Municipio"), _("Todo el estado"), towns, key) if towns else None,
            html.Button(_("Actualizar"), type="submit", className="btn strong"),
        ],
        action=f"/datos/{dataset.slug}",
        method="get",
        className="choices-form",
        **marks({"data-submits": "change", "aria-label": _("Lugar")}),
    )


def _select(name: str, label: str, all_: str, names: Mapping[str, str], key: str) -> Component:
    known = sorted(names.items(), key=lambda pair: fold(pair[1]))
    options = [{"value": "", "label": all_}, *({"value": k, "label": n} for k, n in known)]
    return html.Div(
        [
            html.Label(label, htmlFor=f"lugar{name}"),
            Control(
                id=f"lugar{name}",
                tag="select",
                value=key if key in names else "",
                options=options,
                attributes={"name": name},
            ),
        ],
        className="field",
    )


def first_rows(portal: Portal, manifest: Manifest, dataset: str, resource: str, key: str) -> Component | None:
    """The first rows of a file as a table, of the place where one was chosen; None where they cannot be had now."""
    profile = manifest.tables[0]
    wanted = place_filter(key, profile)
    names = tuple(p.column.name for p in profile.columns)[:MOST_COLUMNS]
    view = View(dataset, resource, filters=(wanted,) if wanted else (), columns=names, chart="table", lang=language())
    try:
        question = portal.question(view)
        found = answer(portal, question, rows=FIRST_ROWS)
    except PortalError:
        return None
    columns = [column(c.name, c.title, numeric=c.type.numeric, unit=c.unit) for c in found.table.columns]
    rows = written_rows(found, portal.settings.territories)
    caption = _("Primeros renglones de %(name)s", name=question.resource.title)
    counted = _("Se muestran %(n)s de %(total)s renglones.", n=number(len(rows)), total=number(found.table.total))
    whole = link_button(_("Ver la tabla completa"), live(question), strong=True)
    return section(
        _("La tabla"),
        table(columns, rows, caption=caption, id="primeros-renglones"),
        html.P([html.Span(counted) if found.table.total > len(rows) else None, whole], className="row"),
    )
