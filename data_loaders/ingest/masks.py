"""Words that stand for "no value" in a column that is otherwise of numbers or dates."""

from __future__ import annotations

from dataclasses import dataclass

from model.recipe import Recipe
from model.spelling import fold

KNOWN = frozenset(
    [
        "*",
        "**",
        "***",
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "..",
        "...",
        "n/d",
        "nd",
        "n.d.",
        "n.d",
        "n/a",
        "na",
        "n.a.",
        "n.a",
        "s/d",
        "sd",
        "s.d.",
        "s/i",
        "n/e",
        "ne",
        "n.e.",
        "nan",
        "null",
        "none",
        "#n/a",
        "#¡n/a!",
        "#div/0!",
        "#¡div/0!",
        "#ref!",
        "#¡ref!",
        "#value!",
        "#¡valor!",
        "#num!",
        "#¡num!",
        "?",
        "x",
    ]
) | {
    "no disponible",
    "sin dato",
    "sin datos",
    "sin informacion",
    "no aplica",
    "no especificado",
    "no determinado",
    "no se cuenta con informacion",
}
MOST_WORDS = 4
SENTINELS = (-99.0, -999.0, -9999.0, -99999.0)
LEAST_SENTINELS = 5
SENTINEL_SHARE = 0.002
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Declared:
    """Masks of one column: lower-case texts, and those of them that are numbers."""

    words: tuple[str, ...]

    @property
    def numbers(self) -> tuple[float, ...]:
        return tuple(value for word in self.words if (value := _number(word)) is not None)

    def has(self, cell: str) -> bool:
        """Whether a cell is one of them, as text or as number."""
        return cell.lower() in self.words or _number(cell) in self.numbers


def declared(recipe: Recipe, column: str) -> Declared:
    """The masks that a recipe declares for a column, for all columns or for this one."""
    own = tuple(mask for name, mask in recipe.column_masks if fold(name) == fold(column))
    return Declared(tuple(dict.fromkeys(mask.strip().lower() for mask in recipe.masks + own)))


def evident(words: list[str]) -> bool:
    """True if the cells that could not be read are a few known words."""
    return 0 < len({word.lower() for word in words}) <= MOST_WORDS and all(fold(word) in KNOWN for word in words)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A numeric column whose smallest number may be a mark: the next one up, and how often the mark stands."""

    mark: float
    second: float | None
    times: int
    cells: int

    @property
    def possible(self) -> bool:
        """Nothing else is negative."""
        return self.second is None or self.second >= 0

    @property
    def evident(self) -> bool:
        """-99 and the like, its only negative, repeated among other numbers."""
        repeated = self.times >= LEAST_SENTINELS and self.times >= self.cells * SENTINEL_SHARE
        return self.possible and self.second is not None and repeated


def _number(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None
