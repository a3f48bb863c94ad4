"""What a face is, and how its bytes are made once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import portal.faces
from model.errors import NotFound
from model.registry import discover
from model.view import View
from portal.answer import Answer, Question
from portal.asking import answer
from portal.portal import Portal
from portal.static import static_files
from query.address import address

DRAWING_REVISION = 1  # raise it when the same answer is drawn differently
FACE_REVISION = 1  # raise it when the same answer is written differently


@dataclass(frozen=True, slots=True)
class Context:
    """What a face may need beyond the answer: the site's address and the options of the drawing."""

    portal: Portal
    base_url: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class Face:
    """One way to write an answer down.

    `export`: holds the whole view, up to the limit of the settings, whatever page it names. `drawn`: is made of
    the drawing, where the view has one.
    """

    suffix: str
    label: str
    media_type: str
    render: Callable[[Answer, Context], bytes]
    export: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A face's bytes, and what a client may keep of them."""

    face: Face
    body: bytes
    etag: str
    pinned: bool
    question: Question


@lru_cache(maxsize=1)
def faces() -> Mapping[str, Face]:
    """The drawer, by suffix (with its leading dot)."""
    return {f.suffix: f for f in discover(portal.faces, "FACE") if isinstance(f, Face)}


def face_key(question: Question, face: Face, context: Context) -> str:
    """The identity of these bytes: canonical pinned address, face, its options, the outlines and the revisions."""
    drawing = f"|{DRAWING_REVISION}|{context.width}" if face.drawn else ""
    territory = "|".join(f.name for f in static_files(context.portal.settings).values())
    text = f"{address(question.view, face.suffix)}|{FACE_REVISION}{drawing}|{territory}|{context.base_url}"
    return hashlib.sha256(text.encode()).hexdigest()


def render_face(view: View, suffix: str, context: Context) -> Rendered:
    """The face of a view, from the cache where it stands there.

    Raises NotFound for an unknown suffix and the errors of `ask`.
    """
    face = faces().get(suffix)
    if face is None:
        raise NotFound(f"No existe el formato «{suffix[:20]}».")
    home = context.portal
    question = home.question(view)
    key = face_key(question, face, context)
    body: bytes | None = home.cache.get(key)
    if body is None:
        rows = home.settings.export_rows if face.export else 0
        body = face.render(answer(home, question, rows=rows, draw=face.drawn), context)
        home.cache.set(key, body)
    return Rendered(face, body, key[:32], question.pinned, question)
