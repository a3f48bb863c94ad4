"""What `ask` gives back: the canonical question, where its answer comes from, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from figures.drawing import Drawing
from model.dataset import Dataset, Resource
from model.table import Table
from model.version import Manifest, Release, TableProfile
from model.view import View
from query.words import Words


@dataclass(frozen=True, slots=True)
class Question:
    """A View made canonical against its version: cheap to make, enough for a cache key."""

    view: View  # pinned, canonical
    dataset: Dataset
    resource: Resource
    manifest: Manifest
    release: Release
    profile: TableProfile
    words: Words
    pinned: bool  # whether the asker named the version


@dataclass(frozen=True, slots=True)
class Answer:
    """The question and its table; `drawing` is None for a plain table."""

    question: Question
    table: Table
    drawing: Drawing | None
