"""What people ask for most, put together from the counts, the requests with their votes, and the loads that failed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

from model.dataset import Dataset
from model.demand import What, Wished
from model.load import LoadState
from model.thread import Thread
from model.vote import Votes
from participation.deadline import today
from participation.kind import kind_named
from portal.portal import Portal
from portal.screening import holds_listed_word
from portal.telling import PORTAL_TEAM, title_of
from portal.usecases.votes import counted
from store import demand as store_demand
from store.database import Store
from store.thread_lists import Wanted, listed

LEAST = 5  # people's own words are shown from so many occurrences on
PERIODS = MappingProxyType({"90": 90, "365": 365, "730": 730})
PERIOD = "365"
REQUEST = "solicitud"
MOST_REQUESTS = 500
KEPT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was wanted: its words, its page ("" for none), whose it is (slug), and how often."""

    label: str
    href: str
    agency: str
    times: int
    dataset: str = ""
    resource: str = ""
    term: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A request for data with its votes. `format` is the wanted one, in words."""

    folio: str
    title: str
    agency: str
    state: str
    votes: int
    confirmed: int
    format: str


@dataclass(frozen=True, slots=True)
class OfAgency:
    """All that was wanted of one agency (`slug` "": of the portal's own team)."""

    slug: str
    name: str
    requests: int
    votes: int
    formats: int
    failed: int
    views: int
    downloads: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What people asked for from `since` to `until`, of one agency (slug) or of all (""). Most wanted first."""

    since: date
    until: date
    agency: str
    lines: Mapping[What, tuple[Line, ...]]
    requests: tuple[Request, ...]
    formats: tuple[tuple[str, int], ...]
    agencies: tuple[OfAgency, ...]


def demand(portal: Portal, agency: str = "", period: str = PERIOD) -> Demand:
    """The demand of the last days of `period` (a key of PERIODS). Raises StoreDown."""
    until = today(datetime.now(UTC))
    since = until - timedelta(days=PERIODS.get(period, PERIODS[PERIOD]) - 1)
    found = _totals(portal.store, since, until, int(time.monotonic() / KEPT_SECONDS))
    lines = {what: tuple(_lines(portal, what, found)) for what in What}
    lines[What.VIEW] = _by_dataset(portal, lines[What.VIEW])
    lines[What.FAILED] = (*lines[What.FAILED], *_unmet_failures(portal, lines[What.FAILED]))
    requests = _requests(portal, since)
    whole = Demand(since, until, "", lines, requests, _formats(requests), ())
    table = _by_agency(portal, whole)
    if not agency:
        return _with(whole, table)
    kept = {what: tuple(line for line in some if line.agency == agency) for what, some in lines.items()}
    own = tuple(request for request in requests if request.agency == agency)
    mine = tuple(row for row in table if row.slug == agency)
    return Demand(since, until, agency, kept, own, _formats(own), mine)


@lru_cache(maxsize=8)
def _totals(store: Store, since: date, until: date, _moment: int) -> tuple[Wished, ...]:
    """Asked of the store once in `KEPT_SECONDS`, however many look."""
    return store_demand.totals(store, since, until, LEAST)


def _with(found: Demand, agencies: tuple[OfAgency, ...]) -> Demand:
    return Demand(found.since, found.until, found.agency, found.lines, found.requests, found.formats, agencies)


def _lines(portal: Portal, what: What, found: Iterable[Wished]) -> Iterable[Line]:
    for wished in found:
        wish = wished.wish
        if wish.what is not what or (wish.what is What.SEARCH and holds_listed_word(portal.settings, wish.term)):
            continue
        if not wish.dataset:
            yield Line(wish.term, "", "", wished.times, term=wish.term)
            continue
        home = portal.snapshot.datasets.get(wish.dataset)
        label, href = _named(home, wish.dataset, wish.resource)
        note = _failure(portal, wish.dataset, wish.resource) if what is What.FAILED else ""
        agency = home.agency.slug if home else ""
        yield Line(label, href, agency, wished.times, wish.dataset, wish.resource, wish.term, note)


def _by_dataset(portal: Portal, lines: Iterable[Line]) -> tuple[Line, ...]:
    """The views of a dataset's page and of its resources, together."""
    times: Counter[str] = Counter()
    agencies: dict[str, str] = {}
    for line in lines:
        times[line.dataset] += line.times
        agencies[line.dataset] = line.agency
    found = []
    for slug, count in times.most_common():
        label, href = _named(portal.snapshot.datasets.get(slug), slug, "")
        found.append(Line(label, href, agencies[slug], count, slug))
    return tuple(found)


def _named(home: Dataset | None, dataset: str, resource: str) -> tuple[str, str]:
    """The words and the page of a dataset or resource; slugs, and no page, where it is gone."""
    if home is None:
        return " / ".join(filter(None, (dataset, resource))), ""
    part = home.resource(resource) if resource else None
    if part is None:
        return home.title, f"/datos/{home.slug}"
    title = home.title if len(home.resources) == 1 else f"{home.title}: {part.title}"
    return title, f"/datos/{home.slug}#{part.slug}"


def _failure(portal: Portal, dataset: str, resource: str) -> str:
    if (dataset, resource) in portal.snapshot.releases:
        return "Ya se puede explorar."
    load = portal.snapshot.loads.get((dataset, resource))
    home = portal.snapshot.datasets.get(dataset)
    part = home.resource(resource) if home else None
    return (load.reason if load else "") or (part.unavailable if part else "")


def _unmet_failures(portal: Portal, met: Iterable[Line]) -> Iterable[Line]:
    """Files that could not be loaded and that nobody has opened in these days."""
    known = {(line.dataset, line.resource) for line in met}
    for key, load in sorted(portal.snapshot.loads.items()):
        home = portal.snapshot.datasets.get(key[0])
        if load.state is LoadState.FAILED and key not in known and home is not None:
            label, href = _named(home, *key)
            yield Line(label, href, home.agency.slug, 0, *key, note=load.reason)


def _requests(portal: Portal, since: date) -> tuple[Request, ...]:
    """The public requests of these days, those with most votes first."""
    found = listed(portal.store, Wanted(kinds=(REQUEST,)), size=MOST_REQUESTS).threads
    recent = [thread for thread in found if today(thread.created) >= since]
    votes = counted(portal, [thread.folio for thread in recent])
    made = [_request(thread, votes.get(thread.folio, Votes())) for thread in recent]
    return tuple(sorted(made, key=lambda request: (-request.votes, request.folio)))


def _request(thread: Thread, votes: Votes) -> Request:
    label = _format_label(dict(thread.details).get("formato", ""))
    title, state = title_of(thread), thread.state.label
    return Request(thread.folio, title, thread.agency, state, votes.total, votes.confirmed, label)


def _format_label(value: str) -> str:
    kind = kind_named(REQUEST)
    choices = next((field.choices for field in kind.fields if field.name == "formato"), ()) if kind else ()
    return dict(choices).get(value, "")


def _formats(requests: Iterable[Request]) -> tuple[tuple[str, int], ...]:
    """Formats that requests want, with how many want each."""
    return tuple(Counter(request.format for request in requests if request.format).most_common())


def _by_agency(portal: Portal, found: Demand) -> tuple[OfAgency, ...]:
    names = {"": PORTAL_TEAM, **{agency.slug: agency.name for agency in portal.snapshot.agencies()}}
    times: dict[What, Counter[str]] = {what: Counter() for what in What}
    for what, lines in found.lines.items():
        for line in lines:
            times[what][line.agency] += line.times
    asked, votes = Counter[str](), Counter[str]()
    for request in found.requests:
        asked[request.agency] += 1
        votes[request.agency] += request.votes
    rows = [
        OfAgency(
            slug, name, asked[slug], votes[slug], times[What.FORMAT][slug], times[What.FAILED][slug],
            times[What.VIEW][slug], times[What.DOWNLOAD][slug],
        )
        for slug, name in names.items()
    ]  # fmt: skip
    some = [
        row for row in rows if row.requests or (row.slug and (row.formats + row.failed + row.views + row.downloads))
    ]
    return tuple(sorted(some, key=lambda row: (-row.requests - row.votes, -row.views - row.downloads, row.name)))
