"""The one tree of errors: raised low, turned into an answer once per front end."""

from __future__ import annotations


class PortalError(Exception):
    """Something a visitor or a program can be told about.

    `message` is Spanish, safe to show, and never holds an engine's own text.
    """

    status = 500
    code = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(PortalError):
    """The address asks for something that does not exist or cannot be meant."""

    status = 400
    code = "bad_request"


class UnknownName(BadRequest):
    """A column, operator, chart or table that is not there; names the nearest one that is."""

    code = "unknown_name"

    def __init__(self, kind: str, name: str, nearest: str | None = None) -> None:
        hint = f" ¿Quiso decir «{nearest}»?" if nearest else ""
        super().__init__(f"No existe {kind} «{name[:80]}».{hint}")
        self.name = name
        self.nearest = nearest


class NotFound(PortalError):
    """No such dataset, resource, agency, tool or thread."""

    status = 404
    code = "not_found"


class Moved(PortalError):
    """An old slug: the thing lives at `location` now (301); not permanent, it only stands for it today (302)."""

    status = 301
    code = "moved"

    def __init__(self, location: str, permanent: bool = True) -> None:
        super().__init__("Esta página cambió de dirección.")
        self.location = location
        self.permanent = permanent


class Withdrawn(PortalError):
    """A version that an operator took back."""

    status = 410
    code = "withdrawn"


class Hidden(PortalError):
    """A message that a moderator took out of sight; `reason` is what everyone may read of why."""

    status = 410
    code = "hidden"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Quien modera el portal ocultó este mensaje. Motivo: {reason or 'sin motivo registrado'}.")
        self.reason = reason


class NotReady(PortalError):
    """The resource is still being ingested; try again after `retry_after` seconds."""

    status = 503
    code = "not_ready"

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TooSlow(NotReady):
    """The query passed the time limit of the settings."""

    code = "too_slow"


class StoreDown(PortalError):
    """The store of replies, pointers and jobs cannot be reached or written; nothing was saved."""

    status = 503
    code = "store_down"

    def __init__(
        self, message: str = "El servicio está ocupado y no se guardó nada. Intente de nuevo en unos minutos."
    ) -> None:
        super().__init__(message)


class InvalidForm(PortalError):
    """A form with problems: Spanish sentences by field name."""

    status = 422
    code = "invalid_form"

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("Revise los campos marcados.")
        self.problems = problems


class Forbidden(PortalError):
    """The person may not do this."""

    status = 403
    code = "forbidden"


class LoadError(PortalError):
    """A file that cannot be read: the reason in Spanish, in one sentence that a person can act on."""

    status = 422
    code = "unreadable"


class TooLarge(PortalError):
    """The question needs more memory than one question may use."""

    status = 422
    code = "too_large"


class TooMany(PortalError):
    """Too many of the same from one place; try again after `retry_after` seconds."""

    status = 429
    code = "too_many"

    def __init__(self, retry_after: int, message: str = "") -> None:
        minutes = -(-retry_after // 60)
        wait = f"{minutes} minutos" if minutes > 1 else "un minuto"
        super().__init__(message or f"Recibimos demasiados envíos desde su conexión. Intente de nuevo en {wait}.")
        self.retry_after = retry_after


class Unauthorized(PortalError):
    """Nobody is signed in, and this needs it."""

    status = 401
    code = "unauthorized"

    def __init__(self) -> None:
        super().__init__("Entre con su cuenta para hacer esto.")


class Conflict(PortalError):
    """What is asked for does not fit how things stand: closed, or done already."""

    status = 409
    code = "conflict"
