"""One place for a whole page: which one was chosen, and a view made to be about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from model.version import TableProfile
from model.view import Filter, Group, View
from portal.portal import charts
from portal.territory import place_names

STATE, TOWN = "_entidad", "_municipio"


def place_key(given: Mapping[str, str], territories: Path | None) -> str:
    """The INEGI key chosen by `_entidad` and `_municipio`, a municipality only of that state; "": the whole country."""
    names = place_names(territories)
    state, town = given.get(STATE, ""), given.get(TOWN, "")
    if town in names[TOWN] and (not state or town[:2] == state):
        return town
    return state if state in names[STATE] else ""


def place_filter(key: str, profile: TableProfile) -> Filter | None:
    """What leaves only rows of the place, or of its state where the table knows no municipality; None where neither."""
    if len(key) == 5 and TOWN in profile.places:
        return Filter(TOWN, "eq", (key,))
    return Filter(STATE, "eq", (key[:2],)) if key and profile.places else None


def placed(view: View, profile: TableProfile, key: str) -> View:
    """The view about one place: filtered; one that compares places shows those of its state, or stresses it."""
    wanted = place_filter(key, profile)
    if wanted is None:
        return view
    kind = charts().get(view.chart)
    spread = kind is not None and not kind.keeps  # of one municipality it would show a single point
    state = Filter(STATE, "eq", (key[:2],))
    by = {g.column for g in view.groups} & {STATE, TOWN}
    if len(by) == 1 and TOWN in profile.places:
        groups = tuple(Group(TOWN) if g.column in by else g for g in view.groups)
        level = "municipio" if kind and "level" in kind.options else view.level
        stressed = (key,) if len(key) == 5 else ()
        return replace(view, groups=groups, level=level, filters=(*view.filters, state), highlight=stressed, sort=())
    if by == {STATE} and len(view.groups) == 1:
        return replace(view, highlight=state.values)
    return replace(view, filters=(*view.filters, state if spread else wanted))
