"""The frame of a plotly figure: axes, panels, legend; the page shows title and source in HTML."""

from __future__ import annotations

import html
import math
from collections.abc import Callable

from figures import formats, theme
from figures.drawing import Axis, Drawing, Series, Spec
from figures.ends import dodge, label_height, last_point
from figures.text import clean, width, wrap
from figures.ticks import ticks

Traces = Callable[[Drawing, Series, Spec], list[Spec]]
ROW_HEIGHT = 26
TALL_ROW = 36
LABEL_ROOM = 150.0
PANEL_HEIGHT = 220
PANEL_GAP = 42.0  # pixels between rows of panels, for tick labels; the next title comes on top
PANEL_ROOM, PANEL_LINES = 150.0, 6
NAME_ROOM = 116


def figure(drawing: Drawing, traces: Traces) -> Spec:
    """`{data, layout}`: one subplot a panel, with shared scales. `layout.meta.dark` is the relayout for dark pages."""
    columns = min(len(drawing.panels), 1 if drawing.y.type == "category" else 2)
    rows = math.ceil(len(drawing.panels) / columns)
    layout = {**theme.plotly_layout(), **_layout(drawing, rows)}
    data: list[Spec] = []
    for index, panel in enumerate(drawing.panels):
        number = "" if index == 0 else str(index + 1)
        place = _cell(index, columns, rows, (PANEL_GAP + _heads(drawing)) / max(layout["height"] - 60, 100))
        layout[f"xaxis{number}"] = _axis(drawing, drawing.x, place["x"], "y" + number, index, columns)
        layout[f"yaxis{number}"] = _axis(drawing, drawing.y, place["y"], "x" + number, index, columns)
        if panel.label:
            layout["annotations"].append(_panel_title(panel.label, place))
        for series in drawing.series:
            if series.panel == index:
                where = {
                    "xaxis": f"x{number}",
                    "yaxis": f"y{number}",
                    "showlegend": index == 0 and not drawing.legend.direct,
                }
                data += traces(drawing, series, where)
    data += _class_entries(drawing)
    layout["annotations"] += [*_value_title(drawing), *_line_names(drawing)]
    layout["meta"] = {"dark": _dark(layout, drawing)}
    return {"data": data, "layout": layout}


def _class_entries(drawing: Drawing) -> list[Spec]:
    """Points without a place, one a class of colour, for the legend."""
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [None],
            "y": [None],
            "name": safe(entry.label),
            "legendgroup": f"class{number}",
            "marker": {"color": entry.color, "size": 12, "symbol": "square"},
            "hoverinfo": "skip",
            "showlegend": True,
        }
        for number, entry in enumerate(drawing.legend.entries if drawing.classes else ())
    ]


def safe(words: str) -> str:
    """Text that plotly shows as typed: its own markup and templates are defused, lines are kept."""
    lines = (html.escape(clean(line), quote=False) for line in words.split("\n"))
    return "<br>".join(lines)


def place(axis: Axis, values: tuple[float | None, ...]) -> list[float | str | None]:
    """Positions as plotly reads them: times as text without an offset."""
    if axis.type != "time":
        return list(values)
    return [None if v is None else formats.moment_of(v).isoformat() for v in values]


def wrapped(label: str, room: float, lines: int = 2) -> str:
    """A label in lines for plotly."""
    return "<br>".join(html.escape(line, quote=False) for line in wrap(label, room, 13, lines=lines))


def _heads(drawing: Drawing) -> int:
    """The pixels that the names of panels take, two lines at least."""
    lines = (len(wrap(p.label, PANEL_ROOM, 13, lines=PANEL_LINES)) for p in drawing.panels)
    return 16 * max(2, *lines, 2)


def _count(axis: Axis, up: bool, columns: int) -> int:
    """How many marks an axis bears on the narrowest page."""
    if axis.type == "category":
        return 999 if up or len(axis.categories) <= 5 else 6 // columns
    return 5 if up else (6 if axis.type == "time" else 5) if columns == 1 else 3


