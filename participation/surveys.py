"""Surveys: made from files, answered once a person, and the only writers of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from model.errors import Conflict, InvalidForm, NotFound
from model.survey import Answers, Question, Results, Survey, SurveyState
from participation.deadline import today
from participation.forms import HONEYPOT, TOKEN
from participation.personal import CONFIRM, find, warning
from participation.question import Wrong, type_named
from store import survey_replies, surveys
from store.database import Store
from store.survey_replies import Kept

PREFIX = "r-"  # field of a question: `r-` and its id
CORRECTING = "corrige"  # the field that says: I answered before, replace it
UNANSWERED = "Falta responder esta pregunta."
INCOMPLETE = "Debe responder todas las preguntas."
ALREADY = "Usted ya respondió esta encuesta. Puede corregir lo que respondió mientras siga abierta."
STALE = "El formulario caducó. Recargue la página y envíelo de nuevo."
STRANGE = "Esta encuesta no hace esa pregunta. Recargue la página: quizá cambió."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it was sent: who by (the hash that is kept), the form's token, and all its fields.

    `held` is why its open answers wait for a moderator ("": they do not).
    """

    person: str
    token: str
    fields: Mapping[str, Sequence[str]]
    held: str = ""


def field_of(question: Question) -> str:
    """The name of a question's field."""
    return f"{PREFIX}{question.id}"


def public(store: Store, slug: str) -> Survey:
    """The survey, if the public may know of it. Raises NotFound, StoreDown."""
    return seen(surveys.by_slug(store, slug))


def seen(survey: Survey) -> Survey:
    """The survey; NotFound if it is not published."""
    if not survey.published:
        raise NotFound("No existe esta encuesta.")
    return survey


def reply(store: Store, slug: str, sheet: Sheet, now: datetime) -> Kept:
    """A person answers, or corrects what they answered; sending the same form twice is once.

    Raises NotFound (not published), Conflict (not open; answered before and not correcting), InvalidForm by field name,
    StoreDown. Nothing is kept in any of these cases.
    """

    def judge(survey: Survey) -> Answers:
        seen(survey)
        state = survey.state(today(now))
        if state is not SurveyState.OPEN:
            raise Conflict(closed_sentence(survey, today(now)))
        return validate(survey, sheet)

    correcting = tuple(sheet.fields.get(CORRECTING, ())) == ("1",)
    kept = survey_replies.reply(
        store, slug, judge, person=sheet.person, token=sheet.token, correcting=correcting, now=now, held=sheet.held
    )
    if kept is Kept.ALREADY:
        raise Conflict(ALREADY)
    return kept


def validate(survey: Survey, sheet: Sheet) -> Answers:
    """What may be kept of a form, by question id. Raises InvalidForm with a sentence by field name."""
    problems: dict[str, str] = {}
    if any(sheet.fields.get(HONEYPOT, ())):
        problems[HONEYPOT] = "Deje vacío este campo."
    if not sheet.token or not sheet.person:
        problems[TOKEN] = STALE
    names = {field_of(question) for question in survey.asked()}
    if any(name.startswith(PREFIX) and name not in names for name in sheet.fields):
        problems[TOKEN] = STRANGE
    found: dict[str, tuple[str, ...]] = {}
    for question in survey.asked():
        try:
            found[question.id] = _checked(question, sheet.fields.get(field_of(question), ()))
        except Wrong as wrong:
            problems[field_of(question)] = str(wrong)
    said = "\n".join(text for key, values in found.items() for text in values if key in _open(survey))
    if (personal := find(said)) and not any(sheet.fields.get(CONFIRM, ())):
        problems[CONFIRM] = warning(personal)
    if problems:
        raise InvalidForm(problems)
    return {key: values for key, values in found.items() if values}


def _open(survey: Survey) -> frozenset[str]:
    return frozenset(question.id for question in survey.asked() if not question.options)


def closed_sentence(survey: Survey, day: date) -> str:
    """Why a survey cannot be answered on this day; "" if it can."""
    state = survey.state(day)
    if state is SurveyState.OPEN:
        return ""
    if state is SurveyState.SOON:
        return "Esta encuesta todavía no abre."
    return "Esta encuesta está cerrada: ya no recibe respuestas."


def results(store: Store, slug: str, now: datetime) -> Results:
    """What people answered to a published survey. Raises NotFound, Conflict while they are kept until it closes."""
    survey = public(store, slug)
    if not survey.tells(today(now)):
        raise Conflict("Los resultados se publican cuando cierre la encuesta.")
    return survey_replies.results(store, slug)


def _checked(question: Question, given: Sequence[str]) -> tuple[str, ...]:
    """The answer to one question, () where an optional one has none. Raises Wrong."""
    if len(given) > len(question.options) + 1:
        raise Wrong("Recibimos más respuestas de las que caben en esta pregunta.")
    values = type_named(question.kind).check(question, tuple(given)) if given else ()
    if not values and question.required:
        raise Wrong(UNANSWERED)
    return values
