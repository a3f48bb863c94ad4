"""Mails to those who have to answer a new thread."""

from __future__ import annotations

from datetime import UTC, datetime

from figures.formats import day
from model.errors import PortalError
from model.mail import Mail
from model.thread import Thread, Visibility
from participation.kind import kind_named
from participation.people import is_email, normal
from participation.personal import mask
from portal.mail import offered
from portal.person import mail_hash
from portal.portal import Portal
from store import outbox
from store.people import of_agency


def opened(portal: Portal, thread: Thread, now: datetime | None = None) -> None:
    """Tell the dataset's contact point and the agency's people, else the operator; called after the write.

    Safe to repeat: the same person is told once for one thread at one agency, so that a moved thread reaches its new
    agency. One that waits for a decision is told only to those who decide. Raises StoreDown.
    """
    if not offered(portal):
        return
    moment = now or datetime.now(UTC)
    mails = [_mail(portal, thread, address, page) for address, page in _recipients(portal, thread).items()]
    with portal.store.write() as connection:
        for mail in mails:
            outbox.put(connection, mail, moment)


def _recipients(portal: Portal, thread: Thread) -> dict[str, str]:
    """The page that each address is led to: those with an account to the form, the others to the thread."""
    public = f"/pregunta/{thread.folio}"
    people = [user.email for user in of_agency(portal.store, thread.agency)]
    if not people:
        people = [portal.settings.mail_operator] if portal.settings.mail_operator else []
        people = people or [user.email for user in of_agency(portal.store, "")]
    contact = [] if thread.visibility is Visibility.PENDING else [_contact(portal, thread)]
    found = {normal(address): public for address in contact}
    found |= {normal(address): f"{public}/responder" for address in people}
    return {address: page for address, page in found.items() if is_email(address)}


def _contact(portal: Portal, thread: Thread) -> str:
    """The address of the dataset's contact point, while the thread is addressed to the dataset's own agency."""
    try:
        dataset = portal.dataset(thread.anchor.dataset) if thread.anchor.dataset else None
    except PortalError:
        return ""
    if dataset is None or dataset.agency.slug != thread.agency:
        return ""
    return dataset.contact.email.strip().removeprefix("mailto:")


def _mail(portal: Portal, thread: Thread, address: str, page: str) -> Mail:
    kind = kind_named(thread.kind)
    label = kind.label if kind else "Mensaje"
    waits = thread.visibility is Visibility.PENDING
    state = "\nTodavía no es pública: espera a que usted la revise en su bandeja." if waits else ""
    about = thread.anchor.label or thread.anchor.page
    text = f"""{label} {thread.folio}
Sobre: {mask(about)}
Contestar a más tardar: {day(thread.deadline)}
{state}
{mask(thread.question.text)}

Para verla y contestar:
{portal.base_url}{page}

Si no le corresponde, muévala desde esa página a la dependencia que la deba contestar.
Este aviso lo envía el portal; no responda a este correo: su respuesta no sería pública.
"""
    return Mail(
        key=f"abierta {thread.folio} {thread.agency} {mail_hash(portal.settings.secret_key, address)}",
        to=address,
        subject=f"{label} {thread.folio}: contestar a más tardar el {day(thread.deadline)}",
        text=text,
    )
