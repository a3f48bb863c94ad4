"""What stands inside a panel in plotly: one function for each kind of mark."""

from __future__ import annotations

from figures import theme
from figures.drawing import Drawing, Series, Spec
from figures.ends import lone
from figures.plotly_figure import place, safe

FINE = 40  # more columns than this touch: on a phone the gaps between them would be half of the drawing


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
            "opacity": theme.FAINT if series.muted else 1,
            "line": {"color": series.color, "width": 1.3 if series.muted else 2.6},
            "marker": {"color": series.color, "size": [6 if one else 0 for one in alone]},
        }
    ]


def _common(series: Series, where: Spec) -> Spec:
    return {
        **where,
        "name": safe(series.label),
        "legendgroup": safe(series.key),
        "customdata": list(series.keys) or [series.key] * len(series.y),
        "hoverinfo": "text",
        "hovertext": [safe(t) for t in series.texts],
        "meta": {"key": series.key},
    }


def areas(drawing: Drawing, series: Series, where: Spec) -> list[Spec]:
    """A layer on the layers before it; what could not be stacked is a line."""
    if not series.base:
        return lines(drawing, series, where)
    xs, ys, texts = [], [], []
    for run in _runs(series):
        bottom = [series.base[i] for i in run]
        top = [base + (series.y[i] or 0.0) for base, i in zip(bottom, run, strict=True)]
        spots = place(drawing.x, tuple(series.x[i] for i in run))
        words = [safe(series.texts[i]) for i in run]
        xs += [*spots, *reversed(spots), None]
        ys += [*top, *reversed(bottom), None]
        texts += [*words, *reversed(words), ""]
    return [
        {
            **_common(series, where),
            "type": "scatter",
            "mode": "lines",
            "x": xs,
            "y": ys,
            "fill": "toself",
            "hoveron": "points",
            "hovertext": texts,
            "customdata": list(series.y),
            "fillcolor": series.color,
            "line": {"color": series.color, "width": 0.5},
        }
    ]


def _runs(series: Series) -> list[list[int]]:
    """The stretches of points without a gap."""
    runs: list[list[int]] = [[]]
    for i, y in enumerate(series.y):
        if y is None:
            runs.append([])
        else:
            runs[-1].append(i)
    return [run for run in runs if run]


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
    """One box a category, from its quantiles (a trace each, because plotly colours boxes by trace), and its words."""
    along, across = ("y", "x") if drawing.horizontal else ("x", "y")
    common = {k: v for k, v in _common(series, where).items() if k not in ("customdata", "hovertext")}
    names = ("lowerfence", "q1", "median", "q3", "upperfence")
    drawn = [i for i, spread in enumerate(series.spread) if None not in spread]
    traces: list[Spec] = [
        {
            **common,
            "type": "box",
            "orientation": "h" if drawing.horizontal else "v",
            along: [series.x[i]],
            **{name: [value] for name, value in zip(names, series.spread[i], strict=True)},
            "width": 0.6,
            "fillcolor": theme.mix(series.colors[i], theme.LIGHT.paper, 0.45),
            "line": {"color": series.colors[i], "width": 1.8},
            "whiskerwidth": 0,
            "hoverinfo": "skip",
            "customdata": [series.keys[i]],
            "showlegend": False,
        }
        for i in drawn
    ]
    dots: Spec = {
        **_common(series, where),
        "type": "scatter",
        "mode": "markers",
        along: [series.x[i] for i in drawn],
        across: [series.y[i] for i in drawn],
        "marker": {"color": series.color, "size": 22, "opacity": 0},
        "customdata": [series.keys[i] for i in drawn],
        "hovertext": [safe(series.texts[i]) for i in drawn],
        "showlegend": False,
    }
    return [*traces, dots]


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
            "xgap": 1 if wide <= FINE else 0,
            "ygap": 1,
        }
    ]
