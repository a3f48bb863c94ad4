"""A fault in data that are published: in the figures, in what is said of them, in the link, or something is missing."""

from __future__ import annotations

from participation.kind import Field, Kind, text_field

KIND = Kind(
    name="error",
    label="Error en los datos",
    noun="reporte de error",
    prompt="¿Encontró una cifra equivocada, un enlace que no abre o datos incompletos? Díganos qué y dónde.",
    button="Enviar reporte",
    text=text_field("Qué está mal"),
    order=20,
    fields=(
        Field(
            "falla",
            "Tipo de error",
            required=True,
            choices=(
                ("calidad", "Calidad: una cifra o un texto equivocado"),
                ("metadatos", "Metadatos: título, fechas o descripción"),
                ("url_rota", "URL rota: no abre o no descarga"),
                ("incompletos", "Datos incompletos: falta algo"),
            ),
        ),
        Field("url", "Dirección donde lo vio", type="url", longest=2_000, page_filled=True),
    ),
)
