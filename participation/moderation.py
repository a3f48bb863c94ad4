"""What is taken out of sight, sent elsewhere or joined: the only writers of it, each with its permission inside."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from model.errors import BadRequest, Forbidden, InvalidForm, NotFound
from model.people import User
from model.thread import Event, Thread, Visibility
from participation.actions import OPERATOR_NAME
from participation.audit import DONE, act
from participation.people import hash_of
from participation.personal import mask
from participation.text import clean, clean_line, unstorable
from store import moderation as kept
from store.catalogue import agency as agency_named
from store.database import Store
from store.moderation import Report
from store.threads import by_folio

RETIRED = "Retirada por quien la escribió"
LONGEST_NOTE = 500
SHORTEST_REASON = 10


class Reason(StrEnum):
    """Why a message is hidden or reported. `label` is what everyone reads; no finer reason is ever published."""

    PERSONAL = "datos_personales"
    INSULT = "insultos"
    SPAM = "publicidad"
    UNRELATED = "ajeno"
    UNLAWFUL = "ilegal"

    @property
    def label(self) -> str:
        return {
            "datos_personales": "Contiene datos personales",
            "insultos": "Insultos, amenazas o discriminación",
            "publicidad": "Publicidad o correo no deseado",
            "ajeno": "No tiene que ver con los datos del portal",
            "ilegal": "Contenido que la ley prohíbe",
        }[self.value]


def hide(store: Store, folio: str, reason: str, by: User, now: datetime, note: str = "") -> Thread:
    """Take a thread out of every public place, or refuse one that waits; `note` goes to the audit alone.

    Only the agency that it is addressed to and operators may. Raises NotFound, Forbidden, InvalidForm (no such reason),
    BadRequest (hidden already), StoreDown. So do the others here, as far as they apply.
    """
    thread, why = _permitted(store, folio, by), _reason(reason)
    done = kept.set_visibility(
        store,
        thread.folio,
        Visibility.HIDDEN,
        Event(now, "oculta", office(store, by, thread), why.label),
        act(by, "ocultar", thread.folio, DONE, now, f"{why.value}. {_line(note)}"),
    )
    return _done(done, thread, "ya está oculta")


def show(store: Store, folio: str, by: User, now: datetime) -> Thread:
    """Make a thread public that was hidden or waited for a decision."""
    thread = _permitted(store, folio, by)
    event = Event(now, "publica", office(store, by, thread))
    done = kept.set_visibility(
        store, thread.folio, Visibility.PUBLIC, event, act(by, "publicar", thread.folio, DONE, now)
    )
    return _done(done, thread, "ya es pública")


def move(store: Store, folio: str, agency: str, reason: str, by: User, now: datetime) -> Thread:
    """Address an open thread to another agency of the catalogue (slug; "": the portal), saying why; the date stays."""
    thread = _permitted(store, folio, by)
    target = agency_named(store, agency) if agency else None
    if agency and target is None:
        raise InvalidForm({"dependencia": "Elija una dependencia del catálogo."})
    event = Event(
        now, "movida", office(store, by, thread), f"A {target.name if target else OPERATOR_NAME}. {_why(reason)}"
    )
    audited = act(by, "mover", thread.folio, DONE, now, f"{thread.agency or 'portal'} → {agency or 'portal'}")
    return _done(kept.move(store, thread.folio, agency, event, audited), thread, "no se puede mover allí")


def merge(store: Store, folio: str, into: str, by: User, now: datetime) -> Thread:
    """Join a thread to another one of theirs that asks the same: votes and followers count there."""
    thread = _permitted(store, folio, by)
    target = _target(store, into, by)
    event = Event(now, "unida", office(store, by, thread), f"Pregunta lo mismo que {target.folio}.")
    audited = act(by, "unir", thread.folio, DONE, now, target.folio)
    return _done(kept.merge(store, thread.folio, target.folio, event, audited), thread, "no se puede unir a esa")


def report(store: Store, folio: str, reason: str, note: str, now: datetime) -> None:
    """Anyone reports a public thread; personal data in the note are masked. Raises InvalidForm, NotFound, StoreDown."""
    why = _reason(reason)
    if unstorable(note) or len(note) > 10 * LONGEST_NOTE:
        raise InvalidForm({"nota": f"Escriba como máximo {LONGEST_NOTE} caracteres."})
    kept.report(store, folio, why.value, mask(clean(note))[:LONGEST_NOTE], now)


def dismiss(store: Store, folio: str, by: User, now: datetime) -> None:
    """The reports of a thread were looked at, and it stays."""
    thread = _permitted(store, folio, by)
    kept.settle(store, thread.folio, act(by, "descartar reportes", thread.folio, DONE, now))


def pending(store: Store, by: User) -> tuple[Thread, ...]:
    """What waits for a decision of this person's."""
    return kept.pending(store, None if by.operator else by.agency)


def reported(store: Store, by: User) -> tuple[Report, ...]:
    """What was reported of threads that this person decides on."""
    return kept.reported(store, None if by.operator else by.agency)


def withdraw(store: Store, now: datetime, *, secret: str = "", person_hash: str = "") -> int:
    """The writer of a thread (by its secret), or of several (by the hash that is kept of them), takes their words back.

    Folios and answers stay. How many threads: 0 if there are none. Raises StoreDown.
    """
    if secret:
        return kept.withdraw_secret(store, hash_of(secret), RETIRED, now)
    return kept.withdraw_person(store, person_hash, RETIRED, now) if person_hash else 0


def office(store: Store, by: User, thread: Thread) -> str:
    """In whose name a person acts on a thread: never their own."""
    found = agency_named(store, by.agency or thread.agency) if not by.operator else None
    return found.name if found else OPERATOR_NAME


def _permitted(store: Store, folio: str, by: User) -> Thread:
    thread = by_folio(store, folio)
    if not by.acts_for(thread.agency):
        raise Forbidden("Sólo puede hacerlo la dependencia a la que se dirige.")
    return thread


def _target(store: Store, folio: str, by: User) -> Thread:
    """The thread that another may be joined to. Raises InvalidForm."""
    try:
        found = by_folio(store, folio)
    except NotFound:
        raise InvalidForm({"folio": "No existe ese folio."}) from None
    if not found.public or not by.acts_for(found.agency):
        raise InvalidForm({"folio": "Únala a una pregunta pública de su dependencia."})
    return found


def _done(done: Thread | None, thread: Thread, problem: str) -> Thread:
    if done is None:
        raise BadRequest(f"{thread.folio} {problem}.")
    return done


def _reason(given: str) -> Reason:
    try:
        return Reason(given)
    except ValueError:
        raise InvalidForm({"motivo": "Elija uno de los motivos."}) from None


def _why(text: str) -> str:
    """A reason in public words. Raises InvalidForm."""
    words = _line(text)
    if len(words) < SHORTEST_REASON:
        raise InvalidForm({"motivo": f"Explique por qué, en al menos {SHORTEST_REASON} caracteres."})
    return mask(words)


def _line(text: str) -> str:
    if unstorable(text):
        raise InvalidForm({"motivo": "Hay caracteres que no podemos guardar. Escriba el texto de nuevo."})
    return clean_line(text[: 10 * LONGEST_NOTE])[:LONGEST_NOTE]
