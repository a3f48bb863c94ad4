"""Reports, the public log of moderation, the notice of privacy, and what a person may ask of their own data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from flask import Blueprint, jsonify, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from documents.answers import done, respond
from documents.people import seen_at
from figures.formats import day
from model.errors import InvalidForm
from participation.deadline import today
from participation.kind import Field
from participation.moderation import LONGEST_NOTE, Reason, report
from portal.limits import address_of
from portal.mail import offered
from portal.person import person_of
from portal.portal import get_portal
from portal.screening import STAMP, screen, stamp
from portal.usecases.own_data import erase, kept
from portal.usecases.replies import find_thread
from store.moderation import log

PAGE = 100
WHY = Field("motivo", "Qué está mal", required=True, choices=tuple((r.value, r.label) for r in Reason))
NOTE = Field("nota", "Algo más que debamos saber", "No se publica.", longest=LONGEST_NOTE, multiline=True)
DEEDS = MappingProxyType(
    {
        "oculta": "Se ocultó",
        "publica": "Se publicó",
        "unida": "Se unió a otra",
        "movida": "Cambió de dependencia",
        "retirada": "La retiró quien la escribió",
    }
)

blueprint = Blueprint("moderation", __name__)


@blueprint.get("/reportar/<folio>")
def reporting(folio: str) -> Response:
    """The form to report a public message, or the thanks for having done so."""
    thread = find_thread(get_portal(), folio)
    if request.args.get("enviado"):
        return respond("reportado.html", title="Reporte recibido", folio=thread.folio)
    return _reporting(thread.folio, {}, {})


@blueprint.post("/reportar/<folio>")
def reported(folio: str) -> Response:
    """Keep a report for those who decide."""
    portal = get_portal()
    now = datetime.now(UTC)
    form = dict(request.form.items())
    thread = find_thread(portal, folio)
    try:
        screen(portal, form, {}, address_of(request), "report", now)
        report(portal.store, thread.folio, form.get("motivo", ""), form.get("nota", ""), now)
    except InvalidForm as error:
        return _reporting(thread.folio, form, error.problems, error.status)
    address = f"/reportar/{thread.folio}?enviado=1"
    return done(address, "reportado.html", title="Reporte recibido", folio=thread.folio)


@blueprint.get("/moderacion")
def public_log() -> Response:
    """What was hidden, moved or joined, when and why; never what it said or who wrote it."""
    portal = get_portal()
    asked = request.args.get("pagina", "1")
    page = min(int(asked), 10_000) if asked.isascii() and asked.isdigit() and int(asked) else 1
    deeds = log(portal.store, PAGE + 1, (page - 1) * PAGE)
    return respond(
        "moderacion.html",
        title="Registro de moderación",
        deeds=deeds[:PAGE],
        words=DEEDS,
        reasons=tuple(r.label for r in Reason),
        page=page,
        more=len(deeds) > PAGE,
        day=lambda moment: day(today(moment)),
    )


@blueprint.get("/privacidad")
def privacy() -> Response:
    """What is kept, for how long, and who sees it."""
    portal = get_portal()
    return respond("privacidad.html", title="Privacidad", mail=offered(portal), settings=portal.settings)


@blueprint.get("/mis-datos")
def own_data() -> Response:
    """What is kept of this person, with the ways to take it along or back."""
    portal = get_portal()
    secret = request.args.get("secreto", "")
    response = respond(
        "mis_datos.html",
        title="Mis datos",
        secret=secret,
        found=kept(request, portal, secret),
        known=bool(secret or person_of(request, portal.settings)),
        erased=request.args.get("borrado", ""),
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/mis-datos.json")
def own_data_file() -> FlaskResponse:
    """The same, as a file."""
    response = jsonify(kept(request, get_portal(), request.args.get("secreto", "")))
    response.headers["Content-Disposition"] = 'attachment; filename="mis-datos.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/mis-datos/borrar")
def erase_own_data() -> Response:
    """Take it back; asked for once more where the box was not ticked."""
    portal = get_portal()
    secret = request.form.get("secreto", "")
    if request.form.get("seguro") != "si":
        raise InvalidForm({"seguro": "Marque la casilla para confirmar que quiere borrarlo."})
    count = erase(request, portal, secret)
    return seen_at(f"/mis-datos?borrado={count}")


def _reporting(folio: str, form: Mapping[str, str], problems: Mapping[str, str], status: int = 200) -> Response:
    return respond(
        "reportar.html",
        status=status,
        title=f"Reportar {folio}",
        folio=folio,
        fields=(WHY, NOTE),
        given=form,
        problems=problems,
        stamp=(STAMP, form.get(STAMP) or stamp(get_portal().settings)),
    )
