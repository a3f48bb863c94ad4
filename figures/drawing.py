"""What is drawn, before anyone knows with what: one Drawing, read by both encoders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model.chart import ChartKind
from model.table import Cell, Table
from model.view import View

Spec = dict[str, Any]  # JSON, as plotly.js and Vega read it


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a drawing, made by the portal.

    `labels` say a column in words; `values` say a column's cell texts (`{"_entidad": {"14": "Jalisco"}}`).
    `outlines` is a GeoJSON FeatureCollection (or one per level: `{"entidad": …, "municipio": …}`) whose features carry
    the INEGI key as `id` or as property `key`, `cvegeo` or `cve_ent`. `total` is the figure of the whole country where
    adding the places up would be wrong; `unmatched` counts the rows of no place, where the answer's figure does not;
    `edges` are those of the intervals of a binned group (else they are worked out from the intervals that have rows).
    `figure` is what several measures have in common («Promedio»), "" where they have nothing. Not `summable`: the
    figures measure a level, such as a price or a percentage, and the sum of all places says nothing. `rows` is what the
    table has a row of, in the plural («municipios»), "" where that is not known.
    """

    title: str
    subtitle: str = ""
    source: str = ""
    url: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    outlines: Mapping[str, Any] | None = None
    lang: str = "es"
    notes: tuple[str, ...] = ()
    total: Cell = None
    unmatched: int = 0
    edges: tuple[float, ...] = ()
    figure: str = ""
    summable: bool = True
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of a still image; height 0 is what suits the width. Unless `exact`, the image is as tall as rows need."""

    width: int = 960
    height: int = 0
    exact: bool = False
    dark: bool = False

    @property
    def tall(self) -> int:
        """The height to start from."""
        return self.height or (round(self.width * 1.17) if self.narrow else round(self.width * 0.5833))

    @property
    def narrow(self) -> bool:
        return self.width < 560


WIDE = Size(960)
NARROW = Size(360)


@dataclass(frozen=True, slots=True)
class Category:
    """One place on a category axis: `key` is the cell's canonical text, "" for null."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Where values stand. `type` is `linear`, `time` (milliseconds since 1970, UTC) or `category` (index).

    `domain` is the range shown, in those units; `format` says how values are written: `number`, `percent`, `year`,
    or a period (`month`, `day`, `hour`, …).
    """

    title: str = ""
    type: str = "linear"
    domain: tuple[float, float] = (0.0, 1.0)
    categories: tuple[Category, ...] = ()
    format: str = "number"
    unit: str = ""

    @property
    def named(self) -> str:
        """The title with its unit, unless the title says it already."""
        said = not self.unit or self.unit.casefold() in self.title.casefold() or self.format == "percent"
        return self.title if said else f"{self.title} ({self.unit})"

    @property
    def titled(self) -> bool:
        """Whether the axis has to say what it measures: times, years and names speak for themselves."""
        return bool(self.title) and self.type == "linear" and self.format != "year"


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together, in drawing order; None is a gap.

    `x`, `y` are in the axes' units; `z` is the figure where both say a place. `base` is where stacked marks start,
    `x2` the upper edge of a bin, `spread` the five quantiles of a box. `texts` say each point in words, `labels` is
    what stands written at the mark, `keys` the category or place of each point, `colors` a colour a point where they
    differ. `slot` is (offset, width) of a bar within its category, in categories.
    """

    key: str
    label: str
    color: str
    x: tuple[float | None, ...] = ()
    y: tuple[float | None, ...] = ()
    panel: int = 0
    muted: bool = False
    base: tuple[float, ...] = ()
    x2: tuple[float, ...] = ()
    z: tuple[float | None, ...] = ()
    spread: tuple[tuple[float | None, ...], ...] = ()
    texts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    slot: tuple[float, float] = (-0.4, 0.8)


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the small multiples; a drawing without facets has one, without a label."""

    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend."""

    label: str
    color: str


@dataclass(frozen=True, slots=True)
class Legend:
    """`direct`: the marks are labelled themselves, and no legend is drawn."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    direct: bool = False


@dataclass(frozen=True, slots=True)
class ColorClass:
    """Values from `low` to below `high` (the last: up to and including) have this colour."""

    low: float
    high: float
    color: str
    label: str


@dataclass(frozen=True, slots=True)
class Territory:
    """What a map knows besides its values. `total` is the figure of all places together, None where there is none.

    `within` is the key of the one state that the figures are of, "" for the country; `summed`: the total is their sum.
    """

    level: str = ""
    outlines: Mapping[str, Any] | None = None
    borders: Mapping[str, Any] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)
    total: float | None = None
    unmatched: int = 0
    within: str = ""
    summed: bool = True

    @property
    def features(self) -> Sequence[Mapping[str, Any]]:
        """The outlines' features; () without outlines."""
        return self.outlines["features"] if self.outlines else ()


@dataclass(frozen=True, slots=True)
class Form:
    """A chart by name and by what its drawings are called. `cloud`: a mark is a record, not a figure of a group."""

    name: str
    es: str
    en: str
    cloud: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that an encoder needs, with the choices made: values, order, colours, domains, labels, words.

    `highlight` holds the labels of what is stressed; `compared` the figures and names that the description compares,
    where they are more than what is drawn.
    """

    form: Form
    title: str
    subtitle: str
    source: str
    url: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    z: Axis = Axis()
    panels: tuple[Panel, ...] = (Panel(),)
    legend: Legend = Legend()
    horizontal: bool = False
    classes: tuple[ColorClass, ...] = ()
    territory: Territory = Territory()
    highlight: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lang: str = "es"
    compared: tuple[tuple[float, str], ...] = ()

    @property
    def chart(self) -> str:
        """The name of the chart in the drawer."""
        return self.form.name

    @property
    def single(self) -> bool:
        """Whether one series stands alone, in one panel."""
        return len({s.key for s in self.series}) < 2 and len(self.panels) == 1

    @property
    def labelled(self) -> bool:
        """Whether bars carry their values, so that the axis of values can go."""
        return self.horizontal and self.single and any(s.labels for s in self.series)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(ChartKind):
    """One kind of chart: what to ask for it, how to draw the answer, two thin encoders, and an example.

    `question` changes only sort, size, page and groups that the chart cannot do without; `draw` raises BadRequest
    (Spanish, actionable) where the table cannot be drawn this way.
    """

    question: Callable[[View], View]
    draw: Callable[[View, Table, Caption], Drawing]
    plotly: Callable[[Drawing], Spec]
    vega: Callable[[Drawing, Size], Spec]
    example: Callable[[], tuple[View, Table, Caption]]
