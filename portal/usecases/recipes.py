"""A resource's recipe with the versions it depends on filled in, so that its numbers never change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from data_loaders.overlay import recipe_for
from model.load import Load, LoadState
from model.recipe import Lookup, Overlay, Population, Recipe
from model.version import Release

Key = tuple[str, str]
T = TypeVar("T", Lookup, Population)


def resolved_recipe(
    overlay: Overlay, job: Key, releases: Mapping[Key, Release], loads: Mapping[Key, Load], expected: Collection[Key]
) -> Recipe | None:
    """The recipe with released versions in its lookups and population; None while one of them is still to be loaded.

    `job` is the resource by slugs, `expected` all that the catalogue has a file for. What could not be loaded, or does
    not exist, is left out: the resource loads without it.
    """
    recipe = recipe_for(overlay, *job)
    targets = [(t.dataset, t.resource) for t in (*recipe.lookups, recipe.population) if t is not None]
    if any(target not in releases and _awaited(loads.get(target), target in expected) for target in targets):
        return None
    lookups = tuple(_pinned(lookup, releases) for lookup in recipe.lookups if _key(lookup) in releases)
    population = recipe.population
    if population is not None:
        population = _pinned(population, releases) if _key(population) in releases else None
    return replace(recipe, lookups=lookups, population=population)


def _awaited(load: Load | None, expected: bool) -> bool:
    return expected if load is None else load.state in (LoadState.PENDING, LoadState.LOADING)


def _key(target: Lookup | Population) -> Key:
    return target.dataset, target.resource


def _pinned(target: T, releases: Mapping[Key, Release]) -> T:
    """With the slugs under which the released version lies in the lake: titles may have changed since."""
    release = releases[_key(target)]
    return replace(target, dataset=release.dataset, resource=release.resource, version=release.version)
