"""The names of Mexico's municipalities, which come with the project; their outlines are the operator's."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

NAMES = Path(__file__).parent / "outlines" / "municipios.csv"


@lru_cache(maxsize=1)
def municipalities() -> Mapping[str, str]:
    """Names by 5-digit INEGI key, as in the census of 2020 (INEGI, Censo de Población y Vivienda)."""
    with NAMES.open(encoding="utf-8", newline="") as lines:
        return {row["clave"]: row["municipio"] for row in csv.DictReader(lines)}
