"""Points on the map of Mexico; coordinates that cannot be right are counted, not drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from figures import examples, pins, theme
from figures.assemble import drawing, hover, legend
from figures.drawing import Axis, Caption, Chart, Drawing, Form, Series, Size, Spec, Territory
from figures.formats import finite, number
from figures.geography import BOUNDS, level_outlines
from figures.limits import gathered
from figures.reading import Field, Reading, cell_key, read
from figures.split import OTHERS
from figures.ticks import with_unit
from figures.words import say
from model.chart import MAPPED, Choices, Suggestion
from model.errors import BadRequest
from model.table import Cell, Role, Table
from model.view import View

FORM = Form("points", "Mapa de puntos", "Point map", cloud=True)
MOST_POINTS = 20_000
MOST_ROWS = 50_000  # beyond them single points say nothing
MOST_WORDS = 4  # columns that a point tells of itself
_NAMES = (Role.TEXT, Role.CATEGORY, Role.IDENTIFIER)


def complete(view: View, choose: Choices) -> View:
    """Rows with their latitude, longitude and name; BadRequest without coordinates."""
    found = choose.coordinates()
    if found is None:
        raise BadRequest(
            "Para un mapa de puntos hacen falta columnas de latitud y longitud, y esta tabla no las tiene."
        )
    latitude, longitude = found
    name = choose.name_column()
    return choose.as_rows(view, (latitude, longitude, *((name,) if name else ())), longitude, latitude)


def suggest(bare: View, choose: Choices) -> tuple[Suggestion, ...]:
    """Places that can be told apart: the first view of a list of them."""
    if choose.coordinates() is None or choose.profile.rows > MOST_ROWS:
        return ()
    return (Suggestion(65 if choose.periods() >= 6 else 95, bare),)


def question(view: View) -> View:
    """Up to 20,000 rows."""
    return replace(view, page=1, size=MOST_POINTS)


def draw(view: View, table: Table, caption: Caption) -> Drawing:
    """A Drawing of the rows; BadRequest without latitude and longitude."""
    view = question(view)
    reading = read(view, table, caption)
    latitude, longitude = _coordinate(reading, Role.LATITUDE, view.y), _coordinate(reading, Role.LONGITUDE, view.x)
    color = reading.find(view.color)
    good: dict[str, list[tuple[Cell, ...]]] = {}
    bad: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for row in table.rows:
        fault = check(finite(row[latitude.index]), finite(row[longitude.index]))
        if fault:
            bad[fault] += 1
            continue
        key = cell_key(row[color.index]) if color else ""
        labels.setdefault(key, reading.label(color, row[color.index]) if color else "")
        good.setdefault(key, []).append(row)
    stressed = reading.stressed(tuple(good), tuple(labels[k] for k in good)) if color else ()
    good = _gathered(good, stressed)
    labels[OTHERS] = say("others", caption.lang, n=number(len(set(labels) - set(good))))
    keys = sorted(good, key=lambda k: (k in ("", OTHERS), -len(good[k])))
    tints = theme.assign([k for k in keys if k != OTHERS], stressed) if keys else {}
    tints[OTHERS] = (theme.OTHERS, True)
    series = [_series(reading, k, labels[k], tints[k], good[k], latitude, longitude) for k in keys]
    faults = tuple(say(f"dropped_{f}", caption.lang, n=number(n)) for f, n in sorted(bad.items()))
    drawn = sum(len(s.x) for s in series)
    part = (
        (say("sample", caption.lang, n=number(drawn), total=number(table.total)),)
        if table.total > len(table.rows)
        else ()
    )
    return replace(
        drawing(reading, FORM, Axis(longitude.title), Axis(latitude.title), series, notes=(*faults, *part)),
        legend=legend(reading, series),
        highlight=tuple(labels[k] for k in stressed),
        territory=Territory("entidad", level_outlines(caption.outlines, "entidad"), unmatched=sum(bad.values())),
    )


def _gathered(
    rows: Mapping[str, list[tuple[Cell, ...]]], stressed: Collection[str]
) -> dict[str, list[tuple[Cell, ...]]]:
    """The rows by series, those of the rarest of too many values together."""
    found: dict[str, list[tuple[Cell, ...]]] = {}
    for key, name in gathered({k: len(own) for k, own in rows.items()}, stressed).items():
        found.setdefault(name, []).extend(rows[key])
    return found


def check(latitude: float | None, longitude: float | None) -> str:
    """What is wrong with a coordinate pair: `null`, `zero`, `swapped`, `outside`; "" where it lies in Mexico."""
    if latitude is None or longitude is None:
        return "null"
    if latitude == 0 and longitude == 0:
        return "zero"
    if _inside(latitude, longitude):
        return ""
    return "swapped" if _inside(longitude, latitude) else "outside"


def _inside(latitude: float, longitude: float) -> bool:
    west, south, east, north = BOUNDS
    return south <= latitude <= north and west <= longitude <= east


def _coordinate(reading: Reading, role: Role, asked: str) -> Field:
    fields = (*reading.groups, *reading.measures)
    found = next((f for f in fields if f.column.role is role), None) or reading.find(asked)
    if found is None:
        raise BadRequest("El mapa de puntos necesita una columna de latitud y una de longitud.")
    return found


def _series(
    reading: Reading,
    key: str,
    label: str,
    tint: tuple[str, bool],
    rows: list[tuple[Cell, ...]],
    latitude: Field,
    longitude: Field,
) -> Series:
    told = [f for f in (*reading.groups, *reading.measures) if f.name not in (latitude.name, longitude.name)]
    name = next((f for role in _NAMES for f in told if f.column.role is role), None)
    others = [f for f in told if f is not name][:MOST_WORDS]
    names = tuple(reading.label(name, row[name.index]) if name else "" for row in rows)
    return Series(
        key=key,
        label=label,
        color=tint[0],
        muted=tint[1],
        x=tuple(finite(row[longitude.index]) for row in rows),
        y=tuple(finite(row[latitude.index]) for row in rows),
        labels=names,
        texts=tuple(
            hover(n, *(f"{f.title}: {_told(reading, f, row)}" for f in others))
            for n, row in zip(names, rows, strict=True)
        ),
    )


def _told(reading: Reading, field: Field, row: tuple[Cell, ...]) -> str:
    cell = row[field.index]
    words = reading.label(field, cell)
    return words if cell is None else with_unit(words, field.column.unit)


def plotly(drawing: Drawing) -> Spec:
    """What the page's map needs: the points with their words."""
    return pins.payload(drawing)


def vega(drawing: Drawing, size: Size) -> Spec:
    """A Vega specification."""
    return pins.still(drawing, size)


def example() -> tuple[View, Table, Caption]:
    """Petrol stations by brand."""
    return examples.stations(View("gasolinas", "estaciones", chart=FORM.name, color="marca"))


CHART = Chart(
    name=FORM.name,
    label="Puntos",
    order=90,
    icon="M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 8.500v3",
    headings={"es": "{where}", "en": "{where}"},
    keeps=(),
    mode=MAPPED,
    facets=False,
    complete=complete,
    suggest=suggest,
    question=question,
    draw=draw,
    plotly=plotly,
    vega=vega,
    example=example,
)
