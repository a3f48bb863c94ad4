"""Choropleth: one figure for each state or municipality, in classes of colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from figures import choropleth, examples, theme
from figures.assemble import drawing, hover, written_group
from figures.classes import classify, color_of
from figures.drawing import (
    Axis,
    Caption,
    Chart,
    ColorClass,
    Drawing,
    Entry,
    Form,
    Legend,
    Series,
    Size,
    Spec,
    Territory,
)
from figures.formats import finite, number
from figures.geography import feature_key, feature_name, inside, level_outlines
from figures.limits import MOST_MARKS
from figures.reading import ADDITIVE, Field, Reading, cell_key, measure_axis, read
from figures.split import MOST_PANELS, Panels, panels
from figures.text import clean
from figures.ticks import write
from figures.words import say
from model.chart import MAPPED, Choices, Suggestion
from model.errors import BadRequest
from model.table import Table
from model.territory import state_name
from model.view import PLACES, Filter, Group, Measure, View

FORM = Form("map", "Mapa", "Map")
STATE, MUNICIPALITY = PLACES
MOST_FIGURES = 30_000  # Mexico has some 2,480 municipalities, and a map up to twelve panels
LEAST_STATES, LEAST_TOWNS = 5, 10
COUNT = Measure("count")
NOWHERE = ("", '""')  # the keys of no place


def complete(view: View, choose: Choices) -> View:
    """One figure for each place of a level (and of the facet); BadRequest without places."""
    places = choose.profile.places
    one_state = any(f.column == STATE and f.operator == "eq" for f in view.filters)
    asked = f"_{view.level}" if view.level else next((g.column for g in view.groups if g.column in PLACES), "")
    by_default = (MUNICIPALITY, STATE) if one_state else (STATE, MUNICIPALITY)
    place = asked or next((p for p in by_default if p in places), "")
    if place not in places or not place:
        raise BadRequest("Para un mapa hace falta una columna de entidades o municipios, y esta tabla no la tiene.")
    # Any other group on the view says how another chart was cut: a map has one figure for each place.
    return choose.measured(view, (Group(place), *choose.facets(view, Group(place))))


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """The states and the municipalities, where there are enough of them."""
    view = replace(choose.recent(bare), measures=(choose.measure(),))
    found = (
        (80, STATE, LEAST_STATES, replace(view, groups=(Group(STATE),))),
        (75, MUNICIPALITY, LEAST_TOWNS, replace(view, groups=(Group(MUNICIPALITY),), level=MUNICIPALITY[1:])),
    )
    return tuple(
        Suggestion(score, idea)
        for score, place, least, idea in found
        if place in choose.profile.places and choose.size_of(Group(place)) >= least
    )


def question(view: View) -> View:
    """Every place of the level, by nothing else but the facet."""
    level = view.level or next((g.column[1:] for g in view.groups if g.column in PLACES), STATE[1:])
    facet = tuple(g for g in view.groups if view.facet and written_group(g) == view.facet and g.column != f"_{level}")
    return replace(view, groups=(Group(f"_{level}"), *facet), sort=(), page=1, size=MOST_FIGURES, level=level)


def whole(view: View) -> View | None:
    """The same figure of all places together, where it is not their sum: averages, medians, rates."""
    measure = view.measures[0] if view.measures else None
    if measure is None or measure.ratio == "share" or len(view.groups) > 1:
        return None
    if measure.function in ADDITIVE and not measure.ratio:
        return None
    return replace(view, groups=(), measures=(measure,), sort=(), size=1, facet="")


def unplaced(view: View, table: Table) -> View | None:
    """How many rows stand for no place, where the answer has such rows and its figure does not count them."""
    place = view.groups[0].column
    if (view.measures or (COUNT,))[0] == COUNT or all(cell_key(row[0]) not in NOWHERE for row in table.rows):
        return None
    nowhere = (*view.filters, Filter(place, "isnull", ()))
    return replace(view, groups=(), measures=(COUNT,), filters=nowhere, sort=(), size=1, x="", y="", color="", facet="")


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the answer; BadRequest without a column of places or a figure."""
    view = question(view)
    reading = read(view, table, caption)
    place = next((g for g in reading.groups if g.name in PLACES and g.name != view.facet), None)
    if place is None:
        raise BadRequest("El mapa necesita agrupar por entidad o por municipio.")
    measure = reading.figures()[0]
    level = place.name[1:]
    places = len({row[place.index] for row in table.rows})
    most = min(MOST_PANELS, MOST_MARKS // max(places, 1))
    multiples = panels(reading, lambda row: abs(finite(row[measure.index]) or 0.0), most)
    values, lost = _values(reading, multiples, place, measure)
    axis = measure_axis((measure,), (0.0, 1.0))
    lost = lost if measure.measure == COUNT else caption.unmatched
    territory = _territory(view, level, values, caption, lost)
    names = territory.names
    classes = classify([v for part in values for v in part.values() if v is not None], view.classes, axis, caption.lang)
    series = [_series(part, names, axis, classes, measure, caption.lang, p) for p, part in enumerate(values)]
    stressed = reading.stressed(tuple(names), tuple(names.values()))
    known = [v.high for v in classes] + [v.low for v in classes]
    notes = (
        *multiples.notes,
        *(() if territory.outlines else (say("no_outlines", caption.lang),)),
        *((say("unmatched", caption.lang, n=number(lost)),) if lost else ()),
    )
    framed = drawing(reading, FORM, Axis("", "category"), axis, series, multiples.drawn(), notes)
    return replace(
        framed,
        subtitle=_placed(framed.subtitle, territory.within),
        y=replace(axis, domain=(min(known, default=0.0), max(known, default=1.0))),
        legend=Legend(axis.title, _entries(classes, names, values, caption.lang)),
        classes=classes,
        highlight=tuple(names[k] for k in stressed),
        territory=replace(territory, total=_total(view, measure, table, caption) if len(values) == 1 else None),
    )


def _territory(
    view: View, level: str, values: Sequence[Mapping[str, float | None]], caption: Caption, lost: int
) -> Territory:
    """The places of the level with their outlines and names; ranks where there is one panel."""
    every = {key: value for part in values for key, value in part.items()}
    within = _within([key for part in values for key, value in part.items() if value is not None], view, level)
    outlines = level_outlines(caption.outlines, level)
    outlines = inside(outlines, within) if level == MUNICIPALITY[1:] else outlines
    return Territory(
        level,
        outlines,
        _borders(caption.outlines, level, within),
        _names(outlines, caption.values.get(f"_{level}", {}), every),
        _ranks(values[0]) if len(values) == 1 else {},
        unmatched=lost,
        within=within,
        summed=finite(caption.total) is None,
    )


def _values(
    reading: Reading, multiples: Panels, place: Field, measure: Field
) -> tuple[list[dict[str, float | None]], int]:
    """Figures by key of each panel, and the sum of those of no place."""
    values: list[dict[str, float | None]] = [{} for _ in multiples.kept]
    unplaced = 0
    for row in reading.table.rows:
        key, panel = cell_key(row[place.index]), multiples.of(row)
        if panel is None:
            continue
        if key in NOWHERE:
            unplaced += int(finite(row[measure.index]) or 0)
        else:
            values[panel][key] = finite(row[measure.index])
    return values, unplaced


def _within(keys: Sequence[str], view: View, level: str) -> str:
    """The one state whose municipalities have figures, or that the view is of; "" where there are several."""
    asked = {f.values[0] for f in view.filters if f.column == STATE and f.operator == "eq"}
    found = {key[:2] for key in keys} if level == MUNICIPALITY[1:] else set()
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
    axis: Axis,
    classes: Sequence[ColorClass],
    measure: Field,
    lang: str,
    panel: int,
) -> Series:
    ranks = _ranks(values)
    keys = tuple(sorted(values, key=lambda k: (ranks.get(k, len(ranks) + 1), k)))
    return Series(
        key=measure.name,
        label=measure.title,
        color=theme.MAIN,
        x=tuple(float(i) for i in range(len(keys))),
        y=tuple(values[k] for k in keys),
        panel=panel,
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
    classes: Sequence[ColorClass], names: Mapping[str, str], values: Sequence[Mapping[str, float | None]], lang: str
) -> tuple[Entry, ...]:
    empty = any(part.get(key) is None for part in values for key in names)
    shown = tuple(Entry(c.label, c.color) for c in classes)
    return (*shown, Entry(say("null", lang), theme.NO_DATA)) if empty else shown


