"""`/demanda`: what people ask for most, how it is counted, and the same as data."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.bars import Bar, bars
from components.dates import day
from components.elements import Control
from components.messages import gettext as _
from components.messages import ngettext
from components.shell import empty_state, heading, link_button, section
from components.table import column, table
from figures.formats import number
from model.demand import What
from portal.own import DEMAND, own_view
from portal.portal import Portal
from portal.usecases.demand import LEAST, PERIODS, Demand, Line, OfAgency, Request

SHOWN = 12
MONTHLY = "_chart=line&_group=mes,tipo&_measure=sum:veces"
PERIOD_NAMES = MappingProxyType({"90": "Últimos tres meses", "365": "Último año", "730": "Últimos dos años"})


def demand_page(portal: Portal, found: Demand, period: str) -> Component:
    """Everything that the page of demand shows."""
    empty = not found.requests and not any(line.times for lines in found.lines.values() for line in lines)
    return html.Div(
        [
            heading(
                _("Lo que la gente busca"),
                lead=_(
                    "Qué datos y formatos se piden aquí y todavía no están. Con esta lista las dependencias deciden "
                    "qué publicar primero."
                ),
            ),
            _form(portal, found, period),
            _nothing() if empty else None,
            _monthly(portal) if not found.agency else None,
            _requests(found),
            _searches(found) if not found.agency else None,
            _formats(found),
            _failed(found),
            _used(found),
            _missing(found) if not found.agency else None,
            _agencies(found.agencies) if not found.agency and found.agencies else None,
            _counted(found),
            _as_data(portal, found, period),
        ],
        className="spread",
    )


def _form(portal: Portal, found: Demand, period: str) -> Component:
    agencies = [{"value": a.slug, "label": a.acronym or a.name} for a in portal.snapshot.agencies()]
    periods = [{"value": value, "label": PERIOD_NAMES[value]} for value in PERIODS]
    every = [{"value": "", "label": _("Todas")}]
    return html.Form(
        [
            _select("demanda-dependencia", "dependencia", _("Dependencia"), [*every, *agencies], found.agency),
            _select("demanda-dias", "dias", _("Periodo"), periods, period),
            html.Button(_("Ver"), type="submit", className="btn strong"),
        ],
        action="/demanda",
        method="get",
        className="choices-form",
    )


def _select(identity: str, name: str, label: str, options: Sequence[dict[str, str]], value: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=identity),
            Control(id=identity, tag="select", value=value, options=options, attributes={"name": name}),
        ],
        className="field",
    )


def _nothing() -> Component:
    return empty_state(
        _("Todavía no hay nada que contar"),
        _("Cuando alguien busque algo que no está, pida datos o descargue un archivo, se verá aquí."),
        link_button(_("Pedir datos"), "/solicitudes", strong=True),
        link_button(_("Buscar datos"), "/datos"),
    )


def _monthly(portal: Portal) -> Component | None:
    """The portal's own chart of its own data, once they are released."""
    view = own_view(portal, DEMAND, MONTHLY)
    if not view:
        return None
    picture = view.replace("?", ".svg?", 1)
    drawing = html.Picture(
        [
            html.Source(media="(max-width: 40rem)", srcSet=f"{picture}&_width=360"),
            html.Img(
                src=picture, alt=_("Gráfica: cuántas veces al mes se buscó, se vio y se descargó"), className="drawn"
            ),
        ]
    )
    return section(
        _("Mes por mes"),
        html.Figure(html.A(drawing, href=view), className="sheet"),
        html.P(_("Hasta el día de ayer. Toque la gráfica para explorarla."), className="small muted"),
        id="meses",
    )


def _requests(found: Demand) -> Component | None:
    if not found.requests:
        return None
    shown = found.requests[:SHOWN]
    return section(
        _("Solicitudes con más apoyo"),
        bars(
            [Bar(r.title, r.votes, f"/pregunta/{r.folio}", _request_note(r)) for r in shown],
            caption=_("Solicitudes de datos y sus votos"),
            what=_("Solicitud"),
            counted=_("Votos"),
        ),
        html.P(link_button(_("Ver todas y sumar su voto"), "/solicitudes")),
        *_wanted_formats(found),
        id="solicitudes",
    )


def _request_note(request: Request) -> str:
    return " · ".join(filter(None, (request.state, request.format)))


def _wanted_formats(found: Demand) -> list[Component]:
    if not found.formats:
        return []
    return [
        html.H3(_("En qué formato las quieren")),
        bars(
            [Bar(label, times) for label, times in found.formats],
            caption=_("Formatos que piden las solicitudes"),
            what=_("Formato"),
            counted=_("Solicitudes"),
        ),
    ]


def _searches(found: Demand) -> Component | None:
    lines = found.lines[What.SEARCH][:SHOWN]
    if not lines:
        return None
    made = [Bar(f"«{line.term}»", line.times, _ask_for(line.term), _("pedir estos datos")) for line in lines]
    return section(
        _("Búsquedas que no encontraron nada"),
        bars(made, caption=_("Búsquedas sin resultado"), what=_("Palabras"), counted=_("Veces")),
        html.P(_("Se muestran desde %(n)s veces.", n=LEAST), className="small muted"),
        id="busquedas",
    )