def _span(axis: Axis, up: bool) -> list[float | str | None]:
    """The range shown; lying categories go downwards."""
    low, high = axis.domain
    if axis.type == "time":
        return place(axis, (low, high))
    return [high, low] if up and axis.type == "category" else [low, high]


def _value_title(drawing: Drawing) -> list[Spec]:
    """The title of the upright axis, lying above it."""
    if drawing.horizontal or not drawing.y.titled:
        return []
    marks = ticks(drawing.y, 5, drawing.lang)
    shift = max((width(t.text, 13) for t in marks), default=0) + 6
    lift = 6 + _heads(drawing) if drawing.panels[0].label else 12
    return [{**_note(safe(drawing.y.named), 0, 1, theme.LIGHT.soft), "xshift": -shift, "yshift": lift}]


def _line_names(drawing: Drawing) -> list[Spec]:
    """The names of lines, where they end."""
    if not drawing.legend.direct:
        return []
    low, high = drawing.y.domain
    ends = [(s, last) for s in drawing.series if not s.muted and (last := last_point(s))]
    names = [wrap(s.label, NAME_ROOM, 13, bold=True, lines=3) for s, _ in ends]
    tops = dodge(
        [(high - label_height(s, e)) / (high - low) * 380 for s, e in ends], [len(n) * 16 + 2 for n in names], 0, 390
    )
    return [
        {
            **_note(
                "<b>" + "<br>".join(html.escape(line, quote=False) for line in lines) + "</b>",
                1,
                round(1 - top / 380, 4),
                theme.legible(series.color, theme.LIGHT.paper),
            ),
            "xshift": 6,
            "yanchor": "middle",
        }
        for (series, _), lines, top in zip(ends, names, tops, strict=True)
    ]


def _right(drawing: Drawing) -> int:
    if drawing.labelled:
        return round(max((width(t, 14) for s in drawing.series for t in s.labels), default=0)) + 12
    if drawing.legend.direct:
        names = [n for s in drawing.series if not s.muted for n in wrap(s.label, NAME_ROOM, 13, bold=True, lines=3)]
        return round(max((width(n, 13, bold=True) for n in names), default=0)) + 14
    if drawing.x.type == "linear":
        return 12 + max(
            (round(width(t.text, 13) / 2) for t in ticks(drawing.x, 5, drawing.lang, short=True)), default=0
        )
    return 14


def _top(drawing: Drawing) -> int:
    legend = 34 if drawing.legend.entries and not drawing.legend.direct else 0
    panels = 4 + _heads(drawing) if drawing.panels[0].label else 8
    return legend + panels + (22 if drawing.y.titled and not drawing.horizontal else 0)


def _note(words: str, x: float, y: float, color: str) -> Spec:
    return {
        "text": words,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": color},
    }


def _layout(drawing: Drawing, rows: int) -> Spec:
    height = 460
    if drawing.horizontal:
        broken = any(width(c.label, 13) > LABEL_ROOM for c in drawing.y.categories)
        row = TALL_ROW if broken else ROW_HEIGHT
        slots = len({s.slot for s in drawing.series}) or 1
        height = max(220, round(len(drawing.y.categories) * row * (1 + 0.4 * (slots - 1))) + 60) * rows
    elif drawing.y.type == "category":
        height = max(200, len(drawing.y.categories) * 34 + 120) * rows
    elif rows > 1:
        height = PANEL_HEIGHT * rows + 60
    lift = _top(drawing) - 34
    return {
        "height": height,
        "margin": {"l": 8, "r": _right(drawing), "t": _top(drawing), "b": 8},
        "showlegend": bool(drawing.legend.entries) and not drawing.legend.direct,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": round(1 + lift / max(height - 90, 100), 3),
            "yanchor": "bottom",
            "font": {"color": theme.LIGHT.ink},
        },
        "hovermode": "closest",
        "dragmode": False,
        "barmode": "overlay",
        "annotations": [],
        "separators": ".,",
    }


