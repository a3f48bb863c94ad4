"""A drawing in at most 60 words, for those who cannot or do not want to look."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from figures import formats
from figures.drawing import Axis, Drawing, Series
from figures.ends import last_point
from figures.ticks import interval, write

MOST_WORDS = 60
TITLE_WORDS = 22
NAME_WORDS = 7
STEADY = 0.02  # a change of less than this share is no trend
_ENTITIES = MappingProxyType(
    {"entidad": ("por entidad", "by state"), "municipio": ("por municipio", "by municipality")}
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value and the words for where it stands."""

    value: float
    where: str


def describe(drawing: Drawing) -> str:
    """The description in the drawing's language: what is shown, highest, lowest, last, trend, gaps, what is missing."""
    es = drawing.lang != "en"
    kind = drawing.form.es if es else drawing.form.en
    level = _ENTITIES.get(drawing.territory.level, ("", ""))[0 if es else 1]
    opening = f"{kind} {level}".strip() if not drawing.form.cloud and level not in drawing.title else kind
    title = _cut(drawing.title.rstrip("."), TITLE_WORDS)
    sentences = [f"{opening}: {title}."]
    sentences += _scattered(drawing, es) if drawing.form.cloud else _measured(drawing, es)
    out: list[str] = []
    for sentence in (*sentences, *drawing.notes):
        if sentence and len(" ".join((*out, sentence)).split()) <= MOST_WORDS:
            out.append(sentence)
    return " ".join(out)


def value_axis(drawing: Drawing) -> Axis:
    """The axis that the figures are read on."""
    return drawing.z if any(s.z for s in drawing.series) else drawing.x if drawing.horizontal else drawing.y


def _measured(drawing: Drawing, es: bool) -> list[str]:
    found = [Said(*one) for one in drawing.compared] or list(_values(drawing))
    if not found:
        return []
    axis = value_axis(drawing)
    if len(found) == 1:
        only = f"{found[0].where}: {write(found[0].value, axis, drawing.lang)}."
        return [("Único valor, " if es else "Only value, ") + only]
    top, low = max(found, key=lambda s: s.value), min(found, key=lambda s: s.value)
    high = f"{write(top.value, axis, drawing.lang)} ({top.where})"
    small = f"{write(low.value, axis, drawing.lang)} ({low.where})"
    spread = [s for s in drawing.series if s.spread]
    if spread:
        extremes = (
            f"Mediana más alta: {high}; más baja: {small}." if es else f"Highest median: {high}; lowest: {small}."
        )
    elif top.value == low.value:
        same = write(top.value, axis, drawing.lang)
        extremes = f"Todos los valores son {same}." if es else f"All values are {same}."
    else:
        extremes = f"Máximo: {high}; mínimo: {small}." if es else f"Highest: {high}; lowest: {small}."
    moving = drawing.x.type != "category" and not drawing.horizontal and not any(s.x2 for s in drawing.series)
    return [extremes, *(_moving(drawing, axis, es) if moving else []), _missing(drawing, es)]


def _moving(drawing: Drawing, axis: Axis, es: bool) -> list[str]:
    lines = [(s, last) for s in drawing.series if not s.muted and (last := last_point(s))]
    if len(drawing.panels) > 1 or not lines:
        return []
    out = []
    when = write(max(last[0] for _, last in lines), drawing.x, drawing.lang)
    if len(lines) == 1 and len({s.key for s in drawing.series}) > 1:
        out.append(_named_end(*lines[0], drawing, axis, es))
    elif len(lines) == 1:
        end = write(lines[0][1][1], axis, drawing.lang)
        out.append(f"Último valor: {end} ({when})." if es else f"Last value: {end} ({when}).")
        out.append(_trend(lines[0][0], es))
    else:
        out.append(_ends(lines[:3], drawing, axis, es))
    gaps = max(_gaps(s) for s in drawing.series)
    if gaps:
        words = ("un hueco" if gaps == 1 else f"{gaps} huecos") if es else ("one gap" if gaps == 1 else f"{gaps} gaps")
        out.append(
            f"Hay {words} sin dato." if es else f"There is {words} without data." if gaps == 1 else f"{gaps} gaps."
        )
    return out


