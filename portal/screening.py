"""What a form of an anonymous visitor goes through before anything is kept of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

from config import Settings
from model import spelling
from model.errors import InvalidForm
from participation import personal
from participation.forms import HONEYPOT
from portal.limits import check_all
from portal.portal import Portal

STAMP = "momento"  # the hidden field that says when the form was made
OLDEST_DAYS = 30
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
STALE = "El formulario caducó. Recargue la página y envíelo de nuevo; lo que escribió sigue en su equipo."
HASTY = "Espere unos segundos y envíe de nuevo."
LISTED = "palabras"  # why a message waits for a person's decision: it holds a word of the operator's list


def stamp(settings: Settings, now: datetime | None = None) -> str:
    """The value of the field STAMP of a form that is made now. A form that is shown again keeps the one that it had."""
    moment = now or datetime.now(UTC)
    return _signer(settings).dumps(int(moment.timestamp()))


def screen(
    portal: Portal, form: Mapping[str, str], texts: Mapping[str, str], who: str, what: str, now: datetime
) -> str:
    """Whether a form may be kept: "" for at once, or why it waits for a person's decision (LISTED).

    `texts` are the clean words by field name, `who` the visitor's `limits.address_of`, `what` a name of `LIMITS`.
    The same form sent again (same token, same words) is let through without being counted. Raises InvalidForm (trap
    filled in, stamp missing, sent too quickly, too many links, personal data not confirmed by the field
    `personal.CONFIRM`), TooMany, StoreDown.
    """
    problems = _problems(portal.settings, form, texts, now)
    if problems:
        raise InvalidForm(problems)
    words = "\n".join(texts.values())
    same = (("text", _digest(words)), ("echo", _digest(words, form.get("sobre", "")))) if words.strip() else ()
    once = _digest(form.get("clave", ""), *texts.values()) if form.get("clave") else ""
    check_all(portal, ((what, who), *same), now, once)
    return LISTED if holds_listed_word(portal.settings, words) else ""


def holds_listed_word(settings: Settings, text: str) -> bool:
    """Whether `text` holds a word or phrase of the operator's list (`words` of the settings), whatever its accents."""
    listed = _listed(settings.words, _modified(settings.words)) if settings.words else ()
    plain = f" {' '.join(re.findall(r'[a-z0-9]+', spelling.fold(text)))} "
    return any(f" {word} " in plain for word in listed)


def _problems(settings: Settings, form: Mapping[str, str], texts: Mapping[str, str], now: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if form.get(HONEYPOT, ""):
        problems[HONEYPOT] = "Deje vacío este campo."
    if wrong := _untimely(settings, form.get(STAMP, ""), now):
        problems[STAMP] = wrong
    for name, text in texts.items():
        if len(LINK.findall(text)) > settings.form_links:
            problems[name] = f"Ponga como máximo {settings.form_links} enlaces."
    found = tuple(piece for text in texts.values() for piece in personal.find(text))
    if found and not form.get(personal.CONFIRM, ""):
        problems[personal.CONFIRM] = personal.warning(found)
    return problems


def _untimely(settings: Settings, given: str, now: datetime) -> str:
    try:
        made = _signer(settings).loads(given)
    except BadSignature:
        return STALE
    age = now.timestamp() - made if isinstance(made, int) else -1
    if age > OLDEST_DAYS * 24 * 3600:
        return STALE
    return HASTY if age < settings.form_seconds else ""


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt="formulario", signer_kwargs={"digest_method": hashlib.sha256})


def _digest(*parts: str) -> str:
    plain = "\0".join(" ".join(re.findall(r"\w+", spelling.fold(part))) for part in parts)
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=2)
def _listed(path: Path, _modified_at: int) -> tuple[str, ...]:
    """The folded words of a file, one a line, `#` for a remark; read again when it changes."""
    if not path.is_file():
        return ()
    lines = (line.partition("#")[0] for line in path.read_text(encoding="utf-8").splitlines())
    folded = (" ".join(re.findall(r"[a-z0-9]+", spelling.fold(line))) for line in lines)
    return tuple(word for word in folded if word)
