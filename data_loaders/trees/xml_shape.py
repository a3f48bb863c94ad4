"""How an XML file repeats: which element is the record, found in one pass that keeps no tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from data_loaders.limits import LIMITS, MIB
from model.errors import LoadError

PathOf = tuple[str, ...]
MOST_PATHS = 20_000


class _Nothing:
    """An XML target that builds nothing: only the parser's own checks run, at the speed of expat."""

    def close(self) -> None:
        return None


def check_entities(path: Path) -> None:
    """LoadError where the file defines entities or refers outside, or is no XML; after it, any parser may read it."""
    parser = DefusedXMLParser(target=_Nothing())
    try:
        with path.open("rb") as source:
            while chunk := source.read(MIB):
                parser.feed(chunk)
        parser.close()
    except DefusedXmlException:
        raise LoadError("El XML define entidades o referencias externas, que no se admiten.") from None
    except ParseError as error:
        raise _invalid(error) from None
    except (LookupError, ValueError):
        raise LoadError("El XML dice estar en una codificación que no se conoce; guárdelo como UTF-8.") from None


def _invalid(error: ParseError) -> LoadError:
    return LoadError(f"El archivo no es XML válido: hay un error en la línea {error.position[0]:,}.")


def events(path: Path) -> Iterator[tuple[str, Element, PathOf]]:
    """Start and end of each element with its path from the root. LoadError for broken XML, entities, deep nesting."""
    trail: list[str] = []
    try:
        for event, element in iterparse(path, events=("start", "end")):  # noqa: S314 (check_entities came first)
            if event == "start":
                trail.append(local_name(element.tag))
                if len(trail) > LIMITS.nesting:
                    raise LoadError(f"El XML está anidado más de {LIMITS.nesting} niveles.")
                yield event, element, tuple(trail)
            else:
                yield event, element, tuple(trail)
                trail.pop()
    except ParseError as error:
        raise _invalid(error) from None


def local_name(tag: object) -> str:
    """A tag without its namespace."""
    return str(tag).rsplit("}", 1)[-1]


def record_paths(path: Path) -> tuple[PathOf, ...]:
    """The paths of elements that repeat inside a container that does not, nearest to the root; LoadError if none."""
    check_entities(path)
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
