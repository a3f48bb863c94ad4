"""Surveys: questions with stable ids, what a person answered, and what all of them said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Answers = Mapping[str, tuple[str, ...]]  # question id → option ids, or the one text


@dataclass(frozen=True, slots=True)
class Option:
    """A choice. `id` stays for ever, `label` may be edited; a `removed` one keeps the answers it had."""

    id: str
    label: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `kind` names a file of `participation/questions/`. A scale's points are its options, in order.

    `id` stays for ever: the answers hang on it, not on the words.
    """

    id: str
    kind: str
    text: str
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    removed: bool = False

    def asked(self) -> tuple[Option, ...]:
        """The options that may be chosen now."""
        return tuple(option for option in self.options if not option.removed)


class SurveyState(StrEnum):
    """Where a published survey stands. `label` is what a visitor reads."""

    SOON = "por_abrir"
    OPEN = "abierta"
    CLOSED = "cerrada"

    @property
    def label(self) -> str:
        return {"por_abrir": "por abrir", "abierta": "abierta", "cerrada": "cerrada"}[self]


@dataclass(frozen=True, slots=True)
class Survey:
    """A public survey; `slug` is its address and its identity.

    `open` and `published` are switches: one that is not published does not exist for the public. `opens` and `closes`
    are its first and last day (None: no such limit); `sealed` keeps the results until it closes. `agency` is the slug
    of who asks ("": the portal itself). `questions` hold the removed ones too, last.
    """

    slug: str
    title: str
    description: str = ""
    agency: str = ""
    questions: tuple[Question, ...] = ()
    opens: date | None = None
    closes: date | None = None
    open: bool = False
    published: bool = False
    sealed: bool = False

    def asked(self) -> tuple[Question, ...]:
        """The questions of the form, in order."""
        return tuple(question for question in self.questions if not question.removed)

    def state(self, today: date) -> SurveyState:
        """Where it stands on this day of Mexico."""
        if self.open and self.opens is not None and today < self.opens:
            return SurveyState.SOON
        ended = self.closes is not None and today > self.closes
        return SurveyState.OPEN if self.open and not ended else SurveyState.CLOSED

    def tells(self, today: date) -> bool:
        """Whether its results may be seen on this day."""
        return not self.sealed or self.state(today) is SurveyState.CLOSED


@dataclass(frozen=True, slots=True)
class Said:
    """An open answer, as it was written."""

    id: int
    question: str
    text: str
    created: datetime
    hidden: str = ""  # why a moderator hid it


@dataclass(frozen=True, slots=True)
class Tally:
    """What people answered to one question: `answered` people; (option, times chosen) in the options' order."""

    question: Question
    answered: int
    counts: tuple[tuple[Option, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A survey's answers so far: `people` answered it; one tally a question, in its order."""

    survey: Survey
    people: int
    tallies: tuple[Tally, ...]
    last: datetime | None = None
