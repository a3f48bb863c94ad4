"""The portal's own data among the datasets: where its figures stand."""

from __future__ import annotations

from model.dataset import Dataset, Resource
from portal.portal import Portal
from query.address import address, parse

AGENCY = "Ventanilla (este portal)"
PREFIX = "ventanilla:"  # of the identifiers of all datasets that the portal makes of itself
DEMAND = f"{PREFIX}demanda"
FEEDBACK = f"{PREFIX}participacion"
FOLDER = "propios"


def survey_identifier(slug: str) -> str:
    """The identifier of the dataset of a survey's results."""
    return f"{PREFIX}encuesta:{slug}"


def is_own(dataset: Dataset) -> bool:
    """Whether the portal made this dataset of itself."""
    return dataset.identifier.startswith(PREFIX)


def own_dataset(portal: Portal, identifier: str) -> Dataset | None:
    """The dataset with this identifier of ours, once it is harvested. Raises StoreDown."""
    return next((d for d in portal.snapshot.datasets.values() if d.identifier == identifier), None)


def own_view(portal: Portal, identifier: str, query: str, suffix: str = "") -> str:
    """The address of a view of an own dataset's first table, "" while it is not released. Raises StoreDown."""
    found = _released(portal, identifier)
    if found is None:
        return ""
    dataset, resource = found
    return address(parse(dataset.slug, resource.slug, query), suffix)


def _released(portal: Portal, identifier: str) -> tuple[Dataset, Resource] | None:
    dataset = own_dataset(portal, identifier)
    first = dataset.resources[0] if dataset and dataset.resources else None
    if dataset is None or first is None or (dataset.slug, first.slug) not in portal.snapshot.releases:
        return None
    return dataset, first
