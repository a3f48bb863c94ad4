"""Numbered questions for the tests of threads, and their answers."""

from __future__ import annotations

from model.people import User
from model.thread import Anchor, AnswerType, NewAnswer, NewThread

OPERATOR = User(0, "", "Equipo del portal", "", True)


def post(number: int, page: str = "/datos", **anchor: str) -> NewThread:
    """Question `number`, with a token of its own."""
    return NewThread("pregunta", Anchor(page, **anchor), f"¿Pregunta número {number}?", f"token-{number:020}", "Ana")


def reply_to(number: int) -> NewAnswer:
    """The answer to question `number`, with a token of its own."""
    return NewAnswer(AnswerType.REASON, f"Respuesta {number}.", uncited="No hace falta.", token=f"answer-{number:020}")
