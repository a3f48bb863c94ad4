"""Asking for data: the request, its author's own vote, word to their address, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from model.errors import BadRequest, PortalError, StoreDown
from model.people import User
from model.thread import AnswerType, NewAnswer, Thread
from participation import votes
from participation.actions import OPERATOR_NAME, answer
from participation.follows import EMAIL, email_address
from participation.forms import official_text, validate
from participation.personal import CONFIRM
from portal.person import person_hash
from portal.pointing import Pointer
from portal.portal import Portal
from portal.usecases.following import ask, offers_mail
from portal.usecases.notices.followers import answered
from portal.usecases.replies import UNCITED, Sender, open_thread
from store.requests import KIND
from store.thread_lists import by_folio

BOARD = "/solicitudes"


def checked(form: Mapping[str, str], with_mail: bool) -> None:
    """Raises InvalidForm unless the fields of a request are right; nothing is kept."""
    validate(KIND, {**form, "pagina": BOARD, CONFIRM: form.get(CONFIRM, "")})
    if with_mail and form.get(EMAIL.name, "").strip():
        email_address(form[EMAIL.name])


def publish(portal: Portal, folio: str, dataset: str, now: datetime) -> Thread:
    """The operator says where the data of a request are published by now; its followers are told.

    Raises NotFound, BadRequest (no request, or closed), StoreDown.
    """
    found = portal.dataset(dataset)
    text = f"Los datos que pidió ya están publicados: «{found.title}»."
    return _answer(portal, folio, NewAnswer(AnswerType.PUBLISHED, text, view=f"/datos/{found.slug}"), now)


def refuse(portal: Portal, folio: str, ground: str, text: str, now: datetime) -> Thread:
    """The operator says that data will not be published, on which legal ground; its followers are told.

    Raises NotFound, BadRequest (no request, or closed), InvalidForm, StoreDown.
    """
    checked_ground = official_text(ground)
    new = NewAnswer(AnswerType.REFUSED, official_text(text), ground=checked_ground, uncited=UNCITED)
    return _answer(portal, folio, new, now)


def _answer(portal: Portal, folio: str, new: NewAnswer, now: datetime) -> Thread:
    if by_folio(portal.store, folio).kind != KIND:
        raise BadRequest(f"{folio} no es una solicitud de datos.")
    operator = User(0, "", OPERATOR_NAME, "", True)
    thread = answer(portal.store, folio, new, operator, now)
    with suppress(StoreDown):  # the answer itself is kept
        answered(portal, thread, now)
    return thread


def ask_for_data(portal: Portal, form: Mapping[str, str], pointer: Pointer, sender: Sender, now: datetime) -> Thread:
    """The request that a form opens; its author is its first vote, and is written to where they gave an address.

    Sent twice it is one. Raises InvalidForm, TooMany, StoreDown.
    """
    thread = open_thread(portal, KIND, form, pointer, sender, now)
    mine = person_hash(portal.settings.secret_key, sender.person)
    with suppress(PortalError):  # the request itself is kept, whatever becomes of the rest
        votes.own(portal.store, thread, mine, now)
    if thread.secret and thread.public and offers_mail(portal.settings) and form.get(EMAIL.name, "").strip():
        with suppress(PortalError):
            ask(portal, f"/pregunta/{thread.folio}", form[EMAIL.name], mine, now)
    return thread
