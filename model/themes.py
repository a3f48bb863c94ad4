"""The themes of the portal, in the order in which they are shown."""

from __future__ import annotations

from model.spelling import fold

THEMES = (
    "Salud",
    "Geoespacial",
    "Seguridad y justicia",
    "Energía y medio ambiente",
    "Educación",
    "Economía",
    "Cultura y turismo",
    "Finanzas y contrataciones",
    "Infraestructura",
    "Desarrollo sostenible",
    "Gobiernos locales",
    "Otros",
)


def theme_named(text: str) -> str:
    """The theme that `text` names, case and accents aside; `text` itself where it is not one of ours."""
    return next((theme for theme in THEMES if fold(theme) == fold(text)), text)
