"""All that was asked and answered, as data that anyone may take: personal data masked, names left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from model.thread import Message, Thread
from participation.personal import mask
from portal.portal import Portal
from store.moderation import each_public
from store.votes import counted

BATCH = 500
COLUMNS = (
    "folio", "tipo", "estado", "dependencia", "conjunto", "recurso", "version", "pagina", "vista", "columna", "sobre",
    "texto", "detalles", "creada", "plazo", "respuestas", "respondida", "tipo_respuesta", "respuesta", "fundamento",
    "vista_citada", "votos_confirmados", "votos_sin_confirmar", "unida_a",
)  # fmt: skip
Row = dict[str, str | int]


def rows(portal: Portal) -> Iterator[tuple[Thread, Row]]:
    """Every public thread, oldest first, with its row: COLUMNS by name. The answer in it is the newest. StoreDown."""
    skip = 0
    while found := each_public(portal.store, skip, BATCH):
        votes = counted(portal.store, [thread.folio for thread in found])
        for thread in found:
            tally = votes[thread.folio]
            yield (
                thread,
                {
                    **_asked(thread),
                    **_answered(thread),
                    "votos_confirmados": tally.confirmed,
                    "votos_sin_confirmar": tally.unconfirmed,
                    "unida_a": thread.merged_into,
                },
            )
        skip += BATCH


def as_csv(portal: Portal) -> bytes:
    """One line a thread, after a line of names, as the other tables of the portal are written. Raises StoreDown."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([row[name] for name in COLUMNS] for _, row in rows(portal))
    return out.getvalue().encode()


def as_objects(portal: Portal) -> list[dict[str, object]]:
    """One object a thread, with all its answers and its history. Raises StoreDown."""
    return [
        {
            **row,
            "detalles": {name: mask(value) for name, value in thread.details},
            "respuestas": [_answer(message) for message in thread.answers],
            "historia": [
                {"fecha": e.moment.isoformat(), "que": e.what, "quien": e.by, "motivo": mask(e.reason, official=True)}
                for e in thread.events
            ],
        }
        for thread, row in rows(portal)
    ]


def _asked(thread: Thread) -> Mapping[str, str]:
    anchor = thread.anchor
    return {
        "folio": thread.folio,
        "tipo": thread.kind,
        "estado": thread.state.value,
        "dependencia": thread.agency,
        "conjunto": anchor.dataset,
        "recurso": anchor.resource,
        "version": anchor.version,
        "pagina": anchor.page,
        "vista": anchor.view,
        "columna": anchor.column,
        "sobre": mask(anchor.label),
        "texto": mask(thread.question.text),
        "detalles": "; ".join(f"{name}: {mask(value)}" for name, value in thread.details),
        "creada": thread.created.isoformat(),
        "plazo": thread.deadline.isoformat(),
    }


def _answered(thread: Thread) -> Row:
    last = thread.answers[-1] if thread.answers else None
    said = _answer(last) if last else {}
    return {
        "respuestas": len(thread.answers),
        "respondida": str(said.get("fecha", "")),
        "tipo_respuesta": str(said.get("tipo", "")),
        "respuesta": str(said.get("texto", "")),
        "fundamento": str(said.get("fundamento", "")),
        "vista_citada": str(said.get("vista", "")),
    }


def _answer(message: Message) -> dict[str, str]:
    return {
        "fecha": message.created.isoformat(),
        "de": message.name,
        "tipo": message.type.value if message.type else "",
        "texto": mask(message.text, official=True),
        "fecha_estimada": message.day.isoformat() if message.day else "",
        "fundamento": mask(message.ground, official=True),
        "vista": message.view,
        "sin_vista": mask(message.uncited, official=True),
    }
