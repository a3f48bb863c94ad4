"""Filters on states and municipalities: by name or key, canonical as INEGI keys."""

from __future__ import annotations

from types import MappingProxyType

from model.errors import BadRequest
from model.table import Column, Role
from model.territory import municipality_key, state_key
from model.version import TableProfile
from model.view import Filter
from query.schema import MUNICIPALITY, STATE

EXACT = ("eq", "ne", "in")


def canonical_place(filter_: Filter, column: Column, profile: TableProfile) -> Filter | None:
    """The filter on `_entidad` or `_municipio` that this one means; None where it is not about a known place.

    A filter on a source column stays on it if any of its values is no place (`Nacional`, `No especificado`).
    Raises BadRequest for a value of `_entidad` or `_municipio` that is not one.
    """
    if filter_.operator not in EXACT or filter_.column.startswith("lookup:"):
        return None
    target, keys = _keys(filter_, column)
    if not target or target not in profile.places:
        return None
    if None not in keys:
        return Filter(target, filter_.operator, tuple(k for k in keys if k is not None))
    if filter_.column != target:
        return None
    wrong = filter_.values[keys.index(None)]
    raise BadRequest(f"«{wrong[:80]}» no es {_EXPECTED[target]}.")


_EXPECTED = MappingProxyType(
    {
        STATE: "una entidad federativa: escriba su nombre o su clave de dos cifras, como Jalisco o 14",
        MUNICIPALITY: "un municipio: escriba su clave de cinco cifras, como 11017",
    }
)


def _keys(filter_: Filter, column: Column) -> tuple[str, list[str | None]]:
    if column.role is Role.STATE:
        return STATE, [state_key(v) for v in filter_.values]
    if column.role is Role.MUNICIPALITY:
        return MUNICIPALITY, [municipality_key(v) for v in filter_.values]
    return "", []
