"""Manifests as JSON: every field, with cells (dates, exact numbers) told from text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

import cattrs

from model.table import Cell
from model.version import Manifest

KINDS: Mapping[str, Callable[[str], Cell]] = MappingProxyType(
    {
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "decimal": Decimal,
    }
)


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as UTF-8 JSON."""
    plain = converter().unstructure(manifest)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def read_manifest(data: bytes) -> Manifest:
    """The manifest that `write_manifest` wrote."""
    return converter().structure(json.loads(data), Manifest)


def converter() -> cattrs.Converter:
    """Dataclasses of the model to plain JSON values and back."""
    made = cattrs.Converter()
    made.register_unstructure_hook(datetime, lambda value: value.isoformat())
    made.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    made.register_unstructure_hook(Cell, _from_cell)
    made.register_structure_hook(Cell, lambda value, _: _to_cell(value))
    return made


def _from_cell(value: Cell) -> object:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return value


def _to_cell(value: Any) -> Cell:
    if isinstance(value, dict):
        [(kind, text)] = value.items()
        return KINDS[kind](text)
    return cast(Cell, value)