def _total(view: View, measure: Field, table: Table, caption: Caption) -> float | None:
    """The figure of the country, or of the one state of the view; None where there is no such figure."""
    some = any(f.column == MUNICIPALITY or (f.column == STATE and f.operator != "eq") for f in view.filters)
    if some or view.bbox:
        return None
    given = finite(caption.total)
    if given is not None:
        return given
    share = measure.measure is not None and measure.measure.ratio == "share"
    if not measure.additive or share or not caption.summable or table.truncated:
        return None
    return sum(v for row in table.rows if (v := finite(row[measure.index])) is not None)


def _borders(outlines: Mapping[str, Any] | None, level: str, within: str) -> Mapping[str, Any] | None:
    """The states' outlines, to be drawn over municipalities of several of them."""
    layered = outlines is not None and "features" not in outlines
    return level_outlines(outlines, STATE[1:]) if level == MUNICIPALITY[1:] and not within and layered else None


def plotly(drawing: Drawing) -> Spec:
    """What the page's map needs: values by key, classes, names; the outlines are fetched apart."""
    return choropleth.payload(drawing)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification; bars of the first places where there are no outlines."""
    return choropleth.still(drawing, size)


def example() -> tuple[View, Table, Caption]:
    """Victims by state."""
    return examples.states(View("homicidios", "por-entidad", chart=FORM.name, level="entidad"))


CHART = Chart(
    name=FORM.name,
    label="Mapa",
    order=15,
    icon="M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
    keeps=("measures",),
    mode=MAPPED,
    options=("level", "classes"),
    whole=whole,
    unplaced=unplaced,
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
