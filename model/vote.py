"""Votes: how many people say that they want or have the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes of one thread: with a confirmed e-mail and without; `mine` says that the reader's is among them."""

    confirmed: int = 0
    unconfirmed: int = 0
    mine: bool = False

    @property
    def total(self) -> int:
        return self.confirmed + self.unconfirmed
