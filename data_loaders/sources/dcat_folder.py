"""A folder with a DCAT `data.json`: its distributions are files beside it, or links."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from data_loaders import dcat
from data_loaders.agencies import UNKNOWN
from data_loaders.places import is_link, locate
from data_loaders.source import Source
from model.dataset import Agency, Contact, Dataset, Harvest, Problem, Resource
from model.spelling import slug, unique
from model.themes import theme_named

NAME = "data.json"
LARGEST = 64 * 1024 * 1024
PRIVATE = frozenset({"non-public", "private", "privado"})


@dataclass(slots=True)
class _Entry:
    """One dataset's object, its place in the file and what was found wrong with it."""

    folder: Path
    where: str
    data: dict[str, object]
    problems: list[Problem]

    def wrong(self, reason: str, where: str = "") -> None:
        self.problems.append(Problem(f"{self.where}{where}", reason))


def accepts(location: Path) -> bool:
    """A folder that holds a `data.json`."""
    return (location / NAME).is_file()


def read(location: Path) -> Harvest:
    """Every well-formed dataset of the catalogue; the rest, and each doubt, as Problems in Spanish."""
    problems: list[Problem] = []
    entries = _entries(location / NAME, problems)
    found = [
        dataset for i, entry in enumerate(entries, 1) if (dataset := _dataset(location, i, entry, problems)) is not None
    ]
    _name_repeats(found, problems)
    slugs = unique(slug(dataset.title) for dataset in found)
    identifiers = unique((dataset.identifier for dataset in found), "#")
    named = (replace(d, slug=s, identifier=i) for d, s, i in zip(found, slugs, identifiers, strict=True))
    return Harvest(tuple(named), tuple(problems))


def _entries(path: Path, problems: list[Problem]) -> list[object]:
    try:
        if path.stat().st_size > LARGEST:
            problems.append(Problem(NAME, f"El catálogo pasa de {LARGEST // 1024**2} MB."))
            return []
        root = dcat.plain_keys(_parse(path.read_bytes(), problems))
    except OSError:
        problems.append(Problem(NAME, "No se pudo abrir el archivo del catálogo; revise sus permisos."))
        return []
    except (ValueError, RecursionError) as error:
        at = f" (renglón {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        problems.append(Problem(NAME, f"El catálogo no es JSON válido{at}."))
        return []
    problems.extend(p for name in ("issued", "modified") for p in _undated(NAME, name, root))
    entries = root.get("dataset", root.get("@graph"))
    if isinstance(entries, dict):
        return [entries]
    if not isinstance(entries, list):
        problems.append(Problem(NAME, "El catálogo no tiene la lista «dataset»."))
        return []
    return entries


def _parse(raw: bytes, problems: list[Problem]) -> object:
    try:
        return json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        problems.append(Problem(NAME, "El catálogo no está en UTF-8; se leyó como Windows-1252."))
        return json.loads(raw.decode("cp1252", errors="replace"))


def _dataset(folder: Path, number: int, raw: object, problems: list[Problem]) -> Dataset | None:
    data = dcat.plain_keys(raw)
    title = dcat.text(data.get("title"))
    entry = _Entry(folder, f"conjunto {number}" + (f" «{title[:80]}»" if title else ""), data, problems)
    refusal = _refusal(raw, data, title)
    if refusal:
        entry.wrong(refusal)
        return None
    _name_doubts(entry)
    contact = dcat.plain_keys(_first(data.get("contactPoint")))
    return Dataset(
        identifier=dcat.text(data.get("identifier")) or dcat.link(data.get("landingPage")) or slug(title),
        slug=slug(title),
        title=title,
        agency=_agency(entry),
        description=dcat.text(data.get("description"), dcat.PROSE),
        contact=Contact(dcat.text(contact.get("fn")), dcat.mail(contact.get("hasEmail", contact.get("email")))),
        themes=tuple(dict.fromkeys(theme_named(theme) for theme in dcat.words(_listed(data.get("theme"))))),
        keywords=dcat.words(data.get("keyword")),
        license=_said(entry, "license", dcat.licence(data.get("license"))),
        modified=dcat.day(data.get("modified")),
        temporal=dcat.period(data.get("temporal")),
        periodicity=dcat.text(data.get("accrualPeriodicity")),
        spatial=dcat.text(data.get("spatial")),
        landing_page=_said(entry, "landingPage", dcat.link(data.get("landingPage"))),
        resources=_resources(entry),
    )


def _refusal(raw: object, data: dict[str, object], title: str) -> str:
    if not isinstance(raw, dict):
        return "La entrada no es un objeto."
    if not title:
        return "Falta el título («title») o no es un texto."
    if dcat.text(data.get("accessLevel")).lower() in PRIVATE:
        return "El conjunto está marcado como privado («accessLevel»); no se publica."
    return ""


def _name_doubts(entry: _Entry) -> None:
    for name, limit in (("title", dcat.TITLE), ("description", dcat.PROSE)):
        if dcat.too_long(entry.data.get(name), limit):
            entry.wrong(f"«{name}» pasa de {limit:,} caracteres; se recortó.")
    for name in ("issued", "modified"):
        entry.problems.extend(_undated(entry.where, name, entry.data))


