"""What happened when a file was loaded, in plain words: nothing is lost in silence."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.messages import gettext as _
from components.table import column, table
from figures.formats import number
from model.version import CellChange, LoadReport, Manifest, TableProfile, TableReport

SHOWN = 20


def load_report(manifest: Manifest) -> Component:
    """Rows read, kept and set aside of each table; cells changed, with examples; notes."""
    report = manifest.report
    return html.Div(
        [
            html.P(_summary(report)),
            *([html.Ul([html.Li(note) for note in report.notes])] if report.notes else []),
            *[_table(t, manifest.table(t.table), len(report.tables) > 1) for t in report.tables],
        ],
        className="stack",
    )


def _summary(report: LoadReport) -> str:
    read = sum(t.rows_read for t in report.tables)
    kept = sum(t.rows_kept for t in report.tables)
    aside = sum(t.set_aside_rows for t in report.tables)
    words = _(
        "Leímos un archivo %(format)s en %(encoding)s: %(read)s renglones, de los que %(kept)s quedaron en la tabla",
        format=report.format.upper(),
        encoding=report.encoding.upper(),
        read=number(read),
        kept=number(kept),
    )
    tail = _("y %(n)s se apartaron; abajo se dice por qué.", n=number(aside)) if aside else _("y ninguno se apartó.")
    return f"{words} {tail}"


def _table(report: TableReport, profile: TableProfile | None, named: bool) -> Component:
    title = profile.title or profile.name if profile else report.table
    parts: list[Component | None] = [
        html.H4(title) if named else None,
        _set_aside(report) if report.set_aside else None,
        _changes(report.changes) if report.changes else None,
    ]
    return html.Div([p for p in parts if p is not None], className="stack-s")


def _set_aside(report: TableReport) -> Component:
    rows = [[number(r.line), r.reason, r.text[:120]] for r in report.set_aside[:SHOWN]]
    more = report.set_aside_rows - len(rows)
    caption = _("Renglones apartados")
    columns = [column("line", _("Línea"), numeric=True), column("why", _("Por qué")), column("text", _("Qué decía"))]
    return html.Div(
        [
            html.P(html.Strong(caption)),
            table(columns, rows, caption=caption),
            html.P(_("y %(n)s más.", n=number(more)), className="small muted") if more > 0 else None,
        ],
        className="stack-s",
    )


def _changes(changes: tuple[CellChange, ...]) -> Component:
    caption = _("Celdas que se leyeron de otra manera")
    columns = [
        column("column", _("Columna")),
        column("what", _("Qué se hizo")),
        column("cells", _("Celdas"), numeric=True),
        column("why", _("Por qué")),
        column("examples", _("Ejemplos")),
    ]
    words = {"null": _("quedaron sin dato"), "reinterpreted": _("se reinterpretaron")}
    rows = [
        [c.column, words.get(c.what, c.what), number(c.cells), c.reason, ", ".join(text for _line, text in c.examples)]
        for c in changes
    ]
    return html.Div([html.P(html.Strong(caption)), table(columns, rows, caption=caption)], className="stack-s")
