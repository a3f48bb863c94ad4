"""Following a thread, a dataset or a view by e-mail: asked for, confirmed by its owner, ended in one click."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from config import Settings
from model.errors import InvalidForm, NotFound
from model.follow import Follow, Followed, Target
from participation.follows import EMAIL, email_address
from portal.changes import MOST_ROWS, too_long
from portal.limits import check
from portal.person import mail_hash
from portal.place import place_at
from portal.portal import Portal
from portal.seals import Confirmation, read_confirm, read_end
from portal.telling import title_of
from portal.usecases.notices.letters import confirm_follow, confirm_votes
from query.address import address, format_view, parse
from store import follows, outbox, votes
from store.thread_lists import by_folio

GONE = "Este aviso ya no existe: caducó sin confirmarse, o usted lo dio de baja."


@dataclass(frozen=True, slots=True)
class Subject:
    """A target in words: its title, what narrows it, and its address."""

    target: Target
    title: str
    detail: str
    address: str


def offers_mail(settings: Settings) -> bool:
    """Whether the site can write mails with links: it has a mail server, and knows its own address for sure (that of a
    request is what a stranger wrote in it).
    """
    return bool(settings.smtp_url and settings.base_url)


def subject_at(portal: Portal, at: str) -> Subject:
    """What stands at a site-relative address, a thread's, a dataset's or a view's. Raises NotFound, BadRequest."""
    try:
        parts = urlsplit(at)
    except ValueError:
        raise NotFound("No reconocemos lo que quiere seguir.") from None
    if place := place_at("/pregunta/<folio>", parts.path, ""):
        return subject(portal, Target(Followed.THREAD, folio=place.parts["folio"].upper()))
    if place := place_at("/datos/<dataset>", parts.path, ""):
        return subject(portal, Target(Followed.DATASET, dataset=place.parts["dataset"]))
    if place := place_at("/explora/<dataset>/<resource>", parts.path, parts.query):
        dataset, resource = place.parts["dataset"], place.parts["resource"]
        return subject(portal, Target(Followed.VIEW, dataset=dataset, resource=resource, query=place.query))
    raise NotFound("No reconocemos lo que quiere seguir.")


def subject(portal: Portal, target: Target) -> Subject:
    """A target in words, with its canonical form. Raises NotFound for one that is not public, BadRequest."""
    if target.kind is Followed.THREAD:
        thread = by_folio(portal.store, target.folio)
        if not thread.public:
            raise NotFound("No existe ese folio.")
        return Subject(replace(target, folio=thread.folio), title_of(thread), thread.folio, f"/pregunta/{thread.folio}")
    dataset = portal.dataset(target.dataset)
    if target.kind is Followed.DATASET:
        return Subject(target, dataset.title, dataset.agency.name, f"/datos/{dataset.slug}")
    asked = parse(target.dataset, target.resource, target.query)
    question = portal.question(replace(asked, version=""))
    live = replace(question.view, version="", page=1, size=0)
    detail = " · ".join((*question.words.filters, dataset.title))
    return Subject(replace(target, query=format_view(live)), question.words.title, detail, address(live))


def ask(portal: Portal, at: str, email: str, person: str, now: datetime) -> Subject:
    """Somebody asks that an address be told of changes; its owner is asked by mail whether they want that.

    `person` is the asker's hash: confirmed, their votes count as confirmed too. Raises InvalidForm (the address,
    or a view too long to compare), BadRequest, NotFound, TooMany, StoreDown.
    """
    to = email_address(email)
    found = subject_at(portal, at)
    target = found.target
    if target.kind is Followed.VIEW and too_long(portal, parse(target.dataset, target.resource, target.query)):
        wide = (
            f"Esta vista tiene más de {MOST_ROWS:,} renglones: filtre o agrupe para seguir sus cifras, "
            "o siga el conjunto de datos entero."
        )
        raise InvalidForm({EMAIL.name: wide})
    check(portal, "mail", to.casefold(), now)
    with portal.store.write() as connection:
        follow = follows.ask(connection, target, to, now)
        confirmation = Confirmation(follow.id, person, mail_hash(portal.settings.secret_key, to))
        mail = confirm_follow(portal.settings, follow, (found.title, found.detail), confirmation, now)
        outbox.put(connection, mail, now)
    return found


def ask_for_votes(portal: Portal, email: str, person: str, now: datetime) -> None:
    """A person asks to have their votes confirmed by an address, of which only a hash is kept once the mail is sent.

    Raises InvalidForm, TooMany, StoreDown.
    """
    to = email_address(email)
    check(portal, "mail", to.casefold(), now)
    confirmation = Confirmation(0, person, mail_hash(portal.settings.secret_key, to))
    with portal.store.write() as connection:
        outbox.put(connection, confirm_votes(portal.settings, to, confirmation, now), now)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link confirms: something to follow (None: nothing), votes, and whether that was `done` already."""

    subject: Subject | None
    follow: int
    votes: bool
    done: bool


def waiting(portal: Portal, token: str) -> Asked:
    """What a link would confirm. Raises NotFound (also where it was ended since), LinkExpired, StoreDown."""
    what = read_confirm(portal.settings, token)
    with portal.store.read() as connection:
        follow = follows.one(connection, what.follow) if what.follow else None
        voted = votes.is_confirmed(connection, what.person, what.mail)
    if not what.follow:
        return Asked(None, 0, True, voted)
    if follow is None:
        raise NotFound(GONE)
    return Asked(subject(portal, follow.target), follow.id, bool(what.person), follow.confirmed is not None)


def confirm(portal: Portal, token: str, now: datetime) -> tuple[Follow | None, int]:
    """The owner of an address says yes: the follow, if it was one, and how many votes are now confirmed.

    Said twice, it is once. Raises NotFound, LinkExpired, StoreDown.
    """
    what = read_confirm(portal.settings, token)
    with portal.store.write() as connection:
        follow = follows.confirm(connection, what.follow, now) if what.follow else None
        if what.follow and follow is None:
            raise NotFound(GONE)
        marked = votes.confirm(connection, what.person, what.mail) if what.person else 0
    return follow, marked


def followed(portal: Portal, token: str) -> Follow | None:
    """The follow that a link ends, None if it has ended. Raises NotFound for a link that is not ours, StoreDown."""
    with portal.store.read() as connection:
        return follows.one(connection, read_end(portal.settings, token))


def end(portal: Portal, token: str, *, everything: bool = False) -> None:
    """End a follow (or all of its address) and delete the address; twice is once.

    Raises NotFound for a link that is not ours, StoreDown.
    """
    gone = read_end(portal.settings, token)
    with portal.store.write() as connection:
        follow = follows.one(connection, gone)
        if follow is not None and everything:
            follows.forget(connection, follow.email)
        follows.end(connection, gone)
