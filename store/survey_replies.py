"""What people answered to surveys: kept once a person, counted, and hidden where a moderator says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, func, insert, select, update

from model.errors import NotFound
from model.survey import Answers, Results, Said, Survey, Tally
from store.database import Store
from store.surveys import one
from store.tables.surveys import survey_answers as answer_rows
from store.tables.surveys import survey_options as option_rows
from store.tables.surveys import survey_questions as question_rows
from store.tables.surveys import survey_replies as reply_rows
from store.tables.surveys import surveys as survey_rows
from store.upsert import upsert


class Kept(StrEnum):
    """What became of a reply."""

    NEW = "nueva"
    CORRECTED = "corregida"
    SAME = "repetida"  # the same form, sent twice
    ALREADY = "ya_respondida"  # another one of the same person: nothing was changed


def reply(
    store: Store,
    slug: str,
    judge: Callable[[Survey], Answers],
    *,
    person: str,
    token: str,
    correcting: bool,
    now: datetime,
    held: str = "",
) -> Kept:
    """Keep what a person answered, once: `judge` says what may be kept of it, or raises, while the survey stands still.

    `correcting` replaces what the person said before; `held` is why its open answers are hidden until a moderator shows
    them ("": they are not). Raises NotFound, whatever `judge` raises, StoreDown.
    """
    with store.write() as connection:
        standing = select(survey_rows.c.id).where(survey_rows.c.slug == slug)
        connection.execute(standing.with_for_update(read=True))
        survey_id, survey = one(connection, slug)
        answers = judge(survey)
        values = {"survey_id": survey_id, "person": person, "token": token, "created": now, "changed": now}
        fresh = upsert(connection, reply_rows).values(**values).on_conflict_do_nothing().returning(reply_rows.c.id)
        reply_id = connection.execute(fresh).scalar()
        if reply_id is not None:
            _say(connection, survey_id, int(reply_id), answers, {}, held)
            return Kept.NEW
        if connection.execute(select(reply_rows.c.id).where(reply_rows.c.token == token)).first() is not None:
            return Kept.SAME
        if not correcting:
            return Kept.ALREADY
        mine = (reply_rows.c.survey_id == survey_id, reply_rows.c.person == person)
        before = int(connection.execute(select(reply_rows.c.id).where(*mine).with_for_update()).scalar_one())
        connection.execute(update(reply_rows).where(*mine).values(token=token, changed=now))
        _say(connection, survey_id, before, answers, _take_back(connection, before, survey_id), held)
        return Kept.CORRECTED


def answers_of(store: Store, slug: str, person: str) -> Answers | None:
    """What a person answered to the questions that are asked now; None if nothing was. Raises StoreDown."""
    if not person:
        return None
    found = (
        select(question_rows.c.key, option_rows.c.key.label("option"), answer_rows.c.text)
        .select_from(reply_rows)
        .join(survey_rows, survey_rows.c.id == reply_rows.c.survey_id)
        .outerjoin(answer_rows, answer_rows.c.reply_id == reply_rows.c.id)
        .outerjoin(question_rows, question_rows.c.id == answer_rows.c.question_id)
        .outerjoin(option_rows, option_rows.c.id == answer_rows.c.option_id)
        .where(survey_rows.c.slug == slug, reply_rows.c.person == person)
        .order_by(answer_rows.c.id)
    )
    with store.read() as connection:
        rows = connection.execute(found).all()
    if not rows:
        return None
    said: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        if row.key is not None:
            said[row.key] += (row.text if row.option is None else row.option,)
    return dict(said)


def results(store: Store, slug: str) -> Results:
    """The survey's answers, counted: removed questions and options too. Raises NotFound, StoreDown."""
    chosen = (
        select(answer_rows.c.question_id, answer_rows.c.option_id, func.count().label("times"))
        .join(question_rows, question_rows.c.id == answer_rows.c.question_id)
        .group_by(answer_rows.c.question_id, answer_rows.c.option_id)
    )
    people = (
        select(answer_rows.c.question_id, func.count(answer_rows.c.reply_id.distinct()).label("people"))
        .join(question_rows, question_rows.c.id == answer_rows.c.question_id)
        .group_by(answer_rows.c.question_id)
    )
    with store.read() as connection:
        survey_id, survey = one(connection, slug)
        own = question_rows.c.survey_id == survey_id
        times = {(row.question_id, row.option_id): row.times for row in connection.execute(chosen.where(own))}
        answered = {row.question_id: row.people for row in connection.execute(people.where(own))}
        ids = _ids(connection, survey_id)
        whole = select(func.count(), func.max(reply_rows.c.changed)).where(reply_rows.c.survey_id == survey_id)
        replies, last = connection.execute(whole).one()
    tallies = []
    for question in survey.questions:
        question_id, options = ids[question.id]
        counts = tuple((option, times.get((question_id, options[option.id]), 0)) for option in question.options)
        tallies.append(Tally(question, answered.get(question_id, 0), counts))
    return Results(survey, replies, tuple(tallies), last)


