"""Surveys with their answers, and the counts of what people look for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _surveys()
    _questions()
    _replies()
    _demand()


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("closes", sa.Date(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("slug", name=op.f("uq_surveys_slug")),
    )


def _questions() -> None:
    op.create_table(
        "survey_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_questions_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_questions")),
        sa.UniqueConstraint("survey_id", "key", name=op.f("uq_survey_questions_survey_id_key")),
    )
    op.create_table(
        "survey_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["survey_questions.id"], name=op.f("fk_survey_options_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_options")),
        sa.UniqueConstraint("question_id", "key", name=op.f("uq_survey_options_question_id_key")),
    )


def _replies() -> None:
    op.create_table(
        "survey_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_replies_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_replies")),
        sa.UniqueConstraint("survey_id", "person", name=op.f("uq_survey_replies_survey_id_person")),
        sa.UniqueConstraint("token", name=op.f("uq_survey_replies_token")),
    )
    op.create_index(op.f("ix_survey_replies_person"), "survey_replies", ["person"], unique=False)
    op.create_table(
        "survey_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hidden", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["survey_replies.id"], name=op.f("fk_survey_answers_reply_id")),
        sa.ForeignKeyConstraint(["question_id"], ["survey_questions.id"], name=op.f("fk_survey_answers_question_id")),
        sa.ForeignKeyConstraint(["option_id"], ["survey_options.id"], name=op.f("fk_survey_answers_option_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        sa.UniqueConstraint(
            "reply_id", "question_id", "option_id", name=op.f("uq_survey_answers_reply_id_question_id_option_id")
        ),
    )
    op.create_index(op.f("ix_survey_answers_reply_id"), "survey_answers", ["reply_id"], unique=False)
    op.create_index(
        op.f("ix_survey_answers_question_id_survey_answers_option_id"),
        "survey_answers",
        ["question_id", "option_id"],
        unique=False,
    )


def _demand() -> None:
    op.create_table(
        "demand",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "what", "dataset", "resource", "term", name=op.f("pk_demand")),
    )
    op.create_index(op.f("ix_demand_what_demand_day"), "demand", ["what", "day"], unique=False)
    op.create_table(
        "hidden_terms",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hidden", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_hidden_terms")),
    )
