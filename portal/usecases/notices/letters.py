"""The words of the mails to those who follow something, each with its way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType

from config import Settings
from model.follow import Follow, Followed
from model.mail import Mail
from participation.deadline import today
from participation.follows import UNCONFIRMED_DAYS
from portal.changes import Change
from portal.seals import CONFIRM_DAYS, Confirmation, confirm_token, end_token

MOST_FIGURES = 12
LONGEST_SUBJECT = 150
ASKED = MappingProxyType(
    {
        Followed.THREAD: "cuando haya una respuesta oficial o cambie su estado",
        Followed.DATASET: "cuando se publique una versión nueva",
        Followed.VIEW: "sólo cuando cambien estas cifras",
    }
)


def confirm_follow(
    settings: Settings, follow: Follow, about: tuple[str, str], what: Confirmation, now: datetime
) -> Mail:
    """Asks the owner of an address whether they want to be told of something (title, detail); one a day for each."""
    link = f"{settings.base_url}/seguir/confirmar/{confirm_token(settings, what)}"
    text = _paragraphs(
        f"Alguien, esperamos que usted, pidió que le escribamos {ASKED[follow.target.kind]}:",
        "\n".join(f"  {line}" for line in about if line),
        "Para recibir los avisos, abra este enlace y presione «Confirmar»:",
        link,
        f"El enlace dura {CONFIRM_DAYS} días. Si no fue usted, no haga nada: no volveremos a escribirle "
        f"y su dirección se borra en {UNCONFIRMED_DAYS} días.",
    )
    key = f"confirmar {follow.id} {follow.created.timestamp():.0f} {today(now)}"
    return Mail(key, follow.email, _subject(f"Confirme su aviso: {about[0]}"), text)


def confirm_votes(settings: Settings, to: str, what: Confirmation, now: datetime) -> Mail:
    """Asks the owner of an address whether the votes of a person are theirs; one a day."""
    link = f"{settings.base_url}/seguir/confirmar/{confirm_token(settings, what)}"
    text = _paragraphs(
        "Alguien, esperamos que usted, pidió que sus votos en Ventanilla cuenten como confirmados con este correo.",
        "Si fue usted, abra este enlace y presione «Confirmar»:",
        link,
        f"El enlace dura {CONFIRM_DAYS} días. Su dirección no se guarda: sólo una huella que impide contarla dos "
        "veces. Si no fue usted, no haga nada.",
    )
    return Mail(f"votos {what.person} {what.mail} {today(now)}", to, "Confirme sus votos en Ventanilla", text)


def notice(settings: Settings, follow: Follow, key: str, subject: str, *paragraphs: str) -> Mail:
    """A notice to one follower, with the link and the headers (RFC 8058) by which one click ends it."""
    out = f"{settings.base_url}/seguir/baja/{end_token(settings, follow.id)}"
    text = _paragraphs(*paragraphs, f"Recibe este aviso porque pidió seguir {follow.target.kind.label}.", _leave(out))
    headers = (("List-Unsubscribe", f"<{out}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return Mail(key, follow.email, _subject(subject), text, headers)


def listed(changes: Sequence[Change]) -> str:
    """Old and new value of the first figures, and how many there are besides."""
    lines = [f"  {c.what}: {_arrow(c)}" for c in changes[:MOST_FIGURES]]
    more = len(changes) - MOST_FIGURES
    if more > 0:
        lines.append(f"  … y {more:,} {'cifra' if more == 1 else 'cifras'} más")
    return "\n".join(lines)


def _arrow(change: Change) -> str:
    return " → ".join(part for part in (change.old, change.new) if part)


def _leave(out: str) -> str:
    return f"Para dejar de recibirlo:\n{out}"


def _subject(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
