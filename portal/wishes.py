"""From a request and how it was answered to what its sender wished for, if a person sent it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from model.demand import What, Wish
from model.spelling import fold
from participation.personal import find
from portal.catalogue import FACETS
from portal.face import faces
from portal.portal import Portal

CRAWLERS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|externalhit|preview|archiver|monitor|uptime|lighthouse|scan", re.I
)
PROGRAMS = re.compile(
    r"^$|curl|wget|python|httpx|aiohttp|java/|go-http|okhttp|libwww|axios|node-fetch|undici|php|ruby|powershell|postman",
    re.I,
)
# asked for as suffixes of a resource; a fixed list, so that nobody's words are kept here
# fmt: off
FORMATS = frozenset((
    "xlsx", "xls", "ods", "parquet", "geojson", "kml", "kmz", "shp", "gpkg", "xml", "rdf", "ttl", "jsonld", "docx",
    "ndjson", "tsv", "pdf", "sav", "dta", "rds", "feather", "arrow", "sqlite", "zip", "gz", "html", "txt", "png",
))
# fmt: on
LONGEST_TERM = 80
SHORTEST_TERM = 3
LONGEST_PATH = 120
_PAGE = re.compile(r"/datos/([a-z0-9-]+)/?")
_ORIGINAL = re.compile(r"/datos/([a-z0-9-]+)/([a-z0-9-]+)/original/[0-9a-f]{12}")
_EXPLORER = re.compile(r"/explora/([a-z0-9-]+)/([a-z0-9-]+)((?:\.[a-z0-9]+)*)/?")
_PLAIN_PATH = re.compile(r"(?:/[\w~-][\w.~-]*)+/?")
_TOKEN = re.compile(r"(?=[^/]*\d)[A-Za-z0-9_=-]{20,}|\d{6,}")  # may be a secret, a folio or somebody's number
_PRIVATE = (
    "/mis-", "/pregunta/", "/participar", "/seguir", "/reportar", "/votos", "/entrar", "/bandeja", "/revision",
    "/escritorio", "/encuesta/",
)  # fmt: skip
_NOISE = re.compile(
    r"\.(?:php|asp|aspx|jsp|cgi|sql|bak|ini|yml|yaml|ico|map|exe|dll)\b|/wp-|/cgi-bin|/\.|/vendor/|apple-touch|admin",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A GET as it was answered. `found_nothing`: the page is a search without any result."""

    path: str
    query: str
    status: int
    agent: str
    found_nothing: bool = False


def wish_of(portal: Portal, seen: Seen) -> Wish | None:
    """What was wished for; None for what says nothing, or was sent by a crawler. Programs count for downloads only."""
    if CRAWLERS.search(seen.agent):
        return None
    wish = _wish(portal, seen)
    if wish is not None and wish.what is not What.DOWNLOAD and PROGRAMS.search(seen.agent):
        return None
    return wish


def term_of(text: str) -> str:
    """The words of a search as they are counted; "" for those too short or long, or with personal data in them."""
    if find(text) or "@" in text or re.search(r"\d{6}", re.sub(r"[ ().-]", "", text)):
        return ""
    words = " ".join(re.findall(r"\w+", fold(text)))
    return words if SHORTEST_TERM <= len(words) <= LONGEST_TERM else ""


def _wish(portal: Portal, seen: Seen) -> Wish | None:
    if match := _ORIGINAL.fullmatch(seen.path):
        return Wish(What.DOWNLOAD, match[1], match[2], "original") if seen.status == 200 else None
    if match := _EXPLORER.fullmatch(seen.path):
        return _explored(portal, seen, match[1], match[2], match[3])
    if (match := _PAGE.fullmatch(seen.path)) and seen.status == 200:
        return Wish(What.VIEW, match[1])
    if seen.path.rstrip("/") == "/datos" and seen.status == 200:
        return _searched(seen)
    return _missing(seen) if seen.status == 404 else None


def _explored(portal: Portal, seen: Seen, dataset: str, resource: str, suffix: str) -> Wish | None:
    face = faces().get(suffix)
    if seen.status == 200:
        if not suffix:
            return Wish(What.VIEW, dataset, resource)
        taken = face is not None and (face.export or suffix == ".json")
        return Wish(What.DOWNLOAD, dataset, resource, suffix.removeprefix(".")) if taken else None
    if seen.status != 404:
        return None
    home = portal.snapshot.datasets.get(dataset)
    if home is None or home.resource(resource) is None:
        return _missing(seen)
    if not suffix:
        return Wish(What.FAILED, dataset, resource)
    wanted = suffix.removeprefix(".")
    return Wish(What.FORMAT, dataset, resource, wanted) if face is None and wanted in FORMATS else None


def _searched(seen: Seen) -> Wish | None:
    given = dict(parse_qsl(seen.query))
    term = term_of(given.get("q", "")[: LONGEST_TERM * 2])
    if not seen.found_nothing or not term or any(given.get(name) for name in FACETS):
        return None
    return Wish(What.SEARCH, term=term)


def _missing(seen: Seen) -> Wish | None:
    path = seen.path.rstrip("/")
    plain = (
        _PLAIN_PATH.fullmatch(path) and len(path) <= LONGEST_PATH and not path.startswith(("/_", "/assets", *_PRIVATE))
    )
    if not plain or _NOISE.search(path) or _TOKEN.search(path) or find(path):
        return None
    return Wish(What.MISSING, term=path)
