"""Views as addresses: parse and format are a round trip, and the canonical address is a View's identity."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import parse_qsl, quote

from model.errors import BadRequest, UnknownName
from model.spelling import nearest
from model.view import PLACES, Filter, Group, Measure, Sort, View
from query import grammar
from query.measures import COUNT

MAX_ADDRESS = 8192
MAX_FILTERS = 50
MAX_PARAMETERS = 100
MAX_SIZE = 1000
MAX_PAGE = 1_000_000
MAX_GROUPS = 6
MAX_MEASURES = 20
LANGUAGES = ("es", "en")
LEVELS = ("entidad", "municipio")

_SAFE = ":,/"
_WHOLE = re.compile(r"[0-9]{1,9}")
_VERSION = re.compile(r"[0-9a-f]{12}")
_CHART = re.compile(r"[a-z]{1,40}")
_CLASSES = re.compile(r"(quantile|equal)[3-9]")
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{0,20})?")
_TRUTH = MappingProxyType({"1": (), "true": (), "0": ("0",), "false": ("0",)})


def parse(dataset: str, resource: str, query_string: str) -> View:
    """The View of a raw (percent-encoded) query string; only its syntax is checked.

    Raises BadRequest, and nothing else, whatever the text.
    """
    filters: list[Filter] = []
    given: dict[str, object] = {}
    for key, text in _parameters(query_string):
        if _is_reserved(key):
            if key in given:
                raise BadRequest(f"El parámetro «{key}» aparece dos veces.")
            given[key] = _reader(key)(text)
        else:
            filters.append(_read_filter(key, text))
    if len(filters) > MAX_FILTERS:
        raise BadRequest(f"Hay más de {MAX_FILTERS} filtros.")
    fields = {_FIELDS[key]: value for key, value in given.items()}
    view = View(dataset, resource, filters=sort_filters(tuple(filters)), **fields)  # type: ignore[arg-type]
    view = with_measures(view)
    if len(format_view(view)) > MAX_ADDRESS:
        raise _too_long()
    return view


def format_view(view: View) -> str:
    """The canonical query string, "" for a bare view: filters sorted, then reserved words sorted, defaults left out."""
    pairs = [(_write_key(f), _write_value(f)) for f in sort_filters(view.filters)]
    pairs += [(key, text) for key, write in _WRITERS.items() if (text := write(view))]
    return "&".join(f"{quote(key, safe=_SAFE)}={quote(text, safe=_SAFE)}" for key, text in pairs)


def address(view: View, suffix: str = "") -> str:
    """The canonical address; `suffix` (`.json`, `.svg`…) names a face."""
    query = format_view(view)
    return f"/explora/{view.dataset}/{view.resource}{suffix}" + (f"?{query}" if query else "")


def sort_filters(filters: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """The filters in canonical order, each once."""
    return tuple(sorted(set(filters), key=lambda f: (f.column, f.operator, f.values)))


def with_measures(view: View) -> View:
    """The view with the default measure, `count`, where it has groups and no measure."""
    if not view.groups or view.measures:
        return view
    return replace(view, measures=(COUNT,))


def _too_long() -> BadRequest:
    return BadRequest(f"La dirección es demasiado larga: el máximo son {MAX_ADDRESS} caracteres.")


def _parameters(query_string: str) -> list[tuple[str, str]]:
    if len(query_string) > MAX_ADDRESS:
        raise _too_long()
    try:
        query_string.encode("utf-8")
        pairs = parse_qsl(
            query_string, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MAX_PARAMETERS
        )
    except UnicodeError:
        raise BadRequest("La dirección no está en UTF-8.") from None
    except ValueError:
        raise BadRequest(f"La dirección tiene más de {MAX_PARAMETERS} parámetros.") from None
    if any("\0" in text for pair in pairs for text in pair):
        raise BadRequest("La dirección contiene un carácter nulo.")
    return pairs


def _is_reserved(key: str) -> bool:
    return key.startswith("_") and grammar.strip_operator(key) not in PLACES


def _reader(key: str) -> Callable[[str], object]:
    found = _READERS.get(key)
    if found is None:
        raise UnknownName("el parámetro", key, nearest(key, (*_READERS, *PLACES)))
    return found


def _read_filter(key: str, text: str) -> Filter:
    if not key:
        raise BadRequest("Hay un filtro sin nombre de columna.")
    column, operator = grammar.read_key(key)
    if operator == "in":
        return Filter(column, operator, grammar.read_values(text))
    if operator != "isnull":
        return Filter(column, operator, (text,))
    if text not in _TRUTH:
        raise BadRequest(f"«{key[:80]}» lleva 1 (sin dato) o 0 (con dato).")
    return Filter(column, operator, _TRUTH[text])


def _write_key(filter_: Filter) -> str:
    name = grammar.write_reference(filter_.column)
    return name if filter_.operator == "eq" else f"{name}__{filter_.operator}"


def _write_value(filter_: Filter) -> str:
    if filter_.operator == "in":
        return grammar.write_values(filter_.values)
    if filter_.operator == "isnull":
        return "0" if filter_.values else "1"
    return filter_.values[0]


def _at_most(items: tuple[grammar.Item, ...], most: int, what: str) -> tuple[grammar.Item, ...]:
    if len(items) > most:
        raise BadRequest(f"Se aceptan hasta {most} {what}.")
    return items


def _read_groups(text: str) -> tuple[Group, ...]:
    items = _at_most(grammar.scan(text), MAX_GROUPS, "agrupaciones")
    return tuple(dict.fromkeys(grammar.read_group(i.fields) for i in items))


def _read_measures(text: str) -> tuple[Measure, ...]:
    items = _at_most(grammar.scan(text), MAX_MEASURES, "medidas")
    return tuple(dict.fromkeys(grammar.read_measure(i.fields) for i in items))


def _read_sort(text: str) -> tuple[Sort, ...]:
    items = _at_most(grammar.scan(text, signed=True), MAX_MEASURES, "columnas para ordenar")
    first: dict[str, Sort] = {}
    for item in items:
        name = grammar.read_output(item.fields)
        first.setdefault(name, Sort(name, item.descending))
    return tuple(first.values())


def _read_columns(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(grammar.read_reference(i.fields) for i in grammar.scan(text)))


def _read_output(text: str) -> str:
    items = grammar.scan(text)
    if len(items) != 1:
        raise BadRequest(f"Se esperaba una sola columna y no «{text[:80]}».")
    return grammar.read_output(items[0].fields)


def _read_whole(key: str, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= most:
            raise BadRequest(f"«{key}» es un número entero de 1 a {most}, no «{text[:40]}».")
        return int(text)

    return read


def _read_bbox(text: str) -> tuple[float, float, float, float]:
    parts = text.split(",")
    if len(parts) != 4 or not all(_DEGREES.fullmatch(p) for p in parts):
        raise BadRequest("«_bbox» lleva cuatro números: oeste,sur,este,norte, en grados.")
    west, south, east, north = (round(float(p), 6) + 0.0 for p in parts)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadRequest("«_bbox» va en el orden oeste,sur,este,norte y dentro de ±180 y ±90 grados.")
    return west, south, east, north


def _read_pattern(key: str, pattern: re.Pattern[str], hint: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise BadRequest(f"«{key}» {hint}, no «{text[:40]}».")
        return text

    return read


def _read_choice(key: str, choices: tuple[str, ...]) -> Callable[[str], str]:
    return _read_pattern(key, re.compile("|".join(choices)), f"es {' o '.join(choices)}")


def _read_table(text: str) -> str:
    if not text:
        raise BadRequest("«_table» lleva el nombre de una tabla.")
    return text


def _write_sort(view: View) -> str:
    return ",".join(("-" if s.descending else "") + grammar.write_output(s.column) for s in view.sort)


def _write_measures(view: View) -> str:
    if view.groups and view.measures == (COUNT,):
        return ""
    return ",".join(grammar.write_measure(m) for m in view.measures)


def _write_degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _write_name(name: str) -> str:
    return grammar.write_output(name) if name else ""


_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "_bbox": _read_bbox,
        "_chart": _read_pattern("_chart", _CHART, "es el nombre de una gráfica"),
        "_classes": _read_pattern("_classes", _CLASSES, "es quantile3 a quantile9 o equal3 a equal9"),
        "_color": _read_output,
        "_columns": _read_columns,
        "_facet": _read_output,
        "_group": _read_groups,
        "_highlight": grammar.read_values,
        "_lang": _read_choice("_lang", LANGUAGES),
        "_level": _read_choice("_level", LEVELS),
        "_measure": _read_measures,
        "_page": _read_whole("_page", MAX_PAGE),
        "_size": _read_whole("_size", MAX_SIZE),
        "_sort": _read_sort,
        "_table": _read_table,
        "_version": _read_pattern("_version", _VERSION, "son 12 cifras hexadecimales"),
        "_x": _read_output,
        "_y": _read_output,
    }
)
_FIELDS = {key: key[1:] for key in _READERS} | {"_group": "groups", "_measure": "measures"}
_WRITERS: Mapping[str, Callable[[View], str]] = MappingProxyType(
    {
        "_bbox": lambda v: ",".join(map(_write_degrees, v.bbox)) if v.bbox else "",
        "_chart": lambda v: v.chart,
        "_classes": lambda v: v.classes,
        "_color": lambda v: _write_name(v.color),
        "_columns": lambda v: ",".join(map(grammar.write_reference, v.columns)),
        "_facet": lambda v: _write_name(v.facet),
        "_group": lambda v: ",".join(map(grammar.write_group, v.groups)),
        "_highlight": lambda v: grammar.write_values(v.highlight),
        "_lang": lambda v: v.lang if v.lang != "es" else "",
        "_level": lambda v: v.level,
        "_measure": _write_measures,
        "_page": lambda v: str(v.page) if v.page != 1 else "",
        "_size": lambda v: str(v.size) if v.size else "",
        "_sort": _write_sort,
        "_table": lambda v: v.table if v.table != "datos" else "",
        "_version": lambda v: v.version,
        "_x": lambda v: _write_name(v.x),
        "_y": lambda v: _write_name(v.y),
    }
)
