"""A question from a page to its thread, and an answer back to it: the page's address becomes the anchor."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from model.dataset import Agency, Dataset
from model.errors import Hidden, InvalidForm, NotFound, PortalError, StoreDown
from model.people import User
from model.thread import Anchor, AnswerType, NewAnswer, NewThread, Thread, Visibility
from participation import actions
from participation.answering import VIEW, validate_answer
from participation.deadline import Term, today
from participation.forms import ANCHOR_FIELDS, official_text, validate
from portal.person import person_hash
from portal.place import place_at
from portal.pointing import Pointer, anchor_of
from portal.portal import Portal
from portal.requests import agency_named
from portal.screening import screen
from portal.usecases.notices.followers import answered
from portal.usecases.notices.opened import opened
from query.address import address, parse
from store import threads
from store.people import premoderated

UNCITED = "Respuesta dada por el equipo del portal sin una vista."
ANCHOR_NAMES = MappingProxyType({part: name for name, (part, _) in ANCHOR_FIELDS.items()})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a form: the pseudonym of their browser ("": none) and the network address that limits count by."""

    person: str = ""
    address: str = ""


def open_thread(
    portal: Portal, kind: str, form: Mapping[str, str], pointer: Pointer, sender: Sender, now: datetime | None = None
) -> Thread:
    """The thread that a form opens, anchored to what was pointed at; whoever has to answer is told.

    The anchor is read on the server; what a form says of it is not believed. It is public at once, unless its agency
    looks first or it holds a word of the operator's list. Raises InvalidForm, TooMany, StoreDown.
    """
    moment = now or datetime.now(UTC)
    new = _new_thread(kind, form, anchor_of(portal, pointer))
    texts = {"texto": new.text, "nombre": new.name, **dict(new.details)}
    reason = screen(portal, form, texts, sender.address, "thread", moment)
    agency = agency_named(portal, dict(new.details).get("institucion", ""))
    if not agency and new.anchor.dataset:
        agency = portal.dataset(new.anchor.dataset).agency.slug
    waits = bool(reason) or premoderated(portal.store, agency)
    thread = actions.open_thread(
        portal.store,
        new,
        moment,
        term(portal),
        person_hash=person_hash(portal.settings.secret_key, sender.person),
        visibility=Visibility.PENDING if waits else Visibility.PUBLIC,
        agency=agency,
    )
    with suppress(StoreDown):  # the thread itself is kept; sent again, it tells them again
        opened(portal, thread)
    return thread


def answer_thread(
    portal: Portal, folio: str, form: Mapping[str, str], user: User, now: datetime | None = None
) -> Thread:
    """The official answer of `user`, from the fields of `participation.answering`; followers are told.

    Raises InvalidForm (also for a view that cannot be shown), Forbidden, NotFound, BadRequest, StoreDown.
    """
    moment = now or datetime.now(UTC)
    new = _cited(portal, validate_answer(form, today(moment)))
    if new.type is AnswerType.PUBLISHED and threads.by_folio(portal.store, folio).kind != "solicitud":
        raise InvalidForm({"tipo": "Sólo una solicitud de datos se responde con datos publicados."})
    thread = actions.answer(portal.store, folio, new, user, moment)
    _tell_followers(portal, thread)
    return thread


def review_thread(portal: Portal, folio: str, user: User, now: datetime | None = None) -> Thread:
    """`user` says that the agency is looking into a thread. Errors as `answer_thread`."""
    thread = actions.review(portal.store, folio, user, now or datetime.now(UTC))
    _tell_followers(portal, thread)
    return thread


def close_thread(portal: Portal, folio: str, reason: str, user: User, now: datetime | None = None) -> Thread:
    """`user` closes a thread for good. Errors as `answer_thread`."""
    thread = actions.close(portal.store, folio, user, now or datetime.now(UTC), reason)
    _tell_followers(portal, thread)
    return thread


