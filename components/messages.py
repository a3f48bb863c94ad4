"""Messages in the reader's language: Flask-Babel's functions, with types. The message id is the Spanish text itself."""

from __future__ import annotations

import flask_babel

from portal.language import language

__all__ = ["gettext", "language", "ngettext"]


def gettext(message: str, **values: object) -> str:
    """The message, translated, with `%(name)s` filled in."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, count: int) -> str:
    """The message for one or for many, with `%(num)d` filled in."""
    return str(flask_babel.ngettext(one, many, count))
