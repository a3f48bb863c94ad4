"""The addresses that go with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from model.chart import PLAIN
from portal.answer import Answer
from portal.asking import PAGE_ROWS
from portal.face import faces
from query.address import address


def links(answer: Answer) -> Mapping[str, str]:
    """`self`, `page`, `next`, `previous` where there are such pages, and each face, as site-relative addresses."""
    view = answer.question.view
    size = view.size or PAGE_ROWS
    drawn = view.chart not in ("", PLAIN)
    found = {
        "self": address(view, ".json"),
        "page": address(view),
        "live": address(replace(view, version="")),
        **{
            face.rel: address(view, face.suffix)
            for face in faces().values()
            if face.rel and (drawn or not face.picture)
        },
    }
    if answer.drawing is None:
        if view.page * size < answer.table.total:
            found["next"] = address(replace(view, page=view.page + 1), ".json")
        if view.page > 1:
            found["previous"] = address(replace(view, page=view.page - 1), ".json")
    return found
