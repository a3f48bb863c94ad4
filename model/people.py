"""Who signs in: the people of an agency, and the portal's operators."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in. `agency` is the slug that they act for ("": none, an operator of the portal)."""

    id: int
    email: str
    name: str
    agency: str
    operator: bool

    def acts_for(self, agency: str) -> bool:
        """Whether they may answer and moderate what is addressed to `agency` ("": the portal itself)."""
        return self.operator or (bool(agency) and self.agency == agency)