def said(
    store: Store, slug: str, question: str, *, limit: int, skip: int = 0, hidden: bool = False
) -> tuple[Said, ...]:
    """The open answers to a question as they were written, newest first; with `hidden` those hidden too. StoreDown."""
    found = (
        select(answer_rows.c.id, answer_rows.c.text, answer_rows.c.hidden, reply_rows.c.created)
        .join(question_rows, question_rows.c.id == answer_rows.c.question_id)
        .join(survey_rows, survey_rows.c.id == question_rows.c.survey_id)
        .join(reply_rows, reply_rows.c.id == answer_rows.c.reply_id)
        .where(survey_rows.c.slug == slug, question_rows.c.key == question, answer_rows.c.option_id.is_(None))
        .order_by(answer_rows.c.id.desc())
    )
    if not hidden:
        found = found.where(answer_rows.c.hidden == "")
    with store.read() as connection:
        rows = connection.execute(found.limit(limit).offset(skip)).all()
    return tuple(Said(row.id, question, row.text, row.created, row.hidden) for row in rows)


def hide(store: Store, slug: str, answer: int, reason: str) -> None:
    """Hide an open answer from the public; show it again with reason "". Raises NotFound, StoreDown."""
    of_survey = (
        select(question_rows.c.id)
        .join(survey_rows, survey_rows.c.id == question_rows.c.survey_id)
        .where(survey_rows.c.slug == slug)
    )
    one = (answer_rows.c.id == answer, answer_rows.c.option_id.is_(None), answer_rows.c.question_id.in_(of_survey))
    with store.write() as connection:
        if connection.execute(update(answer_rows).where(*one).values(hidden=reason)).rowcount != 1:
            raise NotFound("No existe esa respuesta abierta en esta encuesta.")


def of_person(store: Store, person: str) -> tuple[tuple[str, datetime], ...]:
    """The surveys that a person (a hash) answered, as (slug, moment of the last answer), newest first. StoreDown."""
    mine = (
        select(survey_rows.c.slug, reply_rows.c.changed)
        .join(reply_rows, reply_rows.c.survey_id == survey_rows.c.id)
        .where(reply_rows.c.person == person)
        .order_by(reply_rows.c.id.desc())
    )
    with store.read() as connection:
        return tuple((row.slug, row.changed) for row in connection.execute(mine))


def forget_person(store: Store, person: str) -> int:
    """Delete what a person (a hash) answered to all surveys; how many surveys that were. Raises StoreDown."""
    mine = select(reply_rows.c.id).where(reply_rows.c.person == person)
    with store.write() as connection:
        connection.execute(delete(answer_rows).where(answer_rows.c.reply_id.in_(mine)))
        gone = delete(reply_rows).where(reply_rows.c.person == person).returning(reply_rows.c.id)
        return len(connection.execute(gone).all())


def _take_back(connection: Connection, reply_id: int, survey_id: int) -> dict[int, str]:
    """Delete a reply's answers to the questions asked now; why some of them were hidden, by question."""
    asked = select(question_rows.c.id).where(question_rows.c.survey_id == survey_id, question_rows.c.removed.is_(False))
    mine = (answer_rows.c.reply_id == reply_id, answer_rows.c.question_id.in_(asked))
    rows = connection.execute(select(answer_rows.c.question_id, answer_rows.c.hidden).where(*mine)).all()
    connection.execute(delete(answer_rows).where(*mine))
    return {row.question_id: row.hidden for row in rows if row.hidden}


def _say(
    connection: Connection, survey_id: int, reply_id: int, answers: Answers, hidden: dict[int, str], held: str
) -> None:
    ids = _ids(connection, survey_id)
    rows = []
    for key, values in answers.items():
        question_id, options = ids[key]
        why = hidden.get(question_id) or ("" if options else held)
        row = {"reply_id": reply_id, "question_id": question_id, "hidden": why}
        for value in values:
            option = options.get(value) if options else None
            rows.append({**row, "option_id": option, "text": "" if options else value})
    if rows:
        connection.execute(insert(answer_rows), rows)


def _ids(connection: Connection, survey_id: int) -> dict[str, tuple[int, dict[str, int]]]:
    """The ids of a survey's questions and of their options, by key."""
    found: dict[str, tuple[int, dict[str, int]]] = {}
    rows = (
        select(
            question_rows.c.key, question_rows.c.id, option_rows.c.key.label("option"), option_rows.c.id.label("oid")
        )
        .outerjoin(option_rows, option_rows.c.question_id == question_rows.c.id)
        .where(question_rows.c.survey_id == survey_id)
    )
    for row in connection.execute(rows):
        _, options = found.setdefault(row.key, (row.id, {}))
        if row.option is not None:
            options[row.option] = row.oid
    return found
