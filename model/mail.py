"""A mail that is to be sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person. `key` names it: two with the same key are one mail.

    `headers` are further ones, as (name, value). No line ends in them: the outbox refuses those.
    """

    key: str
    to: str
    subject: str
    text: str
    headers: tuple[tuple[str, str], ...] = ()
