"""The portal's own data as a small DCAT folder, `var/propios/`, harvested like any other catalogue."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from model.demand import WishedInMonth
from model.survey import Results, Survey
from participation.deadline import today
from participation.question import type_named
from portal.own import AGENCY, DEMAND, FEEDBACK, FOLDER, survey_identifier
from portal.portal import Portal
from portal.screening import holds_listed_word
from portal.usecases.demand import LEAST
from portal.usecases.open_data import as_csv
from store import demand, survey_replies, surveys
from store.catalogue import datasets

CATALOGUE = "data.json"
KEPT_MONTHS = 24
RARE_DAYS = 90  # words that never came often enough to be shown are forgotten after these days


@dataclass(frozen=True, slots=True)
class OwnTable:
    """One dataset of one table: what its entry in the catalogue says, and its file."""

    identifier: str
    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    modified: date
    content: bytes


def write_own(portal: Portal, now: datetime) -> bool:
    """Bring `var/propios/` up to date with the store; whether anything is another than before. Raises StoreDown."""
    folder = portal.settings.var / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    made = (*_feedback(portal, folder, now), *_demand(portal, now), *_surveys(portal, now))
    files = {f"{table.name}.csv": table.content for table in made}
    files[CATALOGUE] = _catalogue(made)  # last: it never names a file that is not there
    changed = [_written(folder / name, content) for name, content in files.items()]
    gone = [path for path in folder.glob("*.csv") if path.name not in files]
    for path in gone:
        path.unlink()
    return any(changed) or bool(gone)


def forget_old(portal: Portal, now: datetime) -> None:
    """Delete counts of demand that have been kept long enough. Raises StoreDown."""
    day = today(now)
    month = day.replace(day=1)
    for _ in range(KEPT_MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
    demand.clear(portal.store, month, day - timedelta(days=RARE_DAYS), LEAST)


def _feedback(portal: Portal, folder: Path, now: datetime) -> Iterable[OwnTable]:
    content = as_csv(portal)
    if content.count(b"\n") < 2:  # the header alone
        return
    before = folder / "participacion.csv"
    same = before.exists() and before.read_bytes() == content
    yield OwnTable(
        identifier=FEEDBACK,
        name=before.stem,
        title="Preguntas, solicitudes y respuestas de este portal",
        description=(
            "Cada pregunta, reporte, solicitud, comentario e idea que se envió a este portal, con su estado, su plazo, "
            "sus votos y la respuesta de la dependencia. Sin nombres ni datos personales."
        ),
        keywords=("participación", "preguntas", "solicitudes de datos", "respuestas", "votos"),
        modified=today(datetime.fromtimestamp(before.stat().st_mtime, UTC) if same else now),
        content=content,
    )


def _demand(portal: Portal, now: datetime) -> Iterable[OwnTable]:
    """Up to yesterday: whole days only, so that the table changes once a day."""
    until = today(now) - timedelta(days=1)
    counted = demand.months(portal.store, until, LEAST)
    found = [row for row in counted if not holds_listed_word(portal.settings, row.wish.term)]
    if not found:
        return
    homes = {d.slug: (d.title, d.agency.acronym or d.agency.name) for d in datasets(portal.store, stale=True)}
    header = ("mes", "tipo", "dependencia", "conjunto", "recurso", "termino", "veces")
    yield OwnTable(
        identifier=DEMAND,
        name="demanda",
        title="Lo que la gente busca en este portal",
        description=(
            "Cuántas veces al mes se buscó algo que no está, se pidió un formato que no se ofrece, no se pudo abrir un "
            "archivo, y se vieron o descargaron los datos. Sin direcciones ni cookies de nadie; las palabras de una "
            f"búsqueda aparecen desde {LEAST} veces en el mes."
        ),
        keywords=("demanda", "búsquedas", "descargas", "visitas", "datos abiertos"),
        modified=until,
        content=_csv([header, *(_wished(row, homes) for row in found)]),
    )


def _wished(row: WishedInMonth, homes: dict[str, tuple[str, str]]) -> Sequence[object]:
    wish = row.wish
    title, agency = homes.get(wish.dataset, (wish.dataset, ""))
    return (row.month.isoformat(), wish.what.label, agency, title, wish.resource, wish.term, row.times)


def _surveys(portal: Portal, now: datetime) -> Iterable[OwnTable]:
    for survey in surveys.published(portal.store):
        if survey.tells(today(now)):
            results = survey_replies.results(portal.store, survey.slug)
            if results.people and results.last is not None:
                yield _survey(survey, results, today(results.last))


def _survey(survey: Survey, results: Results, modified: date) -> OwnTable:
    header = ("pregunta", "clave_pregunta", "tipo", "respuesta", "clave_respuesta", "valor", "personas", "contestaron")
    return OwnTable(
        identifier=survey_identifier(survey.slug),
        name=f"encuesta-{survey.slug}",
        title=f"Encuesta: {survey.title}",
        description=(
            f"Resultados de la encuesta pública «{survey.title}». {survey.description} Cuántas personas eligieron cada "
            "respuesta y cuántas contestaron cada pregunta; participó quien quiso. No incluye las respuestas abiertas."
        ),
        keywords=("encuesta", "participación", "opinión"),
        modified=modified,
        content=_csv([header, *_counts(results)]),
    )


def _counts(results: Results) -> Iterable[Sequence[object]]:
    for tally in results.tallies:
        question = tally.question
        kind = type_named(question.kind)
        for option, times in tally.counts:
            label = f"{option.label} (retirada)" if option.removed else option.label
            value = option.id if option.id.isdigit() else ""
            yield (question.text, question.id, kind.label, label, option.id, value, times, tally.answered)


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _catalogue(made: Iterable[OwnTable]) -> bytes:
    found = {"title": AGENCY, "language": ["es"], "dataset": [_entry(table) for table in made]}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _entry(table: OwnTable) -> dict[str, object]:
    return {
        "identifier": table.identifier,
        "title": table.title,
        "description": table.description,
        "publisher": {"name": AGENCY},
        "theme": ["Otros"],
        "keyword": list(table.keywords),
        "modified": table.modified.isoformat(),
        "accessLevel": "public",
        "distribution": [
            {
                "identifier": f"{table.identifier}/datos",
                "title": "Datos",
                "downloadURL": f"{table.name}.csv",
                "mediaType": "text/csv",
                "format": "CSV",
            }
        ],
    }


def _written(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all; False if it said so already."""
    if path.exists() and path.read_bytes() == content:
        return False
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return True