def _named_end(series: Series, last: tuple[float, float, int], drawing: Drawing, axis: Axis, es: bool) -> str:
    """The last value of one series among others: «Guanajuato: 5.44 en 2008, baja 26 % de inicio a fin.»"""
    when, end = write(last[0], drawing.x, drawing.lang), write(last[1], axis, drawing.lang)
    daily = drawing.x.type == "time" and drawing.x.format not in ("year", "quarter", "month", "week")
    joint = ("el" if daily else "en") if es else ("on" if daily else "in")
    trend = _trend(series, es).rstrip(".")
    more = f", {trend[:1].lower()}{trend[1:]}" if trend else ""
    return f"{_cut(series.label, NAME_WORDS)}: {end} {joint} {when}{more}."


def _ends(lines: Sequence[tuple[Series, tuple[float, float, int]]], drawing: Drawing, axis: Axis, es: bool) -> str:
    """The last values of several lines, with one date where it is that of all, else with each one's own."""
    opening = "Último valor" if es else "Last value"
    dates = [write(last[0], drawing.x, drawing.lang) for _, last in lines]
    ends = [f"{_cut(s.label, NAME_WORDS)}, {write(last[1], axis, drawing.lang)}" for s, last in lines]
    if len(set(dates)) == 1:
        return f"{opening} ({dates[0]}): {'; '.join(ends)}."
    return f"{opening}: {'; '.join(f'{end} ({date})' for end, date in zip(ends, dates, strict=True))}."


def _trend(series: Series, es: bool) -> str:
    values = [y for y in series.y if y is not None]
    first, last = values[0], values[-1]
    if len(values) < 2 or first == 0 or first * last < 0:
        return ""
    change = (last - first) / abs(first)
    if abs(change) < STEADY:
        return "Casi sin cambio de inicio a fin." if es else "Almost no change from start to end."
    share = formats.percent(abs(change) * 100, "es" if es else "en", 0).replace(" %", "\u00a0%")
    if es:
        return f"{'Sube' if change > 0 else 'Baja'} {share} de inicio a fin."
    return f"{'Rises' if change > 0 else 'Falls'} {share} from start to end."


def _gaps(series: Series) -> int:
    filled = [y is not None for y in series.y]
    starts = sum(1 for a, b in itertools.pairwise(filled) if a and not b)
    return starts - (1 if starts and not filled[-1] else 0)


def _missing(drawing: Drawing, es: bool) -> str:
    names = drawing.territory.names
    if not names:
        return ""
    known = {k for s in drawing.series for k, v in zip(s.keys, s.y, strict=True) if v is not None}
    count = len(set(names) - known)
    if not count:
        return ""
    return (
        f"Sin dato: {formats.number(count)} de {formats.number(len(names))}."
        if es
        else f"No data: {count} of {len(names)}."
    )


def _scattered(drawing: Drawing, es: bool) -> list[str]:
    pairs = [p for s in drawing.series for p in zip(s.x, s.y, strict=True) if None not in p]
    count = formats.number(len(pairs))
    out = [f"{count} puntos." if es else f"{count} points."]
    if drawing.territory.level or not pairs:
        return out
    for axis, values in ((drawing.x, [p[0] for p in pairs]), (drawing.y, [p[1] for p in pairs])):
        low, high = (write(f(v for v in values if v is not None), axis, drawing.lang) for f in (min, max))
        name = _cut(axis.title, NAME_WORDS)
        out.append(f"{name}: de {low} a {high}." if es else f"{name}: from {low} to {high}.")
    return out


def _values(drawing: Drawing) -> Iterator[Said]:
    alone = len({s.key for s in drawing.series}) < 2
    for series in drawing.series:
        panel = drawing.panels[series.panel].label if series.panel < len(drawing.panels) else ""
        figures = series.z or series.y
        for i, value in enumerate(figures):
            if value is not None and not (series.keys and series.keys[i] == ""):
                parts = (
                    panel,
                    "" if alone else series.label,
                    _place(drawing, series, i),
                )
                yield Said(value, ", ".join(dict.fromkeys(_cut(p, NAME_WORDS) for p in parts if p)))


def _place(drawing: Drawing, series: Series, i: int) -> str:
    along = drawing.y if drawing.horizontal else drawing.x
    if along.type == "category" and not along.categories:  # no axis names the mark: its place or its own label does
        return drawing.territory.names.get(series.keys[i]) or series.labels[i]
    x, y = series.x[i], series.y[i]
    if series.z:
        return f"{write(x, drawing.x, drawing.lang)}, {write(y, drawing.y, drawing.lang)}"
    if series.x2:
        return interval(x or 0.0, series.x2[i], drawing.x, drawing.lang)
    return write(x, along, drawing.lang)


def _cut(text: str, words: int) -> str:
    parts = text.split()
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")
