"""The views that a table suggests by itself, each the idea of a chart, and in which order."""

from __future__ import annotations

from dataclasses import replace

from model.chart import PLAIN, ChartKind, Charts, Suggestion
from model.errors import BadRequest
from model.version import Manifest, TableProfile
from model.view import Filter, View
from query.address import sort_filters
from query.complete import complete, options
from query.options import Options
from query.schema import MAIN_TABLE
from query.traits import is_outline
from query.values import canonical

MOST = 6
LONG_TABLE = "largo"


def suggest(manifest: Manifest, charts: Charts) -> tuple[View, ...]:
    """Up to six different views of a version, the best first; a plain table is always among them.

    Charts are made of the unpivoted table where there is one. Never a chart of identifiers.
    """
    main = manifest.table(LONG_TABLE) or manifest.table(MAIN_TABLE)
    tables = dict.fromkeys((main.name if main else "", *(t.name for t in manifest.tables)))
    found: list[View] = []
    for name in tables:
        profile = manifest.table(name)
        if profile is None:
            continue
        kinds = {(v.chart, v.level) for v in found}
        views = suggest_table(profile, manifest.dataset, manifest.resource, charts)
        found += [v for v in views if (v.chart, v.level) not in kinds and (not found or v.chart != PLAIN)]
    plain = View(manifest.dataset, manifest.resource, table=_plain_table(manifest), chart=PLAIN)
    drawn = [v for v in found if v.chart != PLAIN][: MOST - 1]
    return (*drawn, plain)


def suggest_table(profile: TableProfile, dataset: str, resource: str, charts: Charts) -> tuple[View, ...]:
    """The views that suit one table, the best first; the plain table comes last."""
    bare = View(dataset, resource, table=profile.name)
    choose = options(bare, profile)
    start = _staged(bare, choose)
    ideas = () if is_outline(profile) else tuple(charts.values())
    scored = [s for kind in ideas for s in _ideas(kind, start, choose, charts) if s.score > 0]
    ranked = sorted(scored, key=lambda s: -s.score)
    return (*(s.view for s in ranked), replace(bare, chart=PLAIN))


def _ideas(kind: ChartKind, start: View, choose: Options, charts: Charts) -> list[Suggestion]:
    """What a chart suggests, complete; without what the table cannot carry after all."""
    found: list[Suggestion] = []
    for idea in kind.suggest(replace(start, chart=kind.name), choose):
        try:
            found.append(Suggestion(idea.score, complete(idea.view, choose.profile, charts)))
        except BadRequest:
            continue
    return found


def _plain_table(manifest: Manifest) -> str:
    found = manifest.table(MAIN_TABLE) or (manifest.tables[0] if manifest.tables else None)
    return found.name if found else MAIN_TABLE


def _staged(bare: View, choose: Options) -> View:
    """The view over one stage of a budget, the furthest: approved and spent money are the same money."""
    if choose.stage is None:
        return bare
    found, stage = choose.stage
    return replace(bare, filters=sort_filters(canonical(Filter(found.column.name, "eq", (stage,)), found.column)))
