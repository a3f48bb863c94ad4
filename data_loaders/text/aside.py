"""Rows that are not data, kept with their line and reason: the first are listed, all are counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from data_loaders.limits import LIMITS
from model.version import SetAside

BLANK = "vacía"
TITLE = "título"
NOTE = "nota"
TOTAL = "total"
REPEATED = "encabezado repetido"
TEXT_SHOWN = 300


@dataclass(slots=True)
class Aside:
    """Collects set-aside rows, bounded in memory."""

    rows: int = 0
    _listed: list[SetAside] = field(default_factory=list)

    def add(self, line: int, reason: str, text: str = "") -> None:
        """One more row, at its 1-based source line."""
        self.rows += 1
        if len(self._listed) < LIMITS.listed:
            self._listed.append(SetAside(line, reason, text.strip()[:TEXT_SHOWN]))

    def merge(self, listed: tuple[SetAside, ...]) -> None:
        """Rows that were set aside elsewhere."""
        for one in listed:
            self.add(one.line, one.reason, one.text)

    @property
    def listed(self) -> tuple[SetAside, ...]:
        """The listed rows, by line."""
        return tuple(sorted(self._listed, key=lambda one: one.line))

    @property
    def more(self) -> int:
        """How many were set aside beyond the list."""
        return self.rows - len(self._listed)


def short_row_reason(fields: list[str], width: int) -> str:
    """Why a row with fewer cells than the table is not data."""
    cells = [c for c in fields if c.strip()]
    if cells and cells[0].strip().lower().startswith("total"):
        return TOTAL
    return NOTE if len(cells) == 1 and width > 1 else f"campos de menos ({len(fields)} de {width})"
