"""Numbered questions for the tests of threads."""

from __future__ import annotations

from model.thread import Anchor, NewThread


def post(number: int, page: str = "/datos", **anchor: str) -> NewThread:
    """Question `number`, with a token of its own."""
    return NewThread("pregunta", Anchor(page, **anchor), f"¿Pregunta número {number}?", f"token-{number:020}", "Ana")
