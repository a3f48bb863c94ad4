"""Mails to those who follow a thread, a dataset or a view: only of what changed for them, and each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from figures.formats import day, number
from model.errors import NotReady, PortalError, Withdrawn
from model.follow import Follow, Followed
from model.mail import Mail
from model.thread import Thread, ThreadState
from model.version import Release
from participation.personal import mask
from portal.caption import MEXICO
from portal.changes import Comparison, compare
from portal.portal import Portal, read_version
from portal.usecases.following import Subject, offers_mail, subject
from portal.usecases.notices.letters import listed, notice
from query.address import parse
from store import follows, outbox
from store.releases import released as releases_of


def answered(portal: Portal, thread: Thread, now: datetime | None = None) -> None:
    """Tell those who follow a thread of its newest official answer or state; called after the write, safe to repeat."""
    moment = now or datetime.now(UTC)
    if not offers_mail(portal.settings) or not thread.public:
        return
    title, words = _news(thread)
    link = f"{portal.settings.base_url}/pregunta/{thread.folio}"
    key = f"{thread.folio} {len(thread.messages)} {thread.state}"
    with portal.store.write() as connection:
        for follow in follows.of_thread(connection, thread.folio):
            mail = notice(portal.settings, follow, f"hilo {follow.id} {key}", title, *words, link)
            outbox.put(connection, mail, moment)


def released(portal: Portal, now: datetime | None = None) -> int:
    """Tell those who follow a view of figures that changed in releases they do not know of; how many mails were put.

    Safe to repeat: what was told is told no more, and what a dead worker left is told by the next. Raises StoreDown.
    """
    moment = now or datetime.now(UTC)
    put = 0
    with portal.store.read() as connection:
        late = follows.behind(connection, Followed.VIEW) if offers_mail(portal.settings) else ()
    for follow in late:
        target = follow.target
        newest = portal.snapshot.releases.get((target.dataset, target.resource))
        if newest is None or newest.id <= follow.seen:
            continue  # withdrawn, or not yet in this process's snapshot
        mail = _figures_mail(portal, follow, newest)
        put += mail is not None
        _tell(portal, follow, mail, newest.id, moment)
    return put


def updated(portal: Portal, now: datetime | None = None) -> int:
    """Tell those who follow a dataset of its releases that they do not know of, all in one mail. As for `released`."""
    moment = now or datetime.now(UTC)
    put = 0
    with portal.store.read() as connection:
        late = follows.behind(connection, Followed.DATASET) if offers_mail(portal.settings) else ()
    for follow in late:
        fresh = _fresh(portal, follow)
        if not fresh:
            continue
        newest = max(release.id for _, release, _ in fresh)
        others = [news for news in fresh if news[2] is None or news[2].version != news[1].version]
        mail = _dataset_mail(portal, follow, others, newest) if others else None
        put += mail is not None
        _tell(portal, follow, mail, newest, moment)
    return put


def _tell(portal: Portal, follow: Follow, mail: Mail | None, release: int, now: datetime) -> None:
    """The mail and the note that it was written stand or fall together."""
    with portal.store.write() as connection:
        if mail is not None:
            outbox.put(connection, mail, now)
        follows.saw(connection, follow, release)


def _news(thread: Thread) -> tuple[str, tuple[str, ...]]:
    """Subject and paragraphs about what a thread came to."""
    about = f"Sobre: {thread.anchor.label or thread.anchor.page}"
    if thread.answers and thread.state is ThreadState.ANSWERED:
        last = thread.answers[-1]
        kind = f" ({last.type.label.lower()})" if last.type else ""
        when = f"Fecha estimada: {day(last.day, long=True)}" if last.day else ""
        ground = f"Fundamento: {last.ground}" if last.ground else ""
        said = f"{last.name} respondió{kind}:"
        return f"Respuesta oficial a {thread.folio}", (about, said, mask(last.text), when, ground)
    why = mask(thread.events[-1].reason) if thread.events else ""
    now = f"{thread.folio} ahora está: {thread.state.label}."
    return f"{thread.folio}: {thread.state.label}", (about, now, f"Motivo: {why}" if why else "")


def _figures_mail(portal: Portal, follow: Follow, newest: Release) -> Mail | None:
    """The mail about the changed figures of a followed view; None where they did not change."""
    target = follow.target
    known = [r for r in releases_of(portal.store, target.dataset, target.resource) if r.id == follow.seen]
    if not known or known[0].version == newest.version:
        return None
    view = parse(target.dataset, target.resource, target.query)
    key = f"vista {follow.id} {newest.id}"
    link = f"{portal.settings.base_url}/explora/{target.dataset}/{target.resource}?{target.query}"
    try:
        found: Comparison | str = compare(portal, view, known[0].version, newest.version)
    except (Withdrawn, NotReady):
        found = "Se publicó una versión nueva y no pudimos compararla con la anterior."
    except PortalError as error:
        found = f"La versión nueva ya no permite ver estas cifras. {error.message}"
    dated = day(newest.published.astimezone(MEXICO).date(), long=True)
    if isinstance(found, str):
        title = portal.dataset(target.dataset).title
        return notice(portal.settings, follow, key, f"Versión nueva: {title}", title, found, f"Véala aquí:\n{link}")
    if not found.changes:
        return None
    many = len(found.changes)
    counted = "una cifra" if many == 1 else f"{number(many)} cifras"
    words = " · ".join((found.words.title, *found.words.filters))
    return notice(
        portal.settings,
        follow,
        key,
        f"Cambió {counted}: {words}" if many == 1 else f"Cambiaron {counted}: {words}",
        f"En la versión publicada el {dated} {'cambió' if many == 1 else 'cambiaron'} {counted} de las que sigue.",
        f"{words}\n{portal.dataset(target.dataset).title}",
        listed(found.changes),
        f"Véalas aquí:\n{link}",
    )


def _fresh(portal: Portal, follow: Follow) -> list[tuple[str, Release, Release | None]]:
    """The newest release of each resource that the follower does not know of, with its title and the one they know."""
    dataset = portal.dataset(follow.target.dataset)
    found = []
    for resource in dataset.resources:
        newest = portal.snapshot.releases.get((dataset.slug, resource.slug))
        if newest is None or newest.id <= follow.seen:
            continue
        past = releases_of(portal.store, dataset.slug, resource.slug)
        known = next((r for r in past if r.id <= follow.seen), None)
        found.append((resource.title, newest, known))
    return found


def _dataset_mail(
    portal: Portal, follow: Follow, fresh: Sequence[tuple[str, Release, Release | None]], newest: int
) -> Mail:
    about: Subject = subject(portal, follow.target)
    lines = [f"  {title}: {_rows(portal, known, release)}" for title, release, known in fresh]
    dated = day(max(r.published for _, r, _ in fresh).astimezone(MEXICO).date(), long=True)
    many = f"{len(lines)} archivos" if len(lines) > 1 else "un archivo"
    return notice(
        portal.settings,
        follow,
        f"conjunto {follow.id} {newest}",
        f"Datos actualizados: {about.title}",
        f"El {dated} se publicó una versión nueva de {many} de «{about.title}» ({about.detail}).",
        "\n".join(lines),
        f"Véalos aquí:\n{portal.settings.base_url}{about.address}",
    )


def _rows(portal: Portal, known: Release | None, new: Release) -> str:
    now = number(_count(portal, new))
    return f"{number(_count(portal, known))} → {now} renglones" if known else f"nuevo, {now} renglones"


def _count(portal: Portal, release: Release) -> int:
    manifest = read_version(portal.lake, release.dataset, release.resource, release.version)
    return manifest.tables[0].rows if manifest.tables else 0
