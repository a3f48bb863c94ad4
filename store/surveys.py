"""Surveys, their questions with stable ids, and what people answered; written by `participation.surveys` only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from model.errors import BadRequest, NotFound
from model.survey import Option, Question, Survey
from store.database import Store
from store.tables.base import AnyRow
from store.tables.surveys import survey_answers as answer_rows
from store.tables.surveys import survey_options as option_rows
from store.tables.surveys import survey_questions as question_rows
from store.tables.surveys import surveys as survey_rows

FIELDS = ("title", "description", "agency", "opens", "closes", "open", "published", "sealed")


def save(store: Store, survey: Survey, now: datetime, *, only_new: bool = False) -> bool:
    """Keep a survey, new or edited; False where `only_new` and it is there already.

    Questions and options are told apart by their ids: what is no longer there is marked removed and keeps its answers.
    Raises BadRequest where a question that has answers would become one of another type, StoreDown.
    """
    values = {name: getattr(survey, name) for name in FIELDS}
    with store.write(alone="surveys") as connection:
        row = connection.execute(select(survey_rows.c.id).where(survey_rows.c.slug == survey.slug)).first()
        if row is not None and only_new:
            return False
        if row is None:
            made = insert(survey_rows).values(slug=survey.slug, created=now, **values).returning(survey_rows.c.id)
            survey_id = int(connection.execute(made).scalar_one())
        else:
            survey_id = row.id
            connection.execute(update(survey_rows).where(survey_rows.c.id == survey_id).values(**values))
        _save_questions(connection, survey_id, survey.questions)
        return True


def switch(store: Store, slug: str, *, is_open: bool | None = None, published: bool | None = None) -> Survey:
    """Turn the switches that are given. Raises NotFound, StoreDown."""
    given = {"open": is_open, "published": published}
    values = {name: value for name, value in given.items() if value is not None}
    with store.write() as connection:
        if values:
            connection.execute(update(survey_rows).where(survey_rows.c.slug == slug).values(**values))
        return one(connection, slug)[1]


def by_slug(store: Store, slug: str) -> Survey:
    """The survey, published or not. Raises NotFound, StoreDown."""
    with store.read() as connection:
        return one(connection, slug)[1]


def published(store: Store) -> tuple[Survey, ...]:
    """The published surveys, newest first. Raises StoreDown."""
    with store.read() as connection:
        return tuple(survey for _, survey in _read(connection, survey_rows.c.published.is_(True)))


def every(store: Store) -> tuple[Survey, ...]:
    """All surveys, newest first. Raises StoreDown."""
    with store.read() as connection:
        return tuple(survey for _, survey in _read(connection))


def _save_questions(connection: Connection, survey_id: int, questions: Iterable[Question]) -> None:
    own = question_rows.c.survey_id == survey_id
    rows = {row.key: row for row in connection.execute(select(question_rows).where(own))}
    connection.execute(update(question_rows).where(own).values(removed=True))
    for position, question in enumerate(questions):
        row = rows.get(question.id)
        if row is not None and row.kind != question.kind:
            _may_change(connection, row, question)
        values: dict[str, Any] = {"kind": question.kind, "text": question.text, "hint": question.hint}
        values |= {"required": question.required, "position": position, "removed": question.removed}
        keys = {"survey_id": survey_id, "key": question.id}
        question_id = _put(connection, question_rows, keys, values, row)
        _save_options(connection, question_id, question.options)


def _save_options(connection: Connection, question_id: int, options: Iterable[Option]) -> None:
    own = option_rows.c.question_id == question_id
    rows = {row.key: row for row in connection.execute(select(option_rows).where(own))}
    connection.execute(update(option_rows).where(own).values(removed=True))
    for position, option in enumerate(options):
        values = {"label": option.label, "position": position, "removed": option.removed}
        _put(connection, option_rows, {"question_id": question_id, "key": option.id}, values, rows.get(option.id))


def _put(connection: Connection, table: Table, keys: dict[str, Any], values: dict[str, Any], row: AnyRow | None) -> int:
    if row is not None:
        connection.execute(update(table).where(table.c.id == row.id).values(**values))
        return int(row.id)
    return int(connection.execute(insert(table).values(**keys, **values).returning(table.c.id)).scalar_one())


def _may_change(connection: Connection, row: AnyRow, question: Question) -> None:
    if connection.execute(select(answer_rows.c.id).where(answer_rows.c.question_id == row.id).limit(1)).first():
        raise BadRequest(
            f"La pregunta «{question.id}» ya tiene respuestas y no puede cambiar de «{row.kind}» a "
            f"«{question.kind}»: dele otro «id»."
        )


def one(connection: Connection, slug: str) -> tuple[int, Survey]:
    """The survey with the id of its row, for this room. Raises NotFound."""
    found = _read(connection, survey_rows.c.slug == slug)
    if not found:
        raise NotFound("No existe esta encuesta.")
    return found[0]


def _read(connection: Connection, *where: Any) -> list[tuple[int, Survey]]:
    rows = connection.execute(select(survey_rows).where(*where).order_by(survey_rows.c.id.desc())).all()
    ids = [row.id for row in rows]
    asked = select(question_rows).where(question_rows.c.survey_id.in_(ids))
    questions = (
        connection.execute(asked.order_by(question_rows.c.removed, question_rows.c.position)).all() if ids else []
    )
    choices = select(option_rows).where(option_rows.c.question_id.in_([q.id for q in questions]))
    options: defaultdict[int, list[Option]] = defaultdict(list)
    for row in connection.execute(choices.order_by(option_rows.c.removed, option_rows.c.position)) if questions else ():
        options[row.question_id].append(Option(row.key, row.label, row.removed))
    parts: defaultdict[int, list[Question]] = defaultdict(list)
    for row in questions:
        made = Question(row.key, row.kind, row.text, row.hint, row.required, tuple(options[row.id]), row.removed)
        parts[row.survey_id].append(made)
    return [(row.id, _survey(row, tuple(parts[row.id]))) for row in rows]


def _survey(row: AnyRow, questions: tuple[Question, ...]) -> Survey:
    return Survey(slug=row.slug, questions=questions, **{name: getattr(row, name) for name in FIELDS})
