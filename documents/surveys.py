"""Surveys as plain HTML: the form, which needs no script, and the results."""

from __future__ import annotations

import secrets
from datetime import datetime

from flask import Blueprint, request
from werkzeug.wrappers import Response

from documents.answers import later, respond
from documents.survey_figures import about, controls, figure_of
from model.errors import Conflict, InvalidForm, PortalError, StoreDown, TooMany
from model.survey import Answers, Survey, SurveyState
from participation.forms import TOKEN
from participation.personal import CONFIRM
from participation.surveys import CORRECTING, PREFIX, Sheet, closed_sentence, field_of, reply
from portal.limits import address_of, check, give_back
from portal.person import person_hash, person_of, person_replying, with_person
from portal.portal import Portal, get_portal
from portal.screening import holds_listed_word
from portal.usecases.surveys import answered, now_and_today, public, shown

MOST_PAGES = 10_000
LONGEST_SAID = 50_000
HELD = "palabra de la lista"

blueprint = Blueprint("surveys", __name__)


@blueprint.get("/encuesta/<slug:slug>")
def form(slug: str) -> Response:
    """The form of an open survey, with the person's own answers where there are; else why it is not open."""
    portal = get_portal()
    _, day = now_and_today()
    survey = public(portal, slug)
    if survey.state(day) is not SurveyState.OPEN:
        words = closed_sentence(survey, day)
        return respond("encuesta_cerrada.html", title=survey.title, about=about(portal, survey, day), closed=words)
    mine = answered(portal, slug, _person(portal))
    return _form(portal, survey, mine or {}, correcting=mine is not None)


@blueprint.post("/encuesta/<slug:slug>")
def send(slug: str) -> Response:
    """Keep the answers; the form again, with what is wrong, where they cannot be kept."""
    portal = get_portal()
    now, _ = now_and_today()
    survey = public(portal, slug)
    token = request.form.get(TOKEN, "")
    person = person_replying(request, portal.settings, token)
    fields = dict(request.form.lists())
    said = "\n".join(value for values in fields.values() for value in values[:1])
    held = HELD if holds_listed_word(portal.settings, said[:LONGEST_SAID]) else ""
    sheet = Sheet(person_hash(portal.settings.secret_key, person), token, fields, held)
    try:
        _keep(portal, slug, sheet, now)
    except (InvalidForm, Conflict, TooMany, StoreDown) as error:
        given = {key.removeprefix(PREFIX): tuple(values) for key, values in fields.items() if key.startswith(PREFIX)}
        return later(_refused(portal, survey, given, error), error)
    response = _see(f"/encuesta/{slug}/resultados#gracias")
    return with_person(response, portal.settings, person)


@blueprint.get("/encuesta/<slug:slug>/resultados")
def results(slug: str) -> Response:
    """The results, or when they will be published."""
    portal = get_portal()
    now, day = now_and_today()
    survey = public(portal, slug)
    mine = answered(portal, slug, _person(portal)) is not None
    told = about(portal, survey, day)
    title = f"Resultados: {survey.title}"
    if not survey.tells(day):
        return respond("encuesta_resultados.html", title=title, about=told, mine=mine, figures=(), shown=None)
    page = request.args.get("pagina", "1")
    number = min(int(page), MOST_PAGES) if page.isascii() and page.isdigit() and int(page) > 0 else 1
    found = shown(portal, slug, now, (request.args.get("pregunta", ""), number))
    figures = tuple(figure_of(tally, found) for tally in found.results.tallies)
    return respond("encuesta_resultados.html", title=title, about=told, mine=mine, figures=figures, shown=found)


def _keep(portal: Portal, slug: str, sheet: Sheet, now: datetime) -> None:
    """Keep a reply; one that has to be filled in again does not count against the limit."""
    who = address_of(request)
    check(portal, "survey", who, now)
    try:
        reply(portal.store, slug, sheet, now)
    except InvalidForm:
        give_back(portal, "survey", who, now)
        raise


def _refused(portal: Portal, survey: Survey, given: Answers, error: PortalError) -> Response:
    _, day = now_and_today()
    if isinstance(error, Conflict) and survey.state(day) is not SurveyState.OPEN:
        told = about(portal, survey, day)
        return respond(
            "encuesta_cerrada.html", status=error.status, title=survey.title, about=told, closed=error.message
        )
    problems = error.problems if isinstance(error, InvalidForm) else {"": error.message}
    again = isinstance(error, Conflict)
    return _form(portal, survey, given, problems=problems, status=error.status, correcting=again or _corrects())


def _form(
    portal: Portal,
    survey: Survey,
    given: Answers,
    *,
    correcting: bool,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    _, day = now_and_today()
    return respond(
        "encuesta.html",
        status=status,
        title=survey.title,
        about=about(portal, survey, day),
        given=given,
        controls=controls(survey),
        field_of=field_of,
        correcting=correcting,
        correcting_field=CORRECTING,
        problems=problems or {},
        token=request.form.get(TOKEN) or secrets.token_urlsafe(24),
        token_field=TOKEN,
        confirm=CONFIRM,
        confirmed=bool(request.form.get(CONFIRM)),
    )


def _corrects() -> bool:
    return request.form.get(CORRECTING) == "1"


def _person(portal: Portal) -> str:
    return person_hash(portal.settings.secret_key, person_of(request, portal.settings))


def _see(address: str) -> Response:
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})
