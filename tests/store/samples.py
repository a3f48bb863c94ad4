"""Small harvests for the tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime

from model.dataset import Agency, Contact, Dataset, Harvest, Resource

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)


def part(name: str = "datos", title: str = "", identifier: str = "") -> Resource:
    """A resource named `name`."""
    return Resource(identifier or name, name, title or name.title(), f"{name}.csv", format="CSV")


def entry(name: str, *parts: Resource, title: str = "", identifier: str = "") -> Dataset:
    """A dataset named `name`, with one resource unless others are given."""
    return Dataset(
        identifier=identifier or f"urn:{name}",
        slug=name,
        title=title or name.title(),
        agency=Agency("Instituto Nacional de Estadística y Geografía", "inegi", "INEGI"),
        contact=Contact("Atención", "atencion@example.mx"),
        themes=("Población",),
        modified=date(2026, 1, 31),
        resources=parts or (part(),),
    )


def harvest(*entries: Dataset) -> Harvest:
    return Harvest(entries)
