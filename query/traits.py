"""What kind of table this is, where charts must know: stages of a budget, spells, outlines, sister columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.spelling import fold
from model.table import ColumnType, Role
from model.version import ColumnProfile, TableProfile

# The same money counted at each stage: adding stages up counts it several times. The furthest stage comes first.
STAGES = ("ejercido", "ejercicio", "pagado", "devengado", "modificado", "aprobado")
LEAST_STAGES = 3
LEAST_SISTERS, MANY_CODES = 3, 8
MOSTLY = 0.9

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,3}")
_START = re.compile(r"inicio|start|desde")
_END = re.compile(r"\bfin\b|_fin\b|final|\bend\b|_end_|_end\b|termino|hasta")


def stage_of(profile: TableProfile) -> tuple[ColumnProfile, str] | None:
    """The column whose values are stages of a budget, and the furthest of them as written; None where there is none."""
    for found in profile.columns:
        written = {fold(value): value for value, _ in found.top}
        stages = [written[stage] for stage in STAGES if stage in written]
        if len(stages) >= LEAST_STAGES:
            return found, stages[0]
    return None


def has_spells(profile: TableProfile) -> bool:
    """Whether rows are spells, with a beginning and an end: they are no series in time."""
    names = [
        fold(f"{p.column.name} {p.column.label}")
        for p in profile.columns
        if p.column.role is Role.TIME and p.column.type.temporal
    ]
    return any(map(_START.search, names)) and any(map(_END.search, names))


def is_outline(profile: TableProfile) -> bool:
    """Whether headings stand in columns of their own that are empty in the other rows: totals and parts are mixed."""
    headings = [
        p
        for p in profile.columns
        if p.column.type is ColumnType.TEXT and p.distinct > 1 and p.nulls > MOSTLY * profile.rows
    ]
    return len(headings) > 1


def sisters(numbers: Sequence[ColumnProfile], most: int) -> tuple[ColumnProfile, ...]:
    """Columns that measure one thing in several places, the fullest first, up to `most`; () where there are none.

    They are named by codes (`AJM`, `AJU`…) or alike but for their ends («Contador Ruta Reforma»).
    """
    bare = [p for p in numbers if not p.column.label and not p.column.unit]
    codes = [p for p in bare if _CODE.fullmatch(p.column.name)]
    found = codes if len(codes) >= MANY_CODES else _namesakes(bare)
    return tuple(sorted(found, key=lambda p: p.nulls)[:most]) if len(found) >= LEAST_SISTERS else ()


def _namesakes(numbers: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """All numbers, where their names begin with the same two words."""
    begins = {tuple(fold(p.column.name).split()[:2]) for p in numbers}
    alike = len(begins) == 1 and len(next(iter(begins))) > 1
    return [p for p in numbers if alike and len(p.column.name.split()) > 2]