def _ask_for(term: str) -> str:
    about = f"/datos?{urlencode({'q': term})}"
    return f"/participar?{urlencode({'tipo': 'solicitud', 'datos': term, 'sobre': about})}"


def _formats(found: Demand) -> Component | None:
    lines = found.lines[What.FORMAT][:SHOWN]
    made = [Bar(f"{line.term.upper()} · {line.label}", line.times, line.href) for line in lines]
    return _barred(_("Formatos que se buscaron y no se ofrecen"), made, _("Formato y datos"), "formatos")


def _failed(found: Demand) -> Component | None:
    made = [Bar(line.label, line.times, line.href, line.note) for line in found.lines[What.FAILED][:SHOWN]]
    return _barred(
        _("Archivos que no se pudieron leer"), made, _("Archivo"), "archivos", _("Personas que dieron con él")
    )


def _missing(found: Demand) -> Component | None:
    made = [Bar(line.term, line.times) for line in found.lines[What.MISSING][:SHOWN]]
    return _barred(_("Direcciones que no existen"), made, _("Dirección"), "direcciones")


def _used(found: Demand) -> Component | None:
    views = [Bar(line.label, line.times, line.href) for line in found.lines[What.VIEW][:SHOWN]]
    taken = [_download(line) for line in found.lines[What.DOWNLOAD][:SHOWN]]
    parts = [
        _barred(_("Lo más visto"), views, _("Datos"), "vistas", _("Visitas")),
        _barred(_("Lo más descargado"), taken, _("Archivo"), "descargas", _("Descargas")),
    ]
    return html.Div([part for part in parts if part is not None], className="two") if any(parts) else None


def _download(line: Line) -> Bar:
    kind = _("original") if line.term == "original" else line.term.upper()
    return Bar(f"{kind} · {line.label}", line.times, line.href)


def _barred(title: str, made: Sequence[Bar], what: str, identity: str, counted: str = "") -> Component | None:
    if not made:
        return None
    return section(title, bars(made, caption=title, what=what, counted=counted or _("Veces")), id=identity)


def _agencies(rows: Sequence[OfAgency]) -> Component:
    columns = [
        column("agency", _("Dependencia")),
        *(
            column(name, title, numeric=True)
            for name, title in (
                ("requests", _("Solicitudes")),
                ("votes", _("Votos")),
                ("formats", _("Formatos que no ofrece")),
                ("failed", _("Archivos ilegibles")),
                ("views", _("Visitas")),
                ("downloads", _("Descargas")),
            )
        ),
    ]
    written = [
        [row.name, *map(number, (row.requests, row.votes, row.formats, row.failed, row.views, row.downloads))]
        for row in rows
    ]
    hrefs = [f"/dependencia/{row.slug}" if row.slug else "/preguntas?dependencia=portal" for row in rows]
    made = table(columns, written, caption=_("Lo que se pide a cada dependencia"), hrefs=hrefs)
    return section(_("Por dependencia"), made, id="dependencias")


def _counted(found: Demand) -> Component:
    points = (
        _("Contamos por día cuántas veces pasó cada cosa. No guardamos quién: ni dirección, ni cookie, ni navegador."),
        _("Las palabras de una búsqueda se guardan sin acentos ni mayúsculas y se muestran sólo desde %(n)s veces; "
          "nunca si parecen llevar datos personales.", n=LEAST),
        _("No contamos robots que dicen serlo. Programas que descargan datos sí cuentan como descargas."),
        _("Una misma persona puede contar varias veces: son señales de interés, no una votación."),
        _("Borramos las cuentas después de 24 meses."),
    )  # fmt: skip
    return html.Details(
        [
            html.Summary(_("Cómo se cuenta")),
            html.Ul([html.Li(point) for point in points], className="stack-s"),
            html.P(
                _("Del %(since)s al %(until)s.", since=day(found.since), until=day(found.until)),
                className="small muted",
            ),
        ],
        className="fold",
        open=True,
    )


def _as_data(portal: Portal, found: Demand, period: str) -> Component:
    view = own_view(portal, DEMAND, MONTHLY)
    query = urlencode({name: value for name, value in (("dependencia", found.agency), ("dias", period)) if value})
    links = [
        link_button(_("Explorar la gráfica por mes"), view) if view else None,
        link_button("CSV", own_view(portal, DEMAND, "_chart=table", ".csv")) if view else None,
        link_button("JSON", f"/demanda.json?{query}"),
    ]
    later = _("El conjunto de datos «Lo que la gente busca» se publica en cuanto hay un día completo que contar.")
    return section(
        _("Los mismos datos, para llevar"),
        None if view else html.P(later, className="muted"),
        html.Div([link for link in links if link is not None], className="row"),
        id="datos",
    )


def term_chips(found: Demand, most: int) -> Component | None:
    """The searches that found nothing, most frequent first, as links to ask for those data."""
    lines = found.lines[What.SEARCH][:most]
    if not lines:
        return None
    return html.P(
        [
            html.A(
                f"{line.term} · {ngettext('%(num)d vez', '%(num)d veces', line.times)}",
                href=_ask_for(line.term),
                className="chip still",
            )
            for line in lines
        ],
        className="row",
    )
