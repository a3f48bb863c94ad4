"""The values of a DCAT entry, which may be of any type: read as plain text, safe links and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

TITLE = 300
PROSE = 20_000
WORD = 120
WORDS = 100

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MAIL = re.compile(r"[^\s@<>\"'(),:;]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")


def plain_keys(entry: object) -> dict[str, object]:
    """A JSON object with its keys rid of namespace prefixes (`dct:title` → `title`); {} for what is not an object."""
    if not isinstance(entry, Mapping):
        return {}
    return {str(key).rsplit(":", 1)[-1]: value for key, value in entry.items()}


def text(value: object, limit: int = TITLE) -> str:
    """`value` as one string of at most `limit` characters, "" where it holds none.

    HTML and Markdown stay as typed; characters that no screen, feed or database can hold are dropped.
    A JSON-LD value in several languages gives the Spanish one, or the first.
    """
    if isinstance(value, Mapping):
        inner = plain_keys(value)
        spoken = (inner.get(key) for key in ("@value", "es", "prefLabel", "label", "name", "title", "@id"))
        return text(next((v for v in spoken if isinstance(v, str)), ""), limit)
    if isinstance(value, list):
        return text(_spanish(value), limit)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    clean = "".join(filter(_showable, str(value)[: limit * 4]))
    whole = unicodedata.normalize("NFC", clean).strip() if limit > TITLE else " ".join(clean.split())
    return whole if len(whole) <= limit else whole[: limit - 1].rstrip() + "…"


def too_long(value: object, limit: int) -> bool:
    """True where `text(value, limit)` cuts."""
    return isinstance(value, str) and len(value) > limit


def words(value: object) -> tuple[str, ...]:
    """A list of words, written as a list or with commas; without blanks or repeats, at most 100."""
    raw = value if isinstance(value, list) else text(value, PROSE).split(",") if isinstance(value, str) else [value]
    found = dict.fromkeys(word for word in (text(item, WORD) for item in raw[: WORDS * 10]) if word)
    return tuple(found)[:WORDS]


def link(value: object) -> str:
    """An http(s) address that may be shown as a link, or "" (`javascript:`, credentials, blanks, no host)."""
    address = text(value, 2000)
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    return "" if re.search(r"[\s\"'<>\\^`{|}]", address) else address


def licence(value: object) -> str:
    """A licence: its address or its name; "" for an address of another scheme."""
    named = text(value)
    return link(named) if _SCHEME.match(named) else named


def mail(value: object) -> str:
    """An e-mail address, with or without `mailto:`, or ""."""
    address = text(value).removeprefix("mailto:")
    return address if _MAIL.fullmatch(address) else ""


def day(value: object) -> date | None:
    """The date of an ISO 8601 date or timestamp; None for anything else."""
    found = _DAY.match(text(value))
    if found is None:
        return None
    try:
        return date.fromisoformat(found.group())
    except ValueError:
        return None


def period(value: object) -> str:
    """`temporal` as the source writes it; an object with start and end dates becomes `start/end`."""
    inner = plain_keys(value)
    start, end = text(inner.get("startDate")), text(inner.get("endDate"))
    return f"{start}/{end}" if start and end else start or end or text(value)


def _spanish(values: list[object]) -> object:
    for value in values:
        if plain_keys(value).get("@language") in ("es", "es-MX"):
            return value
    return values[0] if values else ""


def _showable(character: str) -> bool:
    if character in "\n\t":
        return True
    code = ord(character)
    nonchar = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not nonchar and character not in _BIDI and unicodedata.category(character) not in ("Cc", "Cs")
