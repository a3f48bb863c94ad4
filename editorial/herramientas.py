"""Herramientas as files: one TOML a tool (docs/herramientas.md); a bad one is listed with its reason, the rest load."""

from __future__ import annotations

import re
from pathlib import Path

from editorial.binding import FIGURE, accepts, resource_of
from editorial.tool import KINDS, Bind, Choice, Control, Shows, Step, Tool
from model.dataset import Problem
from model.declared import InvalidDeclaration, Table, known, needed, one_of, read_toml, table, tables, text, texts
from model.spelling import slug
from model.themes import THEMES

FOLDER = "herramientas"
TOP = (
    "title", "summary", "theme", "agencies", "explanation", "instructions", "featured", "figure", "shows", "steps",
    "controls",
)  # fmt: skip
STEP = ("name", "title", "address", "note")
CONTROL = ("name", "label", "kind", "default", "optional", "all", "choices", "binds")
CHOICE = ("value", "label")
BIND = ("step", "parameter", "pattern")
SHOWS = ("count", "percentage", "national_total")

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read_tools(folder: Path) -> tuple[tuple[Tool, ...], tuple[Problem, ...]]:
    """The tools of the `*.toml` files of `folder`, in order of file name, and those that could not be read.

    A folder that is not there holds no tools.
    """
    found: list[Tool] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            found.append(read_tool(path))
        except InvalidDeclaration as error:
            problems.append(Problem(path.name, error.message))
    return tuple(found), tuple(problems)


def read_tool(path: Path) -> Tool:
    """The tool of one file; its slug is the file's name. Raises InvalidDeclaration."""
    data = read_toml(path)
    known(data, TOP, path.name)
    steps = tuple(
        _step(entry, f"steps[{i}]") for i, entry in enumerate(tables(needed(data, "steps", path.name), "steps"), 1)
    )
    if not steps:
        raise InvalidDeclaration("La herramienta no tiene vistas («steps»).")
    _distinct([step.name for step in steps], "steps")
    figure = _address(data["figure"], "figure") if "figure" in data else ""
    places = {step.name for step in steps} | ({FIGURE} if figure else set())
    controls = tuple(
        _control(entry, f"controls[{i}]", places)
        for i, entry in enumerate(tables(data.get("controls", []), "controls"), 1)
    )
    _distinct([control.name for control in controls], "controls")
    shows = _shows(table(data.get("shows", {}), "shows"))
    if not figure and shows != Shows():
        raise InvalidDeclaration("«shows» necesita una vista de una sola cifra («figure»).")
    return Tool(
        slug=slug(path.stem),
        title=text(needed(data, "title", path.name), "title"),
        summary=text(needed(data, "summary", path.name), "summary"),
        theme=one_of(needed(data, "theme", path.name), THEMES, "theme"),
        agencies=texts(needed(data, "agencies", path.name), "agencies"),
        explanation=text(needed(data, "explanation", path.name), "explanation"),
        instructions=texts(data.get("instructions", []), "instructions"),
        steps=steps,
        controls=controls,
        shows=shows,
        figure=figure,
        featured=_flag(data.get("featured", False), "featured"),
    )


def _step(entry: Table, where: str) -> Step:
    known(entry, STEP, where)
    return Step(
        name=_name(needed(entry, "name", where), f"{where}.name"),
        title=text(needed(entry, "title", where), f"{where}.title"),
        address=_address(needed(entry, "address", where), f"{where}.address"),
        note=text(entry["note"], f"{where}.note") if "note" in entry else "",
    )


def _control(entry: Table, where: str, places: set[str]) -> Control:
    known(entry, CONTROL, where)
    binds = tuple(
        _bind(bind, f"{where}.binds[{i}]", places)
        for i, bind in enumerate(tables(needed(entry, "binds", where), f"{where}.binds"), 1)
    )
    if not binds:
        raise InvalidDeclaration(f"{where} no se une a ninguna vista («binds»).")
    control = Control(
        name=_name(needed(entry, "name", where), f"{where}.name"),
        label=text(needed(entry, "label", where), f"{where}.label"),
        kind=one_of(needed(entry, "kind", where), KINDS, f"{where}.kind"),
        binds=binds,
        choices=tuple(
            _choice(choice, f"{where}.choices[{i}]")
            for i, choice in enumerate(tables(entry.get("choices", []), f"{where}.choices"), 1)
        ),
        default=text(entry["default"], f"{where}.default") if "default" in entry else "",
        optional=_flag(entry.get("optional", False), f"{where}.optional"),
        all=text(entry.get("all", "Todo el país"), f"{where}.all"),
    )
    if control.kind == "indicator" and not control.choices:
        raise InvalidDeclaration(f"{where}: un indicador necesita sus opciones («choices»).")
    if control.default and not accepts(control, control.default):
        raise InvalidDeclaration(f"{where}.default no es un valor del control.")
    if not control.default and not control.optional:
        raise InvalidDeclaration(f"{where} necesita un valor inicial («default») u «optional = true».")
    return control


def _bind(entry: Table, where: str, places: set[str]) -> Bind:
    known(entry, BIND, where)
    pattern = text(entry.get("pattern", "{}"), f"{where}.pattern")
    if pattern.count("{}") != 1:
        raise InvalidDeclaration(f"{where}.pattern debe llevar una vez {{}}, donde va el valor.")
    step = one_of(needed(entry, "step", where), tuple(sorted(places)), f"{where}.step")
    return Bind(step, text(needed(entry, "parameter", where), f"{where}.parameter"), pattern)


def _choice(entry: Table, where: str) -> Choice:
    known(entry, CHOICE, where)
    return Choice(
        text(needed(entry, "value", where), f"{where}.value"), text(needed(entry, "label", where), f"{where}.label")
    )


def _shows(entry: Table) -> Shows:
    known(entry, SHOWS, "shows")
    return Shows(**{name: _flag(value, f"shows.{name}") for name, value in entry.items()})


def _address(value: object, where: str) -> str:
    address = text(value, where)
    try:
        resource_of(address)
    except ValueError:
        raise InvalidDeclaration(f"{where} debe empezar con /explora/<conjunto>/<recurso>.") from None
    return address


def _name(value: object, where: str) -> str:
    name = text(value, where)
    if not _NAME.fullmatch(name):
        raise InvalidDeclaration(f"{where} lleva sólo letras minúsculas sin acento, números y guion bajo.")
    return name


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidDeclaration(f"{where} debe ser true o false.")
    return value


def _distinct(names: list[str], where: str) -> None:
    if len(set(names)) < len(names):
        raise InvalidDeclaration(f"«{where}» repite un nombre.")
