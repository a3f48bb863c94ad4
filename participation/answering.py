"""The form of an official answer: its fields, and from what was sent to a NewAnswer or sentences by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from model.errors import InvalidForm
from model.thread import AnswerType, NewAnswer
from participation.forms import TOKEN, checked_fields
from participation.kind import Field

TEXT = Field(
    "texto", "Respuesta", "Pública y a nombre de la dependencia.", True, 2, 20_000, multiline=True
)  # fmt: skip
TYPE = Field("tipo", "Qué responde", required=True, choices=tuple((t.value, t.label) for t in AnswerType))
DAY = Field("fecha", "Fecha estimada", "Sólo si responde con una fecha.", longest=10, type="date")
GROUND = Field(
    "fundamento", "Fundamento legal", "Sólo si no procede: ley, artículo y fracción.", longest=1_000, multiline=True
)
VIEW = Field(
    "vista", "Vista que cita", "La dirección de una gráfica o tabla de este portal; se muestra junto a la respuesta.",
    longest=8_000,
)  # fmt: skip
UNCITED = Field("sin_vista", "Por qué no cita ninguna", "Si no cita una vista.", longest=300)
FIELDS = (TYPE, TEXT, DAY, GROUND, VIEW, UNCITED)
SHORTEST_GROUND = 10
_TOKEN = re.compile(r"([A-Za-z0-9_-]{20,64})?")


def validate_answer(form: Mapping[str, str], today: date) -> NewAnswer:
    """An official answer, from the fields of FIELDS (and TOKEN, which makes twice once). Raises InvalidForm.

    `vista` is only known to be text here: whoever can ask the view checks it.
    """
    problems: dict[str, str] = {}
    fields = checked_fields(FIELDS, form, problems)
    kind = AnswerType(fields[TYPE.name]) if TYPE.name not in problems else None
    day = date.fromisoformat(fields[DAY.name]) if fields[DAY.name] and DAY.name not in problems else None
    if kind is AnswerType.DATE and DAY.name not in problems:
        if day is None:
            problems[DAY.name] = "Diga para cuándo: escriba la fecha estimada."
        elif day < today:
            problems[DAY.name] = "La fecha estimada ya pasó."
    if kind is AnswerType.REFUSED and len(fields[GROUND.name]) < SHORTEST_GROUND and GROUND.name not in problems:
        problems[GROUND.name] = "Para decir que no procede hace falta el fundamento legal: ley, artículo y fracción."
    if kind is AnswerType.PUBLISHED and not fields[VIEW.name]:
        problems.setdefault(VIEW.name, "Ponga la dirección en este portal del conjunto de datos ya publicado.")
    if not fields[VIEW.name] and not fields[UNCITED.name]:
        problems.setdefault(VIEW.name, "Cite una vista, o diga abajo por qué no cita ninguna.")
    token = form.get(TOKEN, "")
    if not _TOKEN.fullmatch(token):
        problems[TOKEN] = "El formulario caducó. Recargue la página y envíelo de nuevo."
    if problems or kind is None:
        raise InvalidForm(problems)
    return NewAnswer(
        type=kind,
        text=fields[TEXT.name],
        day=day if kind is AnswerType.DATE else None,
        ground=fields[GROUND.name] if kind is AnswerType.REFUSED else "",
        view=fields[VIEW.name],
        uncited="" if fields[VIEW.name] else fields[UNCITED.name],
        token=token,
    )
