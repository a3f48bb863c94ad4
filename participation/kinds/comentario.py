"""A comment on what is published."""

from __future__ import annotations

from participation.kind import Kind, text_field

KIND = Kind(
    name="comentario",
    label="Comentario",
    noun="comentario",
    prompt="¿Qué opina de estos datos o de esta página? Lo leerán quien los publica y quien los usa.",
    button="Enviar comentario",
    text=text_field("Su comentario"),
    order=40,
)
