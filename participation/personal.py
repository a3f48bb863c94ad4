"""Personal data in what people write: found before it is sent, masked wherever it would be public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

CONFIRM = "confirmo"  # the field by which a person says that they read the warning and send it all the same
MASK = "●●●"

_CURP = re.compile(r"(?<![A-Za-z0-9])[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[A-Z]{3}[A-Z0-9]\d(?![A-Za-z0-9])", re.I)
_RFC = re.compile(r"(?<![A-Za-z0-9])[A-ZÑ&]{4}[ -]?\d{6}[ -]?[A-Z0-9]{2}[0-9A](?![A-Za-z0-9])", re.I)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?!\w)")
_GROUP = re.compile(r"\d+")
_BETWEEN = re.compile(r"[ .()-]{1,3}")  # what may stand between groups of digits of one number
_PART_OF_MORE = re.compile(r"[\w$,/.-]")  # before the first digit: then it is no number of its own
_GOES_ON = re.compile(r"[^\W\d]|%|[.,/-]\d")  # after the last one
_MOST_GROUPS = 10
_UNIT = re.compile(
    r"\s*(?:de )?(?:pesos|personas|habitantes|d[oó]lares|mdp|metros|km|toneladas|litros|casos|viviendas)", re.I
)
_ROUND = 6  # zeros that a telephone does not end in

_CURP_ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_RFC_ALPHABET = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
_CLABE_WEIGHTS = (3, 7, 1)
_PREFIXES = frozenset({"52", "521", "1", "01", "044", "045"})
_GROUPINGS = frozenset({(10,), (2, 8), (2, 4, 4), (3, 3, 4), (3, 7), (2, 2, 2, 2, 2), (3, 3, 2, 2), (2, 4, 2, 2)})


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data: `label` for people («una CURP»), and its place in the text, end exclusive."""

    kind: str
    label: str
    start: int
    end: int
    text: str


LABELS = MappingProxyType(
    {
        "curp": "una CURP",
        "rfc": "un RFC",
        "email": "un correo electrónico",
        "clabe": "una CLABE bancaria",
        "card": "un número de tarjeta",
        "phone": "un teléfono",
    }
)
OFFICES = frozenset({"phone", "email"})


def find(text: str) -> tuple[Found, ...]:
    """The personal data in `text`, in its order, none within another; what has check digits only if they hold."""
    found: list[Found] = []
    for kind, start, end in sorted(_candidates(text), key=lambda c: (c[1], -c[2])):
        if not found or start >= found[-1].end:
            found.append(Found(kind, LABELS[kind], start, end, text[start:end]))
    return tuple(found)


def mask(text: str, *, official: bool = False) -> str:
    """`text` with MASK in the place of each piece of personal data.

    An `official` answer keeps telephones and addresses: an office's own are meant to be public.
    """
    parts, at = [], 0
    for piece in find(text):
        if official and piece.kind in OFFICES:
            continue
        parts += [text[at : piece.start], MASK]
        at = piece.end
    return "".join((*parts, text[at:]))


def warning(found: tuple[Found, ...]) -> str:
    """What a person is told before they send it; "" if nothing was found."""
    if not found:
        return ""
    labels = list(dict.fromkeys(piece.label for piece in found))
    named = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} y {labels[-1]}"
    return (
        f"Su mensaje parece llevar {named}. Lo que escriba será público: quítelo si no hace falta. "
        "Si lo envía así, se mostrará tapado."
    )


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    checks: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
        ("curp", _CURP, is_curp),
        ("rfc", _RFC, is_rfc),
        ("email", _EMAIL, bool),
    )
    for kind, pattern, holds in checks:
        yield from ((kind, m.start(), m.end()) for m in pattern.finditer(text) if holds(m.group()))
    yield from _numbers(text)


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Groups of digits that, alone or with those that follow, make a number that we know; the longest such."""
    groups = [m.span() for m in _GROUP.finditer(text)]
    at = 0
    while at < len(groups):
        run = _run(text, groups, at)
        for last in range(at + run - 1, at - 1, -1):
            start, end = groups[at][0], groups[last][1]
            kind = "" if _continues(text, start, end) else _number(text[start:end])
            if kind and not (kind == "phone" and _amount(text, start, end)):
                yield kind, start, end
                at = last
                break
        at += 1


def _run(text: str, groups: list[tuple[int, int]], at: int) -> int:
    """How many groups, from this one on, have only separators between them."""
    n = 1
    while at + n < len(groups) and n < _MOST_GROUPS:
        if not _BETWEEN.fullmatch(text, groups[at + n - 1][1], groups[at + n][0]):
            break
        n += 1
    return n


def _continues(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of a longer word, amount, date or code."""
    before = _PART_OF_MORE.match(text, start - 1) is not None if start else False
    return before or _GOES_ON.match(text, end) is not None


def _number(text: str) -> str:
    """What a run of digits is: a CLABE, a card, a telephone, or "" for nothing that we know."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 18 and is_clabe(digits):
        return "clabe"
    if 15 <= len(digits) <= 19 and digits[0] in "3456" and is_card(digits):
        return "card"
    return "phone" if _is_phone(text) else ""


def is_curp(text: str) -> bool:
    """Whether the date and the check digit of an 18-character CURP hold."""
    code = text.upper()
    if len(code) != 18 or not _date(code[4:10]):
        return False
    total = sum(_CURP_ALPHABET.index(ch) * (18 - i) for i, ch in enumerate(code[:17]))
    return code[17] == str(-total % 10)


def is_rfc(text: str) -> bool:
    """Whether the date and the check digit of a person's RFC hold (a company's has 12 characters and is public)."""
    code = re.sub(r"[ -]", "", text.upper())
    if len(code) != 13 or not _date(code[4:10]):
        return False
    total = sum(_RFC_ALPHABET.index(ch) * (13 - i) for i, ch in enumerate(code[:12]))
    digit = {10: "A", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    return code[-1] == digit


def is_clabe(digits: str) -> bool:
    """Whether the check digit of an 18-digit CLABE holds."""
    total = sum(int(d) * _CLABE_WEIGHTS[i % 3] % 10 for i, d in enumerate(digits[:17]))
    return int(digits[17]) == -total % 10


def is_card(digits: str) -> bool:
    """Whether the last digit of a card's number is right by Luhn's rule."""
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_phone(text: str) -> bool:
    """Ten digits of Mexico in groups that telephones are written in, perhaps after +52, 1, 01, 044 or 045."""
    groups = re.findall(r"\d+", text)
    while len(groups) > 1 and groups[0] in _PREFIXES:
        groups = groups[1:]
    if len(groups) == 1:
        groups = [re.sub(r"^(?:521?|01|04[45])(?=\d{10}$)", "", groups[0])]
    number = "".join(groups)
    return tuple(map(len, groups)) in _GROUPINGS and number[0] in "23456789" and number[:2] != "20"


def _amount(text: str, start: int, end: int) -> bool:
    """Whether ten digits are an amount rather than a telephone."""
    return text[start:end].endswith("0" * _ROUND) or _UNIT.match(text, end) is not None


def _date(yymmdd: str) -> bool:
    """Whether it is a day of some century (29 February is one of 2000)."""
    try:
        date(2000 + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:]))
    except ValueError:
        return yymmdd[2:] == "0229"
    return True
