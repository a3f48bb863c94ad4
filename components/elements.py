"""The elements that dash.html lacks or cannot draw quickly: native controls, tables and the explorer's parts.

Each is a small React component in `assets/`, of the same name, in `window.ventanilla`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash.development.base_component import Component

Attributes = Mapping[str, str | int | bool]


def marks(attributes: Mapping[str, str]) -> dict[str, Any]:
    """`data-` and `aria-` attributes, to be given to a component with two stars."""
    return dict(attributes)


class _Element(Component):
    """A component that `assets/` defines in `window.ventanilla`."""

    _namespace = "ventanilla"
    _children_props: list[str] = []  # noqa: RUF012  Dash reads these as plain class attributes
    _base_nodes = ["children"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)  # type: ignore[no-untyped-call]  # Dash's own is

    @property
    def available_properties(self) -> list[str]:
        """The names of the properties, as Dash's callback checks ask for them."""
        return list(self._prop_names)


class Control(_Element):
    """One native input, select or textarea; its `value` is a callback's State."""

    _type = "Control"
    _prop_names = ["id", "tag", "type", "value", "options", "attributes"]  # noqa: RUF012

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        tag: str = "input",
        type: str = "",  # noqa: A002
        value: str = "",
        options: Sequence[Mapping[str, Any]] | None = None,
        attributes: Attributes | None = None,
    ) -> None:
        given: dict[str, Any] = {"tag": tag, "type": type, "value": value, "attributes": dict(attributes or {})}
        if options is not None:
            given["options"] = list(options)
        super().__init__(**_with_id(given, id))


class Table(_Element):
    """A table in its own scrolling, focusable box; build it with `components.table.table`."""

    _type = "Table"
    _prop_names = [  # noqa: RUF012
        "id", "caption", "label", "columns", "rows", "sortable", "rowHeader", "empty", "blank", "hrefs", "busy", "ask",
        "askLabel",
    ]  # fmt: skip


class Controls(_Element):
    """Everything beside the drawing, from a schema of `components.controls` and the address' query string."""

    _type = "Controls"
    _prop_names = ["id", "schema", "query"]  # noqa: RUF012


class Chips(_Element):
    """The filters that are on, each with its way out."""

    _type = "Chips"
    _prop_names = ["id", "query"]  # noqa: RUF012


class Modes(_Element):
    """Chart, map or table."""

    _type = "Modes"
    _prop_names = ["id", "query", "modes"]  # noqa: RUF012


class Pager(_Element):
    """Where one is in a long table, and which columns of it are shown."""

    _type = "Pager"
    _prop_names = ["id", "query", "total", "page", "pages", "size"]  # noqa: RUF012


class Problem(_Element):
    """Why the last wish could not be answered; nothing while `message` is empty."""

    _type = "Problem"
    _prop_names = ["id", "message"]  # noqa: RUF012


class Still(_Element):
    """A picture that loads when it comes near the screen, its room kept."""

    _type = "Still"
    _prop_names = ["id", "src", "alt"]  # noqa: RUF012


class MapPanel(_Element):
    """Beside a map: legend, place search, and the figure of the place that was picked."""

    _type = "MapPanel"
    _prop_names = ["id", "board", "labels", "payload", "picked"]  # noqa: RUF012


def _with_id(given: dict[str, Any], identity: str | None) -> dict[str, Any]:
    return given if identity is None else {**given, "id": identity}
