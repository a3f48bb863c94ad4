"""A compiled question: what an engine is asked to run."""

from __future__ import annotations

from dataclasses import dataclass

from model.table import Cell, Column
from model.version import TableRef


@dataclass(frozen=True, slots=True)
class Query:
    """SQL with `?` placeholders, the values bound to them in order, and the columns that come back.

    In the SQL each table stands as `relation(ref)`; `tables` lists all that it reads.
    """

    sql: str
    parameters: tuple[Cell, ...]
    columns: tuple[Column, ...]
    tables: tuple[TableRef, ...]


def schema_of(version: str) -> str:
    """The schema (attached database) name under which an engine offers the tables of a version."""
    return f"v{version}"


def relation(ref: TableRef) -> tuple[str, str]:
    """(schema, table) of a table reference, as every engine must offer it."""
    return schema_of(ref.version), ref.table
