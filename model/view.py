"""The View: one question about one table, and how its answer is drawn."""

from __future__ import annotations

from dataclasses import dataclass

PLACES = ("_entidad", "_municipio")  # stored beside the source's columns; the only bare names that start with `_`


@dataclass(frozen=True, slots=True)
class Filter:
    """`column` `operator` `values`, values as canonical text: one, several for `in`, none for `isnull=1`."""

    column: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`by` is "", a period (`year quarter month week day hour`) or `bin<N>`."""

    column: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """`function` of `column` ("" for count); `ratio` is "", `rate` or `share` of that figure."""

    function: str
    column: str = ""
    ratio: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """By an output column: a source column, a group as written, or a measure as written."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One question. Its canonical address (`query.address.format_view`) is its identity.

    `version` "" means the released one. `columns` () means all. `chart` "" means that none was chosen.
    Of the drawing: `x y color facet` name output columns, `highlight` values of the colour or x column.
    """

    dataset: str
    resource: str
    table: str = "datos"
    version: str = ""
    filters: tuple[Filter, ...] = ()
    groups: tuple[Group, ...] = ()
    measures: tuple[Measure, ...] = ()
    sort: tuple[Sort, ...] = ()
    columns: tuple[str, ...] = ()
    page: int = 1
    size: int = 0  # rows a page; 0: the face's own default
    chart: str = ""
    x: str = ""
    y: str = ""
    color: str = ""
    facet: str = ""
    highlight: tuple[str, ...] = ()
    level: str = ""  # map: `entidad` or `municipio`
    classes: str = ""  # map: `quantile5`, `equal5`, …
    bbox: tuple[float, float, float, float] | None = None  # west, south, east, north
    lang: str = "es"

    @property
    def grouped(self) -> bool:
        return bool(self.groups or self.measures)
