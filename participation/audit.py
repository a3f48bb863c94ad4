"""The audit's two copies: a row in the store, and a line in the log that no text can forge."""

from __future__ import annotations

import json
import logging
from datetime import datetime

from model.people import User
from store import audit
from store.audit import Act
from store.database import Store

LOG = logging.getLogger("ventanilla.audit")
DONE = "hecho"
DENIED = "negado"
COMMAND_LINE = "línea de comandos"
LONGEST = 300


def act(actor: User | str, action: str, target: str, outcome: str, now: datetime, detail: str = "") -> Act:
    """The audit's line of who did (or tried) what, when; the log has it now. Nothing secret may be given."""
    name = actor.email if isinstance(actor, User) else actor
    made = Act(now, name[:LONGEST], action, target[:LONGEST], outcome, detail[:LONGEST])
    LOG.info("%s", _line(made))
    return made


def record(
    store: Store, actor: User | str, action: str, target: str, outcome: str, now: datetime, detail: str = ""
) -> None:
    """Keep such a line by itself. Raises StoreDown; the log has it anyway."""
    made = act(actor, action, target, outcome, now, detail)
    with store.write() as connection:
        audit.add(connection, made)


def _line(act: Act) -> str:
    """One line of JSON in ASCII: line ends and control characters in what people typed stay inside their string."""
    said = {"at": act.moment.isoformat(), "who": act.actor, "what": act.action, "on": act.target}
    return json.dumps({**said, "outcome": act.outcome, "detail": act.detail})
