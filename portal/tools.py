"""Herramientas at work: the tool, what the reader chose, the views and the figures that follow."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from editorial.binding import apply, figures, resources, settle
from editorial.herramientas import FOLDER, read_tools
from editorial.tool import Choice, Control, Tool
from model.errors import NotFound, PortalError
from model.table import Cell
from model.territory import STATES
from model.version import ColumnProfile
from model.view import View
from portal.answer import Question
from portal.asking import ask
from portal.portal import Portal
from portal.territory import place_names
from query.address import parse

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Figure:
    """The tool's number for the place chosen, and for the whole country (None: not answered, or not asked)."""

    here: float | None
    country: float | None

    @property
    def percentage(self) -> float | None:
        """Here as a percentage of the country."""
        return 100 * self.here / self.country if self.here is not None and self.country else None


@dataclass(frozen=True, slots=True)
class ToolPage:
    """A tool with the reader's choices applied; a step whose data are not ready holds the error instead."""

    tool: Tool
    chosen: Mapping[str, str]
    options: Mapping[str, tuple[Choice, ...]]
    steps: tuple[Question | PortalError, ...]
    figure: Figure | None


def tools(portal: Portal) -> tuple[Tool, ...]:
    """All tools of the catalogue whose datasets are in it, in order of file name."""
    settings = portal.settings
    found = _read((settings.overlay or settings.catalog) / FOLDER)
    known = portal.snapshot.datasets
    return tuple(t for t in found if all(dataset in known for dataset, _ in resources(t)))


def find_tool(portal: Portal, slug: str) -> Tool:
    """The tool, or NotFound."""
    found = next((t for t in tools(portal) if t.slug == slug), None)
    if found is None:
        raise NotFound("No existe esta herramienta.")
    return found


def tools_using(portal: Portal, dataset: str) -> tuple[Tool, ...]:
    """The tools that show something of a dataset."""
    return tuple(t for t in tools(portal) if dataset in {d for d, _ in resources(t)})


def tool_page(portal: Portal, slug: str, choices: Mapping[str, str]) -> ToolPage:
    """The tool with these choices. Raises NotFound, BadRequest for a choice that it cannot take."""
    tool = find_tool(portal, slug)
    return ToolPage(
        tool=tool,
        chosen=settle(tool, choices),
        options={control.name: _options(portal, tool, control) for control in tool.controls},
        steps=tuple(_step(portal, at) for at in apply(tool, choices)),
        figure=_figure(portal, tool, choices),
    )


def question_at(portal: Portal, at: str) -> Question:
    """The question that a site-relative explorer address asks."""
    return portal.question(_view(at))


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[Tool, ...]:
    found, problems = read_tools(folder)
    for problem in problems:
        LOG.warning("tool %s: %s", problem.where, problem.reason)
    return found


def _view(at: str) -> View:
    parts = urlsplit(at)
    dataset, resource = parts.path.removeprefix("/explora/").split("/")
    return parse(dataset, resource, parts.query)


def _step(portal: Portal, at: str) -> Question | PortalError:
    try:
        return question_at(portal, at)
    except PortalError as error:
        return error


def _figure(portal: Portal, tool: Tool, choices: Mapping[str, str]) -> Figure | None:
    asked = figures(tool, choices)
    return Figure(*(_number(portal, at) for at in asked)) if asked else None


def _number(portal: Portal, at: str) -> float | None:
    try:
        return _first_number(portal, question_at(portal, at).view)
    except PortalError:
        return None


@lru_cache(maxsize=2048)
def _first_number(portal: Portal, pinned: View) -> float | None:
    """The one number that answers a pinned view: it never changes."""
    rows = ask(portal, pinned, draw=False).table.rows
    cell: Cell = rows[0][-1] if rows else None
    return None if cell is None else float(str(cell))


def _options(portal: Portal, tool: Tool, control: Control) -> tuple[Choice, ...]:
    """What a control offers: its own choices, the places, or the values of the column that it binds."""
    if control.choices:
        return control.choices
    if control.kind == "state":
        return tuple(Choice(state.key, state.name) for state in STATES)
    if control.kind == "municipality":
        names = place_names(portal.settings.territories).get("_municipio", {})
        return tuple(Choice(key, name) for key, name in sorted(names.items(), key=lambda item: item[1]))
    profile = _bound_profile(portal, tool, control)
    return _values(profile, control.kind) if profile else ()


def _bound_profile(portal: Portal, tool: Tool, control: Control) -> ColumnProfile | None:
    addresses = {step.name: step.address for step in tool.steps}
    for bind in control.binds:
        if bind.step in addresses and not bind.parameter.startswith("_"):
            question = _step(portal, addresses[bind.step])
            if isinstance(question, Question):
                return question.profile.profile(bind.parameter.rpartition("__")[0] or bind.parameter)
    return None


def _values(profile: ColumnProfile, kind: str) -> tuple[Choice, ...]:
    low, high = profile.minimum, profile.maximum
    if kind in ("year", "month") and isinstance(low, date) and isinstance(high, date):
        years = range(high.year, low.year - 1, -1)
        if kind == "year":
            return tuple(Choice(str(y), str(y)) for y in years)
        months = (f"{y}-{m:02}" for y in years for m in range(12, 0, -1))
        return tuple(Choice(m, m) for m in months if f"{low:%Y-%m}" <= m <= f"{high:%Y-%m}")
    values = sorted((value for value, _ in profile.top), reverse=kind == "year")
    return tuple(Choice(value, value) for value in values)
