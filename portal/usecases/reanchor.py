"""What became of what a thread points at: the same, changed, or gone in the present release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from urllib.parse import quote, urlsplit

from model.errors import BadRequest, PortalError
from model.table import Cell
from model.thread import Anchor
from model.view import Filter, View
from portal.answer import Answer
from portal.asking import answer
from portal.cells import plain
from portal.changes import SIGNIFICANT, compare
from portal.place import place_at
from portal.portal import Portal
from portal.tables import written_rows
from query.address import address, parse

EXPLORER = "/explora/<dataset>/<resource>"
REVISION = 1  # raise it when the same release is judged differently


class Fate(StrEnum):
    """What became of an anchor's figure since it was looked at."""

    SAME = "sigue_igual"
    CHANGED = "cambio"
    GONE = "ya_no_esta"


@dataclass(frozen=True, slots=True)
class Standing:
    """The fate in a release's `version`. `value` is what a changed figure is now, as people read it ("": several)."""

    fate: Fate
    version: str
    value: str = ""

    @property
    def words(self) -> str:
        """«sigue igual», «cambió a 3,201», «ya no está»."""
        if self.fate is Fate.CHANGED:
            return f"cambió a {self.value}" if self.value else "cambió"
        return {"sigue_igual": "sigue igual", "ya_no_esta": "ya no está"}[self.fate]


def standing(portal: Portal, anchor: Anchor) -> Standing | None:
    """What became of an anchor since its version; None while that is the present one, or nothing can be said.

    A resource whose load failed or is not done says nothing. Kept by version: a release is judged once.
    """
    view = _view(anchor)
    if view is None or not anchor.version:
        return None
    release = portal.snapshot.releases.get((view.dataset, view.resource))
    if release is None or release.version == anchor.version:
        return None
    key = hashlib.sha256(repr((REVISION, asdict(anchor), release.version)).encode()).hexdigest()
    kept: bytes | None = portal.cache.get(key)
    if kept is None:
        try:
            judged = _judge(portal, anchor, replace(view, version=release.version))
        except BadRequest:  # the present release has not got what the view names
            judged = Standing(Fate.GONE, release.version)
        except PortalError:
            return None
        kept = json.dumps(asdict(judged) if judged else None).encode()
        portal.cache.set(key, kept)
    found = json.loads(kept)
    return Standing(Fate(found["fate"]), found["version"], found["value"]) if found else None


def opening(anchor: Anchor) -> str:
    """The address that shows exactly what was looked at: the pinned view, its row marked; else the page."""
    view = _view(anchor)
    if view is None:
        return anchor.page
    pinned = address(replace(view, version=anchor.version))
    row = _row(anchor)
    if "read" in row:
        return f"{pinned}#fila={quote(json.dumps(row['read'], ensure_ascii=False))}"
    return f"{pinned}#renglon={row['at']}" if "at" in row else pinned


def _view(anchor: Anchor) -> View | None:
    if not anchor.view:
        return None
    parts = urlsplit(anchor.view)
    place = place_at(EXPLORER, parts.path, parts.query)
    if place is None or not anchor.dataset or not anchor.resource:
        return None
    try:
        return parse(anchor.dataset, anchor.resource, place.query)
    except PortalError:
        return None


def _row(anchor: Anchor) -> Mapping[str, object]:
    found = json.loads(anchor.row) if anchor.row.startswith("{") else {}
    return found if isinstance(found, dict) else {}


def _judge(portal: Portal, anchor: Anchor, view: View) -> Standing | None:
    row = _row(anchor)
    cells = row.get("cells")
    key = row.get("key", cells)
    if not row:
        return _whole(portal, view, anchor)
    if not isinstance(key, dict):
        return None
    found = _find(portal, view, key)
    if found is None:
        return Standing(Fate.GONE, view.version)
    if anchor.column:
        return _figure(portal, anchor, found, view)
    if not isinstance(cells, dict):
        return None
    now = {c.name: plain(cell) for c, cell in zip(found.table.columns, found.table.rows[0], strict=True)}
    same = now.keys() == cells.keys() and all(_alike(now[name], text or "") for name, text in cells.items())
    return Standing(Fate.SAME if same else Fate.CHANGED, view.version)


def _find(portal: Portal, view: View, key: Mapping[str, str | None]) -> Answer | None:
    """The one row with this key, as an answer; None where there is none.

    Plain rows are asked for by a filter, without the filters of the view: they may be on what changed. Among the groups
    of a view the row is looked for.
    """
    if view.grouped:
        asked = replace(view, filters=_narrowed(view, key), page=1, sort=(), size=0, chart="table")
    else:
        filters = tuple(_equal(name, value) for name, value in key.items())
        asked = replace(view, filters=filters, page=1, sort=(), size=0, columns=(), chart="table")
    found = answer(portal, portal.question(asked), rows=portal.settings.export_rows if view.grouped else 1)
    names = [c.name for c in found.table.columns]
    if not set(key) <= set(names):
        return None
    for cells in found.table.rows:
        if all(_is(cells[names.index(name)], value) for name, value in key.items()):
            return replace(found, table=replace(found.table, rows=(cells,)))
    return None


def _narrowed(view: View, key: Mapping[str, str | None]) -> tuple[Filter, ...]:
    """The filters of a grouped view and of its plain groups' values, unless its figures are shares of the whole."""
    if any(measure.ratio == "share" for measure in view.measures):
        return view.filters
    pairs = zip(view.groups, key.values(), strict=False)
    return view.filters + tuple(_equal(group.column, value) for group, value in pairs if not group.by)


def _figure(portal: Portal, anchor: Anchor, found: Answer, view: View) -> Standing:
    names = [c.name for c in found.table.columns]
    if anchor.column not in names:
        return Standing(Fate.GONE, view.version)
    column = names.index(anchor.column)
    if _alike(plain(found.table.rows[0][column]), anchor.value):
        return Standing(Fate.SAME, view.version)
    written = written_rows(found, portal.settings.territories)[0][column]
    return Standing(Fate.CHANGED, view.version, written or "sin dato")


def _whole(portal: Portal, view: View, anchor: Anchor) -> Standing | None:
    """A view without a row: its figures as they were and as they are; one change alone is named."""
    found = compare(portal, view, anchor.version, view.version)
    if not found.changes:
        return None if found.cut else Standing(Fate.SAME, view.version)
    first = found.changes[0]
    return Standing(Fate.CHANGED, view.version, f"{first.new} ({first.what})" if len(found.changes) == 1 else "")


def _equal(name: str, value: str | None) -> Filter:
    return Filter(name, "isnull", ()) if value is None else Filter(name, "eq", (value,))


def _is(cell: Cell, value: str | None) -> bool:
    return cell is None if value is None else cell is not None and _alike(plain(cell), value)


def _alike(now: str, before: str) -> bool:
    """The same text, or numbers that agree to SIGNIFICANT digits."""
    if now == before:
        return True
    try:
        return bool(now and before) and f"{float(now):.{SIGNIFICANT}g}" == f"{float(before):.{SIGNIFICANT}g}"
    except ValueError:
        return False
