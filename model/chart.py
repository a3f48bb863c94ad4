"""What a kind of chart declares of itself: its name and icon, what it needs of a table, how a view becomes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from model.table import Table
from model.version import ColumnProfile, TableProfile
from model.view import Group, Measure, View

PLAIN = "table"  # the one way to see a view that is not drawn
DRAWN, MAPPED = "chart", "map"  # how the page shows a drawing: by plotly, by leaflet
FEW_CATEGORIES = 40  # names that can still be read beside each other


class Choices(Protocol):
    """What a chart may ask of a table in order to complete or to suggest a view; `query.options` answers."""

    @property
    def profile(self) -> TableProfile:
        """The view's own table."""

    def time(self) -> Group | None:
        """The best group of time; None where the table has none."""

    def periods(self) -> int:
        """How many different moments that time has, at least roughly."""

    def categories(self) -> tuple[Group, ...]:
        """Groups that tell kinds or places apart, the most readable first."""

    def kinds(self, most: int) -> tuple[Group, ...]:
        """The category of at most `most` values that must not be mixed in one line; () without one."""

    def size_of(self, group: Group) -> int:
        """How many different values the column of a group has."""

    def numbers(self) -> tuple[ColumnProfile, ...]:
        """Columns of figures, the most telling first; never identifiers, times or coordinates."""

    def sisters(self, most: int) -> tuple[ColumnProfile, ...]:
        """Columns that measure one thing in several places; () without them."""

    def measure(self, within: Group | None = None) -> Measure:
        """The best figure; `within` is the group of time of which each figure tells one period."""

    def figure(self, found: ColumnProfile, within: Group | None = None) -> Measure:
        """How a column is best summed up."""

    def coordinates(self) -> tuple[str, str] | None:
        """(latitude, longitude), the table's own or a lookup's."""

    def name_column(self) -> str:
        """The column that names a row for people; "" without one."""

    def is_number(self, name: str) -> bool:
        """Whether `name` is a column of numbers of the table."""

    def is_ordered(self, group: Group) -> bool:
        """Whether the values of a group have an order of their own: times, intervals."""

    def has_spells(self) -> bool:
        """Whether rows are spells, with a beginning and an end: they are no series in time."""

    def groups(self, view: View) -> tuple[Group, ...]:
        """The view's groups, or those that its axes, its colour and its facet ask for."""

    def facets(self, view: View, *taken: Group) -> tuple[Group, ...]:
        """The group of the view's small multiples, unless it is `taken` already; () without one."""

    def measured(self, view: View, groups: tuple[Group, ...]) -> View:
        """The view by these groups, with a measure, without what no longer fits them."""

    def as_rows(self, view: View, columns: tuple[str, ...], x: str, y: str) -> View:
        """The view as rows of `columns` and of what else it draws with."""

    def recent(self, view: View) -> View:
        """The view over the latest whole year: over all years the sum of a stock means nothing."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A view, and how well it suits the table; 0 and below: not at all."""

    score: float
    view: View


def suggests_nothing(_view: View, _choose: Choices) -> tuple[Suggestion, ...]:
    """Of a chart that is drawn only where somebody asks for it."""
    return ()


def asks_nothing_more(_view: View) -> View | None:
    """Of a chart that one answer is enough for."""
    return None


def counts_nothing_more(_view: View, _table: Table) -> View | None:
    """Of a chart whose answer says itself what it cannot show."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartKind:
    """A chart as questions, addresses and controls know it. `icon` is the path of a drawing of 24 by 24.

    `complete` gives a view the groups, measures, columns and order that the chart needs (BadRequest, in Spanish, says
    what the table lacks); `suggest` gives the views that a table is worth looking at in this way. `headings` are titles
    by language with the fields {binned}, {measured}, {groups}, {pair}, {unit} and {where}; where one is not there the
    title is the usual one.
    `keeps` says what of a view still means something when the chart changes: its groups, its measures. `mode` is how
    the page shows it: `DRAWN` or `MAPPED`. `facets`: it can be repeated for each value of a column;
    `options` are its own controls (`level`, `classes`). `whole` is the question of all groups together that goes with
    a view, where their figures cannot be added up; `unplaced` the one that counts the rows of an answer that stand for
    no place, where the answer does not count them.
    """

    name: str
    label: str
    order: int
    icon: str
    complete: Callable[[View, Choices], View]
    suggest: Callable[[View, Choices], tuple[Suggestion, ...]] = suggests_nothing
    headings: Mapping[str, str] = field(default_factory=dict)
    keeps: tuple[str, ...] = ("groups", "measures")
    mode: str = DRAWN
    facets: bool = True
    options: tuple[str, ...] = ()
    whole: Callable[[View], View | None] = asks_nothing_more
    unplaced: Callable[[View, Table], View | None] = counts_nothing_more


Charts = Mapping[str, ChartKind]
