"""What feeds tell: the releases of a dataset, and those in which the figures of a view changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from figures.formats import number
from model.dataset import Dataset
from model.errors import NotFound, PortalError
from model.follow import Target
from model.version import Release
from portal.changes import compare
from portal.portal import Portal, read_version
from portal.usecases.notices.letters import listed
from query.address import parse
from store.releases import released

MOST_RELEASES = 5  # of a view: each costs two questions
MOST_NEWS = 30
REVISION = 1  # raise it when the same change is told differently


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened; `key` tells it apart from others at the same site-relative address."""

    title: str
    address: str
    moment: datetime
    text: str
    key: str


def dataset_news(portal: Portal, dataset: Dataset) -> tuple[News, ...]:
    """The newest releases of a dataset's resources, newest first, without withdrawn versions."""
    found = []
    for resource in dataset.resources:
        for release in _public(portal, dataset.slug, resource.slug)[:MOST_NEWS]:
            rows = read_version(portal.lake, release.dataset, release.resource, release.version).tables[0].rows
            address = f"/explora/{dataset.slug}/{resource.slug}"
            text = f"{number(rows)} renglones · versión {release.version} · {release.reason}"
            found.append(News(resource.title, address, release.published, text, str(release.id)))
    return tuple(sorted(found, key=lambda n: n.moment, reverse=True)[:MOST_NEWS])


def view_news(portal: Portal, target: Target) -> tuple[News, ...]:
    """The last releases in which the figures of a view changed, newest first; a comparison is made once and kept."""
    history = _public(portal, target.dataset, target.resource)[: MOST_RELEASES + 1]
    address = f"/explora/{target.dataset}/{target.resource}" + (f"?{target.query}" if target.query else "")
    found = []
    for new, old in pairwise(history):
        if told := _told(portal, target, old, new):
            title, text = told
            found.append(News(title, address, new.published, text, str(new.id)))
    return tuple(found)


def _told(portal: Portal, target: Target, old: Release, new: Release) -> tuple[str, str] | None:
    """Title and text of what changed between two releases; None for nothing, or where it cannot be said."""
    if old.version == new.version:
        return None
    key = f"cambios|{REVISION}|{target.dataset}|{target.resource}|{target.query}|{old.version}|{new.version}"
    kept: bytes | None = portal.cache.get(key)
    if kept is None:
        view = parse(target.dataset, target.resource, target.query)
        try:
            found = compare(portal, view, old.version, new.version)
        except PortalError:
            return None
        many = len(found.changes)
        title = f"{'Cambió una cifra' if many == 1 else f'Cambiaron {number(many)} cifras'}: {found.words.title}"
        kept = json.dumps([title, listed(found.changes)] if many else None).encode()
        portal.cache.set(key, kept)
    told = json.loads(kept)
    return (str(told[0]), str(told[1])) if told else None


def _public(portal: Portal, dataset: str, resource: str) -> Sequence[Release]:
    """The releases of a resource, newest first, without those whose version was taken back."""
    try:
        history = released(portal.store, dataset, resource)
    except NotFound:
        return ()
    gone = portal.snapshot.withdrawn
    return [r for r in history if (dataset, resource, r.version) not in gone]
