"""`.json`: the answer for programs: data, columns, meta and links."""

from __future__ import annotations

import orjson

from portal.answer import Answer
from portal.cells import jsonable
from portal.face import Context, Face
from portal.links import links


def render(answer: Answer, _: Context) -> bytes:
    """RFC 8259: each row an object by column name."""
    table, question = answer.table, answer.question
    names = [c.name for c in table.columns]
    return orjson.dumps(
        {
            "data": [dict(zip(names, map(jsonable, row), strict=True)) for row in table.rows],
            "columns": [{"name": c.name, "type": c.type, "label": c.title} for c in table.columns],
            "meta": {
                "total": table.total,
                "returned": len(table.rows),
                "truncated": table.truncated,
                "version": question.manifest.version,
                "elapsed_ms": round(table.elapsed_ms, 1),
                "title": question.words.title,
                "filters": list(question.words.filters),
                "denominator": question.words.denominator,
            },
            "links": links(answer),
        }
    )


FACE = Face(".json", "JSON", "application/json", render, rel="json")
