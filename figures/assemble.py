"""What every chart does the same way: words, legend, category axes, the question's order and size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from figures.drawing import Axis, Category, Drawing, Entry, Form, Legend, Panel, Series
from figures.limits import check
from figures.reading import Field, Reading
from figures.split import OTHERS
from figures.text import clean
from figures.words import say
from model.view import PLACES, Group, Measure, Sort, View


def drawing(
    reading: Reading,
    form: Form,
    x: Axis,
    y: Axis,
    series: Sequence[Series],
    panels: Sequence[Panel] = (Panel(),),
    notes: Sequence[str] = (),
) -> Drawing:
    """A Drawing with the caption's words; without any value its notes say so. BadRequest where it is too much."""
    check(series, len(panels))
    caption = reading.caption
    empty = not any(v is not None for s in series for v in s.y)
    nothing = (say("no_data", reading.lang),) if empty else ()
    return Drawing(
        form=form,
        title=clean(caption.title),
        subtitle=clean(caption.subtitle),
        source=clean(caption.source),
        url=clean(caption.url),
        x=x,
        y=y,
        series=tuple(series),
        panels=tuple(panels),
        notes=reading.notes(*notes, *nothing),
        lang=reading.lang,
    )


def legend(reading: Reading, series: Sequence[Series], direct: bool = False) -> Legend:
    """One entry a series that has a colour of its own; none where there is only one series."""
    seen: dict[str, Entry] = {}
    for one in series:
        if not one.muted or one.key == OTHERS:
            seen.setdefault(one.key, Entry(one.label, one.color))
    if len({s.key for s in series}) < 2:
        return Legend()
    color = reading.color()
    return Legend(color.title if color else "", tuple(seen.values()), direct)


def axis_of_categories(field: Field, kept: Sequence[Category]) -> Axis:
    """A category axis, half a place of room at either end."""
    return Axis(field.title, "category", (-0.5, max(len(kept), 1) - 0.5), tuple(kept), field.by or "number")


def hover(*parts: str) -> str:
    """What a point says: its non-empty parts, one a line."""
    return "\n".join(part for part in parts if part)


def written(measure: Measure) -> str:
    """A measure as its output column is named: `sum:VALOR_USD`, `rate:sum:muertes`, `count`."""
    column = written_name(measure.column) if measure.column else ""
    return ":".join(part for part in (measure.ratio, measure.function, column) if part)


def written_name(name: str) -> str:
    """A column inside a group's or a measure's name: in quotes (doubled inside) where the grammar would misread it."""
    if name in PLACES or re.fullmatch(r"lookup:[^:]+:.+", name):
        return name
    plain = name[:1] not in ("", "_", "-", ".") and "__" not in name and not set(',:"~') & set(name)
    return name if plain else '"' + name.replace('"', '""') + '"'


def written_group(group: Group) -> str:
    """A group as its output column is named: `fecha:month`, `entidad`."""
    return f"{written_name(group.column)}:{group.by}" if group.by else group.column


def sorted_question(view: View, size: int) -> View:
    """The first `size` rows of the view, by its first measure from the largest unless it says otherwise."""
    asked = replace(view, page=1, size=size)
    if view.sort or not view.grouped:
        return asked
    measure = view.y or written(view.measures[0] if view.measures else Measure("count"))
    return replace(asked, sort=(Sort(measure, descending=True),))
