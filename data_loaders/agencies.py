"""Agencies: one name, one acronym and one address part for each, however a source writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from model.dataset import Agency, Dataset, Harvest
from model.spelling import fold, slug

UNKNOWN = Agency("Dependencia no indicada", "sin-dependencia")

KNOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ADIP", ("Agencia Digital de Innovación Pública",)),
    ("ASF", ("Auditoría Superior de la Federación",)),
    ("Banxico", ("Banco de México",)),
    ("BIENESTAR", ("Secretaría de Bienestar",)),
    ("CENACE", ("Centro Nacional de Control de Energía",)),
    ("CENAPRED", ("Centro Nacional de Prevención de Desastres",)),
    ("CFE", ("Comisión Federal de Electricidad",)),
    ("CNBV", ("Comisión Nacional Bancaria y de Valores",)),
    ("CONABIO", ("Comisión Nacional para el Conocimiento y Uso de la Biodiversidad",)),
    ("CONAFOR", ("Comisión Nacional Forestal",)),
    ("CONAGUA", ("Comisión Nacional del Agua",)),
    ("CONANP", ("Comisión Nacional de Áreas Naturales Protegidas",)),
    ("CONAPO", ("Consejo Nacional de Población",)),
    ("CONEVAL", ("Consejo Nacional de Evaluación de la Política de Desarrollo Social",)),
    ("CRE", ("Comisión Reguladora de Energía",)),
    ("FGR", ("Fiscalía General de la República", "Procuraduría General de la República", "PGR")),
    ("IMSS", ("Instituto Mexicano del Seguro Social",)),
    ("INAH", ("Instituto Nacional de Antropología e Historia",)),
    ("INE", ("Instituto Nacional Electoral",)),
    ("INECC", ("Instituto Nacional de Ecología y Cambio Climático",)),
    ("INEGI", ("Instituto Nacional de Estadística y Geografía",)),
    ("ISSSTE", ("Instituto de Seguridad y Servicios Sociales de los Trabajadores del Estado",)),
    ("PEMEX", ("Petróleos Mexicanos",)),
    ("PROFECO", ("Procuraduría Federal del Consumidor",)),
    ("SADER", ("Secretaría de Agricultura y Desarrollo Rural",)),
    ("SAT", ("Servicio de Administración Tributaria",)),
    ("SE", ("Secretaría de Economía",)),
    ("SECIHTI", ("Secretaría de Ciencia, Humanidades, Tecnología e Innovación", "CONAHCYT", "CONACYT")),
    ("SECTUR", ("Secretaría de Turismo",)),
    ("SEDATU", ("Secretaría de Desarrollo Agrario, Territorial y Urbano",)),
    ("SEDEMA", ("Secretaría del Medio Ambiente de la Ciudad de México",)),
    ("SEGOB", ("Secretaría de Gobernación",)),
    ("SEMARNAT", ("Secretaría de Medio Ambiente y Recursos Naturales",)),
    ("SENER", ("Secretaría de Energía",)),
    ("SEP", ("Secretaría de Educación Pública",)),
    ("SESNSP", ("Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública",)),
    ("SHCP", ("Secretaría de Hacienda y Crédito Público",)),
    (
        "SICT",
        (
            "Secretaría de Infraestructura, Comunicaciones y Transportes",
            "Secretaría de Comunicaciones y Transportes",
            "SCT",
        ),
    ),
    ("SMN", ("Servicio Meteorológico Nacional",)),
    ("SSA", ("Secretaría de Salud",)),
    ("SSPC", ("Secretaría de Seguridad y Protección Ciudadana",)),
    ("STPS", ("Secretaría del Trabajo y Previsión Social",)),
)


def name_agencies(harvest: Harvest, declared: Iterable[tuple[str, str]] = ()) -> Harvest:
    """The harvest with each agency's acronym and address part settled.

    `declared` pairs (name, acronym) win over what the source says, and that over the table of known agencies.
    Two spellings of one agency become one; different agencies never share a slug.
    """
    said = {fold(name): (name, acronym) for name, acronym in declared}
    settled: dict[str, Agency] = {}
    taken: dict[str, str] = {}
    datasets: list[Dataset] = []
    for dataset in harvest.datasets:
        written = dataset.agency
        mark = f"{fold(written.name)}\n{fold(written.acronym)}"
        if mark not in settled:
            settled[mark] = _settle(written, said, taken)
        datasets.append(replace(dataset, agency=settled[mark]))
    return replace(harvest, datasets=tuple(datasets))


def _settle(written: Agency, said: dict[str, tuple[str, str]], taken: dict[str, str]) -> Agency:
    if written == UNKNOWN:
        return UNKNOWN
    name, acronym = said.get(fold(written.name), (written.name, written.acronym))
    if not acronym or fold(name) == fold(acronym):
        name, acronym = _known(name) or (name, acronym)
    base = slug(acronym or name)
    part, n = base, 1
    while taken.setdefault(part, fold(name)) != fold(name):
        n += 1
        part = f"{base}-{n}"
    return Agency(name, part, acronym)


def _known(name: str) -> tuple[str, str] | None:
    folded = fold(name)
    for acronym, names in KNOWN:
        if folded in (fold(acronym), *map(fold, names)):
            spelled_out = name if folded in map(fold, names[:1]) else names[0]
            return spelled_out, acronym
    return None
