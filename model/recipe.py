"""What `portal.toml` declares about a resource that its file cannot say: part of a version's identity."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lookup:
    """A many-to-one join declared for a resource, addressed `lookup:<name>:<column>`.

    `dataset`/`resource`/`table` name the target; `on` pairs (our column, their column).
    """

    name: str
    dataset: str
    resource: str
    on: tuple[tuple[str, str], ...]
    table: str = "datos"
    version: str = ""  # resolved when a version is made, so that its numbers never change


@dataclass(frozen=True, slots=True)
class Population:
    """Where the denominator of a rate comes from: a table with one row per place and year."""

    dataset: str
    resource: str
    value: str
    year: str
    table: str = "datos"
    version: str = ""
    source: str = ""  # named in every face that shows a rate


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one resource is to be read.

    `masks` are cell texts that mean "no value" everywhere in the resource, or in one column (`("col", "mask")`);
    `types`, `labels` and `units` are pairs (column, word); `key` is the row key.
    """

    masks: tuple[str, ...] = ()
    column_masks: tuple[tuple[str, str], ...] = ()
    key: tuple[str, ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    header_row: int | None = None  # 1-based line of the header, where it must be told
    encoding: str = ""
    lookups: tuple[Lookup, ...] = ()
    population: Population | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """The whole of one `portal.toml`: recipes by `dataset/resource` slugs or identifiers."""

    recipes: dict[str, Recipe] = field(default_factory=dict)
    population: Population | None = None
    agencies: tuple[tuple[str, str], ...] = ()  # (agency name, acronym)
