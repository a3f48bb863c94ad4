"""Datasets, resources and agencies, in the words of DCAT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Agency:
    """Who publishes; `slug` is the part of its address after /dependencia/."""

    name: str
    slug: str
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """One distribution. `location` is a path inside the catalogue folder or a URL; "" where there is none.

    `identifier` is the source's own (or its location): slugs may change, identity does not.
    `unavailable` says in Spanish why there is no file to load ("" where there is one).
    """

    identifier: str
    slug: str
    title: str
    location: str
    description: str = ""
    format: str = ""
    media_type: str = ""
    stale: bool = False  # set by the store: the last harvest lacks it
    unavailable: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset with its resources. Dates are None where the source gives none or an unreadable one.

    `temporal` and `periodicity` (ISO 8601 repeat, or `irregular`) are as the source writes them.
    """

    identifier: str
    slug: str
    title: str
    agency: Agency
    description: str = ""
    contact: Contact = Contact()
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    license: str = ""
    modified: date | None = None
    temporal: str = ""
    periodicity: str = ""
    spatial: str = ""
    landing_page: str = ""
    resources: tuple[Resource, ...] = ()
    stale: bool = False  # set by the store: the last harvest lacks it

    def resource(self, slug: str) -> Resource | None:
        """The resource with this slug, or None."""
        return next((r for r in self.resources if r.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """A catalogue entry that could not be taken: `where` in the source, and why, in Spanish."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a source gives: the good entries, and the bad ones with their reasons."""

    datasets: tuple[Dataset, ...]
    problems: tuple[Problem, ...] = ()
