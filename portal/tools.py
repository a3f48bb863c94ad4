"""Herramientas at work: the tool, what the reader chose, the views and the figures that follow."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from editorial.binding import apply, figures, resources, settle
from editorial.herramientas import FOLDER, read_tools
from editorial.tool import Choice, Control, Tool
from figures.reading import ADDITIVE
from model.errors import NotFound, PortalError
from model.table import Cell
from model.territory import STATES
from model.version import ColumnProfile
from model.view import View
from portal.answer import Question
from portal.asking import ask
from portal.language import PARAMETER
from portal.portal import Portal
from portal.ranking import Ranking, ranking
from portal.territory import place_names
from query.address import parse
from query.choose import measures_level
from query.measures import COUNT
from query.resolve import TRACKING

LOG = logging.getLogger(__name__)
PLACE_OF = MappingProxyType({"state": "_entidad", "municipality": "_municipio"})


@dataclass(frozen=True, slots=True)
class Figure:
    """The tool's number for the place chosen, and for the whole country (None: not answered, or not asked).

    `about` says in words what is counted. `summed`: the country's figure is the sum of its places', not an average or a
    rate of all of them, so that one place has a part of it.
    """

    here: float | None
    country: float | None
    about: str = ""
    unit: str = ""
    summed: bool = True

    @property
    def percentage(self) -> float | None:
        """Here as a percentage of the country; None where there is no such part."""
        if not self.summed or self.here is None or not self.country:
            return None
        return 100 * self.here / self.country


@dataclass(frozen=True, slots=True)
class ToolPage:
    """A tool with the reader's choices applied; a step whose data are not ready holds the error instead.

    `rankings` go with the steps: None where a step does not compare places. `places`: the keys chosen, by place column.
    """

    tool: Tool
    chosen: Mapping[str, str]
    options: Mapping[str, tuple[Choice, ...]]
    steps: tuple[Question | PortalError, ...]
    figure: Figure | None
    rankings: tuple[Ranking | None, ...]
    places: Mapping[str, str]


def tools(portal: Portal) -> tuple[Tool, ...]:
    """All tools of the catalogue whose datasets are in it, in order of file name."""
    settings = portal.settings
    folder = (settings.overlay or settings.catalog) / FOLDER
    found = _read(folder, _stamp(folder))
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


def choices(query: str) -> dict[str, str]:
    """What a raw query string chooses; the page's language, and what followers of links add, are no choices."""
    given = parse_qsl(query, keep_blank_values=True)
    return {name: value for name, value in given if name != PARAMETER and name not in TRACKING}


def tool_page(portal: Portal, slug: str, choices: Mapping[str, str], lang: str = "es") -> ToolPage:
    """The tool with these choices, views in `lang`. NotFound, BadRequest for a choice that it cannot take."""
    tool = find_tool(portal, slug)
    made = _within(tool, choices)
    chosen = settle(tool, made)
    places = {PLACE_OF[c.kind]: chosen[c.name] for c in tool.controls if c.kind in PLACE_OF and chosen[c.name]}
    steps = tuple(_step(portal, at, lang) for at in apply(tool, made))
    return ToolPage(
        tool=tool,
        chosen=chosen,
        options={control.name: _options(portal, tool, control, places) for control in tool.controls},
        steps=steps,
        figure=_figure(portal, tool, made, lang),
        rankings=tuple(_ranking(portal, step) for step in steps),
        places=places,
    )


def _within(tool: Tool, choices: Mapping[str, str]) -> dict[str, str]:
    """The choices without a municipality that is not of the chosen state: its state was changed after it."""
    by_kind = {c.kind: choices.get(c.name, "") for c in tool.controls if c.kind in PLACE_OF}
    state, town = by_kind.get("state", ""), by_kind.get("municipality", "")
    lost = bool(town) and "state" in by_kind and town[:2] != state
    gone = {c.name for c in tool.controls if lost and c.kind == "municipality"}
    return {name: value for name, value in choices.items() if name not in gone}


def _ranking(portal: Portal, step: Question | PortalError) -> Ranking | None:
    try:
        return ranking(portal, step) if isinstance(step, Question) else None
    except PortalError:
        return None


def question_at(portal: Portal, at: str, lang: str = "es") -> Question:
    """The question that a site-relative explorer address asks."""
    return portal.question(replace(_view(at), lang=lang))


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the tools' files: an edited one is read again."""
    known = ((path.name, path.stat()) for path in sorted(folder.glob("*.toml")))
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in known)


@lru_cache(maxsize=4)
def _read(folder: Path, _stamp: tuple[tuple[str, int, int], ...]) -> tuple[Tool, ...]:
    found, problems = read_tools(folder)
    for problem in problems:
        LOG.warning("tool %s: %s", problem.where, problem.reason)
    return found


def _view(at: str) -> View:
    parts = urlsplit(at)
    dataset, resource = parts.path.removeprefix("/explora/").split("/")
    return parse(dataset, resource, parts.query)


def _step(portal: Portal, at: str, lang: str = "es") -> Question | PortalError:
    try:
        return question_at(portal, at, lang)
    except PortalError as error:
        return error


def _figure(portal: Portal, tool: Tool, choices: Mapping[str, str], lang: str) -> Figure | None:
    asked = figures(tool, choices)
    if asked is None:
        return None
    try:
        here, country = (question_at(portal, at, lang) for at in asked)
        value, unit = _first_number(portal, here.view)
        total, _unit = _first_number(portal, country.view)
    except PortalError:
        return Figure(None, None)
    return Figure(value, total, " · ".join((country.words.title, *country.words.filters)), unit, _summed(country))


def _summed(question: Question) -> bool:
    """Whether the figure asked for is a count or a sum of amounts."""
    measure = next(iter(question.view.measures), COUNT)
    amount = measure.function in ADDITIVE and not measure.ratio
    return amount and not measures_level(measure, question.profile)


@lru_cache(maxsize=2048)
def _first_number(portal: Portal, pinned: View) -> tuple[float | None, str]:
    """The one number that answers a pinned view, with its unit: it never changes."""
    table = ask(portal, pinned, draw=False).table
    cell: Cell = table.rows[0][-1] if table.rows else None
    return None if cell is None else float(str(cell)), table.columns[-1].unit


def _options(portal: Portal, tool: Tool, control: Control, places: Mapping[str, str]) -> tuple[Choice, ...]:
    """What a control offers: its own choices, the places, or the values of the column that it binds.

    Where a tool asks for the state too, municipalities are those of the chosen one.
    """
    if control.choices:
        return control.choices
    if control.kind == "state":
        return tuple(Choice(state.key, state.name) for state in STATES)
    if control.kind == "municipality":
        asks_state = any(c.kind == "state" for c in tool.controls)
        names = place_names(portal.settings.territories)["_municipio"]
        kept = {key: name for key, name in names.items() if not asks_state or key[:2] == places.get("_entidad")}
        return tuple(Choice(key, name) for key, name in sorted(kept.items(), key=lambda item: item[1]))
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
