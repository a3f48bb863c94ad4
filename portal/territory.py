"""The territory as the site knows it: outlines and names by level, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from data_loaders.municipalities import municipalities
from data_loaders.territories import Level, Outlines, read_outlines
from model.table import Role
from model.territory import STATES
from portal.answer import Question

LEVELS: Mapping[str, Level] = MappingProxyType({"_entidad": "entidad", "_municipio": "municipio"})


@lru_cache(maxsize=8)
def outlines(level: Level, folder: Path | None) -> Outlines | None:
    """The outlines of a level, None where the operator gave none. Read once per process: their addresses stand in pages
    and caches, so that new outlines need a restart (docs/settings.md).
    """
    return read_outlines(level, folder)


@lru_cache(maxsize=4)
def place_names(folder: Path | None) -> Mapping[str, Mapping[str, str]]:
    """Names by key of states and municipalities; an operator's own outlines may name them otherwise."""
    found = {place: outlines(level, folder) for place, level in LEVELS.items()}
    drawn = {place: dict(known.names()) for place, known in found.items() if known}
    return {**drawn, "_municipio": {**municipalities(), **drawn.get("_municipio", {})}}


@lru_cache(maxsize=4)
def full_names(folder: Path | None) -> Mapping[str, Mapping[str, str]]:
    """As `place_names`, with the state's abbreviation after a municipality: many municipalities share a name."""
    short = {state.key: state.abbreviation for state in STATES}
    known = place_names(folder)
    towns = {key: f"{name}, {short[key[:2]]}" for key, name in known["_municipio"].items() if key[:2] in short}
    return {**known, "_municipio": towns}


def names_for(question: Question, folder: Path | None) -> Mapping[str, Mapping[str, str]]:
    """The names of places by which an answer is read: municipalities with their state, unless all are of one."""
    filtered = any(f.column in LEVELS and f.operator == "eq" for f in question.view.filters)
    alone = any(p.column.role is Role.STATE and p.distinct == 1 for p in question.profile.columns)
    return place_names(folder) if filtered or alone else full_names(folder)
