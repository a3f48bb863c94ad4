"""Everyday words and the words by which the data say the same; read folded, by their stems."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "asesinato": ("homicidio",),
        "asesinado": ("homicidio",),
        "ejecutado": ("homicidio",),
        "crimen": ("delito",),
        "gasolina": ("combustible", "petrolifero"),
        "gasolinera": ("combustible", "petrolifero"),
        "carro": ("vehiculo",),
        "coche": ("vehiculo",),
        "auto": ("vehiculo",),
        "sueldo": ("salario",),
        "habitante": ("poblacion",),
        "dinero": ("remesa",),
        "escuela": ("educacion",),
        "hospital": ("salud",),
        "lluvia": ("precipitacion",),
        "bici": ("bicicleta",),
    }
)
