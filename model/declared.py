"""Reading what an operator declares in TOML: each mistake is named with its place and what was expected."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from model.errors import PortalError
from model.spelling import nearest

Table = Mapping[str, object]


class InvalidDeclaration(PortalError):
    """A declaration that cannot be meant; the message says where, and what was expected."""

    code = "invalid_declaration"


def read_toml(path: Path) -> Table:
    """The tables of a TOML file; InvalidDeclaration if it is not UTF-8, not TOML or cannot be opened."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise InvalidDeclaration(f"{path.name}: no se pudo abrir; revise sus permisos.") from None
    except UnicodeDecodeError:
        raise InvalidDeclaration(f"{path.name}: no está en UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidDeclaration(f"{path.name}: no es TOML válido: {error}.") from None


def known(entry: Table, names: tuple[str, ...], where: str) -> None:
    """InvalidDeclaration if `entry` has a name that is not one of `names`: no typo passes in silence."""
    for name in entry:
        if name not in names:
            near = nearest(name, names)
            hint = f"¿Quiso decir «{near}»?" if near else f"Se esperaba: {', '.join(names)}."
            raise InvalidDeclaration(f"«{name}» no se conoce en {where}. {hint}")


def needed(entry: Table, name: str, where: str) -> object:
    """The value of `name`, which must be there."""
    if name not in entry:
        raise InvalidDeclaration(f"Falta «{name}» en {where}.")
    return entry[name]


def table(value: object, where: str) -> Table:
    """`value` if it is a table."""
    if not isinstance(value, dict):
        raise InvalidDeclaration(f"{where} debe ser una tabla.")
    return value


def tables(value: object, where: str) -> tuple[Table, ...]:
    """`value` if it is a list of tables."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InvalidDeclaration(f"{where} debe ser una lista de tablas: [[{where}]].")
    return tuple(value)


def text(value: object, where: str) -> str:
    """`value` if it is a text that says something, without the space around it."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidDeclaration(f"{where} debe ser un texto entre comillas.")
    return value.strip()


def texts(value: object, where: str) -> tuple[str, ...]:
    """`value` if it is a list of texts, as written."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidDeclaration(f'{where} debe ser una lista de textos, por ejemplo ["*", "N/D"].')
    return tuple(value)


def whole(value: object, where: str) -> int:
    """`value` if it is a whole number of 1 or more."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InvalidDeclaration(f"{where} debe ser un número entero desde 1.")
    return value


def one_of(value: object, options: tuple[str, ...], where: str) -> str:
    """`value` if it is one of `options`."""
    if value not in options:
        raise InvalidDeclaration(f"{where} debe ser uno de: {', '.join(options)}.")
    return str(value)
