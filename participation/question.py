"""What a type of survey question is; each file in `questions/` declares one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.declared import InvalidDeclaration, Table, known, needed, tables, text
from model.registry import discover
from model.survey import Option, Question, Tally
from participation import questions

MOST_OPTIONS = 40
LONGEST_LABEL = 200


class Wrong(Exception):
    """An answer that a question cannot take: one Spanish sentence."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question of the type with an answer that it takes, ones that it refuses, and counts with their summary."""

    question: Question
    valid: tuple[str, ...]
    invalid: tuple[tuple[str, ...], ...]
    counts: Mapping[str, int]
    summary: str


@dataclass(frozen=True, slots=True)
class QuestionType:
    """One type of question. `control` is how a form shows it: `radio`, `checkbox` or `textarea`.

    `options(entry, where)` reads its options from a declaration, whose further words are `words`. `check(question,
    given)` gives the answer to keep from what a form sent (never empty), or raises Wrong. `summary(tally)` says in one
    sentence what came out ("" where there is nothing to say). `chart(question)` is the query of the view of a survey's
    results that draws it, without the question's own filter ("" for none).
    """

    name: str
    label: str
    control: str
    order: int
    words: tuple[str, ...]
    options: Callable[[Table, str], tuple[Option, ...]]
    check: Callable[[Question, tuple[str, ...]], tuple[str, ...]]
    summary: Callable[[Tally], str]
    chart: Callable[[Question], str]
    example: Callable[[], Example]


def all_types() -> tuple[QuestionType, ...]:
    """Every type of the drawer, in the order in which they are offered."""
    found = [item for item in discover(questions, "TYPE") if isinstance(item, QuestionType)]
    return tuple(sorted(found, key=lambda item: item.order))


def type_named(name: str) -> QuestionType:
    """The type with this name; LookupError."""
    found = next((item for item in all_types() if item.name == name), None)
    if found is None:
        raise LookupError(name)
    return found


def declared_options(entry: Table, where: str) -> tuple[Option, ...]:
    """Two options or more, each `{ id, label }`. Raises InvalidDeclaration."""
    found = []
    for item in tables(needed(entry, "options", where), f"options de {where}"):
        known(item, ("id", "label"), f"una opción de {where}")
        found.append(Option(option_id(needed(item, "id", where), where), option_label(item, where)))
    if not 2 <= len(found) <= MOST_OPTIONS:
        raise InvalidDeclaration(f"{where} debe tener de 2 a {MOST_OPTIONS} opciones.")
    if len({option.id for option in found}) < len(found):
        raise InvalidDeclaration(f"Hay un «id» repetido entre las opciones de {where}.")
    return tuple(found)


def option_label(item: Table, where: str) -> str:
    """The words of an option, up to 200 characters."""
    label = text(needed(item, "label", where), f"«label» de una opción de {where}")
    if len(label) > LONGEST_LABEL:
        raise InvalidDeclaration(f"Una opción de {where} pasa de {LONGEST_LABEL} caracteres.")
    return label


def option_id(value: object, where: str) -> str:
    """A stable id: a small letter, then small letters, digits or `_`, up to 40 characters."""
    found = text(value, f"id de {where}")
    plain = found.replace("_", "")
    if not (len(found) <= 40 and found[0].isalpha() and found == found.lower() and plain.isascii() and plain.isalnum()):
        raise InvalidDeclaration(f"El «id» {found[:50]!r} de {where} debe ser de letras minúsculas, cifras y «_».")
    return found


def choose(question: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    """The chosen option ids, each once, in the options' order; Wrong if one is not among those asked."""
    asked = [option.id for option in question.asked()]
    if any(value not in asked for value in given):
        raise Wrong("Elija entre las opciones que se ofrecen.")
    return tuple(option for option in asked if option in given)


def leader(tally: Tally) -> str:
    """The option that was chosen most, in words; "" without answers."""
    if not tally.answered:
        return ""
    option, times = max(tally.counts, key=lambda pair: pair[1])
    tied = sum(count == times for _, count in tally.counts)
    if tied > 1:
        return f"Hay empate entre {tied} respuestas, con {percent(times, tally.answered)} cada una."
    return f"Lo más respondido: «{option.label}», {percent(times, tally.answered)}."


def percent(part: int, whole: int) -> str:
    """«45.5 %», «50 %»."""
    share = round(100 * part / whole, 1) if whole else 0.0
    return f"{share:.1f}".removesuffix(".0") + " %"
