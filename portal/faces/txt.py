"""`.txt`: the answer described in words."""

from __future__ import annotations

from figures.describe import describe
from portal.answer import Answer
from portal.face import Context, Face
from portal.tables import describe_table


def render(answer: Answer, _: Context) -> bytes:
    """At most 60 words of plain text."""
    text = describe(answer.drawing) if answer.drawing else describe_table(answer)
    return text.encode()


FACE = Face(".txt", "Descripción", "text/plain; charset=utf-8", render, drawn=True, rel="txt")
