"""How names, lists, groups and measures are written in an address, and how they are read back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from model.errors import BadRequest
from model.view import PLACES, Group, Measure
from query.measures import RATIOS, check_shape
from query.operators import OPERATORS

MAX_ITEMS = 500
MAX_BINS = 500
PERIODS = ("year", "quarter", "month", "week", "day", "hour")
LOOKUP = "lookup"

_BIN = re.compile(r"bin([1-9][0-9]{0,2})")
_SPECIAL = frozenset(',:"~')
_BARE = MappingProxyType({True: re.compile(r'[^,:"]*'), False: re.compile(r'[^,"]*')})
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_LOOKUP_KEY = re.compile(LOOKUP + r':(?:"((?:[^"]|"")+)"|([^":]+)):(.+)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """One name or word, and whether it stood in quotes."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its fields (between colons), and whether a minus sign stood before it."""

    fields: tuple[Field, ...]
    descending: bool = False


def quote(name: str) -> str:
    """A name or list item as it stands in an address, before percent-encoding."""
    if name in PLACES:
        return name
    plain = name and name[0] not in "_-." and "__" not in name and not _SPECIAL.intersection(name)
    return name if plain else '"' + name.replace('"', '""') + '"'


def scan(text: str, *, colons: bool = True, signed: bool = False) -> tuple[Item, ...]:
    """The items of a list. Without `colons`, a colon is an ordinary character (lists of values).

    Raises BadRequest for quotes that do not match and for lists over `MAX_ITEMS`.
    """
    items: list[Item] = []
    position = 0
    while True:
        descending = signed and text.startswith("-", position)
        fields, position = _item(text, position + descending, colons)
        items.append(Item(tuple(fields), descending))
        if len(items) > MAX_ITEMS:
            raise BadRequest(f"La lista tiene más de {MAX_ITEMS} elementos.")
        if position >= len(text):
            return tuple(items)
        position += 1


def _item(text: str, position: int, colons: bool) -> tuple[list[Field], int]:
    fields: list[Field] = []
    while True:
        field, position = _field(text, position, colons)
        fields.append(field)
        if not (colons and text.startswith(":", position)):
            return fields, position
        position += 1


def _field(text: str, position: int, colons: bool) -> tuple[Field, int]:
    quoted = _QUOTED.match(text, position)
    if quoted:
        field, end = Field(quoted[1].replace('""', '"'), True), quoted.end()
    else:
        bare = _BARE[colons].match(text, position)
        field, end = Field(bare[0] if bare else "", False), bare.end() if bare else position
    if end < len(text) and text[end] != "," and not (colons and text[end] == ":"):
        raise BadRequest(
            f"Las comillas de «{text[:80]}» no están bien puestas: el nombre completo va entre comillas "
            "y las comillas de adentro se escriben dobles."
        )
    return field, end


def read_values(text: str) -> tuple[str, ...]:
    """A list of values: `a,"b,c"` → ("a", "b,c")."""
    return tuple(item.fields[0].text for item in scan(text, colons=False))


def write_values(values: tuple[str, ...]) -> str:
    """The list of values as it stands in an address."""
    return ",".join(quote(v) for v in values)


def read_reference(fields: tuple[Field, ...]) -> str:
    """The column that the fields name: `name`, or `lookup:<name>:<column>`; BadRequest."""
    if len(fields) == 1:
        return _name(fields[0])
    if len(fields) == 3 and fields[0] == Field(LOOKUP, False):
        return join_lookup(_name(fields[1]), _name(fields[2]))
    written = ":".join(f.text for f in fields)
    raise BadRequest(f"No se entiende «{written[:80]}». Si es el nombre de una columna, escríbalo entre comillas.")


def _name(field: Field) -> str:
    if not field.text:
        raise BadRequest("Falta el nombre de una columna.")
    if not field.quoted and field.text.startswith("_") and field.text not in PLACES:
        raise BadRequest(f"El nombre «{field.text[:80]}» empieza con guion bajo: escríbalo entre comillas.")
    return field.text


def join_lookup(lookup: str, column: str) -> str:
    """The reference to a column of a declared lookup, as a View holds it."""
    if ":" in lookup or not lookup:
        raise BadRequest(f"No existe la tabla vinculada «{lookup[:80]}».")
    return f"{LOOKUP}:{lookup}:{column}"


def split_lookup(reference: str) -> tuple[str, str]:
    """(lookup, column) of a reference; ("", reference) for a column of the table itself."""
    word, _, rest = reference.partition(":")
    lookup, _, column = rest.partition(":")
    return (lookup, column) if word == LOOKUP and lookup and column else ("", reference)


