"""What a question may name: the tables of a version, the places beside them, and the tables that its lookups reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from model.errors import UnknownName
from model.recipe import Lookup
from model.spelling import nearest
from model.table import Column, ColumnType, Role
from model.version import ColumnProfile, Manifest, TableProfile
from query.grammar import join_lookup, split_lookup

STATE = "_entidad"
MUNICIPALITY = "_municipio"
MAIN_TABLE = "datos"

_PLACE_ROLES = MappingProxyType({STATE: Role.STATE, MUNICIPALITY: Role.MUNICIPALITY})
_PLACE_LABELS = MappingProxyType({STATE: "Entidad", MUNICIPALITY: "Municipio"})


@dataclass(frozen=True, slots=True)
class Schema:
    """A version's manifest, the profiles of its lookups' tables by lookup name, and of its population's table.

    Where `population` is None though the manifest declares one, the table is taken to hold one row per state and
    whole-number year.
    """

    manifest: Manifest
    lookups: Mapping[str, TableProfile] = field(default_factory=dict)
    population: TableProfile | None = None

    def table(self, name: str) -> TableProfile:
        """The table `name`; the first one stands in for a missing default table. UnknownName."""
        found = self.manifest.table(name)
        if found is None and name == MAIN_TABLE and self.manifest.tables:
            found = self.manifest.tables[0]
        if found is None:
            raise UnknownName("la tabla", name, nearest(name, (t.name for t in self.manifest.tables)))
        return found

    def lookup(self, name: str) -> Lookup:
        """The declared lookup `name`; UnknownName."""
        found = next((item for item in self.manifest.lookups if item.name == name and name in self.lookups), None)
        if found is None:
            raise UnknownName("la tabla vinculada", name, nearest(name, self.lookups))
        return found


def place_column(name: str) -> Column:
    """The column of a place key, `_entidad` or `_municipio`."""
    return Column(name, ColumnType.TEXT, _PLACE_ROLES[name], _PLACE_LABELS[name])


def own_columns(profile: TableProfile) -> tuple[Column, ...]:
    """The columns of a table as its source has them."""
    return tuple(p.column for p in profile.columns)


def all_columns(profile: TableProfile, lookups: Mapping[str, TableProfile]) -> Iterator[Column]:
    """Every column that a question over the table may name: its own, its places, those of its lookups."""
    yield from own_columns(profile)
    yield from (place_column(name) for name in profile.places if profile.column(name) is None)
    for lookup, target in lookups.items():
        for column in all_columns(target, {}):
            yield replace(column, name=join_lookup(lookup, column.name), label=column.title)


def find_profile(
    profile: TableProfile, lookups: Mapping[str, TableProfile], reference: str
) -> tuple[TableProfile, str] | None:
    """The table that holds the referred column, and its name there; None where neither is known."""
    if profile.column(reference) or reference in profile.places:
        return profile, reference
    lookup, name = split_lookup(reference)
    target = lookups.get(lookup) if lookup else None
    return find_profile(target, {}, name) if target else None


def find_column(profile: TableProfile, lookups: Mapping[str, TableProfile], reference: str) -> Column:
    """The referred column, named as referred; UnknownName with the nearest right one."""
    found = find_profile(profile, lookups, reference)
    if found is None:
        names = (c.name for c in all_columns(profile, lookups))
        raise UnknownName("la columna", reference, nearest(reference, names))
    home, name = found
    column = home.column(name) or place_column(name)
    return column if home is profile else replace(column, name=reference, label=column.title)


def find_column_profile(
    profile: TableProfile, lookups: Mapping[str, TableProfile], reference: str
) -> ColumnProfile | None:
    """What is in the referred column; None for place keys and unknown columns."""
    found = find_profile(profile, lookups, reference)
    return found[0].profile(found[1]) if found else None


def with_role(profile: TableProfile, lookups: Mapping[str, TableProfile], role: Role) -> Column | None:
    """The first column of this role, the table's own before those of its lookups."""
    return next((c for c in all_columns(profile, lookups) if c.role is role), None)