def _cell(index: int, columns: int, rows: int, gap: float) -> dict[str, list[float]]:
    row, column = divmod(index, columns)
    wide, tall = (1 - 0.05 * (columns - 1)) / columns, (1 - gap * (rows - 1)) / rows
    left, top = column * (wide + 0.05), 1 - row * (tall + gap)
    return {"x": [round(left, 4), round(left + wide, 4)], "y": [round(top - tall, 4), round(top, 4)]}


def _axis(drawing: Drawing, axis: Axis, domain: list[float], anchor: str, index: int, columns: int) -> Spec:
    up = axis is drawing.y
    low, high = axis.domain
    marks = ticks(axis, _count(axis, up, columns), drawing.lang, short=not up)
    room = LABEL_ROOM if up else max(60.0, 900 / columns / max(len(marks), 1))
    hidden = axis.type != "category" and drawing.labelled
    labelled = not (up and index % columns) and not hidden
    spec: Spec = {
        "type": "date" if axis.type == "time" else "linear",
        "range": _span(axis, up),
        "domain": domain,
        "anchor": anchor,
        "tickmode": "array",
        "ticks": "",
        "tickangle": 0,
        "tickvals": place(axis, tuple(t.value for t in marks)),
        "ticktext": [
            wrapped(t.text, room) if len(t.lines) == 1 else "<br>".join(html.escape(line) for line in t.lines)
            for t in marks
        ],
        "showticklabels": labelled,
        "automargin": True,
        "ticklabelstandoff": 6,
        "fixedrange": True,
        "zeroline": axis.type == "linear" and low <= 0 <= high,
        "zerolinecolor": theme.LIGHT.axis,
        "showgrid": axis.type == "linear" and not hidden and (up or drawing.horizontal or drawing.form.cloud),
        "gridcolor": theme.LIGHT.grid,
        "linecolor": theme.LIGHT.axis,
        "showline": not up and not drawing.horizontal,
        "tickfont": {"size": 13, "color": theme.LIGHT.ink if axis.type == "category" else theme.LIGHT.soft},
    }
    if not up and axis.titled and labelled and not drawing.panels[0].label:
        spec["title"] = {
            "text": safe(axis.named),
            "font": {"size": 13, "color": theme.LIGHT.soft},
            "standoff": 8,
        }
    return spec


def _panel_title(label: str, where: dict[str, list[float]]) -> Spec:
    return _note(f"<b>{wrapped(label, PANEL_ROOM, PANEL_LINES)}</b>", where["x"][0], where["y"][1], theme.LIGHT.ink)


def _dark(layout: Spec, drawing: Drawing) -> Spec:
    """What a page relayouts with when it is dark: dotted keys to values."""
    swap = {
        theme.LIGHT.ink: theme.DARK.ink,
        theme.LIGHT.soft: theme.DARK.soft,
        theme.LIGHT.grid: theme.DARK.grid,
        theme.LIGHT.axis: theme.DARK.axis,
        theme.LIGHT.paper: theme.DARK.paper,
    }
    for series in drawing.series:
        swap[theme.legible(series.color, theme.LIGHT.paper)] = theme.legible(series.color, theme.DARK.paper)
    found: Spec = {}
    _swap(layout, "", swap, found)
    return found


def _swap(part: object, path: str, swap: dict[str, str], found: Spec) -> None:
    if isinstance(part, dict):
        for key, value in part.items():
            _swap(value, f"{path}.{key}" if path else str(key), swap, found)
    elif isinstance(part, list):
        for i, value in enumerate(part):
            _swap(value, f"{path}[{i}]", swap, found)
    elif isinstance(part, str) and part in swap:
        found[path] = swap[part]
