"""The draft of a formal access-to-information request, for whoever was not answered in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from figures.formats import day
from model.errors import BadRequest
from model.thread import Thread
from participation.deadline import today
from portal.portal import Portal
from portal.telling import agency_name

LEGAL_TEXT = (
    "Con fundamento en los artículos 6.º y 8.º de la Constitución Política de los Estados Unidos Mexicanos y en la ley "
    "general en materia de transparencia y acceso a la información pública vigente, solicito la información que se "
    "describe enseguida, en formato abierto y, de ser posible, por medios electrónicos.\n\n"
    "Si esta unidad no fuera competente, pido que se me oriente hacia la que lo sea."
)


@dataclass(frozen=True, slots=True)
class FormalDraft:
    """What the letter says besides the thread. `legal` are paragraphs."""

    agency: str
    day: str
    due: str
    legal: tuple[str, ...]
    address: str


def draft_of(portal: Portal, thread: Thread, now: datetime) -> FormalDraft:
    """The letter for a thread whose deadline passed without an answer. Raises BadRequest for any other."""
    if not thread.overdue(today(now)):
        raise BadRequest("Esta solicitud formal se puede preparar cuando el plazo venció sin respuesta.")
    text = _legal_text(portal.settings.legal_text)
    return FormalDraft(
        agency=agency_name(portal, thread.agency),
        day=day(today(now), long=True),
        due=day(thread.deadline, long=True),
        legal=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        address=f"{portal.base_url}/pregunta/{thread.folio}",
    )


def _legal_text(path: Path | None) -> str:
    return path.read_text(encoding="utf-8") if path and path.is_file() else LEGAL_TEXT
