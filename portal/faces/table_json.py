"""`.table.json`: one page of rows as the page's own table shows them, numbers and dates already written."""

from __future__ import annotations

import orjson

from portal.answer import Answer
from portal.asking import PAGE_ROWS
from portal.face import Context, Face
from portal.links import links
from portal.tables import describe_table, written_rows


def render(answer: Answer, context: Context) -> bytes:
    """`{columns: [{name, title, type, numeric}], rows: [[text]], total, page, pages, description, links}`."""
    table, view = answer.table, answer.question.view
    size = view.size or PAGE_ROWS
    return orjson.dumps(
        {
            "columns": [
                {"name": c.name, "title": c.title, "type": c.type, "numeric": c.type.numeric} for c in table.columns
            ],
            "rows": written_rows(answer, context.portal.settings.territories),
            "total": table.total,
            "page": view.page,
            "pages": max(1, -(-table.total // size)),
            "size": size,
            "title": answer.question.words.title,
            "filters": list(answer.question.words.filters),
            "description": describe_table(answer),
            "links": links(answer),
        }
    )


FACE = Face(".table.json", "Tabla", "application/json", render)
