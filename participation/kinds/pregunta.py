"""A question about what is on the page, for the agency that published it."""

from __future__ import annotations

from participation.kind import Kind, text_field

KIND = Kind(
    name="pregunta",
    label="Pregunta",
    noun="pregunta",
    prompt="¿Tiene una duda sobre lo que ve? Pregunte a quien publica estos datos.",
    button="Enviar pregunta",
    text=text_field("Su pregunta"),
    order=10,
)
