"""The catalogue as people browse it: search results with facets, an agency's datasets, the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from model.dataset import Agency, Dataset
from model.errors import Moved, NotFound
from model.spelling import slug as spelled
from model.table import Role
from model.version import Manifest
from portal.portal import Portal, read_version
from portal.search import Index, build_index

FACETS: Mapping[str, str] = MappingProxyType(
    {
        "dependencia": "Dependencia",
        "tema": "Tema",
        "formato": "Formato",
        "territorio": "Territorio",
    }
)
TERRITORIES = MappingProxyType(
    {
        "entidad": "Por estado",
        "municipio": "Por municipio",
        "puntos": "Con coordenadas",
        "nacional": "Nacional",
    }
)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice of a facet, with how many of the datasets found have it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found. `corrected` is the text searched instead of one that found nothing."""

    datasets: tuple[Dataset, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    corrected: str = ""


def find(portal: Portal, text: str, chosen: Mapping[str, str]) -> Results:
    """Datasets that match the text, best first (all, newest first, where it is empty), and every chosen facet value."""
    snapshot = portal.snapshot
    corrected = ""
    if text.strip():
        releases = frozenset((key, release.id) for key, release in snapshot.releases.items())
        hits = _index(portal, tuple(snapshot.datasets.values()), releases).search(text)
        corrected = hits.corrected
        matched = [snapshot.datasets[slug] for slug in hits.slugs if slug in snapshot.datasets]
    else:
        matched = list(newest(snapshot.datasets.values()))
    values = {d.slug: facet_values(portal, d) for d in matched}
    kept = [d for d in matched if all(value in values[d.slug].get(name, ()) for name, value in chosen.items() if value)]
    return Results(tuple(kept), _facets(portal, matched, values, chosen), corrected)


@lru_cache(maxsize=2)
def _index(portal: Portal, datasets: tuple[Dataset, ...], _releases: frozenset[tuple[tuple[str, str], int]]) -> Index:
    """Built again only when a dataset or a release is another one."""
    return build_index([(d, manifests(portal, d).values()) for d in datasets])


def newest(datasets: Iterable[Dataset]) -> tuple[Dataset, ...]:
    """By date of modification, newest first, then by title."""
    return tuple(sorted(datasets, key=lambda d: (-(d.modified or date.min).toordinal(), d.title)))


def agency(portal: Portal, slug: str) -> tuple[Agency, tuple[Dataset, ...]]:
    """An agency and its datasets; Moved where its slug is written as its acronym is (`CONAPO`), NotFound."""
    datasets = newest(d for d in portal.snapshot.datasets.values() if d.agency.slug == slug)
    if datasets:
        return datasets[0].agency, datasets
    written = spelled(slug)
    if written != slug and any(a.slug == written for a in portal.snapshot.agencies()):
        raise Moved(f"/dependencia/{written}")
    raise NotFound("No existe esta dependencia.")


def manifests(portal: Portal, dataset: Dataset) -> dict[str, Manifest]:
    """The released manifest of each loaded resource of a dataset, by resource slug."""
    releases = portal.snapshot.releases
    at = {r.slug: releases.get((dataset.slug, r.slug)) for r in dataset.resources}
    return {
        slug: read_version(portal.lake, release.dataset, release.resource, release.version)
        for slug, release in at.items()
        if release
    }


def facet_values(portal: Portal, dataset: Dataset) -> Mapping[str, frozenset[str]]:
    """The values that a dataset has in each facet."""
    loaded = manifests(portal, dataset)
    formats = {loaded[r.slug].report.format if r.slug in loaded else r.format.lower() for r in dataset.resources}
    return {
        "dependencia": frozenset((dataset.agency.slug,)),
        "tema": frozenset(dataset.themes),
        "formato": frozenset(f for f in formats if f),
        "territorio": frozenset(level for m in loaded.values() for level in _levels(m)) or frozenset(("nacional",)),
    }


def _levels(manifest: Manifest) -> Iterable[str]:
    for table in manifest.tables:
        if "_entidad" in table.places:
            yield "entidad"
        if "_municipio" in table.places:
            yield "municipio"
        if any(p.column.role is Role.LATITUDE for p in table.columns):
            yield "puntos"


def _facets(
    portal: Portal,
    matched: list[Dataset],
    values: Mapping[str, Mapping[str, frozenset[str]]],
    chosen: Mapping[str, str],
) -> Mapping[str, tuple[FacetValue, ...]]:
    agencies = {a.slug: a.acronym or a.name for a in portal.snapshot.agencies()}
    labels: Mapping[str, Callable[[str], str]] = {
        "dependencia": lambda v: agencies.get(v, v),
        "tema": str,
        "formato": str.upper,
        "territorio": lambda v: TERRITORIES.get(v, v),
    }
    found = {}
    for name in FACETS:
        counts = Counter(value for d in matched for value in values[d.slug][name])
        found[name] = tuple(
            FacetValue(value, labels[name](value), count, chosen.get(name) == value)
            for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        )
    return found
