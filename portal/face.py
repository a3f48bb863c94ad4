"""What a face is, and how its bytes are made once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import portal.faces
from model.errors import BadRequest, NotFound
from model.registry import discover
from model.view import View
from portal.answer import Answer, Question
from portal.asking import answer, count_rows
from portal.portal import Portal
from portal.static import static_files
from query.address import address

DRAWING_REVISION = 4  # raise it when the same answer is drawn differently
FACE_REVISION = 4  # raise it when the same answer is written differently


@dataclass(frozen=True, slots=True)
class Context:
    """What a face may need beyond the answer: the portal and the options of the drawing."""

    portal: Portal
    width: int = 0


@dataclass(frozen=True, slots=True)
class Face:
    """One way to write an answer down.

    `export`: holds the whole view, up to the limit of the settings, whatever page it names. `drawn`: is made of
    the drawing, where the view has one. `rel`: the name under which the `links` of an answer offer it, "" where it is
    only for the page itself; `picture`: there is none of a plain table.
    """

    suffix: str
    label: str
    media_type: str
    render: Callable[[Answer, Context], bytes]
    export: bool = False
    drawn: bool = False
    rel: str = ""
    picture: bool = False


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
    """The identity of these bytes: the canonical pinned address, and all else that they are made of."""
    settings, dataset = context.portal.settings, question.dataset
    parts = (
        address(question.view, face.suffix),
        FACE_REVISION,
        (DRAWING_REVISION, context.width, settings.base_url) if face.drawn else settings.export_rows,
        (dataset.title, question.resource.title, dataset.agency, question.release.published),
        [file.name for file in static_files(settings).values()],
        sorted(context.portal.withdrawn(question.manifest)),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _whole(home: Portal, question: Question) -> Answer:
    """All rows of the view; BadRequest past the limit of the settings: half an export looks like a whole one."""
    limit = home.settings.export_rows
    total = count_rows(home, question)
    if total > limit:
        raise BadRequest(
            f"Esta vista tiene {total:,} renglones y se descargan hasta {limit:,}: filtre, agrupe, "
            "o descargue el archivo original en la página del conjunto."
        )
    return answer(home, question, rows=limit)


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
        body = face.render(_whole(home, question) if face.export else answer(home, question, draw=face.drawn), context)
        home.cache.set(key, body)
    return Rendered(face, body, key[:32], question.pinned, question)
