"""What a reader chose, put into the addresses of a tool's views: plain text work on query strings.

The rule: a control's value, written by the bind's pattern, becomes the only value of the bound parameter; the empty
value takes the parameter out; what no control binds stays as the tool has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, quote

from editorial.tool import PLACES, Control, Tool
from model.errors import BadRequest
from model.spelling import nearest

FIGURE = "figure"  # the step name under which controls bind the tool's one-number view

_SHAPES = MappingProxyType(
    {
        "year": re.compile(r"[0-9]{4}"),
        "month": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"),
        "state": re.compile(r"0[1-9]|[12][0-9]|3[0-2]"),
        "municipality": re.compile(r"(0[1-9]|[12][0-9]|3[0-2])[0-9]{3}"),
    }
)
_LISTS = re.compile(r"_highlight|.*__in")
_QUOTED = re.compile(r'[,:"~]|__|^[-_.]|^\s|\s$')
_LONGEST = 200


def apply(tool: Tool, choices: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses of the tool's steps, in order, for `choices` (control name → value; missing ones by default).

    Raises BadRequest for an unknown control or a value that it cannot take.
    """
    chosen = settle(tool, choices)
    return tuple(_bound(tool, step.name, step.address, chosen) for step in tool.steps)


def figures(tool: Tool, choices: Mapping[str, str]) -> tuple[str, str] | None:
    """The tool's one-number view for the chosen place, and for the whole country; None if it has none."""
    if not tool.figure:
        return None
    chosen = settle(tool, choices)
    country = {c.name: "" if c.kind in PLACES else chosen[c.name] for c in tool.controls}
    return _bound(tool, FIGURE, tool.figure, chosen), _bound(tool, FIGURE, tool.figure, country)


def settle(tool: Tool, choices: Mapping[str, str]) -> dict[str, str]:
    """Every control's value: the chosen one, or the default. Raises BadRequest as `apply`."""
    for name in choices:
        if tool.control(name) is None:
            near = nearest(name, [control.name for control in tool.controls])
            hint = f" ¿Quiso decir «{near}»?" if near else ""
            raise BadRequest(f"La herramienta no tiene el control «{name[:80]}».{hint}")
    return {control.name: _value(control, choices) for control in tool.controls}


def resource_of(address: str) -> tuple[str, str]:
    """(dataset, resource) slugs of a view's address; ValueError if it is not `/explora/<dataset>/<resource>`."""
    path = address.partition("?")[0]
    found = re.fullmatch(r"/explora/([a-z0-9-]+)/([a-z0-9-]+)", path)
    if found is None:
        raise ValueError(address)
    return found[1], found[2]


def resources(tool: Tool) -> tuple[tuple[str, str], ...]:
    """The resources that the tool uses, each once, in order of use: (dataset, resource) slugs."""
    addresses = [step.address for step in tool.steps] + ([tool.figure] if tool.figure else [])
    return tuple(dict.fromkeys(resource_of(address) for address in addresses))


def _value(control: Control, choices: Mapping[str, str]) -> str:
    value = choices.get(control.name, control.default)
    if accepts(control, value):
        return value
    raise BadRequest(f"«{value[:80]}» no es un valor de «{control.label}».")


def accepts(control: Control, value: str) -> bool:
    """True if the control can take `value`; the empty one only where it is optional."""
    if not value:
        return control.optional
    if control.choices:
        return any(choice.value == value for choice in control.choices)
    shape = _SHAPES.get(control.kind)
    return len(value) <= _LONGEST and "\0" not in value and (shape is None or shape.fullmatch(value) is not None)


def _bound(tool: Tool, step: str, address: str, chosen: Mapping[str, str]) -> str:
    path, _, query = address.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    for control in tool.controls:
        for bind in control.binds:
            if bind.step == step:
                value = chosen[control.name]
                if value and _LISTS.fullmatch(bind.parameter):
                    value = _item(value)
                pairs = _put(pairs, bind.parameter, bind.pattern.replace("{}", value) if value else "")
    text = "&".join(f"{quote(name, safe=':,/')}={quote(value, safe=':,/')}" for name, value in pairs)
    return f"{path}?{text}" if text else path


def _put(pairs: list[tuple[str, str]], name: str, value: str) -> list[tuple[str, str]]:
    at = next((i for i, pair in enumerate(pairs) if pair[0] == name), len(pairs))
    kept = [pair for pair in pairs if pair[0] != name]
    if value:
        kept.insert(min(at, len(kept)), (name, value))
    return kept


def _item(value: str) -> str:
    """A value as an item of a list, in double quotes where the address needs them."""
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value
