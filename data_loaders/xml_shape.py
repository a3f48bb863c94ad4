"""How an XML file repeats: which element is the record, found in one pass that keeps no tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from data_loaders.limits import LIMITS
from model.errors import LoadError

PathOf = tuple[str, ...]
MOST_PATHS = 20_000


class _Events(Protocol):
    def __iter__(self) -> Iterator[tuple[str, Element]]: ...


def events(path: Path) -> Iterator[tuple[str, Element, PathOf]]:
    """Start and end of each element with its path from the root. LoadError for broken XML, entities, deep nesting."""
    trail: list[str] = []
    try:
        parsed: _Events = iterparse(str(path), events=("start", "end"), forbid_dtd=False)
        for event, element in parsed:
            if event == "start":
                trail.append(local_name(element.tag))
                if len(trail) > LIMITS.nesting:
                    raise LoadError(f"El XML está anidado más de {LIMITS.nesting} niveles.")
                yield event, element, tuple(trail)
            else:
                yield event, element, tuple(trail)
                trail.pop()
    except DefusedXmlException:
        raise LoadError("El XML define entidades o referencias externas, que no se admiten.") from None
    except ParseError as error:
        line = error.position[0]
        raise LoadError(f"El archivo no es XML válido: hay un error en la línea {line:,}.") from None
    except (LookupError, ValueError):
        raise LoadError("El XML dice estar en una codificación que no se conoce; guárdelo como UTF-8.") from None


def local_name(tag: object) -> str:
    """A tag without its namespace."""
    return str(tag).rsplit("}", 1)[-1]


def record_paths(path: Path) -> tuple[PathOf, ...]:
    """The paths of elements that repeat inside a container that does not, nearest to the root; LoadError if none."""
    counts: Counter[PathOf] = Counter()
    children: dict[PathOf, int] = {}
    ancestors: list[Element] = []
    for event, element, where in events(path):
        if event == "start":
            counts[where] += 1
            children.setdefault(where, 0)
            ancestors.append(element)
            if len(counts) > MOST_PATHS:
                raise LoadError("El XML tiene demasiados elementos distintos para ser una tabla.")
        else:
            children[where] = max(children[where], len(element.attrib) + (1 if (element.text or "").strip() else 0))
            ancestors.pop()
            element.clear()
            if ancestors:
                ancestors[-1].remove(element)
    found = [p for p, n in counts.items() if n > 1 and len(p) > 1 and all(counts[p[:i]] == 1 for i in range(1, len(p)))]
    return _worthwhile(found, counts, children)


def _worthwhile(found: list[PathOf], counts: Counter[PathOf], children: dict[PathOf, int]) -> tuple[PathOf, ...]:
    """Those with content of their own or below."""
    filled = [p for p in found if children[p] or any(q[: len(p)] == p and len(q) > len(p) for q in counts)]
    if not filled:
        raise LoadError("El XML no trae registros que se repitan; no se puede leer como tabla.")
    return tuple(filled)
