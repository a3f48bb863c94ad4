"""Surveys as files bring them, pages show them and people answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

from model.declared import InvalidDeclaration
from model.errors import StoreDown
from model.survey import Answers, Results, Said, Survey, SurveyState
from participation import surveys as rules
from participation.deadline import today
from participation.personal import mask
from participation.question import type_named
from participation.survey_file import read_survey
from portal.own import own_view, survey_identifier
from portal.portal import Portal
from store import survey_replies, surveys

SEEDS = "encuestas"
TEXTS = 20  # open answers on one page of results


@dataclass(frozen=True, slots=True)
class Texts:
    """One page of the open answers to a question, personal data masked; `more` says that there is another page."""

    question: str
    page: int
    said: tuple[Said, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a page of results shows. `views` are addresses in the explorer, by question id."""

    results: Results
    texts: Mapping[str, Texts]
    views: Mapping[str, str]
    dataset: str


def load_survey(portal: Portal, path: Path, *, only_new: bool = False) -> Survey | None:
    """Keep the survey that a file declares; None where `only_new` and it is there already.

    Raises InvalidDeclaration, BadRequest (a question with answers would change its type), StoreDown.
    """
    written = read_survey(path)
    survey = replace(written, agency=_agency(portal, written.agency))
    return survey if surveys.save(portal.store, survey, datetime.now(UTC), only_new=only_new) else None


def seed_surveys(portal: Portal, say: Callable[[str], None]) -> None:
    """Bring in the surveys of `encuestas/` beside the catalogue (or in the overlay) that the store does not know."""
    folder = (portal.settings.overlay or portal.settings.catalog) / SEEDS
    for path in sorted(folder.glob("*.toml")):
        try:
            if found := load_survey(portal, path, only_new=True):
                say(f"  + encuesta {found.slug}: {found.title}")
        except InvalidDeclaration as invalid:
            say(f"  ! {SEEDS}/{path.name}: {invalid.message}")


def listed(portal: Portal, day: date) -> tuple[tuple[Survey, SurveyState], ...]:
    """The published surveys with where they stand: open ones first, then those to come, then the newest closed ones.

    None while the store is down.
    """
    try:
        found = [(survey, survey.state(day)) for survey in surveys.published(portal.store)]
    except StoreDown:
        return ()
    order = (SurveyState.OPEN, SurveyState.SOON, SurveyState.CLOSED)
    return tuple(sorted(found, key=lambda pair: order.index(pair[1])))


def open_surveys(portal: Portal, day: date) -> tuple[Survey, ...]:
    """Those that can be answered on this day, newest first; none while the store is down."""
    return tuple(survey for survey, state in listed(portal, day) if state is SurveyState.OPEN)


def public(portal: Portal, slug: str) -> Survey:
    """The survey, if the public may know of it. Raises NotFound, StoreDown."""
    return rules.public(portal.store, slug)


def answered(portal: Portal, slug: str, person: str) -> Answers | None:
    """What a person (by the hash that is kept) answered; None if nothing was. Raises StoreDown."""
    return survey_replies.answers_of(portal.store, slug, person)


def shown(portal: Portal, slug: str, now: datetime, turned: tuple[str, int] = ("", 1)) -> Shown:
    """The results of a survey; `turned` names the question whose open answers stand at another page than the first.

    Raises NotFound, Conflict while results are kept until the survey closes, StoreDown.
    """
    results = rules.results(portal.store, slug, now)
    texts, views = {}, {}
    for tally in results.tallies:
        question = tally.question
        if not question.options:
            page = turned[1] if turned[0] == question.id else 1
            texts[question.id] = _texts(portal, slug, question.id, page)
        elif chart := type_named(question.kind).chart(question):
            query = f"pregunta={quote(question.text, safe='')}&{chart}"
            views[question.id] = own_view(portal, survey_identifier(slug), query)
    return Shown(results, texts, views, own_view(portal, survey_identifier(slug), "_chart=table"))


def people(portal: Portal, slug: str, day: date) -> int:
    """How many answered a survey; 0 while its results are kept, or the store is down."""
    try:
        survey = surveys.by_slug(portal.store, slug)
        return survey_replies.results(portal.store, slug).people if survey.tells(day) else 0
    except StoreDown:
        return 0


def now_and_today() -> tuple[datetime, date]:
    """This moment, and the day that it is in central Mexico."""
    now = datetime.now(UTC)
    return now, today(now)


def _texts(portal: Portal, slug: str, question: str, page: int) -> Texts:
    found = survey_replies.said(portal.store, slug, question, limit=TEXTS + 1, skip=(page - 1) * TEXTS)
    masked = tuple(replace(item, text=mask(item.text)) for item in found[:TEXTS])
    return Texts(question, page, masked, len(found) > TEXTS)


def _agency(portal: Portal, name: str) -> str:
    if not name:
        return ""
    for found in portal.snapshot.agencies():
        if name.casefold() in (found.slug, found.acronym.casefold()):
            return found.slug
    raise InvalidDeclaration(f"agency: no existe la dependencia «{name[:80]}».")