def _undated(where: str, name: str, data: dict[str, object]) -> list[Problem]:
    written = data.get(name)
    if written is None or dcat.day(written) is not None:
        return []
    return [Problem(where, f"La fecha «{name}» no se entiende ({dcat.text(written, 40)}); use AAAA-MM-DD.")]


def _agency(entry: _Entry) -> Agency:
    written = _first(entry.data.get("publisher"))
    name = dcat.text(written)
    if not name:
        entry.wrong("Falta la dependencia que publica («publisher.name»).")
        return UNKNOWN
    extras = dcat.plain_keys(written)
    said = (dcat.text(extras.get(key), 40) for key in ("acronym", "siglas", "altLabel", "alternateName", "alternative"))
    acronym = next(filter(None, said), "")
    return Agency(name, slug(acronym or name), acronym)


def _said(entry: _Entry, name: str, value: str) -> str:
    if not value and dcat.text(entry.data.get(name)):
        entry.wrong(f"«{name}» no es un enlace http(s) válido; se omitió.")
    return value


def _resources(entry: _Entry) -> tuple[Resource, ...]:
    raw = entry.data.get("distribution")
    if isinstance(raw, dict):
        raw = [raw]
    if not isinstance(raw, list):
        entry.wrong("«distribution» no es una lista." if raw is not None else "No ofrece archivos («distribution»).")
        return ()
    found = [r for i, item in enumerate(raw, 1) if (r := _resource(entry, i, item)) is not None]
    slugs = unique(resource.slug for resource in found)
    identifiers = unique((resource.identifier for resource in found), "#")
    return tuple(replace(r, slug=s, identifier=i) for r, s, i in zip(found, slugs, identifiers, strict=True))


def _resource(entry: _Entry, number: int, raw: object) -> Resource | None:
    data = dcat.plain_keys(raw)
    where = f", recurso {number}"
    if not isinstance(raw, dict):
        entry.wrong("La entrada no es un objeto.", where)
        return None
    location, reason, malformed = _location(entry.folder, data)
    if malformed:
        entry.wrong(reason, where)
    name = dcat.text(data.get("title")) or Path(urlsplit(location).path).stem
    if not name:
        entry.wrong("No tiene título ni archivo.", where)
        return None
    suffix = Path(urlsplit(location).path if is_link(location) else location).suffix
    return Resource(
        identifier=dcat.text(data.get("identifier")) or dcat.text(data.get("downloadURL"), 2000) or location or name,
        slug=slug(name),
        title=name,
        location=location,
        description=dcat.text(data.get("description"), dcat.PROSE),
        format=(dcat.text(data.get("format"), 40).strip(". ") or suffix.lstrip(".")).upper(),
        media_type=dcat.text(data.get("mediaType"), 100),
        unavailable=reason,
    )


def _location(folder: Path, data: dict[str, object]) -> tuple[str, str, bool]:
    """Where the file is, why it cannot be loaded ("" if it can), and whether that is the entry's fault."""
    written = dcat.text(data.get("downloadURL"), 2000)
    if not written:
        page = dcat.link(data.get("accessURL"))
        if page:
            return page, "La dependencia sólo ofrece una página, no un archivo que descargar.", False
        return "", "No dice dónde está el archivo («downloadURL»).", True
    if dcat.link(written):
        return written, "El archivo está en otro sitio; puede descargarlo desde el enlace.", False
    if urlsplit(written.split("/")[0]).scheme or written.startswith("//"):
        return "", "La dirección del archivo no es una ruta del catálogo ni un enlace http(s) válido.", True
    path = unquote(written)
    if locate(folder, path) is None:
        return "", f"El archivo «{path[:120]}» no está en la carpeta del catálogo.", True
    return "/".join(part for part in path.split("/") if part not in ("", ".")), "", False


def _name_repeats(found: list[Dataset], problems: list[Problem]) -> None:
    for identifier, times in Counter(dataset.identifier for dataset in found).items():
        if times > 1:
            problems.append(Problem(f"identificador «{identifier[:80]}»", f"Lo llevan {times} conjuntos distintos."))
    locations = Counter(r.location for dataset in found for r in dataset.resources if r.location)
    for location, times in locations.items():
        if times > 1:
            problems.append(Problem(f"dirección «{location[:120]}»", f"Se repite en {times} recursos."))


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def example(folder: Path) -> None:
    """A catalogue of one dataset with one CSV."""
    (folder / "archivos").mkdir()
    (folder / "archivos" / "presas.csv").write_text("clave,nombre\nAAA,Presa A\n", encoding="utf-8")
    dataset = {
        "identifier": "presas",
        "title": "Presas",
        "publisher": {"name": "Comisión Nacional del Agua"},
        "distribution": [{"title": "Presas", "downloadURL": "archivos/presas.csv"}],
    }
    (folder / NAME).write_text(json.dumps({"dataset": [dataset]}), encoding="utf-8")


SOURCE = Source("dcat-folder", accepts, read, example)