def write_reference(reference: str) -> str:
    """A column reference as it stands in an address."""
    lookup, column = split_lookup(reference)
    return f"{LOOKUP}:{quote(lookup)}:{quote(column)}" if lookup else quote(column)


def bins_of(by: str) -> int:
    """N of `bin<N>`; 0 for anything else."""
    found = _BIN.fullmatch(by)
    return int(found[1]) if found and int(found[1]) <= MAX_BINS else 0


def _is_step(field: Field) -> bool:
    return not field.quoted and (field.text in PERIODS or bins_of(field.text) > 0)


def read_group(fields: tuple[Field, ...]) -> Group:
    """`col`, `col:month`, `col:bin20`; BadRequest."""
    if len(fields) in (2, 4) and _is_step(fields[-1]):
        return Group(read_reference(fields[:-1]), fields[-1].text)
    if len(fields) == 2:
        raise BadRequest(
            f"No existe la agrupación «{fields[-1].text[:80]}»: use {', '.join(PERIODS)} o bin2 a bin{MAX_BINS}. "
            "Un nombre de columna con dos puntos va entre comillas."
        )
    return Group(read_reference(fields))


def write_group(group: Group) -> str:
    """A group as it stands in an address."""
    return write_reference(group.column) + (f":{group.by}" if group.by else "")


def read_measure(fields: tuple[Field, ...]) -> Measure:
    """`count`, `sum:col`, `rate:sum:col`, `share:count`…; BadRequest, UnknownName."""
    words = list(fields)
    ratio = words.pop(0).text if not words[0].quoted and words[0].text in RATIOS and len(words) > 1 else ""
    function, rest = words[0], tuple(words[1:])
    if function.quoted:
        raise BadRequest(f"Falta la medida antes de «{function.text[:80]}»: por ejemplo, sum:columna.")
    measure = Measure(function.text, read_reference(rest) if rest else "", ratio)
    check_shape(measure)
    return measure


def write_measure(measure: Measure) -> str:
    """A measure as it stands in an address, and the name of its output column."""
    parts = (measure.ratio, measure.function, write_reference(measure.column) if measure.column else "")
    return ":".join(p for p in parts if p)


def read_output(fields: tuple[Field, ...]) -> str:
    """The output column that the fields name: a source column, a group as written or a measure as written."""
    if len(fields) == 1:
        if not fields[0].text:
            raise BadRequest("Falta el nombre de una columna.")
        return fields[0].text
    if fields[0] == Field(LOOKUP, False) and len(fields) == 3:
        return read_reference(fields)
    if _is_step(fields[-1]) and len(fields) in (2, 4):
        return write_group(read_group(fields))
    return write_measure(read_measure(fields))


def write_output(name: str) -> str:
    """An output column as it stands in an address; `read_output` gives `name` back."""
    if ":" in name:
        try:
            items = scan(name)
            if len(items) == 1 and len(items[0].fields) > 1 and read_output(items[0].fields) == name:
                return name
        except BadRequest:
            pass
    return write_reference(name)


def read_wish(name: str) -> Group | Measure | None:
    """The group by period or interval, or the measure, that an output column's name is; None for a plain name."""
    try:
        items = scan(name)
        fields = items[0].fields
        if len(items) > 1:
            return None
        return read_group(fields) if _is_step(fields[-1]) and len(fields) > 1 else read_measure(fields)
    except BadRequest:
        return None


def read_key(key: str) -> tuple[str, str]:
    """(column, operator) of a filter's key.

    A name in quotes may be followed by `__operator`; an unquoted key splits at its last `__` only if an
    operator follows, so that `a__b` is a column. Raises BadRequest.
    """
    linked = _LOOKUP_KEY.fullmatch(key)
    if linked:
        lookup = linked[2] or linked[1].replace('""', '"')
        column, operator = _read_plain_key(linked[3])
        return join_lookup(lookup, column), operator
    return _read_plain_key(key)


def strip_operator(key: str) -> str:
    """An unquoted key without its `__operator`."""
    head, mark, tail = key.rpartition("__")
    return head if mark and tail in OPERATORS else key


def _read_plain_key(key: str) -> tuple[str, str]:
    quoted = _QUOTED.match(key)
    if quoted:
        rest = key[quoted.end() :]
        if rest and not (rest.startswith("__") and rest[2:] in OPERATORS):
            raise BadRequest(f"Después de las comillas de «{key[:80]}» solo puede ir un operador, como __gte.")
        return _name(Field(quoted[1].replace('""', '"'), True)), rest[2:] or "eq"
    head, mark, tail = key.rpartition("__")
    if mark and head and tail in OPERATORS:
        return _name(Field(head, False)), tail
    return _name(Field(key, False)), "eq"
