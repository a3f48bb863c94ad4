"""`portal.toml`: what a catalogue's files cannot say of themselves (docs/portal-toml.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from model.declared import (
    InvalidDeclaration,
    Table,
    known,
    needed,
    one_of,
    read_toml,
    table,
    tables,
    text,
    texts,
    whole,
)
from model.recipe import Lookup, Overlay, Population, Recipe
from model.table import ColumnType

NAME = "portal.toml"
TOP = ("resource", "population", "agencies")
RESOURCE = ("masks", "key", "header_row", "encoding", "columns", "lookups", "population")
COLUMN = ("label", "unit", "type", "masks")
LOOKUP = ("name", "dataset", "resource", "table", "on")
POPULATION = ("dataset", "resource", "table", "value", "year", "source")
TYPES = tuple(kind.value for kind in ColumnType)


def read_overlay(path: Path | None) -> Overlay:
    """The overlay of a `portal.toml`, or of the folder that holds one; an empty one for None or no such file.

    Raises InvalidDeclaration: unknown names, wrong types and incomplete entries are errors, so that no typo
    silently leaves a mask undeclared.
    """
    if path is None:
        return Overlay()
    file = path / NAME if path.is_dir() else path
    if not file.is_file():
        return Overlay()
    try:
        return _overlay(read_toml(file))
    except InvalidDeclaration as error:
        raise InvalidDeclaration(f"{file}: {error.message}") from None


def recipe_for(overlay: Overlay, dataset: str, resource: str) -> Recipe:
    """The recipe of a resource by slugs: its own entry, else that of `dataset/*`, else an empty one.

    Where it names no population, it gets the catalogue's, unless this is the very resource that holds it.
    """
    own = overlay.recipes.get(f"{dataset}/{resource}", overlay.recipes.get(f"{dataset}/*", Recipe()))
    general = overlay.population
    if own.population or general is None or (general.dataset, general.resource) == (dataset, resource):
        return own
    return replace(own, population=general)


def _overlay(data: Table) -> Overlay:
    known(data, TOP, NAME)
    recipes = {
        _address(name): _recipe(table(entry, f'resource."{name}"'), f'resource."{name}"')
        for name, entry in table(data.get("resource", {}), "resource").items()
    }
    agencies = table(data.get("agencies", {}), "agencies")
    return Overlay(
        recipes=recipes,
        population=_population(data["population"], "population") if "population" in data else None,
        agencies=tuple((name, text(acronym, f'agencies."{name}"')) for name, acronym in agencies.items()),
    )


def _recipe(entry: Table, where: str) -> Recipe:
    known(entry, RESOURCE, where)
    columns = {
        name: table(column, f'{where}.columns."{name}"')
        for name, column in table(entry.get("columns", {}), f"{where}.columns").items()
    }
    for name, column in columns.items():
        known(column, COLUMN, f'{where}.columns."{name}"')
    return Recipe(
        masks=texts(entry.get("masks", []), f"{where}.masks"),
        column_masks=tuple(
            (name, mask)
            for name, column in columns.items()
            for mask in texts(column.get("masks", []), f'{where}.columns."{name}".masks')
        ),
        key=texts(entry.get("key", []), f"{where}.key"),
        types=_pairs(columns, "type", where, _type),
        labels=_pairs(columns, "label", where, text),
        units=_pairs(columns, "unit", where, text),
        header_row=whole(entry["header_row"], f"{where}.header_row") if "header_row" in entry else None,
        encoding=_encoding(entry["encoding"], f"{where}.encoding") if "encoding" in entry else "",
        lookups=_lookups(entry.get("lookups", []), f"{where}.lookups"),
        population=_population(entry["population"], f"{where}.population") if "population" in entry else None,
    )


def _pairs(
    columns: Mapping[str, Table], name: str, where: str, read: Callable[[object, str], str]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (column, read(entry[name], f'{where}.columns."{column}".{name}'))
        for column, entry in columns.items()
        if name in entry
    )


def _lookups(value: object, where: str) -> tuple[Lookup, ...]:
    found = tuple(_lookup(entry, f"{where}[{i}]") for i, entry in enumerate(tables(value, where), 1))
    names = [lookup.name for lookup in found]
    if len(set(names)) < len(names):
        raise InvalidDeclaration(f"{where} repite un nombre.")
    return found


def _lookup(entry: Table, where: str) -> Lookup:
    known(entry, LOOKUP, where)
    pairs = table(needed(entry, "on", where), f"{where}.on")
    if not pairs:
        raise InvalidDeclaration(f"{where}.on no une ninguna columna.")
    name = text(needed(entry, "name", where), f"{where}.name")
    if ":" in name:
        raise InvalidDeclaration(f"{where}.name no puede llevar dos puntos.")
    return Lookup(
        name=name,
        dataset=text(needed(entry, "dataset", where), f"{where}.dataset"),
        resource=text(needed(entry, "resource", where), f"{where}.resource"),
        on=tuple((ours, text(theirs, f'{where}.on."{ours}"')) for ours, theirs in pairs.items()),
        table=text(entry.get("table", "datos"), f"{where}.table"),
    )


def _population(value: object, where: str) -> Population:
    entry = table(value, where)
    known(entry, POPULATION, where)
    written = {name: text(needed(entry, name, where), f"{where}.{name}") for name in POPULATION if name != "table"}
    return Population(**written, table=text(entry.get("table", "datos"), f"{where}.table"))


def _address(name: str) -> str:
    dataset, slash, resource = name.partition("/")
    if not (dataset and slash and resource) or "/" in resource:
        raise InvalidDeclaration(f'resource."{name}" debe escribirse "conjunto/recurso" (o "conjunto/*").')
    return name


def _type(value: object, where: str) -> str:
    return one_of(value, TYPES, where)


def _encoding(value: object, where: str) -> str:
    name = text(value, where)
    try:
        " ".encode(name)
    except LookupError:
        raise InvalidDeclaration(f"{where}: no se conoce la codificación «{name}».") from None
    return name
