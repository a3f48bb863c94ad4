"""The wall round one load: an error inside ends that load, and not the process that goes on to the next."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from types import TracebackType

from model.errors import PortalError, StoreDown

LOG = logging.getLogger(__name__)
UNREADABLE = "No se pudo leer o escribir en el disco."
UNFORESEEN = "El programa falló al leer este archivo; el registro del servidor dice por qué."


@dataclass(slots=True)
class Contained:
    """`with Contained(name) as end: …`; `end.reason` then says in Spanish why the block ended early, "" if it did not.

    StoreDown, Ctrl+C and an order to end go on up. An error that nobody foresaw is logged with its trace.
    """

    name: str
    reason: str = ""

    def __enter__(self) -> Contained:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, StoreDown):
            return False
        self.reason = _reason(error)
        if self.reason == UNFORESEEN:
            LOG.error("load of %s failed", self.name, exc_info=error)
        return True


def _reason(error: Exception) -> str:
    if isinstance(error, PortalError):
        return error.message
    return UNREADABLE if isinstance(error, OSError) else UNFORESEEN
