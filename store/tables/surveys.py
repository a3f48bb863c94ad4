"""Surveys and their answers."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint

from store.tables.base import Moment, Words, metadata

surveys = Table(
    "surveys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", Words, nullable=False, unique=True),
    Column("title", Words, nullable=False),
    Column("description", Words, nullable=False),
    Column("agency", Words, nullable=False),
    Column("opens", Date),
    Column("closes", Date),
    Column("open", Boolean, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
)

survey_questions = Table(
    "survey_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("survey_id", ForeignKey("surveys.id"), nullable=False),
    Column("key", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("hint", Words, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
    UniqueConstraint("survey_id", "key"),
)

survey_options = Table(
    "survey_options",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question_id", ForeignKey("survey_questions.id"), nullable=False),
    Column("key", Words, nullable=False),
    Column("label", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
    UniqueConstraint("question_id", "key"),
)

survey_replies = Table(
    "survey_replies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("survey_id", ForeignKey("surveys.id"), nullable=False),
    Column("person", Words, nullable=False),
    Column("token", Words, nullable=False, unique=True),
    Column("created", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    UniqueConstraint("survey_id", "person"),
    Index(None, "person"),
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reply_id", ForeignKey("survey_replies.id"), nullable=False, index=True),
    Column("question_id", ForeignKey("survey_questions.id"), nullable=False),
    Column("option_id", ForeignKey("survey_options.id")),
    Column("text", Words, nullable=False),
    Column("hidden", Words, nullable=False),
    UniqueConstraint("reply_id", "question_id", "option_id"),
    Index(None, "question_id", "option_id"),
)
