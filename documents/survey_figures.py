"""What the documents of surveys show: who asks, where it stands, and the bars of each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from figures.formats import number
from model.survey import Question, Survey, SurveyState, Tally
from participation.question import percent, type_named
from portal.portal import Portal
from portal.survey_words import asker, when
from portal.usecases.surveys import Shown, Texts


@dataclass(frozen=True, slots=True)
class About:
    """A survey with who asks, where it stands, until when, and whether its results may be seen."""

    survey: Survey
    asker: str
    state: SurveyState
    when: str
    tells: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One option's row: how many chose it, the share of those who answered, and how long its bar is (0 to 100)."""

    label: str
    removed: bool
    times: str
    share: str
    length: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One question's results. `view` and `picture` are addresses of its chart, "" until it is published as data."""

    question: Question
    answered: int
    summary: str
    bars: tuple[Bar, ...]
    texts: Texts | None
    view: str
    picture: str


def about(portal: Portal, survey: Survey, day: date) -> About:
    """What every document of a survey is told."""
    return About(survey, asker(portal, survey), survey.state(day), when(survey, day), survey.tells(day))


def controls(survey: Survey) -> Mapping[str, str]:
    """How the form shows each question, by its id: radio, checkbox or textarea."""
    return {question.id: type_named(question.kind).control for question in survey.asked()}


def figure_of(tally: Tally, shown: Shown) -> Figure:
    """A question's bars: those of removed options too, so marked, where they have answers."""
    question = tally.question
    most = max((times for _, times in tally.counts), default=0)
    bars = tuple(
        Bar(
            label=option.label,
            removed=option.removed,
            times=number(times),
            share=percent(times, tally.answered),
            length=round(100 * times / most, 1) if most else 0.0,
        )
        for option, times in tally.counts
        if times or not option.removed
    )
    view = shown.views.get(question.id, "")
    return Figure(
        question=question,
        answered=tally.answered,
        summary=type_named(question.kind).summary(tally),
        bars=bars,
        texts=shown.texts.get(question.id),
        view=view,
        picture=view.replace("?", ".svg?", 1),
    )
