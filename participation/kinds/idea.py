"""An idea for a better portal, or for what could be done with its data."""

from __future__ import annotations

from participation.kind import Kind, text_field

KIND = Kind(
    name="idea",
    label="Idea",
    noun="idea",
    prompt="¿Qué mejoraría aquí, o qué se podría hacer con estos datos?",
    button="Enviar idea",
    text=text_field("Su idea"),
    order=50,
)
