"""Choropleth: one figure for each state or municipality, in classes of colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from figures import choropleth, examples, theme
from figures.assemble import drawing, hover
from figures.classes import classify, color_of
from figures.drawing import Axis, Caption, Chart, ColorClass, Drawing, Entry, Legend, Series, Size, Spec, Territory
from figures.formats import finite, number
from figures.geography import feature_key, feature_name, inside, level_outlines
from figures.reading import Field, Reading, cell_key, measure_axis, read
from figures.text import clean
from figures.ticks import write
from figures.words import say
from model.errors import BadRequest
from model.table import Table
from model.territory import state_name
from model.view import PLACES, Group, View

MOST_PLACES = 3000  # Mexico has some 2,480 municipalities


def question(view: View) -> View:
    """Every place of the level, by nothing else."""
    level = view.level or next((g.column[1:] for g in view.groups if g.column in PLACES), "entidad")
    return replace(view, groups=(Group(f"_{level}"),), sort=(), page=1, size=MOST_PLACES, level=level)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; BadRequest without a column of places or a figure."""
    view = question(view)
    reading = read(view, table, caption)
    place = next((g for g in reading.groups if g.name in PLACES), None)
    if place is None:
        raise BadRequest("El mapa necesita agrupar por entidad o por municipio.")
    measure = reading.figures()[0]
    level = place.name[1:]
    axis = measure_axis((measure,), (0.0, 1.0))
    values, unplaced = _values(reading, place, measure)
    within = _within(values, view, level)
    outlines = level_outlines(caption.outlines, level)
    outlines = inside(outlines, within) if level == "municipio" else outlines
    names = _names(outlines, caption.values.get(place.name, {}), values)
    ranks = _ranks(values)
    classes = classify([v for v in values.values() if v is not None], view.classes, axis, caption.lang)
    stressed = reading.stressed(tuple(names), tuple(names.values()))
    series = _series(values, names, ranks, axis, classes, measure, caption.lang)
    known = [v.high for v in classes] + [v.low for v in classes]
    notes = () if outlines else (say("no_outlines", caption.lang),)
    lost = 0 if caption.unmatched else unplaced
    missing = (say("unmatched", caption.lang, n=number(lost)),) if lost else ()
    framed = drawing(reading, "map", Axis("", "category"), axis, (series,), notes=(*notes, *missing))
    return replace(
        framed,
        subtitle=_placed(framed.subtitle, within),
        y=replace(axis, domain=(min(known, default=0.0), max(known, default=1.0))),
        legend=Legend(axis.title, _entries(classes, names, values, caption.lang)),
        classes=classes,
        highlight=tuple(names[k] for k in stressed),
        territory=Territory(
            level,
            outlines,
            level_outlines(caption.outlines, "entidad")
            if level == "municipio" and not within and _layered(caption.outlines)
            else None,
            names,
            ranks,
            None if any(f.column == "_municipio" for f in view.filters) else _total(measure, table, caption),
            caption.unmatched or unplaced,
            within,
            measure.additive,
        ),
    )


def _values(reading: Reading, place: Field, measure: Field) -> tuple[dict[str, float | None], int]:
    """Figures by key, and how many rows stand for no place."""
    values: dict[str, float | None] = {}
    unplaced = 0
    for row in reading.table.rows:
        key = cell_key(row[place.index])
        if key in ("", '""'):
            counted = finite(row[measure.index]) if measure.measure and measure.measure.function == "count" else None
            unplaced += int(counted or 1)
        else:
            values[key] = finite(row[measure.index])
    return values, unplaced


def _within(values: Mapping[str, float | None], view: View, level: str) -> str:
    """The one state whose municipalities have figures, or that the view is of; "" where there are several."""
    asked = {f.values[0] for f in view.filters if f.column == "_entidad" and f.operator == "eq"}
    found = {key[:2] for key, value in values.items() if value is not None} if level == "municipio" else set()
    one = asked or found
    return next(iter(one)) if len(one) == 1 else ""


def _placed(subtitle: str, within: str) -> str:
    """The subtitle, with the state that the figures are of where no filter says it."""
    name = state_name(within) or ""
    return subtitle if name in subtitle else " · ".join(part for part in (name, subtitle) if part)


def _names(
    outlines: Mapping[str, Any] | None, words: Mapping[str, str], values: Mapping[str, float | None]
) -> dict[str, str]:
    drawn = {feature_key(f): feature_name(f) for f in (outlines or {}).get("features", ())}
    keys = sorted({*drawn, *values} - {""})
    return {key: clean(words.get(key) or drawn.get(key) or key) for key in keys}


def _ranks(values: Mapping[str, float | None]) -> dict[str, int]:
    """1 for the highest; equal figures share a rank."""
    found = sorted((v for v in values.values() if v is not None), reverse=True)
    first = {v: i for i, v in reversed(list(enumerate(found, 1)))}
    return {key: first[v] for key, v in values.items() if v is not None}


def _series(
    values: Mapping[str, float | None],
    names: Mapping[str, str],
    ranks: Mapping[str, int],
    axis: Axis,
    classes: Sequence[ColorClass],
    measure: Field,
    lang: str,
) -> Series:
    keys = tuple(sorted(values, key=lambda k: (ranks.get(k, len(ranks) + 1), k)))
    return Series(
        key=measure.name,
        label=measure.title,
        color=theme.MAIN,
        x=tuple(float(i) for i in range(len(keys))),
        y=tuple(values[k] for k in keys),
        keys=keys,
        labels=tuple(write(values[k], replace(axis, unit=""), lang) for k in keys),
        colors=tuple(color_of(values[k], classes) for k in keys),
        texts=tuple(
            hover(
                names[k],
                write(values[k], axis, lang),
                say("rank", lang, rank=number(ranks[k]), n=number(len(ranks))) if k in ranks else "",
            )
            for k in keys
        ),
    )


def _entries(
    classes: Sequence[ColorClass], names: Mapping[str, str], values: Mapping[str, float | None], lang: str
) -> tuple[Entry, ...]:
    empty = any(values.get(key) is None for key in names)
    shown = tuple(Entry(c.label, c.color) for c in classes)
    return (*shown, Entry(say("null", lang), theme.NO_DATA)) if empty else shown


def _total(measure: Field, table: Table, caption: Caption) -> float | None:
    given = finite(caption.total)
    if given is not None:
        return given
    if not measure.additive or table.truncated:
        return None
    return sum(v for row in table.rows if (v := finite(row[measure.index])) is not None)


def _layered(outlines: Mapping[str, Any] | None) -> bool:
    return outlines is not None and "features" not in outlines


def plotly(drawing: Drawing) -> Spec:
    """What the page's map needs: values by key, classes, names; the outlines are fetched apart."""
    return choropleth.payload(drawing)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification; bars of the first places where there are no outlines."""
    return choropleth.still(drawing, size)


def example() -> tuple[View, Table, Caption]:
    """Victims by state."""
    return examples.states(View("homicidios", "por-entidad", chart="map", level="entidad"))


CHART = Chart("map", "Mapa", 15, question, draw, plotly, vega, example)
