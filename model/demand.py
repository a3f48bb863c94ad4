"""What people look for: kinds of wishes, and how often each was made. No name, address or cookie is part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class What(StrEnum):
    """A kind of wish, or of use."""

    SEARCH = "busqueda"  # a search that found nothing
    FORMAT = "formato"  # a resource in a format that is not offered
    FAILED = "carga"  # a resource whose file could not be loaded
    MISSING = "404"  # an address that does not exist
    VIEW = "vista"
    DOWNLOAD = "descarga"

    @property
    def label(self) -> str:
        return {
            "busqueda": "búsqueda sin resultado",
            "formato": "formato que no se ofrece",
            "carga": "archivo que no se pudo leer",
            "404": "dirección que no existe",
            "vista": "visita",
            "descarga": "descarga",
        }[self]


WORDED = (What.SEARCH, What.MISSING)  # their terms are people's own words: shown from a number of occurrences on only


@dataclass(frozen=True, slots=True)
class Wish:
    """What was wanted: slugs of a dataset and resource ("" for none), and a term: words, format or path."""

    what: What
    dataset: str = ""
    resource: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish, and how often it was made."""

    wish: Wish
    times: int


@dataclass(frozen=True, slots=True)
class WishedInMonth:
    """A wish, the first day of a month, and how often it was made in it."""

    month: date
    wish: Wish
    times: int
