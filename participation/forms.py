"""From a form as it was sent to a NewThread, or Spanish sentences by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from model.errors import InvalidForm
from model.thread import Anchor, NewThread
from participation.kind import Field, kind_named
from participation.text import clean, clean_line, unstorable

HONEYPOT = "sitio"  # hidden from people; programs fill it in
TOKEN = "clave"  # noqa: S105  the name of a field
MOST_RAW = 100_000  # characters of a field as sent; beyond it no cleaning is tried
UNKNOWN_PAGE = "No reconocemos la página sobre la que escribe. Recárguela y envíe de nuevo."
NAME = Field("nombre", "Su nombre (opcional)", longest=80)

# hidden field of the form → (field of Anchor, pattern). A row's or column's name is kept to the letter, to be found.
ANCHOR_FIELDS = MappingProxyType(
    {
        "pagina": ("page", r"/(?!/)[^\x00-\x20\x7f\\?#]{0,499}"),
        "conjunto": ("dataset", r"[a-z0-9-]{0,100}"),
        "recurso": ("resource", r"[a-z0-9-]{0,100}"),
        "version": ("version", r"([0-9a-f]{12})?"),
        "vista": ("view", r"(/explora/[^\x00-\x20\x7f\\#]{1,8000})?"),
        "fila": ("row", r"(?s:.{0,4000})"),
        "columna": ("column", r"(?s:.{0,500})"),
        "etiqueta": ("label", r".{0,300}"),
        "valor": ("value", r"(?s:.{0,500})"),
    }
)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
_URL = re.compile(r"https?://[^\s<>\"']{3,2000}")


def validate(kind: str, form: Mapping[str, str]) -> NewThread:
    """A thread that may be opened, from the fields of a form (by the names of `Kind`, NAME, TOKEN, ANCHOR_FIELDS).

    The token (20 to 64 letters, digits, `-` or `_`) must be new for each form that a person opens, so make it in the
    browser or on a page that is never cached. Raises InvalidForm with a sentence by field name.
    """
    found = kind_named(kind)
    if found is None:
        raise InvalidForm({"tipo": "No conocemos este tipo de participación."})
    problems: dict[str, str] = {}
    if form.get(HONEYPOT, ""):
        problems[HONEYPOT] = "Deje vacío este campo."
    token = form.get(TOKEN, "")
    if not _TOKEN.fullmatch(token):
        problems[TOKEN] = "El formulario caducó. Recargue la página y envíelo de nuevo."
    fields = checked_fields((found.text, NAME, *found.fields), form, problems)
    _check_period(fields, problems)
    anchor = _anchor(form, problems)
    if problems:
        raise InvalidForm(problems)
    details = tuple((f.name, fields[f.name]) for f in found.fields if fields[f.name])
    return NewThread(kind, anchor, fields[found.text.name], token, fields[NAME.name], details)


def official_text(text: str) -> str:
    """The clean text of an official answer. Raises InvalidForm."""
    field = Field("texto", "Respuesta", required=True, shortest=2, longest=20_000, multiline=True)
    problems: dict[str, str] = {}
    cleaned = checked_fields((field,), {field.name: text}, problems)[field.name]
    if problems:
        raise InvalidForm(problems)
    return cleaned


def checked_fields(fields: Iterable[Field], form: Mapping[str, str], problems: dict[str, str]) -> dict[str, str]:
    """The clean values of `fields` by name; what is wrong goes to `problems`, one sentence a field."""
    return {field.name: _checked(field, form.get(field.name, ""), problems) for field in fields}


def _checked(field: Field, text: str, problems: dict[str, str]) -> str:
    """The clean value of a field; what is wrong with it goes to `problems`."""
    if len(text) > MOST_RAW:
        problems[field.name] = _too_long(field, text)
        return ""
    cleaned = clean(text) if field.multiline else clean_line(text)
    problem = "Hay caracteres que no podemos guardar. Escriba el texto de nuevo." if unstorable(text) else ""
    problem = problem or _wrong(field, cleaned)
    if problem:
        problems[field.name] = problem
    return cleaned


def _wrong(field: Field, text: str) -> str:
    if not text:
        return _too_short(field) if field.required else ""
    if len(text) < field.shortest:
        return _too_short(field)
    if len(text) > field.longest:
        return _too_long(field, text)
    if field.choices and text not in {value for value, _ in field.choices}:
        return "Elija una de las opciones."
    return _WRONG_TYPES[field.type](text) if field.type in _WRONG_TYPES else ""


def _wrong_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return "Escriba una fecha como 2024-01-31."
    return ""


def _wrong_url(text: str) -> str:
    return "" if _URL.fullmatch(text) else "Escriba una dirección que empiece con https:// o http://."


def _check_period(fields: Mapping[str, str], problems: dict[str, str]) -> None:
    begin, end = fields.get("desde", ""), fields.get("hasta", "")
    if begin and end and begin > end and not {"desde", "hasta"} & problems.keys():
        problems["hasta"] = "El periodo termina antes de empezar."


_WRONG_TYPES = MappingProxyType({"date": _wrong_date, "url": _wrong_url})


def _too_long(field: Field, text: str) -> str:
    return f"Escriba como máximo {field.longest:,} caracteres; ahora son {len(text):,}."


def _too_short(field: Field) -> str:
    if field.choices:
        return "Elija una de las opciones."
    return f"Escriba al menos {field.shortest} caracteres." if field.shortest > 1 else "Complete este campo."


def _anchor(form: Mapping[str, str], problems: dict[str, str]) -> Anchor:
    values: dict[str, str] = {}
    for name, (part, pattern) in ANCHOR_FIELDS.items():
        given = form.get(name, "")
        values[part] = clean_line(given[:MOST_RAW]) if part == "label" else given
        if unstorable(given) or not re.fullmatch(pattern, values[part]):
            problems["pagina"] = UNKNOWN_PAGE
    if values["resource"] and not values["dataset"]:
        problems["pagina"] = UNKNOWN_PAGE
    return Anchor(**values)
