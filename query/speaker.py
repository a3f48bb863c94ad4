"""Whoever puts a view into words: what it knows of the view's table, places and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from model.table import Column
from model.version import TableProfile
from model.view import View
from query.phrases import PHRASES, Phrases
from query.schema import Schema, find_column


@dataclass(frozen=True, slots=True)
class Speaker:
    """A view, the profile of its table, and the names that are known."""

    view: View
    schema: Schema
    profile: TableProfile
    municipalities: Mapping[str, str] = field(default_factory=dict)
    heading: str = ""
    name: str = ""

    @property
    def lang(self) -> str:
        return self.view.lang

    @property
    def phrases(self) -> Phrases:
        return PHRASES[self.lang]

    def find(self, reference: str) -> Column:
        return find_column(self.profile, self.schema.lookups, reference)