def answer_question(portal: Portal, folio: str, text: str, agency: str) -> Thread:
    """The official answer to a thread, given by an operator in the name of `agency` (acronym or slug; "": its own)."""
    slug = _agency(portal, agency).slug if agency else ""
    new = NewAnswer(AnswerType.REASON, official_text(text), uncited=UNCITED)
    operator = User(0, "", actions.OPERATOR_NAME, "", True)
    thread = actions.answer(portal.store, folio, new, operator, datetime.now(UTC), agency=slug)
    _tell_followers(portal, thread)
    return thread


def term(portal: Portal) -> Term:
    """How long agencies have to answer, by the settings."""
    return Term(portal.settings.plazo, portal.settings.plazo_tipo)


def find_thread(portal: Portal, folio: str) -> Thread:
    """The public thread with this folio. Raises NotFound (also while it waits for a moderator), Hidden, StoreDown."""
    thread = threads.by_folio(portal.store, folio)
    if thread.visibility is Visibility.HIDDEN:
        raise Hidden(next((event.reason for event in reversed(thread.events) if event.what == "oculta"), ""))
    if not thread.public:
        raise NotFound("Este mensaje no está a la vista: se está revisando.")
    return thread


def of_secret(portal: Portal, secret: str) -> Thread:
    """The thread of a secret link, whoever may see it. Raises NotFound, StoreDown."""
    return actions.by_secret(portal.store, secret)


def of_person(portal: Portal, own_hash: str) -> tuple[Thread, ...]:
    """What the person with this hash opened, newest first. Raises StoreDown."""
    return threads.of_person(portal.store, own_hash)


def questions_about(portal: Portal, dataset: str, resource: str = "") -> tuple[Thread, ...]:
    """The threads anchored to a dataset, or to one of its resources, newest first; none while the store is down."""
    try:
        return threads.for_anchor(portal.store, dataset=dataset, resource=resource)
    except StoreDown:
        return ()


def _tell_followers(portal: Portal, thread: Thread) -> None:
    with suppress(StoreDown):  # the answer itself is kept
        answered(portal, thread)


def _new_thread(kind: str, form: Mapping[str, str], anchor: Anchor) -> NewThread:
    named = {ANCHOR_NAMES[part]: value for part, value in asdict(anchor).items()}
    return validate(kind, {**form, **named})


def _cited(portal: Portal, new: NewAnswer) -> NewAnswer:
    """The answer with the canonical, pinned address of the view that it cites. InvalidForm where there is no such."""
    if not new.view:
        return new
    wrong = InvalidForm(
        {VIEW.name: "No pudimos abrir esa vista: copie la dirección desde el explorador de este portal."}
    )
    try:
        parts = urlsplit(new.view)
    except ValueError:
        raise wrong from None
    own = not parts.netloc or f"{parts.scheme}://{parts.netloc}" == portal.base_url
    place = place_at("/explora/<dataset>/<resource>", parts.path, parts.query) if own else None
    whole = place_at("/datos/<dataset>", parts.path, "") if own and new.type is AnswerType.PUBLISHED else None
    if whole is not None:
        return replace(new, view=f"/datos/{_published(portal, whole.parts['dataset']).slug}")
    if place is None:
        raise wrong
    try:
        question = portal.question(parse(place.parts["dataset"], place.parts["resource"], place.query))
    except PortalError as error:
        raise InvalidForm({VIEW.name: f"{wrong.problems[VIEW.name]} {error.message}"}) from error
    return replace(new, view=address(question.view))


def _published(portal: Portal, slug: str) -> Dataset:
    try:
        return portal.dataset(slug)
    except PortalError as error:
        raise InvalidForm({VIEW.name: f"No encontramos ese conjunto de datos. {error.message}"}) from error


def _agency(portal: Portal, name: str) -> Agency:
    for found in portal.snapshot.agencies():
        if name.casefold() in (found.slug, found.acronym.casefold()):
            return found
    raise NotFound(f"No existe la dependencia «{name[:80]}».")
