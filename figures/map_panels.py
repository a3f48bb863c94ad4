"""Small maps beside each other, all to one scale and in the same classes, and the legend above them."""

from __future__ import annotations

import math
from dataclasses import replace

from figures import theme
from figures.drawing import Drawing, Legend, Size, Spec
from figures.geography import corners, fit
from figures.map_legend import steps
from figures.outlines import flat, shapes
from figures.text import wrap
from figures.vega_frame import Box, Mark, compose, letters, text
from figures.vega_plot import PANEL_LINES, many_columns

GAP = 16.0
TALL = 0.68  # the height of the country for its width


def multiples(drawing: Drawing, size: Size) -> Spec:
    """One small map a panel, all to one scale and in the same classes, the legend above them."""
    count, type_ = len(drawing.panels), letters(size)
    most = 2 if size.narrow else many_columns(count)
    columns = min(count, most)
    wide = (size.width - 2 * type_.pad - GAP * (columns - 1)) / columns
    rows = math.ceil(count / columns)
    heads = max(len(wrap(p.label, wide, type_.label, bold=True, lines=PANEL_LINES)) for p in drawing.panels)
    head = heads * type_.label * 1.25 + 6
    used, _ = steps(drawing, size, Box(0, 0, size.width - 2 * type_.pad, 0))
    tall = used + rows * (head + wide * TALL + GAP)

    outlines = flat(drawing.territory, fit(corners(drawing.territory.features), wide, wide * TALL))

    def body(box: Box) -> list[Mark]:
        _, marks = steps(drawing, size, box)
        for index, panel in enumerate(drawing.panels):
            row, column = divmod(index, columns)
            x, y = box.x + column * (wide + GAP), box.y + used + row * (head + wide * TALL + GAP)
            lines = wrap(panel.label, wide, type_.label, bold=True, lines=PANEL_LINES)
            ink = theme.tones(size.dark).ink
            marks.append(text(x, y + type_.label, lines, type_.label, ink, bold=True))
            place = Box(x, y + head, wide, wide * TALL)
            marks.append(shapes(drawing, drawing.series[index], size, place, outlines))
        return marks

    return compose(replace(drawing, legend=Legend()), size, (tall, tall), body)
