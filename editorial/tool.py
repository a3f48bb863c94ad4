"""A Herramienta: texts, ordered views, and controls that put what a reader chooses into the views' addresses."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("indicator", "year", "month", "state", "municipality", "choice")
PLACES = ("state", "municipality")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a control: what goes into the address, and what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Bind:
    """Where a control's value goes: `parameter` of the step `step`, written by `pattern`, whose `{}` is the value."""

    step: str
    parameter: str
    pattern: str = "{}"


@dataclass(frozen=True, slots=True)
class Control:
    """A typed parameter. Without `choices` the portal lists the values of the bound column (or the places).

    `optional` adds an empty choice, labelled `all`, that takes the parameter out of the address.
    Values: a year `2024`, a month `2024-05`, a state `14`, a municipality `11017`, else text.
    """

    name: str
    label: str
    kind: str
    binds: tuple[Bind, ...]
    choices: tuple[Choice, ...] = ()
    default: str = ""
    optional: bool = False
    all: str = "Todo el país"


@dataclass(frozen=True, slots=True)
class Step:
    """One view of the tool, in order: the address of a chart, map or table, with a heading and a line of text."""

    name: str
    title: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shows:
    """Which figures stand above the views. They come from the tool's `figure`."""

    count: bool = False
    percentage: bool = False
    national_total: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """One Herramienta. `figure` is a view that answers one number ("" for none): its count for the chosen place,
    and the national total without it.
    """

    slug: str
    title: str
    summary: str
    theme: str
    agencies: tuple[str, ...]
    explanation: str
    instructions: tuple[str, ...]
    steps: tuple[Step, ...]
    controls: tuple[Control, ...] = ()
    shows: Shows = Shows()
    figure: str = ""
    featured: bool = False

    def control(self, name: str) -> Control | None:
        """The control with this name, or None."""
        return next((control for control in self.controls if control.name == name), None)
