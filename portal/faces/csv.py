"""`.csv`: the whole view as UTF-8 comma-separated text, with a header line."""

from __future__ import annotations

import csv
import io

from portal.answer import Answer
from portal.cells import plain
from portal.face import Context, Face


def render(answer: Answer, _: Context) -> bytes:
    """Header and rows; null is an empty field, text is quoted only where it must be."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([c.name for c in answer.table.columns])
    writer.writerows([plain(cell) for cell in row] for row in answer.table.rows)
    return out.getvalue().encode()


FACE = Face(".csv", "CSV", "text/csv; charset=utf-8", render, export=True, rel="csv")
