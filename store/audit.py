"""Who did what, when, and whether they were let: kept for ever, with nothing secret in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from store.database import Store
from store.tables.people import audit


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the audit: `outcome` is `hecho`, `negado` or what else became of it."""

    moment: datetime
    actor: str
    action: str
    target: str
    outcome: str
    detail: str = ""


def add(connection: Connection, act: Act) -> None:
    """Keep a line, in the caller's own transaction."""
    values = {"moment": act.moment, "actor": act.actor, "action": act.action, "target": act.target}
    connection.execute(insert(audit).values(**values, outcome=act.outcome, detail=act.detail))


def newest(store: Store, limit: int = 100) -> tuple[Act, ...]:
    """The newest lines, newest first."""
    with store.read() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(limit)).all()
    return tuple(Act(r.moment, r.actor, r.action, r.target, r.outcome, r.detail) for r in rows)
