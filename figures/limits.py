"""How much one drawing may hold: whatever keeps within it becomes a picture in seconds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from figures.drawing import Category, Series
from figures.formats import number
from figures.reading import Reading, cell_key
from figures.split import OTHERS, Split
from figures.words import say
from model.errors import BadRequest

MOST_SERIES = 40  # of each panel
MOST_MARKS = 20_000  # of all panels


def within(parts: Split, reading: Reading, across: int = 0, *, stacked: bool = False) -> Split:
    """The series that one drawing can hold, the stressed ones before the others, with a note on those left out.

    A series has as many marks as points; with `across` that many in each panel; `stacked`, one wherever any has one.
    Raises BadRequest, with a way out, where not even two of them can be drawn.
    """
    kept: list[Category] = []
    for one, marks in _counted(parts, _by_need(parts, reading), across, stacked=stacked):
        if len(kept) == MOST_SERIES or marks > MOST_MARKS:
            break
        kept.append(one)
    if len(kept) == len(parts.series):
        return parts
    if len(kept) < 2:
        raise BadRequest(_too_many(reading))
    chosen, total = {one.key for one in kept}, len(parts.series)
    words = say("series", reading.lang, n=number(len(kept)), total=number(total), m=number(total - len(kept)))
    return replace(parts, series=tuple(s for s in parts.series if s.key in chosen), notes=(*parts.notes, words))


def connected(parts: Split, reading: Reading) -> Split:
    """The series, where at least one of the many has two points; BadRequest where nothing could be joined by a line."""
    color = reading.color()
    joined = any(len(parts.points.get((p.key, s.key), ())) > 1 for p in parts.panels for s in parts.series)
    if color is None or joined or len(parts.series) <= MOST_SERIES:
        return parts
    raise BadRequest(
        f"«{color.title[:80]}» tiene {number(len(parts.series))} valores y cada uno un solo punto: no forman líneas. "
        "Quite el color, elija otra columna para él, o filtre."
    )


def gathered(counts: Mapping[str, int], stressed: Collection[str]) -> Mapping[str, str]:
    """The series in which the marks of each key are drawn: its own, or `OTHERS` for the rarest of too many keys."""
    order = sorted(counts, key=lambda key: (key not in stressed, -counts[key]))
    alone = set(order if len(order) <= MOST_SERIES else order[: MOST_SERIES - 1])
    return {key: key if key in alone else OTHERS for key in counts}


def check(series: Sequence[Series], panels: int) -> None:
    """Raises BadRequest, with a way out, where a drawing would hold more than its picture can be made of in time."""
    marks = sum(1 for one in series for y in one.y if y is not None)
    if marks > MOST_MARKS or len(series) > MOST_SERIES * panels:
        raise BadRequest(
            f"Son demasiados datos para una sola gráfica ({number(marks)} marcas; caben {number(MOST_MARKS)}): "
            "filtre, agrupe por periodos más largos, o quite la columna que la repite."
        )


def _by_need(parts: Split, reading: Reading) -> Sequence[Category]:
    """The stressed series first; of an order of their own the last, else the first."""
    color = reading.color()
    stressed = set(reading.stressed(tuple(s.key for s in parts.series), tuple(s.label for s in parts.series)))
    rest = [s for s in parts.series if s.key not in stressed]
    last = color is not None and color.ordered
    return [*(s for s in parts.series if s.key in stressed), *(reversed(rest) if last else rest)]


def _counted(parts: Split, order: Sequence[Category], across: int, *, stacked: bool) -> Iterator[tuple[Category, int]]:
    """Each series, and how many marks there are with it and all before it."""
    places: dict[str, set[str]] = {panel.key: set() for panel in parts.panels}
    marks = 0
    for i, one in enumerate(order, 1):
        for panel in parts.panels:
            points = parts.points.get((panel.key, one.key), ())
            marks += across or len(points)
            if stacked:
                places[panel.key].update(cell_key(p.x) for p in points)
        yield one, i * sum(map(len, places.values())) if stacked else marks


def _too_many(reading: Reading) -> str:
    color = reading.color()
    without = f"quite «{color.title[:80]}», " if color else ""
    return (
        f"Son demasiados puntos para una sola gráfica (caben {number(MOST_MARKS)}): {without}"
        "agrupe por periodos más largos, o filtre."
    )
