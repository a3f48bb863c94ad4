"""A survey as an operator writes it in TOML."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from model.declared import InvalidDeclaration, Table, known, needed, one_of, read_toml, table, tables, text
from model.spelling import slug
from model.survey import Question, Survey
from participation.question import all_types, option_id, type_named

MOST_QUESTIONS = 50
WORDS = ("title", "description", "agency", "open", "published", "opens", "closes", "results", "questions")
RESULTS = ("always", "after_closing")


def read_survey(path: Path) -> Survey:
    """The survey of a file; its slug is the file's name, `agency` is as written. Raises InvalidDeclaration."""
    entry = read_toml(path)
    known(entry, WORDS, path.name)
    found = tuple(
        _question(item, n) for n, item in enumerate(tables(needed(entry, "questions", path.name), "questions"), 1)
    )
    if not 1 <= len(found) <= MOST_QUESTIONS:
        raise InvalidDeclaration(f"{path.name} debe tener de 1 a {MOST_QUESTIONS} preguntas.")
    if len({question.id for question in found}) < len(found):
        raise InvalidDeclaration(f"{path.name}: hay dos preguntas con el mismo «id».")
    opens, closes = _day(entry, "opens"), _day(entry, "closes")
    if opens and closes and closes < opens:
        raise InvalidDeclaration(f"{path.name}: «closes» es antes que «opens».")
    return Survey(
        slug=slug(path.stem),
        title=text(needed(entry, "title", path.name), "title"),
        description=_optional(entry, "description"),
        agency=_optional(entry, "agency"),
        questions=found,
        opens=opens,
        closes=closes,
        open=_switch(entry, "open", False),
        published=_switch(entry, "published", False),
        sealed=one_of(entry.get("results", RESULTS[0]), RESULTS, "results") == RESULTS[1],
    )


def _question(item: Table, number: int) -> Question:
    where = f"la pregunta {number}"
    entry = table(item, where)
    kind = one_of(needed(entry, "type", where), tuple(t.name for t in all_types()), f"«type» de {where}")
    found = type_named(kind)
    known(entry, ("id", "type", "text", "hint", "required", *found.words), where)
    return Question(
        id=option_id(needed(entry, "id", where), where),
        kind=kind,
        text=text(needed(entry, "text", where), f"«text» de {where}"),
        hint=_optional(entry, "hint"),
        required=_switch(entry, "required", True),
        options=found.options(entry, where),
    )


def _optional(entry: Table, name: str) -> str:
    return text(entry[name], name) if name in entry else ""


def _switch(entry: Table, name: str, default: bool) -> bool:
    value = entry.get(name, default)
    if not isinstance(value, bool):
        raise InvalidDeclaration(f"«{name}» debe ser true o false.")
    return value


def _day(entry: Table, name: str) -> date | None:
    value = entry.get(name)
    if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
        raise InvalidDeclaration(f"«{name}» debe ser una fecha sin comillas: AAAA-MM-DD.")
    return value if isinstance(value, date) else None
