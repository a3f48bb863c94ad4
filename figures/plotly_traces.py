"""What stands inside a panel in plotly: one function for each kind of mark."""

from __future__ import annotations

from figures.drawing import Drawing, Series, Spec
from figures.ends import lone
from figures.plotly_figure import place, safe


def bars(drawing: Drawing, series: Series, where: Spec) -> list[Spec]:
    """Bars at their slots, stacked by base."""
    along, across = ("y", "x") if drawing.horizontal else ("x", "y")
    trace: Spec = {
        **_common(series, where),
        "type": "bar",
        "orientation": "h" if drawing.horizontal else "v",
        along: list(series.x),
        across: list(series.y),
        "offset": series.slot[0],
        "width": series.slot[1],
        "marker": {"color": list(series.colors) or series.color},
    }
    if series.base:
        trace["base"] = list(series.base)
    if drawing.labelled:
        trace |= {
            "text": [safe(t) for t in series.labels],
            "textposition": "outside",
            "cliponaxis": False,
            "constraintext": "none",
        }
    return [trace]


def lines(drawing: Drawing, series: Series, where: Spec) -> list[Spec]:
    """A line with gaps; values that stand alone get a dot."""
    alone = lone(series)
    return [
        {
            **_common(series, where),
            "type": "scatter",
            "mode": "lines+markers" if any(alone) else "lines",
            "x": place(drawing.x, series.x),
            "y": list(series.y),
            "connectgaps": False,
            "line": {"color": series.color, "width": 1.3 if series.muted else 2.6},
            "marker": {"color": series.color, "size": [6 if one else 0 for one in alone]},
        }
    ]


def _common(series: Series, where: Spec) -> Spec:
    return {
        **where,
        "name": safe(series.label),
        "legendgroup": series.key,
        "customdata": list(series.keys) or [series.key] * len(series.y),
        "hoverinfo": "text",
        "hovertext": [safe(t) for t in series.texts],
        "meta": {"key": series.key},
    }


def areas(drawing: Drawing, series: Series, where: Spec) -> list[Spec]:
    """A layer on the layers before it; what could not be stacked is a line."""
    if not series.base:
        return lines(drawing, series, where)
    return [
        {
            **_common(series, where),
            "type": "scatter",
            "mode": "lines",
            "x": place(drawing.x, series.x),
            "y": list(series.y),
            "stackgroup": f"panel{series.panel}",
            "stackgaps": "infer zero",
            "fillcolor": series.color,
            "line": {"color": series.color, "width": 0.5},
        }
    ]


def bins(_drawing: Drawing, series: Series, where: Spec) -> list[Spec]:
    """Counted intervals, edge to edge."""
    xs = [x for x in series.x if x is not None]
    return [
        {
            **_common(series, where),
            "type": "bar",
            "x": xs,
            "y": list(series.y),
            "offset": 0,
            "width": [b - a for a, b in zip(xs, series.x2, strict=True)],
            "marker": {"color": series.color, "line": {"width": 0}},
            "customdata": [list(pair) for pair in zip(xs, series.x2, strict=True)],
        }
    ]


def dots(drawing: Drawing, series: Series, where: Spec) -> list[Spec]:
    """Points, those stressed with their names."""
    many = sum(len(s.x) for s in drawing.series)
    trace: Spec = {
        **_common(series, where),
        "type": "scatter",
        "mode": "markers+text" if any(series.labels) else "markers",
        "x": place(drawing.x, series.x),
        "y": place(drawing.y, series.y),
        "marker": {
            "color": list(series.colors) or series.color,
            "size": 9 if many <= 60 else 7 if many <= 600 else 5,
            "opacity": 0.8 if many <= 600 else 0.5,
        },
        "cliponaxis": False,
    }
    if any(series.labels):
        middle = sum(drawing.x.domain) / 2
        sides = ["middle left" if x is not None and x > middle else "middle right" for x in series.x]
        trace |= {"text": [safe(t) for t in series.labels], "textposition": sides}
    return [trace]


def boxes(drawing: Drawing, series: Series, where: Spec) -> list[Spec]:
    """One box a category, from its quantiles; a trace each, because plotly colours boxes by trace."""
    along, across = ("y", "x") if drawing.horizontal else ("x", "y")
    common = {k: v for k, v in _common(series, where).items() if k not in ("customdata", "hovertext")}
    names = ("lowerfence", "q1", "median", "q3", "upperfence")
    return [
        {
            **common,
            "type": "box",
            "orientation": "h" if drawing.horizontal else "v",
            along: [at],
            **{name: [value] for name, value in zip(names, spread, strict=True)},
            "width": 0.6,
            "fillcolor": color,
            "line": {"color": color, "width": 1.6},
            "hoverinfo": across,
            "customdata": [key],
            "showlegend": False,
        }
        for at, spread, key, color in zip(series.x, series.spread, series.keys, series.colors, strict=True)
        if None not in spread
    ]


def cells(drawing: Drawing, series: Series, where: Spec) -> list[Spec]:
    """Coloured cells: z is the number of the class, the value stands in customdata."""
    wide, tall = len(drawing.x.categories), len(drawing.y.categories)
    grid: list[list[int | None]] = [[None] * wide for _ in range(tall)]
    values: list[list[float | None]] = [[None] * wide for _ in range(tall)]
    texts = [[""] * wide for _ in range(tall)]
    order = {c.color: i for i, c in enumerate(drawing.classes)}
    for x, y, z, color, words in zip(series.x, series.y, series.z, series.colors, series.texts, strict=True):
        if x is not None and y is not None:
            grid[int(y)][int(x)], values[int(y)][int(x)], texts[int(y)][int(x)] = order[color], z, safe(words)
    count = max(len(drawing.classes), 1)
    steps = [[(i + side) / count, c.color] for i, c in enumerate(drawing.classes) for side in (0, 1)]
    common = {k: v for k, v in _common(series, where).items() if k not in ("customdata", "hovertext", "showlegend")}
    return [
        {
            **common,
            "type": "heatmap",
            "z": grid,
            "x": list(range(wide)),
            "y": list(range(tall)),
            "customdata": values,
            "hovertext": texts,
            "zmin": -0.5,
            "zmax": count - 0.5,
            "colorscale": steps or [[0, series.color], [1, series.color]],
            "showscale": False,
            "xgap": 1,
            "ygap": 1,
        }
    ]
