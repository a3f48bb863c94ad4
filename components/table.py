"""Tables, wherever one stands: in the explorer and on every other page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.elements import Table
from components.messages import gettext as _


def column(name: str, title: str = "", *, numeric: bool = False, unit: str = "") -> dict[str, Any]:
    """One column of `table`: `title` is shown ("" means the name), `unit` follows it."""
    return {"name": name, "title": title or name, "numeric": numeric, "unit": unit}


def table(
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    hrefs: Sequence[str] = (),
    sortable: bool = False,
    row_header: bool = True,
    empty: str = "",
    ask: str = "",
    id: str | None = None,  # noqa: A002
) -> Table:
    """A semantic table with a caption for screen readers, in a box that scrolls by itself.

    `rows` hold one text per column ("" is shown as a dash); `hrefs` link the first cell of each row.
    `ask` is the pinned address of the view that these are the rows of: each then has a button to ask about it.
    `sortable` headers are buttons that set `_sort` in the address.
    """
    given: dict[str, Any] = {
        "caption": caption,
        "columns": [dict(c) for c in columns],
        "rows": [list(r) for r in rows],
        "rowHeader": row_header,
        "sortable": sortable,
        "empty": empty or _("Ningún renglón."),
        "blank": _("Sin dato"),
    }
    if ask:
        given |= {"ask": ask, "askLabel": _("Preguntar")}
    if hrefs:
        given["hrefs"] = list(hrefs)
    if id is not None:
        given["id"] = id
    return Table(**given)
